"""Rows are inserted in a sheet, or removed; what stands below, and what refers to it, follows.

Source: ECMA-376 part 1, §18.3.1.73 (row) and §18.3.1.4 (c).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from pst_excel.ooxml.cells import calculation, table_growth
from pst_excel.ooxml.cells.grid import row_number
from pst_excel.ooxml.cells.workbook_parts import SheetPart
from pst_excel.ooxml.notes import notes
from pst_excel.ooxml.package.malformed import number_of
from pst_excel.ooxml.package.names import Element, child_of, main
from pst_excel.ooxml.references.addresses import LAST_ROW, address, cell_of, is_address
from pst_excel.ooxml.references.row_shifts import Insertions, Removals, RowShift, Shift
from pst_excel.ooxml.row_shift import guards
from pst_excel.ooxml.row_shift.following import follow, follow_formulas, follow_rest

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
    insert_several(sheet, {before: count})


def insert_several(sheet: SheetPart, places: Mapping[int, int]) -> None:
    """Insert so many rows before each of several, numbered as they are now; see `insert`.

    All that follows does so once, however many places there are.
    """
    for before, count in places.items():
        _counted(before, count)
    if not places:
        return
    inserted = Insertions(sheet.title, tuple(sorted(places.items())))
    guards.check(sheet, *inserted.shifts)
    models = {before: _model(sheet, before) for before in places}
    totals = {table.part: table.area.bottom for table in sheet.table_parts if table.totals}
    sheet.book.formulas_changed |= calculation.has_formulas(sheet.book.package)
    follow(sheet.book, inserted)
    _renumber(sheet, inserted)
    down = 0
    for before, count in inserted.places:
        if models[before].attributes or models[before].styles:
            _fill(sheet, RowShift(sheet.title, before + down, count), models[before])
        down += count
    sheet.reread()
    for shift in inserted.shifts:
        _expect(sheet, shift)
    for table in sheet.table_parts:  # the rows stand between its last one and its totals
        if places.get(totals.get(table.part, 0)):
            table_growth.stretch(sheet, table, places[totals[table.part]])


def remove(sheet: SheetPart, first: int, count: int = 1) -> None:
    """Remove rows with all that stands on them only; references to them become #REF!.

    Raises: Refused when an array, a pivot table or a scenario would be cut, or when a table would
    lose its headings, its totals or its last row; ValueError for rows that no sheet has.
    """
    remove_several(sheet, {first: count})


def remove_several(sheet: SheetPart, places: Mapping[int, int]) -> None:
    """Remove so many rows from each of several on, numbered as they are now; see `remove`.

    Raises: ValueError for places that hold one another.
    """
    for first, count in places.items():
        _counted(first, count)
    rows = sorted(places.items(), reverse=True)
    if any(first + count > below for (below, _), (first, count) in pairwise(rows)):
        raise ValueError("the same row is removed twice")
    if not rows:
        return
    # The lowest first: what is above keeps its numbers.
    removed = Removals(sheet.title, tuple(RowShift(sheet.title, row, -n) for row, n in rows))
    guards.check(sheet, *removed.shifts)
    guards.check_together(sheet, removed)
    sheet.book.formulas_changed |= calculation.has_formulas(sheet.book.package)
    follow_formulas(sheet.book, removed)
    for shift in removed.shifts:
        cells = ((ref, cell_of(ref)[0]) for ref in notes.notes_of(sheet) if is_address(ref))
        notes.remove(sheet, [ref for ref, row in cells if shift.row(row) is None])
        follow_rest(sheet.book, shift)
        _renumber(sheet, shift)
        sheet.reread()
        _expect(sheet, shift)


def _counted(first: int, count: int) -> int:
    if first < 1 or count < 1 or first + count - 1 > LAST_ROW:
        raise ValueError(f"no sheet has {count} rows from row {first}")
    return count


def _expect(sheet: SheetPart, shift: RowShift) -> None:
    sheet.book.expected_changes.rows(sheet.title, sheet.part, shift.first, shift.count)


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


def _renumber(sheet: SheetPart, shift: Shift) -> None:
    number = 0
    for data in sheet.root.iterchildren(main("sheetData")):
        for row in list(data.iterchildren(_ROW)):
            number = row_number(row, number + 1)
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
    return number_of(row.get("r")) or 0
