"""Files found, read in processes that may die, and written whole or not at all."""
