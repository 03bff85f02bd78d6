"""The workbooks that the program writes."""
