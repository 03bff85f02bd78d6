"""Where the fields of the form stand: each name, and the cell that holds its value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pst_excel.cells.grid import Grid, filled, is_text
from pst_excel.cells.readings import Reading
from pst_excel.cells.values import RawCell, as_text
from pst_excel.model.catalogue import structural
from pst_excel.model.findings import Finding, Subject
from pst_excel.model.schema import Column, Sheet
from pst_excel.model.words.wording import column_letter, say
from pst_excel.reading.locating.tolerances import FIELD_ELSEWHERE, HEADING_NEAR, candidates
from pst_excel.text.spelling import fold, tidy

GridPosition = tuple[int, int]
"""A row and a column, counted from 0."""


@dataclass
class Fields:
    """The fields that were found, by key: the places of their values; what is to be said of them.

    The value stands at the right of its name, or one that is clearly its own stands further; what
    the template says of a field, one of `helps`, is none.
    """

    sheet: Sheet
    grid: Grid
    helps: frozenset[str] = frozenset()
    names: dict[str, GridPosition] = field(default_factory=dict)
    values: dict[str, GridPosition] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    layout: list[Reading] = field(default_factory=list)

    def find(self, strict: bool) -> None:
        """Find the fields by their names, then where their values stand."""
        known = {heading: c for c in reversed(self.sheet.columns) for heading in c.headings}
        for at, row in enumerate(self.grid.rows):
            here = [p for p, cell in enumerate(row) if filled(cell)]
            for position in self._names(row, here[:1] if strict else here, known):
                column = known[fold(as_text(row[position]))]
                self.names.setdefault(column.key, (at, position))
        if not strict and any(c.key not in self.names for c in self.sheet.inputs if not c.hidden):
            self._misspelt()
        self.values = {key: (at, p + 1) for key, (at, p) in self.names.items()}
        if not strict:
            self._elsewhere()

    def cell(self, place: GridPosition) -> RawCell:
        """Return what a place holds; a place beyond the sheet is blank."""
        at, position = place
        rows = self.grid.rows
        return rows[at][position] if at < len(rows) and position < len(rows[at]) else ""

    def _names(
        self, row: Sequence[RawCell], here: Sequence[int], known: Mapping[str, Column]
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
        claims: dict[str, list[GridPosition]] = {}
        for at, row in enumerate(self.grid.rows):
            first, cell = next(((p, cell) for p, cell in enumerate(row) if filled(cell)), (0, None))
            if (at, first) in self.names.values() or not is_text(cell):
                continue
            near = [column for column in candidates(cell, self.sheet) if not column.hidden]
            if len(near) == 1 and near[0].key not in self.names:
                claims.setdefault(near[0].key, []).append((at, first))
        for key, places in claims.items():
            if len(places) > 1:
                continue
            at, position = self.names[key] = places[0]
            label, read = self.sheet[key].label, tidy(as_text(self.cell(places[0])))
            cell = f"{column_letter(position)}{at + 1}"
            words = {"label": label, "read": read}
            self.findings.append(structural(self.sheet.key, "S08", words, cell))
            self.layout.append(
                HEADING_NEAR.reading(Subject(title=self.grid.title, cell=cell), read, label)
            )

    def _elsewhere(self) -> None:
        """Look further for the values that do not stand beside their names."""
        names = set(self.names.values())
        # What stands beyond a value is no value in another row, nor is the help of the template.
        beyond = {
            position
            for row in self.grid.rows
            for position, cell in enumerate(row)
            if isinstance(cell, str) and cell in self.helps
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
                self.layout.append(
                    FIELD_ELSEWHERE.reading(
                        Subject(title=self.grid.title, cell=cell), read, understood
                    )
                )

    def _right(
        self, at: int, first: int, beyond: set[int], names: set[GridPosition]
    ) -> GridPosition | None:
        for position in range(first + 1, len(self.grid.rows[at])):
            if (at, position) in names or position in beyond:
                return None
            if filled(self.cell((at, position))):
                return at, position
        return None

    def _below(self, at: int, first: int, names: set[GridPosition]) -> GridPosition | None:
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
