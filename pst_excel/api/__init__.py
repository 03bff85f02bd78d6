"""The library: what the command does, for Python."""
