"""How workbooks are written, with xlsxwriter."""
