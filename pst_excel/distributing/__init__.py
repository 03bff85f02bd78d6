"""One plan → a workbook for each service."""
