"""How high a row is, how wide a column, a cell that looks like another, the foot of the pages.

Source: ECMA-376 part 1, §18.3.1.13 (col), §18.3.1.73 (row), §18.3.1.81 (sheetFormatPr),
§18.3.1.46 (headerFooter).
"""

from __future__ import annotations

import copy

from pst_excel.ooxml.cells.values import number_text
from pst_excel.ooxml.cells.workbook_parts import SheetPart
from pst_excel.ooxml.package.malformed import decimal, whole
from pst_excel.ooxml.package.names import Element, child_of, main

_USUAL_HEIGHT, _USUAL_WIDTH = 15.0, 8.43
_FOOTER = f"{main('headerFooter')}/{main('oddFooter')}"


def height(sheet: SheetPart, row: int) -> float:
    """Return the height of a row in points; that of the sheet where none is told."""
    found = sheet.grid.row(row)
    if found is not None and found.get("ht"):
        return decimal(found, "ht", _USUAL_HEIGHT)
    usual = sheet.root.find(main("sheetFormatPr"))
    return _USUAL_HEIGHT if usual is None else decimal(usual, "defaultRowHeight", _USUAL_HEIGHT)


def width(sheet: SheetPart, column: int) -> float:
    """Return the width of a column in characters; 0 when it is hidden."""
    for told in sheet.root.iterfind(f"{main('cols')}/{main('col')}"):
        if whole(told, "min") <= column <= whole(told, "max"):
            return 0.0 if told.get("hidden") in ("1", "true") else decimal(told, "width", 0)
    usual = sheet.root.find(main("sheetFormatPr"))
    return _USUAL_WIDTH if usual is None else decimal(usual, "defaultColWidth", _USUAL_WIDTH)


def set_height(sheet: SheetPart, row: int, points: float) -> None:
    """Give a row a height in points, which it keeps if it kept the one it had.

    Another height is that of what the row holds, and follows it.
    """
    sheet.edit()
    element = sheet.grid.add_row(row)
    element.set("ht", number_text(points))
    sheet.book.expected_changes.height(sheet.part, row)


def set_width(sheet: SheetPart, column: int, characters: float) -> None:
    """Give a column a width in characters; the format of its cells stays."""
    cols = child_of(sheet.edit(), "cols")
    sheet.book.expected_changes.child(sheet.part, "cols")
    found = _alone(cols, column)
    found.set("width", number_text(characters))
    found.set("customWidth", "1")
    found.attrib.pop("hidden", None)


def _alone(cols: Element, column: int) -> Element:
    """Return what tells a column alone, that of its neighbours being told beside it."""
    after: Element | None = None
    for told in cols.iterchildren(main("col")):
        first, last = whole(told, "min"), whole(told, "max")
        if first > column:
            after = told
            break
        if first <= column <= last:
            if last > column:
                _beside(told, column + 1, last)
            if first < column:
                _beside(told, column, column)
                told.set("max", str(column - 1))
                return _alone(cols, column)
            told.set("max", str(column))
            return told
    fresh = cols.makeelement(main("col"), None, None)
    fresh.set("min", str(column))
    fresh.set("max", str(column))
    if after is None:
        cols.append(fresh)
    else:
        after.addprevious(fresh)
    return fresh


def _beside(told: Element, first: int, last: int) -> None:
    other = copy.deepcopy(told)
    other.set("min", str(first))
    other.set("max", str(last))
    told.addnext(other)


def like(sheet: SheetPart, row: int, column: int, model: tuple[int, int]) -> None:
    """Give a cell the format of another of the sheet."""
    style = sheet.style_at(*model)
    if style == sheet.style_at(row, column):
        return
    sheet.edit()
    sheet.grid.add(row, column).set("s", str(style))
    sheet.widen(row, column)
    sheet.restyled(row, column)


def footer(sheet: SheetPart) -> str:
    """Return what is printed at the foot of the pages, its codes too; empty for nothing."""
    found = sheet.root.find(_FOOTER)
    return "" if found is None else found.text or ""


def set_footer(sheet: SheetPart, text: str) -> None:
    """Change what is printed at the foot of the pages of a sheet, where something is."""
    found = sheet.root.find(_FOOTER)
    if found is not None and found.text != text:
        sheet.edit()
        found.text = text
        sheet.book.expected_changes.child(sheet.part, "headerFooter")
