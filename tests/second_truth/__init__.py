"""A second truth: every figure and every board, recomputed in SQL from the raw rows of a plan.

Nothing here uses what the package computes: it takes the cells as read, or those that stand in a
written workbook, and the rules of docs/reference/chiffres.md written a second time, in DuckDB.
"""
