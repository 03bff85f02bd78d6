"""Rows are inserted in a sheet, or removed; what stands below, and what refers to it, follows.

Source: ECMA-376 part 1, §18.3.1.73 (row) and §18.3.1.4 (c).
"""

from __future__ import annotations

from dataclasses import dataclass

from pst_excel.ooxml.cells import calculation, table_growth
from pst_excel.ooxml.cells.workbook_parts import SheetPart
from pst_excel.ooxml.notes import notes
from pst_excel.ooxml.package.names import Element, child_of, main
from pst_excel.ooxml.references.addresses import LAST_ROW, address, cell_of
from pst_excel.ooxml.references.row_shifts import RowShift
from pst_excel.ooxml.row_shift.following import follow
from pst_excel.ooxml.row_shift.guards import GUARDS

_ROW, _CELL = main("row"), main("c")
_ITS_OWN = frozenset({"r", "spans", "hidden", "collapsed"})


@dataclass(frozen=True)
class _Model:
    """What rows inserted take from another: its attributes, the styles of cells by column."""

    attributes: dict[str, str]
    styles: dict[int, str]


def insert(sheet: SheetPart, before: int, count: int = 1) -> None:
    """Insert rows before one; they take the formats and the height of the row above them.

    The first row of a table takes after the one that was the first, not after the headings.
    Raises: Refused when an array or a pivot table would be cut, or when something would fall off
    the sheet; ValueError for rows that no sheet has.
    """
    _move(sheet, RowShift(sheet.title, before, _counted(before, count)))


def remove(sheet: SheetPart, first: int, count: int = 1) -> None:
    """Remove rows with all that stands on them only; references to them become #REF!.

    Raises: Refused when an array, a pivot table or a scenario would be cut, or when a table would
    lose its headings, its totals or its last row; ValueError for rows that no sheet has.
    """
    _move(sheet, RowShift(sheet.title, first, -_counted(first, count)))


def _counted(first: int, count: int) -> int:
    if first < 1 or count < 1 or first + count - 1 > LAST_ROW:
        raise ValueError(f"no sheet has {count} rows from row {first}")
    return count


def _move(sheet: SheetPart, shift: RowShift) -> None:
    for guard in GUARDS:
        guard(sheet, shift)
    book = sheet.book
    book.formulas_changed |= calculation.has_formulas(book.package)
    if shift.count < 0:
        cells = ((ref, cell_of(ref)[0]) for ref in notes.notes_of(sheet))
        notes.remove(sheet, [ref for ref, row in cells if shift.row(row) is None])
    model = _model(sheet, shift.first)
    follow(book, shift)
    _renumber(sheet, shift)
    if shift.count > 0 and (model.attributes or model.styles):
        _fill(sheet, shift, model)
    sheet.reread()
    book.expected_changes.rows(sheet.title, sheet.part, shift.first, shift.count)
    for table in sheet.table_parts if shift.count > 0 else ():
        between = table.area.bottom - shift.count == shift.first
        if table.totals and between:  # the rows stand between its last one and its totals
            table_growth.stretch(sheet, table, shift.count)


def _model(sheet: SheetPart, before: int) -> _Model:
    grid, number = sheet.grid, before - 1
    if any(table.headings and number == table.headings.top for table in sheet.table_parts):
        number = before
    row = grid.row(number)
    if row is None:
        return _Model({}, {})
    styles = {}
    for column in grid.columns(number):
        cell = grid.cell(number, column)
        style = "0" if cell is None else cell.get("s", "0")
        if style != "0":
            styles[column] = style
    attributes = {str(key): str(value) for key, value in row.attrib.items() if key not in _ITS_OWN}
    return _Model(attributes, styles)


def _renumber(sheet: SheetPart, shift: RowShift) -> None:
    number = 0
    for data in sheet.root.iterchildren(main("sheetData")):
        for row in list(data.iterchildren(_ROW)):
            written = row.get("r", "")
            number = int(written) if written.isdecimal() else number + 1
            new = shift.row(number)
            if new is None:
                sheet.edit()
                data.remove(row)
            elif new != number:
                sheet.edit()
                _address(row, new)


def _address(row: Element, number: int) -> None:
    row.set("r", str(number))
    for cell in row.iterchildren(_CELL):
        ref = cell.get("r")
        if ref:
            cell.set("r", f"{ref.rstrip('0123456789')}{number}")


def _fill(sheet: SheetPart, shift: RowShift, model: _Model) -> None:
    """Write the rows inserted, as empty as their model is not."""
    data = child_of(sheet.edit(), "sheetData")
    following = (row for row in data.iterchildren(_ROW) if _number(row) >= shift.first)
    after = next(following, None)
    for number in range(shift.first, shift.first + shift.count):
        row = data.makeelement(_ROW, None, None)
        for key, value in {"r": str(number), **model.attributes}.items():
            row.set(key, value)
        for column in sorted(model.styles):
            cell = row.makeelement(_CELL, None, None)
            cell.set("r", address(number, column))
            cell.set("s", model.styles[column])
            row.append(cell)
        if after is None:
            data.append(row)
        else:
            after.addprevious(row)
    for column in (min(model.styles), max(model.styles)) if model.styles else ():
        sheet.widen(shift.first, column)
        sheet.widen(shift.first + shift.count - 1, column)


def _number(row: Element) -> int:
    written = row.get("r", "")
    return int(written) if written.isdecimal() else 0
