"""The rows and cells of a sheet's XML, found by address and kept in order."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from pst_excel.ooxml.cells.told import cell_in
from pst_excel.ooxml.package.malformed import malformed, number_of, quoted, whole
from pst_excel.ooxml.package.names import Element, child_of, main
from pst_excel.ooxml.references.addresses import LAST_COLUMN, LAST_ROW, address, column_number

_ROW, _CELL = main("row"), main("c")
_USUAL = re.compile(r"([A-Z]{1,3})[1-9][0-9]{0,5}\Z")


class Grid:
    """The `sheetData` of a sheet. Rows and cells that have no address are given theirs."""

    def __init__(self, root: Element) -> None:
        self._data = child_of(root, "sheetData")
        self._rows: dict[int, Element] = {}
        self._cells: dict[int, dict[int, Element]] = {}
        number = 0
        for row in self._data.iterchildren(_ROW):
            number = row_number(row, number + 1)
            self._rows.setdefault(number, row)
        self._numbers = sorted(self._rows)

    @property
    def rows(self) -> list[int]:
        """The numbers of the rows that are written, in order."""
        return self._numbers

    def row(self, number: int) -> Element | None:
        """Return a row that is written."""
        return self._rows.get(number)

    def _inside(self, number: int) -> dict[int, Element]:
        if number not in self._cells:
            cells: dict[int, Element] = {}
            column = 0
            for cell in self._rows[number].iterchildren(_CELL):
                column = _column(cell, column + 1)
                cells.setdefault(column, cell)
            self._cells[number] = cells
        return self._cells[number]

    def columns(self, row: int) -> list[int]:
        """Return the columns of the cells of a row that are written."""
        return list(self._inside(row)) if row in self._rows else []

    def cell(self, row: int, column: int) -> Element | None:
        """Return a cell that is written."""
        cells = self._cells.get(row)
        if cells is None:
            cells = self._inside(row) if row in self._rows else {}
        return cells.get(column)

    def holds(self, row: int, column: int) -> bool:
        """Return whether a cell has a value or a formula, and not only a format."""
        cell = self.cell(row, column)
        return cell is not None and len(cell) > 0

    def __iter__(self) -> Iterator[tuple[int, int, Element]]:
        """Give the row, the column and the element of each cell written."""
        for row in self._numbers:
            for column, cell in self._inside(row).items():
                yield row, column, cell

    def add_row(self, number: int) -> Element:
        """Return a row, made at its place when it is not written."""
        row = self._rows.get(number)
        if row is None:
            at = bisect_left(self._numbers, number)
            row = self._data.makeelement(_ROW, None, None)
            row.set("r", str(number))
            if at == len(self._numbers):
                self._data.append(row)
            else:
                self._addressed_row(self._numbers[at]).addprevious(row)
            self._numbers.insert(at, number)
            self._rows[number] = row
        return self._addressed_row(number)

    def _addressed_row(self, number: int) -> Element:
        row = self._rows[number]
        if row.get("r") is None:
            row.set("r", str(number))
        return row

    def add(self, row: int, column: int) -> Element:
        """Return a cell, made at its place when it is not written."""
        line = self.add_row(row)
        cells = self._inside(row)
        for known, element in cells.items():
            if element.get("r") is None:
                element.set("r", address(row, known))
        if column not in cells:
            cell = line.makeelement(_CELL, None, None)
            cell.set("r", address(row, column))
            after = min((known for known in cells if known > column), default=None)
            if after is None:
                line.append(cell)
            else:
                cells[after].addprevious(cell)
            cells[column] = cell
            _widen_spans(line, column)
        return cells[column]

    def drop(self, row: int, column: int) -> None:
        """Remove a cell; its row is left where it says more, as its height and format."""
        cell = self._inside(row).pop(column, None) if row in self._rows else None
        if cell is None:
            return
        line = self._rows[row]
        line.remove(cell)
        if not len(line) and set(line.attrib) <= {"r", "spans"}:
            self._data.remove(line)
            self._numbers.remove(row)
            del self._rows[row], self._cells[row]

    def column_style(self, root: Element, row: int, column: int) -> int:
        """Return the style that a cell not yet written takes: its row's, else its column's."""
        line = self._rows.get(row)
        if line is not None and line.get("customFormat") in ("1", "true"):
            return whole(line, "s")
        for cols in root.iterchildren(main("cols")):
            for col in cols.iterchildren(main("col")):
                if whole(col, "min") <= column <= whole(col, "max"):
                    return whole(col, "style")
        return 0


def row_number(row: Element, following: int) -> int:
    """Return the number of a row; the following one where it tells none. Raises: Malformed."""
    number = whole(row, "r", following) if row.get("r") else following
    if not 1 <= number <= LAST_ROW:
        raise malformed(row, f"aucune ligne n’a le numéro {quoted(str(number))}")
    return number


def _column(cell: Element, following: int) -> int:
    ref = cell.get("r")
    if ref is None:
        return following
    usual = _USUAL.match(ref)
    column = column_number(usual[1]) if usual else 0
    return column if 1 <= column <= LAST_COLUMN else cell_in(cell)[1]


def _widen_spans(row: Element, column: int) -> None:
    """Drop the hint of a row's extent when it no longer holds: Excel does without."""
    ends = [list(map(number_of, part.split(":"))) for part in row.get("spans", "").split()]
    if ends and not any((span[0] or 0) <= column <= (span[-1] or 0) for span in ends):
        del row.attrib["spans"]
