"""The bytes of a workbook → its sheets as grids, each made when it is asked for.

Values come from calamine, ten times faster than openpyxl; what calamine hides (errors, formulas
never calculated, what is not shown) is put back from the parts that the guard kept.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from xml.parsers.expat import ExpatError

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from pst_excel.errors import UnreadableFile
from pst_excel.files import guard
from pst_excel.files.concealed import Concealed, concealed
from pst_excel.files.guard import Sheet
from pst_excel.files.kinds import PROTECTED
from pst_excel.grids import CellError, Grid, Uncalculated, Unread
from pst_excel.limits import Limits

NEVER_CALCULATED = Uncalculated("formule jamais calculée")
_BROKEN = (CalamineError, ExpatError, OSError, ValueError)
_REMEDY = "supprimez les lignes et les colonnes inutiles, puis enregistrez"


class Book:
    """A workbook that is being read."""

    def __init__(
        self, workbook: CalamineWorkbook, parts: Mapping[str, Sheet], limits: Limits
    ) -> None:
        self._workbook, self._parts, self._limits = workbook, parts, limits
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
        sheet = self._workbook.get_sheet_by_name(title)
        part = self._parts.get(title)
        unseen = concealed(*part) if part is not None else None
        self._measure(sheet, unseen)
        rows: list[list[Any]] = sheet.to_python(skip_empty_area=False)
        merged = tuple(sheet.merged_cell_ranges or ())
        if unseen is None:
            return Grid(title, rows, merged, title in self.hidden)
        _reveal(rows, unseen)
        return Grid(
            title, rows, merged, title in self.hidden, unseen.hidden_rows, unseen.hidden_columns
        )

    def _measure(self, sheet: CalamineSheet, unseen: Concealed | None) -> None:
        """Refuse a sheet that holds more than the limits: blanks before its cells count too."""
        height, width = sheet.total_height, sheet.total_width
        for row, column in (*unseen.errors, *unseen.uncalculated) if unseen else ():
            height, width = max(height, row + 1), max(width, column + 1)
        measures = {"lignes": height, "colonnes": width, "cellules": height * width}
        for name, found in measures.items():
            if found > getattr(self._limits, name):
                raise self._limits.exceeded(name, found, _REMEDY, sheet.name)


@contextmanager
def opened(data: bytes, limits: Limits) -> Iterator[Book]:
    """Open the bytes of a workbook. Raises: UnreadableFile in one French sentence."""
    inspected = guard.inspect(data, limits)
    with _told():
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(inspected.data))
    with workbook:
        yield Book(workbook, inspected.sheets, limits)


@contextmanager
def _told() -> Iterator[None]:
    """Say what calamine cannot do in a sentence for people."""
    try:
        yield
    except PasswordError as error:
        raise UnreadableFile(PROTECTED) from error
    except BaseException as error:
        # A panic of calamine, which is written in Rust, is no Exception and has no name to import.
        if not isinstance(error, _BROKEN) and type(error).__name__ != "PanicException":
            raise
        raise UnreadableFile(
            "le classeur est endommagé ; ouvrez-le dans Excel, acceptez la réparation, enregistrez"
        ) from error


def _reveal(rows: list[list[Any]], unseen: Concealed) -> None:
    """Put what calamine gives as blanks in its place, beyond the last value if need be."""
    places: dict[tuple[int, int], Unread] = dict.fromkeys(unseen.uncalculated, NEVER_CALCULATED)
    places |= {place: CellError(word) for place, word in unseen.errors.items()}
    if not places:
        return
    width = max([len(rows[0]) if rows else 0, *(column + 1 for _, column in places)])
    height = max(len(rows), *(row + 1 for row, _ in places))
    rows += [[] for _ in range(height - len(rows))]
    for row in rows:
        row += [""] * (width - len(row))
    for (row_at, column), cell in places.items():
        rows[row_at][column] = cell
