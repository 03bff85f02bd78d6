"""Where the fields of the form stand: each name, and the cell that holds its value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pst_excel.batch import Remark, Trouble
from pst_excel.finding.ways import FIELD_ELSEWHERE, HEADING_NEAR, candidates
from pst_excel.grids import Grid, filled, is_text
from pst_excel.parsing import as_text
from pst_excel.schema import Column, Sheet
from pst_excel.spelling import fold, tidy
from pst_excel.wording import column_letter, say

Place = tuple[int, int]
"""A row and a column, counted from 0."""


@dataclass
class Fields:
    """The fields that were found, by key: the places of their values; what is to be said of them.

    The value stands at the right of its name, or one that is clearly its own stands further.
    """

    sheet: Sheet
    grid: Grid
    names: dict[str, Place] = field(default_factory=dict)
    values: dict[str, Place] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def find(self, strict: bool) -> None:
        """Find the fields by their names, then where their values stand."""
        known = {heading: c for c in reversed(self.sheet.columns) for heading in c.headings}
        for at, row in enumerate(self.grid.rows):
            here = [p for p, cell in enumerate(row) if filled(cell)]
            for position in self._names(row, here[:1] if strict else here, known):
                column = known[fold(as_text(row[position]))]
                self.names.setdefault(column.key, (at, position))
        if not strict and len(self.names) < len(self.sheet.inputs):
            self._misspelt()
        self.values = {key: (at, p + 1) for key, (at, p) in self.names.items()}
        if not strict:
            self._elsewhere()

    def cell(self, place: Place) -> object:
        """Return what a place holds; a place beyond the sheet is blank."""
        at, position = place
        rows = self.grid.rows
        return rows[at][position] if at < len(rows) and position < len(rows[at]) else ""

    def _names(
        self, row: Sequence[Any], here: Sequence[int], known: Mapping[str, Column]
    ) -> list[int]:
        """Return the positions of the names in a row; what follows a name is its value.

        But in a row of nothing but names, whose values stand below.
        """
        names = [p for p in here if is_text(row[p]) and fold(row[p]) in known]
        if len(names) > 2 and len(names) == len(here):
            return names
        kept: list[int] = []
        for position in names:
            if position - 1 not in kept:
                kept.append(position)
        return kept

    def _misspelt(self) -> None:
        """Take as a missing field the one name that can be its own and no other's."""
        claims: dict[str, list[Place]] = {}
        for at, row in enumerate(self.grid.rows):
            first = next((p for p, cell in enumerate(row) if filled(cell)), None)
            if first is None or (at, first) in self.names.values() or not is_text(row[first]):
                continue
            near = candidates(row[first], self.sheet)
            if len(near) == 1 and near[0].key not in self.names:
                claims.setdefault(near[0].key, []).append((at, first))
        for key, places in claims.items():
            if len(places) > 1:
                continue
            at, position = self.names[key] = places[0]
            label, read = self.sheet[key].label, tidy(as_text(self.cell(places[0])))
            cell = f"{column_letter(position)}{at + 1}"
            words = {"label": label, "read": read}
            self.troubles.append(Trouble("S08", self.sheet.key, words, cell))
            self.remarks.append(HEADING_NEAR.remark(self.grid.title, cell, read, label))

    def _elsewhere(self) -> None:
        """Look further for the values that do not stand beside their names."""
        names = set(self.names.values())
        # What stands beyond a value is no value in another row, nor is the help of the template.
        help_texts = {column.help for column in self.sheet.columns}
        beyond = {
            position
            for row in self.grid.rows
            for position, cell in enumerate(row)
            if cell in help_texts
        } | {
            position
            for at, first in names
            if filled(self.cell((at, first + 1)))
            for position in range(first + 2, len(self.grid.rows[at]))
            if filled(self.cell((at, position)))
        }
        for key, (at, first) in self.names.items():
            if filled(self.cell((at, first + 1))) and (at, first + 1) not in names:
                continue
            place = self._right(at, first, beyond, names) or self._below(at, first, names)
            if place is not None:
                self.values[key] = place
                read = f"{self.sheet[key].label} · (vide) · {say(self.cell(place))}"
                cell = f"{column_letter(place[1])}{place[0] + 1}"
                understood = say(self.cell(place))
                self.remarks.append(FIELD_ELSEWHERE.remark(self.grid.title, cell, read, understood))

    def _right(self, at: int, first: int, beyond: set[int], names: set[Place]) -> Place | None:
        for position in range(first + 1, len(self.grid.rows[at])):
            if (at, position) in names or position in beyond:
                return None
            if filled(self.cell((at, position))):
                return at, position
        return None

    def _below(self, at: int, first: int, names: set[Place]) -> Place | None:
        """Return the cell below where nothing but names stands in the row, and values in the next.

        A cell below that begins a row of its own, a name with a value, is none.
        """
        place = (at + 1, first)
        if place in names or not filled(self.cell(place)):
            return None
        row = self.grid.rows[at]
        if any(filled(cell) and (at, p) not in names for p, cell in enumerate(row)):
            return None
        under = [(at + 1, p) for p, cell in enumerate(self.grid.rows[at + 1]) if filled(cell)]
        return place if all((at, p) in names for _, p in under) else None
