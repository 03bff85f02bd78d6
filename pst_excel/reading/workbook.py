"""The bytes of a workbook → its sheets as grids, each made when it is asked for.

Values come from calamine, ten times faster than openpyxl; what calamine hides (errors, formulas
never calculated, what is not shown) is put back from the parts that the guard kept.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Protocol, cast
from xml.parsers.expat import ExpatError

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from pst_excel.cells.grid import ErrorCell, Grid, ImageCell, UncalculatedCell, UnreadCell
from pst_excel.cells.values import RawCell
from pst_excel.reading.guard import inspection as guard
from pst_excel.reading.guard.hidden_values import HiddenValues, hidden_values
from pst_excel.reading.guard.inspection import Inspected
from pst_excel.reading.guard.kinds import PROTECTED
from pst_excel.reading.guard.undated import undated
from pst_excel.reading.limits import Limits
from pst_excel.reading.shown.formats_of_cells import CellFormats
from pst_excel.text.errors import UnreadableFile

NEVER_CALCULATED = UncalculatedCell("formule jamais calculée")
PICTURE = ImageCell("une image dans la cellule")
_BROKEN = (CalamineError, ExpatError, OSError, OverflowError, ValueError)
_REMEDY = "supprimez les lignes et les colonnes inutiles, puis enregistrez"


class Book(Protocol):
    """What is read as a workbook: sheets by title, and what is known of the file."""

    @property
    def titles(self) -> list[str]:
        """The titles of its sheets, in order."""

    @property
    def readable(self) -> list[str]:
        """The titles of those that hold cells."""

    @property
    def saved(self) -> str:
        """When it says that it was last saved."""

    @property
    def author(self) -> str:
        """By whom it says so."""

    @property
    def active(self) -> tuple[str, ...]:
        """What it holds that acts when it is opened, in words."""

    def grid(self, title: str) -> Grid:
        """Return a sheet. Raises: UnreadableFile when it cannot be read, or holds too much."""


class SourceWorkbook:
    """A workbook that is being read."""

    def __init__(self, workbook: CalamineWorkbook, inspected: Inspected, limits: Limits) -> None:
        self._workbook, self._inspected, self._limits = workbook, inspected, limits
        self.saved, self.author = inspected.saved, inspected.author
        self.active = inspected.active
        self._formats = CellFormats(inspected)
        self._grids: dict[str, Grid] = {}
        self.titles = list(workbook.sheet_names)
        known = workbook.sheets_metadata
        self.hidden = frozenset(s.name for s in known if s.visible != SheetVisibleEnum.Visible)
        self.readable = [s.name for s in known if s.typ == SheetTypeEnum.WorkSheet]

    def grid(self, title: str) -> Grid:
        """Return a sheet. Raises: UnreadableFile when it cannot be read, or holds too much."""
        if title not in self._grids:
            with _told():
                self._grids[title] = self._read(title)
        return self._grids[title]

    def _read(self, title: str) -> Grid:
        if title in self._inspected.refused:
            raise UnreadableFile(self._inspected.refused[title])
        sheet = self._workbook.get_sheet_by_name(title)
        part = self._inspected.sheets.get(title)
        unseen = hidden_values(*part) if isinstance(part, tuple) else part
        self._measure(sheet, unseen)
        rows = self._rows(sheet)
        merged = tuple(sheet.merged_cell_ranges or ())
        unseen = unseen or HiddenValues()
        _reveal(rows, unseen, self._inspected.pictures)
        return Grid(
            title, rows, merged, title in self.hidden, unseen.hidden_rows, unseen.hidden_columns,
            self._inspected.totals.declared.get(title, frozenset()),
            self._inspected.totals.computed.get(title, frozenset()),
            partial(self._formats.shown, title),
            self._inspected.tables.get(title, frozenset()),
        )  # fmt: skip

    def _rows(self, sheet: CalamineSheet) -> list[list[RawCell]]:
        """Return the rows of a sheet; a number that no calendar holds is read as a number."""
        try:
            return _python_rows(sheet)
        except BaseException as error:
            if not _of_calamine(error):
                raise
            data = undated(self._inspected, sheet.name)
            if data is None:
                raise
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            return _python_rows(workbook.get_sheet_by_name(sheet.name))

    def _measure(self, sheet: CalamineSheet, unseen: HiddenValues | None) -> None:
        """Refuse a sheet that holds more than the limits: blanks before its cells count too."""
        height, width = sheet.total_height, sheet.total_width
        for row, column in (*unseen.errors, *unseen.uncalculated) if unseen else ():
            height, width = max(height, row + 1), max(width, column + 1)
        measures = {"rows": height, "columns": width, "cells": height * width}
        for name, found in measures.items():
            if found > getattr(self._limits, name):
                raise self._limits.exceeded(name, found, _REMEDY, sheet.name)


@contextmanager
def opened(data: bytes, limits: Limits) -> Iterator[SourceWorkbook]:
    """Open the bytes of a workbook. Raises: UnreadableFile in one French sentence."""
    inspected = guard.inspect(data, limits)
    with _told():
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(inspected.data))
    with workbook:
        yield SourceWorkbook(workbook, inspected, limits)


@contextmanager
def _told() -> Iterator[None]:
    """Say what calamine cannot do in a sentence for people."""
    try:
        yield
    except PasswordError as error:
        raise UnreadableFile(PROTECTED) from error
    except BaseException as error:
        if not _of_calamine(error):
            raise
        raise UnreadableFile(
            "le classeur est endommagé ; ouvrez-le dans Excel, acceptez la réparation, enregistrez"
        ) from error


def _of_calamine(error: BaseException) -> bool:
    """Tell whether an error is one of calamine."""
    # A panic of calamine, which is written in Rust, is no Exception and has no name to import.
    return isinstance(error, _BROKEN) or type(error).__name__ == "PanicException"


def _python_rows(sheet: CalamineSheet) -> list[list[RawCell]]:
    return cast("list[list[RawCell]]", sheet.to_python(skip_empty_area=False))


def _reveal(rows: list[list[RawCell]], unseen: HiddenValues, pictures: frozenset[int]) -> None:
    """Put what calamine gives as blanks in its place, beyond the last value if need be."""
    places: dict[tuple[int, int], UnreadCell] = dict.fromkeys(unseen.uncalculated, NEVER_CALCULATED)
    places |= {place: ErrorCell(word) for place, word in unseen.errors.items()}
    places |= {place: PICTURE for place, number in unseen.rich.items() if number in pictures}
    if not places:
        return
    width = max([len(rows[0]) if rows else 0, *(column + 1 for _, column in places)])
    height = max(len(rows), *(row + 1 for row, _ in places))
    rows += [[] for _ in range(height - len(rows))]
    for row in rows:
        row += [""] * (width - len(row))
    for (row_at, column), cell in places.items():
        rows[row_at][column] = cell
