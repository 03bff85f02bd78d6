"""A consolidated workbook that is there already → the same one, up to date."""
