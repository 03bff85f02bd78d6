"""The formulas of a sheet's cells: shared ones read and handed on, arrays kept whole.

Source: ECMA-376 part 1, §18.3.1.40 (f) and §18.18.6 (ST_CellFormulaType).
"""

from __future__ import annotations

import contextlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import TYPE_CHECKING, TypeAlias

from pst_excel.ooxml import formulas
from pst_excel.ooxml.errors import NotAWorkbook, Refused
from pst_excel.ooxml.names import XML_SPACE, Element, main, place
from pst_excel.ooxml.references import Area, address, cell_of
from pst_excel.ooxml.values import Formula, escaped, number_text

if TYPE_CHECKING:
    from pst_excel.ooxml.sheet import Sheet

Place: TypeAlias = tuple[int, int]
LONGEST = 8_192
_F, _V = main("f"), main("v")
_WHOLE = {"array": "la formule matricielle", "dataTable": "la table de données"}
_ERRORS = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA"}


class Group:
    """The cells that share a formula: its master, which has the text, and the other members."""

    def __init__(self, master: Place, text: str, members: Iterable[Place]) -> None:
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

    def remove(self, member: Place) -> None:
        """Take a cell out of the group."""
        self.members.remove(member)
        self._rows[member[0]] -= 1
        self._columns[member[1]] -= 1

    def first(self) -> Place:
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

    def __init__(self, sheet: Sheet) -> None:
        self.groups: dict[Place, Group] = {}
        self._arrays: list[tuple[Area, str]] = []
        masters: list[tuple[str, list[Place]]] = []
        current: dict[str, list[Place]] = {}  # a number may be used again further down
        waiting: dict[str, list[Place]] = {}
        for where, element in _elements(sheet):
            kind, number = element.get("t", ""), element.get("si", "")
            if kind in _WHOLE:
                self._add_array(element.get("ref", ""), kind)
            elif kind == "shared" and element.text:
                current[number] = [where, *waiting.pop(number, [])]
                masters.append((element.text, current[number]))
            elif kind == "shared":
                known = current if number in current else waiting
                known.setdefault(number, []).append(where)
        for text, members in masters:
            self.groups.update(dict.fromkeys(members, Group(members[0], text, members)))
        self._arrays.sort(key=lambda one: one[0].top)
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


def _elements(sheet: Sheet) -> Iterator[tuple[Place, Element]]:
    """Give the formulas that others share or that fill an area, with the places of their cells.

    Raises: NotAWorkbook.
    """
    places: dict[Element, Place] = {}
    for element in sheet.root.iter(_F):
        cell = element.getparent()
        if cell is None or element.get("t", "normal") == "normal":
            continue
        ref = cell.get("r")
        if ref is not None:
            try:
                yield cell_of(ref), element
            except ValueError as error:
                raise NotAWorkbook(f"aucune cellule n’a l’adresse « {ref} »") from error
            continue
        if not places:
            places = {one: (row, column) for row, column, one in sheet.grid}
        if cell in places:
            yield places[cell], element


def text(sheet: Sheet, row: int, column: int) -> str | None:
    """Return the formula of a cell; None when it has none. That of a data table is empty."""
    cell = sheet.grid.cell(row, column)
    element = cell.find(_F) if cell is not None else None
    if element is None:
        return None
    if element.text or element.get("t") != "shared":
        return element.text or ""
    group = sheet.formulas.groups.get((row, column))
    return group.text_at(row, column) if group else None


def leave(sheet: Sheet, row: int, column: int) -> None:
    """Make a cell ready to lose its content: a formula that others share is handed on to them.

    Raises: Refused for a part of an array of several cells, or of a data table.
    """
    array = sheet.formulas.array_at(row, column)
    if array:
        area, kind = array
        raise Refused(f"{address(row, column)} est une partie de {_WHOLE[kind]} {area}")
    cell = sheet.grid.cell(row, column)
    if cell is None or cell.find(_F) is None:
        return
    sheet.book.formulas_changed = True
    group = sheet.formulas.groups.pop((row, column), None)
    if group:
        group.remove((row, column))
        if group.master == (row, column):
            _hand_on(sheet, group)


def _hand_on(sheet: Sheet, group: Group) -> None:
    """Give the text of a group to the first of the members left.

    Where it cannot be written without #REF!, the others could not be read from it: that member
    takes a formula of its own.
    """
    while group.members:
        heir = group.first()
        cell = sheet.grid.cell(*heir)
        element = cell.find(_F) if cell is not None else None
        handed = group.text_at(*heir)
        lost = handed.count(formulas.GONE) > group.text.count(formulas.GONE)
        if element is not None:
            sheet.edit()
            sheet.book.declared.cells(sheet.part, Area(*heir, *heir))
            _put(element, handed)
        if element is not None and not lost:
            element.set("ref", str(group.bounds()))
            group.master, group.text = heir, handed
            return
        group.remove(heir)
        sheet.formulas.groups.pop(heir, None)
        if element is not None:
            for key in ("t", "si"):
                element.attrib.pop(key, None)


def write(sheet: Sheet, cell: Element, formula: Formula) -> None:
    """Put a formula, and the value that it last gave, in a cell that has no content.

    Raises: Refused when the formula is empty, longer than LONGEST or no text of an XML file.
    """
    if not formula.text or len(formula.text) > LONGEST:
        raise Refused(f"une formule contient de 1 à {LONGEST} caractères")
    value, kind, held = formula.value, None, ""
    if isinstance(value, bool):
        kind, held = "b", str(int(value))
    elif isinstance(value, str):
        kind, held = ("e", value) if value in _ERRORS else ("str", escaped(value))
    elif value is not None:
        held = number_text(value)
    element = cell.makeelement(_F, None, None)
    try:
        _put(element, formula.text)
    except ValueError as error:
        raise Refused("une formule contient un caractère que le fichier n’admet pas") from error
    place(cell, element)
    cell.attrib.pop("t", None)
    if kind:
        cell.set("t", kind)
    if value is not None:
        shown = cell.makeelement(_V, None, None)
        _put(shown, held)
        place(cell, shown)
    sheet.book.formulas_changed = True


def _put(element: Element, text: str) -> None:
    element.text = text
    if text != text.strip():
        element.set(XML_SPACE, "preserve")
