"""How a cell that people wrote becomes a typed value, with a reading where it is not literal."""
