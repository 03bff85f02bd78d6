"""What Excel shows of a number or of a date: the text that the format of its cell makes of it."""
