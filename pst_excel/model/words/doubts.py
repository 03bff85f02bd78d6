"""The doubts of a reading that another column of the row may settle, as the journal says them."""

ONE_OR_ALL = "1 : un pour cent, ou le tout ?"
