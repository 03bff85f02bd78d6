"""A table takes more rows: their formats, and the areas of the sheet that must hold them too.

Source: ECMA-376 part 1, §18.3.1.18 (conditionalFormatting), §18.3.1.32 (dataValidation).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from pst_excel.ooxml.cells.tables import TablePart
from pst_excel.ooxml.cells.workbook_parts import SheetPart
from pst_excel.ooxml.package.names import Element, main
from pst_excel.ooxml.references import formulas
from pst_excel.ooxml.references.addresses import Area, areas_of, written_like

Grown: TypeAlias = Callable[[Area], Area]
_HOLDERS = ("{*}conditionalFormatting", "{*}dataValidation")
_FORMULAS = ("{*}formula", "{*}formula1", "{*}formula2", "{*}f")
_CHILDREN = ("conditionalFormatting", "dataValidations", "extLst")
_HEIGHT = ("ht", "customHeight")


def dress(sheet: SheetPart, row: int, below: Area) -> None:
    """Give the cells of an area, row by row, the styles of those of a row above, and its height."""
    sheet.edit()
    styles = {column: sheet.style_at(row, column) for column in range(below.left, below.right + 1)}
    height = _height(sheet.grid.row(row))
    for number in range(below.top, below.bottom + 1):
        fresh = sheet.grid.row(number) is None
        line = sheet.grid.add_row(number)
        for key in height if fresh else ():
            line.set(key, height[key])
        for column, style in styles.items():
            if style or sheet.grid.cell(number, column) is not None:
                sheet.grid.add(number, column).set("s", str(style))
    sheet.widen(below.bottom, below.left)
    sheet.widen(below.bottom, below.right)
    sheet.changed(below)


def _height(row: Element | None) -> dict[str, str]:
    if row is None or row.get("customHeight") not in ("1", "true"):
        return {}
    return {key: row.get(key, "") for key in _HEIGHT if row.get(key)}


def stretch(sheet: SheetPart, table: TablePart, count: int) -> None:
    """Make what covers the last row of a table hold the rows that its extent now has after it.

    These are its filter, and the validations and conditional formats of the sheet.
    """
    whole, data = table.area, table.data
    root = sheet.book.package.edit(table.part)
    for auto_filter in root.iterchildren(main("autoFilter")):
        auto_filter.set("ref", str(Area(whole.top, whole.left, data.bottom, whole.right)))
    sheet.book.expected_changes.part(table.part)
    _downwards(sheet, Area(data.top, data.left, data.bottom - count, data.right), count)


def _downwards(sheet: SheetPart, data: Area, count: int) -> None:
    """Make what covers the last row of a table, and ends there, hold as many rows below."""

    def grown(area: Area) -> Area:
        ends = area.meets(data) and area.bottom == data.bottom
        return Area(area.top, area.left, area.bottom + count, area.right) if ends else area

    _grow(sheet, grown)


def upwards(sheet: SheetPart, data: Area, count: int) -> None:
    """Make what covered the first row of a table, and began there, hold the rows put before it."""
    top = data.top + count

    def grown(area: Area) -> Area:
        begins = area.top == top and area.left <= data.right and data.left <= area.right
        return Area(data.top, area.left, area.bottom, area.right) if begins else area

    _grow(sheet, grown)


def _grow(sheet: SheetPart, grown: Grown) -> None:
    for child in sheet.root:
        if child.tag == main("sheetData"):
            continue
        for holder in child.iter(*_HOLDERS):
            _grow_one(sheet, holder, grown)


def _grow_one(sheet: SheetPart, holder: Element, grown: Grown) -> None:
    """Make the areas of a rule grow; its formulas read as in the first of its rows."""
    sqref = holder.find("{*}sqref")
    text = holder.get("sqref") or (sqref.text if sqref is not None else "") or ""
    try:
        old = areas_of(text)
    except ValueError:
        return
    new = [grown(area) for area in old]
    if new == old:
        return
    written = " ".join(map(written_like, new, text.split()))
    sheet.edit()
    for tag in _CHILDREN:
        sheet.book.expected_changes.child(sheet.part, tag)
    up = min(area.top for area in new) - min(area.top for area in old)
    for formula in holder.iter(*_FORMULAS):
        if formula.text and not len(formula):
            formula.text = formulas.moved(formula.text, up, 0)
    if sqref is not None and not holder.get("sqref"):
        sqref.text = written
    else:
        holder.set("sqref", written)
