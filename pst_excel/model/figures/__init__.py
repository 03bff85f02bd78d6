"""Figures, counted by pandas and by Excel, and the boards that show them."""
