"""A filled workbook of an older template → one of the current template."""
