"""A return handed back: the sender's own file, its doubtful cells marked and explained."""
