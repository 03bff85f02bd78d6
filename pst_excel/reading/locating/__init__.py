"""Where the tables of a workbook stand: its sheets, headings, fields, and rows that are records."""
