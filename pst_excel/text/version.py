"""The version of the program."""

VERSION = "0.1.0"
AUTHOR = "pst_excel"
"""Whom the properties of a workbook name that the program wrote."""
