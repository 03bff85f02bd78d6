"""What was read: typed tables with the place of each cell, and the frames of many returns."""
