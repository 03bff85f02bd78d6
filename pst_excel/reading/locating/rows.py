"""Which rows of a sheet are records, and what the others are: sections, totals, titles, remarks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter

from pst_excel.cells.grid import Grid, ImageCell, filled, is_text
from pst_excel.cells.readings import Reading
from pst_excel.cells.values import RawCell, as_text
from pst_excel.model.catalogue import structural
from pst_excel.model.findings import Finding, Subject
from pst_excel.model.plan import Plan
from pst_excel.model.schema import Sheet
from pst_excel.model.words.kinds import Kind
from pst_excel.model.words.wording import column_letter, say
from pst_excel.reading.locating.above import rows_above, said_above
from pst_excel.reading.locating.headings import Headings
from pst_excel.reading.locating.merged import spread
from pst_excel.reading.locating.sections import FilledCells, GridRow, Section, Sections, parent_of
from pst_excel.reading.locating.signs import only_signs
from pst_excel.reading.locating.tolerances import (
    ASIDE,
    HEADING_REPEATED,
    IMAGE,
    SECTION,
    SIGNS,
    SUMS,
    TOTAL,
    Tolerance,
    rows_in_words,
)
from pst_excel.reading.locating.totals import Totals
from pst_excel.text.spelling import fold, tidy

_CODED = re.compile(r"[A-Z]{0,3}[ .-]{0,2}[0-9]", re.IGNORECASE)
_ORDINARY = re.compile(r"[A-Z]?[.-]?[0-9]", re.IGNORECASE)
_NOTE = re.compile(r"(?:attention|legende|n\.?b|notes?|remarques?|source)(?: ?:.*)?", re.DOTALL)


@dataclass
class ClassifiedRows:
    """The rows that are records with their numbers, and the sections between them.

    `given` is the code that each record has from the section over it, empty where it has its own;
    `met` are the numbers of all the rows that hold something.
    """

    rows: list[tuple[int, GridRow]]
    given: list[str] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    layout: list[Reading] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    met: frozenset[int] = frozenset()


def classify_rows(
    sheet: Sheet, plan: Plan, grid: Grid, found: Headings, strict: bool
) -> ClassifiedRows:
    """Return the rows of a sheet; in a strict reading all that hold something are records."""
    positions = _positions(sheet, found)
    merged: list[Reading] = []
    if not strict:
        grid, merged = spread(grid, found.last, positions)
    above = list(rows_above(grid, found, positions))
    rows = list(_started(grid, found.last, positions))
    if strict or sheet.program:
        classified = ClassifiedRows([(number, row) for number, row, _ in rows])
    else:
        classified = _Classifier(sheet, plan, grid, found, positions).classify_rows(rows)
    classified.rows = [*above, *classified.rows]
    higher = [number for number, _ in above]
    classified.met = frozenset((*higher, *(number for number, _, _ in rows)))
    classified.layout = [*merged, *said_above(grid, higher), *classified.layout]
    return classified


def _positions(sheet: Sheet, found: Headings) -> list[int]:
    """Return the columns that make a row one: a row that the program writes is not one by itself.

    It counts when someone wrote something in it.
    """
    given = sheet.identity if sheet.program else ()
    places = found.places
    own = [c.key for c in sheet.inputs if c.key in places and not c.hidden and c.key not in given]
    beside = [*found.local.values(), *found.companions.values()]
    return sorted([*(places[key] for key in own), *beside])


def _started(
    grid: Grid, heading: int, positions: Sequence[int]
) -> Iterator[tuple[int, GridRow, tuple[RawCell, ...]]]:
    """Give the rows that hold something, their numbers, and their cells that count."""
    if not positions:
        return
    pick = itemgetter(*positions, positions[-1])  # of one position, it would give no tuple
    blank = ("",) * (len(positions) + 1)
    for number, row in enumerate(grid.rows[heading + 1 :], start=heading + 2):
        cells = pick(row)
        if cells != blank and any(map(filled, cells)):
            yield number, row, cells[:-1]


@dataclass
class _Classifier:
    sheet: Sheet
    plan: Plan
    grid: Grid
    found: Headings
    positions: list[int]

    def __post_init__(self) -> None:
        places, columns = self.found.places, self.sheet.inputs
        codes = [c for c in columns if c.kind is Kind.CODE and c.key in places and not c.hidden]
        self.codes = [places[column.key] for column in codes]
        self.own = next((places[column.key] for column in codes if not column.refers), None)
        self.name = places.get(self.sheet.named_by)
        self.defaults = {
            places[c.key]: fold(c.default) for c in columns if c.key in places and c.default
        }
        parent = parent_of(self.sheet, self.plan)
        above = places.get(parent.key) if parent is not None else None
        self.sections = Sections(self.sheet, self.plan, self.own, above, self.codes)
        self.totals = Totals(
            self.sheet, self.plan, self.grid, self.positions, self.codes, self.name,
            self.found.last + 1,
        )  # fmt: skip

    def classify_rows(
        self, rows: Sequence[tuple[int, GridRow, tuple[RawCell, ...]]]
    ) -> ClassifiedRows:
        classified = ClassifiedRows([])
        kept: list[tuple[int, GridRow, Section | None]] = []
        signs: dict[str, list[tuple[int, str]]] = {}
        most = len(self.positions) - 2
        for number, row, cells in rows:
            coded = cells.count("") < most and self._ordinary(row)
            if coded and not self.totals.may_be(number, row):
                kept.append((number, row, None))
                continue
            here = [
                (p, cell) for p, cell in zip(self.positions, cells, strict=True) if filled(cell)
            ]
            way, section = self._way(number, row, here, coded)
            if way is None:
                kept.append((number, row, section))
                continue
            shown = self._shown(row, here, way)
            cell = f"{column_letter(shown[0][0])}{number}"
            read = " · ".join(say(cell) for _, cell in shown)
            if way is SIGNS:
                signs.setdefault(read, []).append((number, cell))
            else:
                self._leave_out(classified, way, number, cell, read)
        classified.layout += self._signs(signs)
        self._settle(classified, kept)
        return classified

    def _way(
        self, number: int, row: GridRow, here: FilledCells, coded: bool
    ) -> tuple[Tolerance | None, Section | None]:
        """Return in which way a row is no record, if it is none, or the section that it may be."""
        if self.totals.is_total(number, row, here):
            return TOTAL, None
        if only_signs([*here, *self._beside(row)], self.codes, self.defaults):
            return SIGNS, None
        if coded:
            return None, None
        section = self.sections.section(number, here)
        return (self._aside(number, here), None) if section is None else (None, section)

    def _shown(self, row: GridRow, here: FilledCells, way: Tolerance) -> FilledCells:
        """Return what is left out with a row, in its order."""
        label = self.totals.beside(row) if way is TOTAL else None
        return sorted([*here, *self._beside(row), *([label] if label else [])], key=itemgetter(0))

    def _beside(self, row: GridRow) -> FilledCells:
        """Return what a row holds under no heading."""
        return [(p, row[p]) for p in self.found.unnamed if filled(row[p])]

    def _leave_out(
        self, classified: ClassifiedRows, way: Tolerance, number: int, cell: str, read: str
    ) -> None:
        classified.layout.append(
            way.reading(Subject(title=self.grid.title, cell=cell), read, way.understood)
        )
        if way in (ASIDE, SUMS):
            words = {"read": read, "row": str(number)}
            classified.findings.append(structural(self.sheet.key, "S09", words, cell))

    def _signs(self, signs: Mapping[str, Sequence[tuple[int, str]]]) -> Iterator[Reading]:
        """Say the rows of signs, those that hold the same together: a box may go down a sheet."""
        for read, rows in signs.items():
            where = f"{read}, {rows_in_words(n for n, _ in rows)}" if len(rows) > 1 else read
            subject = Subject(title=self.grid.title, cell=rows[0][1])
            yield SIGNS.reading(subject, where, SIGNS.understood)

    def _ordinary(self, row: GridRow) -> bool:
        """Tell whether one of the codes of a row is one."""
        for position in self.codes:
            cell = row[position]
            if cell != "" and (cell.__class__ is not str or _ORDINARY.match(cell)):
                return True
        return False

    def _aside(self, number: int, here: FilledCells) -> Tolerance | None:
        """Return in which way a row is no record at all, if it is none."""
        if all(isinstance(cell, ImageCell) for _, cell in here):
            return IMAGE
        same = sum(fold(as_text(cell)) in self._headings.get(p, ()) for p, cell in here)
        if same > 1 and 2 * same >= len(here):
            return HEADING_REPEATED
        if self.totals.is_sum(number, here):
            return SUMS
        return ASIDE if len(here) == 1 and self._is_note(*here[0]) else None

    @cached_property
    def _headings(self) -> dict[int, set[str]]:
        rows = [self.found.texts, *self.grid.rows[self.found.first : self.found.last + 1]]
        return {p: {fold(row[p]) for row in rows if is_text(row[p])} for p in self.positions}

    def _is_note(self, position: int, cell: RawCell) -> bool:
        """Tell whether a cell alone on its row is a remark: a sentence where a code is expected."""
        if not is_text(cell):
            return False
        text = tidy(cell)
        if _NOTE.fullmatch(fold(text)):
            return position in (*self.codes, self.name)
        return position in self.codes and " " in text and not _CODED.match(text)

    def _settle(
        self, classified: ClassifiedRows, kept: Sequence[tuple[int, GridRow, Section | None]]
    ) -> None:
        """Decide which rows are sections, from the rows that follow them; hand codes down."""
        decided: list[tuple[int, GridRow, Section | None]] = []
        following: GridRow | None = None
        for number, row, section in reversed(kept):
            if section is not None and not self.sections.confirmed(section, following):
                section = None
            following = row if section is None else following
            decided.append((number, row, section))
        decided.reverse()
        classified.rows = [(number, row) for number, row, section in decided if section is None]
        classified.sections, classified.given = self.sections.hand_down(decided)
        classified.layout += self._told(classified)

    def _told(self, classified: ClassifiedRows) -> Iterator[Reading]:
        """Say of each section to which rows its code was given."""
        for at, section in enumerate(classified.sections):
            last = (
                classified.sections[at + 1].row
                if at + 1 < len(classified.sections)
                else float("inf")
            )
            rows = [
                number
                for (number, _), code in zip(classified.rows, classified.given, strict=True)
                if code == section.code and section.row < number < last
            ]
            name = f"{section.sheet.records[0]} {section.code}"
            understood = f"{name}, pour les {rows_in_words(rows)}" if rows else name
            if len(rows) == 1:
                understood = f"{name}, pour la {rows_in_words(rows)}"
            read = " · ".join(say(cell, limit=255) for _, cell in section.cells)
            cell = f"{column_letter(section.cells[0][0])}{section.row}"
            yield SECTION.reading(Subject(title=self.grid.title, cell=cell), read, understood)
