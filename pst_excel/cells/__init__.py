"""How a cell that people wrote becomes a typed value, with a note where it was not literal."""
