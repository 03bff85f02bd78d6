"""Tables of an analyst read as a workbook is: the same cells, the same readings, the same remarks.

They are laid out as the template is, in memory, and read from there: what a file and a table say
alike is found alike.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from numbers import Number
from typing import Any

import pandas as pd

from pst_excel.cells.grid import ErrorCell, Grid
from pst_excel.cells.parsing import Spellings, parse
from pst_excel.cells.values import RawCell
from pst_excel.model.findings import Finding
from pst_excel.model.plan import Plan
from pst_excel.model.schema import HEADING_ROW, Sheet
from pst_excel.model.series import Frame
from pst_excel.model.words.keys import ID
from pst_excel.model.words.kinds import Layout
from pst_excel.model.words.tables import ENTRY, FILE, LIST, RECEIVED, ROW
from pst_excel.model.words.wording import listed
from pst_excel.reading.reader import read_sheets
from pst_excel.reading.workbook import NEVER_CALCULATED, PICTURE
from pst_excel.returns.shared_rows import LOCAL
from pst_excel.returns.tables import Return
from pst_excel.text.errors import UsageError
from pst_excel.text.spelling import fold

LAST_ROW = 1_048_576
NAMELESS = "tableaux"
"""What the return of tables that name no file is called."""
_UNREAD = {str(cell): cell for cell in (NEVER_CALCULATED, PICTURE)}
_FIELD = 1  # the column of the names of fields, from 0; their values follow
Cells = dict[tuple[int, int], RawCell]


def read_tables(frames: Mapping[str, Frame], plan: Plan, strict: bool = False) -> list[Return]:
    """Return what tables say, by the key of their sheet: one return for each file that they name.

    Rows stand where the column `ligne` says, else one under the other. Tables that name no file are
    of all. What is not there is no fault: neither a sheet, nor a column that nobody must fill.
    Raises: UnknownName for a table of no sheet; UsageError for one that cannot be read.
    """
    if not frames:
        raise UsageError("aucun tableau ; donnez par exemple {'actions': tableau}")
    for key, frame in frames.items():
        _ = plan[key]
        if not frame.columns.is_unique:
            twice = frame.columns[frame.columns.duplicated()][0]
            raise UsageError(
                f"« {key} » a deux colonnes « {twice} » ; renommez l’une des deux", sheet=key
            )
    if not any(sheet.key in frames for sheet in plan.tables):
        known = listed((sheet.key for sheet in plan.tables), "ou")
        raise UsageError(f"aucun tableau de lignes ; donnez au moins celui de {known}")
    tables = {key: _by_key(frame, plan[key]) for key, frame in frames.items()}
    named = [table[FILE] for table in tables.values() if FILE in table]
    for key, table in tables.items():
        if FILE in table and table[FILE].isna().any():
            raise UsageError(
                f"« {key} » a des lignes sans « {FILE} » ; dites-le de chacune, ou retirez la"
                " colonne",
                sheet=key,
            )
    files = list(dict.fromkeys(str(name) for names in named for name in names))
    return [
        _of_tables(read_sheets(_Book(of_file, plan), file, plan, strict=strict))
        for file in files or [NAMELESS]
        for of_file in [{key: _of(table, file) for key, table in tables.items()}]
    ]


def _of_tables(returned: Return) -> Return:
    """Return what was read without what is said of a workbook alone: what it lacks."""
    kept = [f for f in returned.findings if f.code != "S01" and not _merely_absent(f)]
    return replace(returned, findings=kept)


def _merely_absent(finding: Finding) -> bool:
    """Tell whether a finding says that a column is not there, and that no other may be it."""
    return finding.code == "S03" and not finding.words.get("guess")


def _of(frame: Frame, file: str) -> Frame:
    return frame[frame[FILE] == file] if FILE in frame else frame


@dataclass(frozen=True)
class _Book:
    """Tables laid out as the sheets of a workbook."""

    frames: Mapping[str, Frame]
    plan: Plan
    saved: str = ""
    author: str = ""
    active: tuple[str, ...] = ()
    _grids: dict[str, Grid] = field(default_factory=dict)

    @property
    def titles(self) -> list[str]:
        return [self.plan[key].title for key in self.frames]

    readable = titles

    def grid(self, title: str) -> Grid:
        """Return a table as a sheet."""
        if title not in self._grids:
            self._grids[title] = Grid(title, _rows(self._cells(title)))
        return self._grids[title]

    def _cells(self, title: str) -> Cells:
        sheet, frame = next(
            (self.plan[key], frame) for key, frame in self.frames.items()
            if self.plan[key].title == title
        )  # fmt: skip
        if sheet.layout is Layout.LISTS:
            return _lists(frame, self.plan)
        held = _Table(frame, sheet, self._spellings)
        return held.form() if sheet.layout is Layout.FORM else held.table()

    @cached_property
    def _spellings(self) -> Spellings:
        own = self.frames.get(self.plan.lists.key)
        entries = own.groupby(LIST, observed=True)[ENTRY] if own is not None else ()
        lists = {key: values.dropna().tolist() for key, values in entries}
        return {
            v.key: v.by_spelling | {fold(label): label for label in lists.get(v.key, ())}
            for v in self.plan.vocabularies
        }


@dataclass(frozen=True)
class _Table:
    """One table and its sheet: the heading and the cells of each column."""

    frame: Frame
    sheet: Sheet
    spellings: Spellings

    def form(self) -> Cells:
        """Return the one row as the fields of a form. Raises: UsageError where there are more."""
        if len(self.frame) > 1:
            raise UsageError(
                f"« {self.sheet.key} » a {len(self.frame)} lignes pour un seul classeur ; gardez-en"
                f" une, ou dites leur « {FILE} » dans chaque tableau",
                sheet=self.sheet.key,
            )
        rows, cells = self.sheet.field_rows, Cells()
        for key, column in self.columns():
            if key in rows and column:
                cells[rows[key] - 1, _FIELD] = self.sheet[key].label
                cells[rows[key] - 1, _FIELD + 1] = column[0]
        return cells

    def table(self) -> Cells:
        """Return headings and rows."""
        rows, cells = self._rows(), Cells()
        for at, (key, column) in enumerate(self.columns()):
            heading = key.removeprefix(LOCAL)
            label = self.sheet[heading].label if key in self.sheet else heading
            cells[HEADING_ROW - 1, at] = label
            cells |= {(row - 1, at): cell for row, cell in zip(rows, column, strict=True)}
        return cells

    def _rows(self) -> list[int]:
        """Return the number of each row. Raises: UsageError where two cannot stand side by side."""
        first = HEADING_ROW + 1
        if ROW not in self.frame:
            return [*range(first, first + len(self.frame))]
        numbers = pd.to_numeric(self.frame[ROW], errors="coerce")
        odd = (
            ~numbers.between(first, LAST_ROW) | numbers.duplicated(keep=False) | (numbers % 1 != 0)
        )
        if odd.any():
            told = self.frame[ROW][odd].tolist()[0]
            raise UsageError(
                f"« {self.sheet.key} », « {ROW} » : « {told} » n’est pas le numéro d’une seule"
                f" ligne, à partir de {first} ; corrigez-le, ou retirez la colonne « {ROW} »",
                sheet=self.sheet.key,
            )
        return [int(number) for number in numbers]

    def columns(self) -> Iterator[tuple[str, list[RawCell]]]:
        """Give the columns that people fill, by key, then those that they added."""
        if self.frame.index.name == ID and ID not in self.frame:
            yield ID, [_raw(value) for value in self.frame.index]
        for column in self.sheet.inputs:
            if column.key in self.frame:
                cells = [_raw(value) for value in self.frame[column.key].astype(object)]
                yield column.key, [*self._as_received(column.key, cells)]
        known = {column.key for column in self.sheet.columns} | {FILE, ROW}
        for name in self.frame.columns:
            if name not in known and not str(name).startswith(RECEIVED):
                yield str(name), [_raw(value) for value in self.frame[name].astype(object)]

    def _as_received(self, key: str, cells: list[RawCell]) -> Iterator[RawCell]:
        """Give the cells; the text that was received in place of a value that it still gives."""
        name = f"{RECEIVED}{key}"
        if name not in self.frame:
            yield from cells
            return
        column = self.sheet[key]
        for cell, text in zip(cells, self.frame[name].astype(object), strict=True):
            if pd.isna(text):
                yield cell
                continue
            meant = parse([text], column, self.spellings).values[0]
            yield _received(str(text)) if cell in ("", meant) else cell


def _by_key(frame: Frame, sheet: Sheet) -> Frame:
    """Return a table whose French headings, and others that the reader knows, are keys."""
    keys = {column.key for column in sheet.columns}
    places = {name.capitalize(): name for name in (FILE, ROW)}
    headings = {str(name): fold(str(name)) for name in frame.columns if name not in keys}
    named = {
        name: sheet.by_heading[heading].key
        for name, heading in headings.items()
        if heading in sheet.by_heading and name not in places.values()
    } | {name: key for name, key in places.items() if name in frame}
    once = {name: key for name, key in named.items() if key not in frame}
    known = frame.rename(columns=once)
    named_index = ID in sheet and frame.index.name == sheet[ID].label
    return known.rename_axis(index=ID) if named_index else known


def _received(text: str) -> RawCell:
    return ErrorCell(text) if text.startswith("#") else _UNREAD.get(text, text)


def _raw(value: Any) -> RawCell:
    """Return a value of a table as a cell holds it."""
    if value is None or value is pd.NA or value is pd.NaT:
        return ""
    if isinstance(value, dt.datetime):
        return value.date() if value.time() == dt.time() else value
    if isinstance(value, str | bool | dt.date | dt.time | dt.timedelta):
        return value
    if not isinstance(value, Number) or isinstance(value, complex):
        return str(value)
    number = float(value)  # type: ignore[arg-type]
    return "" if math.isnan(number) else number


def _lists(frame: Frame, plan: Plan) -> Cells:
    cells = Cells()
    own = [vocabulary for vocabulary in plan.vocabularies if vocabulary.local]
    for at, vocabulary in enumerate(own):
        cells[HEADING_ROW - 1, at] = vocabulary.label
        entries = frame[frame[LIST] == vocabulary.key][ENTRY].dropna()
        cells |= {(HEADING_ROW + n, at): _raw(entry) for n, entry in enumerate(entries)}
    return cells


def _rows(cells: Cells) -> Sequence[Sequence[RawCell]]:
    height = 1 + max((row for row, _ in cells), default=-1)
    width = 1 + max((column for _, column in cells), default=-1)
    rows: list[list[RawCell]] = [[""] * width for _ in range(height)]
    for (row, column), cell in cells.items():
        rows[row][column] = cell
    return rows
