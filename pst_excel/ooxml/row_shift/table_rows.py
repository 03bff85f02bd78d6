"""Rows given to a table, at its end or inside, or taken from it.

Source: ECMA-376 part 1, §18.5.1 (tables).
"""

from __future__ import annotations

from collections.abc import Sequence
from types import EllipsisType
from typing import TypeAlias

from pst_excel.ooxml.cells import contents, table_growth
from pst_excel.ooxml.cells.tables import NOTHING, TablePart
from pst_excel.ooxml.cells.told import area_in
from pst_excel.ooxml.cells.values import Formula, Value
from pst_excel.ooxml.cells.workbook_parts import SheetPart
from pst_excel.ooxml.errors import NotAWorkbook, Refused
from pst_excel.ooxml.package.names import Element, main
from pst_excel.ooxml.references.addresses import LAST_ROW, Area
from pst_excel.ooxml.references.formulas import moved
from pst_excel.ooxml.row_shift import shift

TableRow: TypeAlias = Sequence[Value | EllipsisType]


def append(sheet: SheetPart, table: TablePart, rows: Sequence[TableRow]) -> Area:
    """Add rows at the end and return their cells; see `Table.append`.

    Raises: Refused for a table that a query fills, for rows too long, or where no row can be
    inserted; NotAWorkbook for a table without a row.
    """
    _check(table, rows)
    if not rows:
        return NOTHING
    data = table.data
    first = data.top if _blank(sheet, table) else data.bottom + 1
    more = len(rows) - (data.bottom + 1 - first)
    if more:
        _make_room(sheet, table, more)
    return _write(sheet, table, rows, first)


def insert(sheet: SheetPart, table: TablePart, at: int, rows: Sequence[TableRow]) -> Area:
    """Insert rows before one, 0 being the first, and return their cells; see `Table.insert`.

    Raises: Refused; IndexError when the table has no such row.
    """
    data = table.data
    height = data.bottom - data.top + 1
    if not 0 <= at <= height:
        raise IndexError(f"table {table.name!r} has no row {at}")
    if at == height:
        return append(sheet, table, rows)
    _check(table, rows)
    if not rows:
        return NOTHING
    shift.insert(sheet, data.top + at, len(rows))
    if at == 0:
        table_growth.upwards(sheet, data, len(rows))
    return _write(sheet, table, rows, data.top + at)


def remove(sheet: SheetPart, table: TablePart, first: int, count: int = 1) -> None:
    """Remove rows, 0 being the first, with the whole rows of the sheet that they stand on.

    Raises: Refused when no row would be left; IndexError when the table has no such rows.
    """
    data = table.data
    if first < 0 or count < 1 or data.top + first + count - 1 > data.bottom:
        raise IndexError(f"table {table.name!r} has no {count} rows from {first}")
    shift.remove(sheet, data.top + first, count)


def _check(table: TablePart, rows: Sequence[TableRow]) -> None:
    if table.data == NOTHING:
        raise NotAWorkbook(f"le tableau « {table.name} » n’a aucune ligne")
    if table.root.get("tableType", "worksheet") != "worksheet" or table.package.related(
        table.part, "queryTable"
    ):
        raise Refused(f"le tableau « {table.name} » est rempli par une requête")
    width = len(table.column_elements)
    if any(len(row) > width for row in rows):
        raise Refused(f"le tableau « {table.name} » a {width} colonnes")


def _blank(sheet: SheetPart, table: TablePart) -> bool:
    """Return whether the only row holds nothing but the formulas of its columns."""
    data = table.data
    if data.top != data.bottom:
        return False
    for number, column in enumerate(table.column_elements, start=data.left):
        cell = sheet.grid.cell(data.top, number)
        calculated = cell is not None and cell.find(main("f")) is not None
        if sheet.grid.holds(data.top, number) and not (calculated and _formula(column) is not None):
            return False
    return True


def _make_room(sheet: SheetPart, table: TablePart, count: int) -> None:
    """Make the table larger by rows at its end, those below being used or pushed down."""
    data = table.data
    below = Area(data.bottom + 1, data.left, data.bottom + count, data.right)
    if table.totals:
        shift.insert(sheet, below.top, count)
        return
    if _free(sheet, table, below):
        table_growth.dress(sheet, data.bottom, below)
    else:
        shift.insert(sheet, below.top, count)
    whole = Area(table.area.top, data.left, below.bottom, data.right)
    table.package.edit(table.part).set("ref", str(whole))
    table_growth.stretch(sheet, table, count)


def _free(sheet: SheetPart, table: TablePart, below: Area) -> bool:
    """Return whether nothing stands in an area under the table."""
    package = table.package
    if below.bottom > LAST_ROW:
        return False
    pivots = [
        area_in(location)
        for part in package.related(sheet.part, "pivotTable")
        for location in package.tree(part).iterchildren(main("location"))
    ]
    others = [other.area for other in sheet.table_parts if other.part != table.part]
    if any(below.meets(area) for area in (*sheet.merged, *others, *pivots)):
        return False
    return not any(
        sheet.grid.holds(row, column)
        for row in range(below.top, below.bottom + 1)
        for column in sheet.grid.columns(row)
        if below.left <= column <= below.right
    )


def _write(sheet: SheetPart, table: TablePart, rows: Sequence[TableRow], first: int) -> Area:
    top, left, columns = table.data.top, table.data.left, table.column_elements
    for number, row in enumerate(rows, start=first):
        given = [*row, *[None] * (len(columns) - len(row))]
        for at, (value, column) in enumerate(zip(given, columns, strict=True), start=left):
            text = _formula(column) if value is None or value is ... else None
            if text is not None:
                value = Formula(moved(text, number - top, 0))
            contents.put(sheet, number, at, None if value is ... else value)
    if table.root.get("insertRow") is not None:
        root = table.package.edit(table.part)
        for key in ("insertRow", "insertRowShift"):
            root.attrib.pop(key, None)
        sheet.book.expected_changes.part(table.part)
    return Area(first, left, first + len(rows) - 1, left + len(columns) - 1)


def _formula(column: Element) -> str | None:
    """Return the formula of a calculated column as its first row reads it."""
    found = column.find(main("calculatedColumnFormula"))
    if found is None or not found.text:
        return None
    if found.get("array") in ("1", "true"):
        raise Refused(f"la colonne « {column.get('name')} » a une formule matricielle")
    return found.text
