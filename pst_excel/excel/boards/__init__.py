"""Boards as sheets: a page under its message, its blocks one under another, all figures live."""
