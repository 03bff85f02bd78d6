"""Which sheet of a workbook is which of the plan's: by its name, or nearly, or by its headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pst_excel.cells.grid import Grid, filled, heading_row
from pst_excel.cells.readings import Reading
from pst_excel.cells.values import RawCell, as_text
from pst_excel.model.catalogue import structural
from pst_excel.model.findings import Finding, Subject
from pst_excel.model.plan import Plan
from pst_excel.model.schema import Column, Sheet
from pst_excel.model.words.kinds import Kind, Layout, Need
from pst_excel.reading.locating.tolerances import (
    SHEET_AFFIXED,
    SHEET_BY_HEADINGS,
    SHEET_HIDDEN,
    SHEET_NEAR,
    Tolerance,
    core_of,
    slip,
)
from pst_excel.reading.workbook import Book
from pst_excel.text.errors import UnreadableFile
from pst_excel.text.spelling import fold, nearest

_COPY = re.compile(r"(?<!\s)\s*+\([0-9]++\)$")
_CONFIRMED = 2  # headings that confirm a name
_UNMISTAKABLE = 4  # headings without a name
_MARGIN = 2  # more than those of any other sheet


@dataclass
class PlanSheets:
    """The sheets of a workbook that are the plan's, by key, and what is to be said of them."""

    plan: Plan
    book: Book
    grids: dict[str, Grid] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    layout: list[Reading] = field(default_factory=list)
    _beyond: dict[str, UnreadableFile] = field(default_factory=dict)

    def find(self, strict: bool) -> None:
        """Find the sheets: those that have the name first, then those that nearly have it."""
        self._named()
        if not strict:
            self._affixed()
            for sheet in self.missing:
                self._misspelt(sheet)
            for sheet in self.missing:
                self._unnamed(sheet)
            for grid in self.grids.values():
                if grid.hidden:
                    read = f"{grid.title}, masquée"
                    self.layout.append(
                        SHEET_HIDDEN.reading(
                            Subject(title=grid.title), read, "lue comme les autres"
                        )
                    )

    @property
    def missing(self) -> list[Sheet]:
        """The sheets of the plan that were not found, those of the program aside."""
        return [s for s in self.plan if s.key not in self.grids and not s.program]

    @property
    def foreign(self) -> tuple[str, ...]:
        """The titles that are none of the plan's."""
        used = {grid.title for grid in self.grids.values()}
        return tuple(title for title in self.book.titles if title not in used)

    @property
    def unread(self) -> list[tuple[str, str]]:
        """The titles of the sheets beyond the limits, one of which may be missing, and why."""
        return [(title, str(why)) for title, why in self._beyond.items() if title in self.foreign]

    def missing_sheet(self, sheet: Sheet) -> list[Finding]:
        """Return what says that a sheet is missing, and which one may be it; a spare one may be."""
        if sheet.spare:
            return []
        near = nearest(sheet.title, self.book.titles)
        guess = f" Est-ce « {near} » ?" if near else ""
        guess += "".join(f" « {title} » n’a pas été lue : {why}." for title, why in self.unread)
        return [structural(sheet.key, "S01", {"label": sheet.title, "guess": guess})]

    def _named(self) -> None:
        names = {name: sheet for sheet in reversed(self.plan.sheets) for name in sheet.names}
        for title in _originals_first(self.book.titles):
            sheet = names.get(fold(_COPY.sub("", title)))
            if sheet is None:
                continue
            if sheet.key not in self.grids:
                self.grids[sheet.key] = self.book.grid(title)
            else:
                self._second(sheet, title, self._grid(title))

    def _affixed(self) -> None:
        sheets = [sheet for sheet in self.plan if not sheet.program]
        cores = {core_of(name, self.plan): s for s in reversed(sheets) for name in s.names}
        for title in self._unused():
            sheet = cores.get(core_of(_COPY.sub("", title), self.plan))
            if sheet is not None:
                enough = _UNMISTAKABLE if sheet.key in self.grids else _CONFIRMED
                self._confirm(sheet, title, enough, SHEET_AFFIXED)

    def _misspelt(self, sheet: Sheet) -> None:
        for title in self._unused():
            key = fold(_COPY.sub("", title))
            if any(slip(key, name) for name in sheet.names):
                self._confirm(sheet, title, _CONFIRMED, SHEET_NEAR)

    def _confirm(self, sheet: Sheet, title: str, enough: int, way: Tolerance) -> None:
        grid = self._grid(title)
        if grid is not None and len(self._recognised(sheet, grid)) >= enough:
            self._take(sheet, grid, way)

    def _unnamed(self, sheet: Sheet) -> None:
        for title in self._unused():
            grid = self._grid(title)
            if grid is not None and self._unmistakable(sheet, grid):
                self._take(sheet, grid, SHEET_BY_HEADINGS)

    def _unmistakable(self, sheet: Sheet, grid: Grid) -> bool:
        """Tell whether headings are clearly those of one sheet, the obligatory ones among them."""
        own = self._recognised(sheet, grid)
        if len(own) < _UNMISTAKABLE:
            return False
        others = [self._recognised(s, grid) for s in self.plan if s.key != sheet.key]
        return all(
            len(own) >= len(other) + _MARGIN
            and own.count(Need.REQUIRED) > other.count(Need.REQUIRED)
            for other in others
        )

    def _take(self, sheet: Sheet, grid: Grid, way: Tolerance) -> None:
        """Read a sheet as one of the plan's and say so; where there is one, say that only."""
        if sheet.key in self.grids:
            self._second(sheet, grid.title, grid)
            return
        self.grids[sheet.key] = grid
        self.layout.append(way.reading(Subject(title=grid.title), grid.title, sheet.title))
        if way is not SHEET_AFFIXED:
            words = {"read": grid.title, "label": sheet.title}
            self.findings.append(structural(sheet.key, "S07", words))

    def _second(self, sheet: Sheet, title: str, grid: Grid | None) -> None:
        """Say that a second sheet could be the same, when it holds anything or cannot be read."""
        rows, first = None if grid is None else _content(grid), self.grids[sheet.key]
        if rows is None or rows:
            same = " Elle contient exactement les mêmes lignes." if rows == _content(first) else ""
            words = {"read": title, "label": first.title, "same": same}
            self.findings.append(structural(sheet.key, "S05", words))

    def _recognised(self, sheet: Sheet, grid: Grid) -> list[Need]:
        """Return how much each column is needed whose heading, or field's name, a sheet holds."""
        known = sheet.by_heading
        if sheet.layout is Layout.LISTS:
            local = [v for v in self.plan.vocabularies if v.local]
            known = {fold(v.label): Column(v.key, v.label, Kind.TEXT, "") for v in local}
        if sheet.layout is Layout.FORM:
            cells = [next((cell for cell in row if filled(cell)), "") for row in grid.rows]
        else:
            at = heading_row(grid.rows, known)
            cells = list(grid.rows[at]) if at is not None else []
        keys = {fold(as_text(cell)) for cell in cells}
        found = {column.key: column.need for key in keys if (column := known.get(key))}
        return list(found.values())

    def _unused(self) -> Iterator[str]:
        used = {grid.title for grid in self.grids.values()}
        reported = {finding.read for finding in self.findings}
        for title in _originals_first(self.book.readable):
            if title not in used and title not in reported:
                yield title

    def _grid(self, title: str) -> Grid | None:
        """Return a sheet that may be none of the plan's: it may as well be unreadable."""
        try:
            return self.book.grid(title)
        except UnreadableFile as refusal:
            self._beyond[title] = refusal
            return None


def _originals_first(titles: Iterable[str]) -> list[str]:
    return sorted(titles, key=lambda title: bool(_COPY.search(title)))


def _content(grid: Grid) -> list[list[RawCell]]:
    rows = ([cell if filled(cell) else "" for cell in row] for row in grid.rows)
    filled_rows = [row for row in rows if any(cell != "" for cell in row)]
    width = max(
        (n for row in filled_rows for n, cell in enumerate(row, start=1) if cell != ""), default=0
    )
    return [row[:width] for row in filled_rows]
