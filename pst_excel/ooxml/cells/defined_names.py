"""The names of a workbook: what each means, and another meaning given to one.

Source: ECMA-376 part 1, §18.2.5 (definedName).
"""

from __future__ import annotations

from pst_excel.ooxml.cells.workbook_parts import WorkbookParts
from pst_excel.ooxml.package.names import main


def meanings(book: WorkbookParts) -> dict[str, str]:
    """Return what each name means that belongs to the workbook and to none of its sheets."""
    return {
        name.get("name", ""): name.text or ""
        for name in book.root.iter(main("definedName"))
        if name.get("localSheetId") is None
    }


def define(book: WorkbookParts, called: str, text: str) -> None:
    """Give another meaning to a name that the workbook has. Raises: KeyError when it has not."""
    for name in book.root.iter(main("definedName")):
        if name.get("localSheetId") is None and name.get("name") == called:
            if name.text != text:
                book.package.edit(book.package.workbook)
                name.text = text
                book.expected_changes.name(called, "")
                book.formulas_changed = True
            return
    raise KeyError(f"no name is called {called!r}")
