"""The bytes of a workbook → a return."""
