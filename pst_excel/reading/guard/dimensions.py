"""How far the values of a sheet go: a reader makes the whole grid up to the last of them.

A sheet as programs write it is cleared by a few searches; any other is measured cell by cell.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from string import digits
from xml.parsers import expat

from pst_excel.model.words.wording import column_letter
from pst_excel.reading.guard.package import last_value
from pst_excel.reading.limits import Limits

Attributes = Mapping[str, str]
LAST_COLUMN = 16_384
_AWAY = (
    "une valeur se trouve tout au bout d’une feuille, bien au-delà du tableau : supprimez les"
    " lignes et les colonnes inutiles, puis enregistrez"
)
_CELL = b'<c r="'
_ODD = re.compile(
    rb"<(?:c(?! r=\"\w+\"(?: [a-qs-z][a-z]*=\"[^\"<>]*\")*+ ?/?>)|/?sheetData|[^\s<>/:]*:)"
)
_REFERENCE = re.compile(rb"[A-Za-z]{1,3}(\d{1,7})\"")


def local(name: str) -> str:
    """Return the name of an element without its prefix."""
    return name.rpartition(":")[2]


@lru_cache(maxsize=1024)
def column_number(letters: str) -> int:
    """Return the number of a column from 0, -1 when these are not its letters."""
    number = 0
    for letter in letters.upper()[:9]:
        number = number * 26 + ord(letter) - 64
    return number - 1


class Cursor:
    """Where rows and cells stand, as calamine counts them: each may say it, or follow another."""

    row, column = -1, -1

    def to_row(self, reference: str | None) -> None:
        """Go to a row."""
        self.row = int(reference) - 1 if reference else self.row + 1
        self.column = -1

    def to_cell(self, reference: str | None) -> tuple[int, int]:
        """Go to a cell and return its row and column; its own reference wins over its row's."""
        letters = reference.rstrip(digits) if reference else ""
        if not reference or not letters.isalpha() or letters == reference:
            self.column += 1
            return self.row, self.column
        self.column = column_number(letters)
        return int(reference[len(letters) :]) - 1, self.column


def check_extent(part: bytes, limits: Limits, sheet: str = "") -> tuple[int, int] | None:
    """Refuse a sheet of an xlsx whose values go beyond the limits; return its `regular` rows.

    Raises: UnreadableFile.
    """
    rows = regular(part)
    if rows is None or not _near(part, rows, limits):
        check_size(*_measured(part), limits, sheet)
    return rows


def check_size(rows: int, columns: int, limits: Limits, sheet: str = "") -> None:
    """Refuse a sheet of so many rows and columns. Raises: UnreadableFile."""
    found = {"rows": rows, "columns": columns, "cells": rows * columns}
    for name, count in found.items():
        if count > getattr(limits, name):
            raise limits.exceeded(name, count, _AWAY, sheet)


def regular(part: bytes) -> tuple[int, int] | None:
    """Return where the rows of a sheet start and close if its cells are all as programs write them.

    Each begins as `<c r="`, and says where it is once only.
    """
    start = part.find(b">", part.find(b"<sheetData")) + 1
    close = part.rfind(b"</sheetData>")
    if close < start or b"sheetData" in part[close + 11 :] or b":sheetData" in part[:start]:
        return None
    return None if _ODD.search(part, start, close) else (start, close)


def _near(part: bytes, rows: tuple[int, int], limits: Limits) -> bool:
    """Tell whether it is sure, by searches only, that no value is beyond the limits."""
    start, end = rows[0], last_value(part, *rows)
    last = part.rfind(_CELL, start, end)
    if last < 0:
        return end == start
    found = _REFERENCE.match(part, last + len(_CELL))
    if found is None or not 0 < int(found[1]) <= limits.rows:
        return False
    most = min(_rounded(int(found[1])), limits.rows)
    columns = min(limits.columns, limits.cells // most)
    return columns > 0 and not _beyond(most, columns).search(part, start, end)


def _rounded(rows: int) -> int:
    """Return a number not below that is all nines but its first digit, so that few are in use."""
    step: int = 10 ** (len(str(rows)) - 1)
    return (rows // step + 1) * step - 1


@lru_cache(maxsize=256)
def _beyond(rows: int, columns: int) -> re.Pattern[bytes]:
    """Return what finds a cell beyond a row or a column."""
    letters = _greater(column_letter(columns - 1), "A", "Z")
    numbers = _greater(str(rows), "0", "9")
    return re.compile(f"{_CELL.decode()}(?i:{letters}|[A-Z]+(?:{numbers}))".encode())


def _greater(text: str, first: str, last: str) -> str:
    """Return a pattern of what is longer than a text of these signs, or comes after it."""
    longer = [f"[{first}-{last}]{{{len(text) + 1},}}"]
    after = [
        f"{text[:at]}[{chr(ord(sign) + 1)}-{last}][{first}-{last}]{{{len(text) - at - 1}}}"
        for at, sign in enumerate(text)
        if sign != last
    ]
    return "|".join(longer + after)


def _measured(part: bytes) -> tuple[int, int]:
    """Return the numbers of the last row and of the last column that hold a value."""
    cursor, place, rows, columns = Cursor(), (-1, -1), 0, 0

    def start(name: str, attributes: Attributes) -> None:
        nonlocal place, rows, columns
        name = local(name)
        if name == "c":
            place = cursor.to_cell(attributes.get("r"))
        elif name == "row":
            cursor.to_row(attributes.get("r"))
        elif name in ("v", "is"):
            rows, columns = max(rows, place[0] + 1), max(columns, place[1] + 1)

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.Parse(part, True)
    return rows, columns
