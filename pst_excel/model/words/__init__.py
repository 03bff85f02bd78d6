"""The small words of declarations, and how values are said in French."""
