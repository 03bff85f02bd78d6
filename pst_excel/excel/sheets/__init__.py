"""The sheets that the program writes."""
