"""Where the formulas of a sheet are shared by several cells, or fill several.

Source: ECMA-376 part 1, §18.3.1.40 (f) and §18.18.6 (ST_CellFormulaType).
"""

from __future__ import annotations

import contextlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import accumulate

from pst_excel.ooxml.cells.grid import Grid
from pst_excel.ooxml.cells.told import cell_in
from pst_excel.ooxml.package.names import Element, main
from pst_excel.ooxml.references import formulas
from pst_excel.ooxml.references.addresses import Area, CellPosition

ARRAYS = {"array": "la formule matricielle", "dataTable": "la table de données"}
"""The types of formulas that fill an area, and what they are called."""
_F = main("f")


class SharedFormula:
    """The cells that share a formula: its master, which has the text, and the other members."""

    def __init__(self, master: CellPosition, text: str, members: Iterable[CellPosition]) -> None:
        self.master = master
        self.text = text
        self._order = sorted(members)
        self.members = set(self._order)
        self._first = 0
        self._rows = Counter(row for row, _ in self._order)
        self._columns = Counter(column for _, column in self._order)
        self._sides = [min(self._rows), min(self._columns), max(self._rows), max(self._columns)]

    def text_at(self, row: int, column: int) -> str:
        """Return the formula as it reads in a member."""
        return formulas.moved(self.text, row - self.master[0], column - self.master[1])

    def remove(self, member: CellPosition) -> None:
        """Take a cell out of the group."""
        self.members.remove(member)
        self._rows[member[0]] -= 1
        self._columns[member[1]] -= 1

    def first(self) -> CellPosition:
        """Return the first member in the order of reading."""
        while self._order[self._first] not in self.members:
            self._first += 1
        return self._order[self._first]

    def bounds(self) -> Area:
        """Return the smallest area that holds the members; its sides only ever come nearer."""
        steps = (self._rows, 1), (self._columns, 1), (self._rows, -1), (self._columns, -1)
        for side, (counted, step) in enumerate(steps):
            while not counted[self._sides[side]]:
                self._sides[side] += step
        return Area(*self._sides)


class SheetFormulas:
    """The shared formulas of a sheet by their cells, and its arrays of several cells."""

    def __init__(self, root: Element) -> None:
        self.groups: dict[CellPosition, SharedFormula] = {}
        self._arrays: list[tuple[Area, str]] = []
        masters: list[tuple[str, list[CellPosition]]] = []
        current: dict[str, list[CellPosition]] = {}  # a number may be used again further down
        waiting: dict[str, list[CellPosition]] = {}
        for position, element in _elements(root):
            kind, number = element.get("t", ""), element.get("si", "")
            if kind in ARRAYS:
                self._add_array(element.get("ref", ""), kind)
            elif kind == "shared" and element.text:
                current[number] = [position, *waiting.pop(number, [])]
                masters.append((element.text, current[number]))
            elif kind == "shared":
                known = current if number in current else waiting
                known.setdefault(number, []).append(position)
        for text, members in masters:
            self.groups.update(dict.fromkeys(members, SharedFormula(members[0], text, members)))
        self._arrays.sort(key=lambda array: array[0].top)
        self._tops = [area.top for area, _ in self._arrays]
        self._reach = list(accumulate((area.bottom for area, _ in self._arrays), max))

    def _add_array(self, ref: str, kind: str) -> None:
        with contextlib.suppress(ValueError):
            area = Area.of(ref)
            if not area.single:
                self._arrays.append((area, kind))

    def array_at(self, row: int, column: int) -> tuple[Area, str] | None:
        """Return the array of several cells that holds a cell, and its type in the file."""
        at = bisect_right(self._tops, row) - 1
        while at >= 0 and self._reach[at] >= row:
            if (row, column) in self._arrays[at][0]:
                return self._arrays[at]
            at -= 1
        return None


def _elements(root: Element) -> Iterator[tuple[CellPosition, Element]]:
    """Give the formulas that others share or that fill an area, with the positions of their cells.

    Raises: Malformed.
    """
    positions: dict[Element, CellPosition] = {}
    for element in root.iter(_F):
        cell = element.getparent()
        if cell is None or element.get("t", "normal") == "normal":
            continue
        if cell.get("r") is not None:
            yield cell_in(cell), element
            continue
        if not positions:
            positions = {grid_cell: (row, column) for row, column, grid_cell in Grid(root)}
        if cell in positions:
            yield positions[cell], element
