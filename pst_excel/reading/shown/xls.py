"""The number formats of the cells of an xls, from the records of its workbook."""

from __future__ import annotations

import struct
from collections.abc import Collection

from pst_excel.cells.grid import Place
from pst_excel.reading.guard.xls import (
    FORMULA,
    NUMBER,
    NUMBERS,
    SHORT_NUMBER,
    is_wide,
    records,
    text,
)
from pst_excel.reading.shown.formats import BUILT_IN

_FORMAT, _STYLE = 0x41E, 0xE0
_CELL, _NUMBER_IN_ROW = 6, 6


def formats_of(book: bytes) -> list[str]:
    """Return the number format of each style of cells; it is empty for a number as it stands."""
    codes = dict(BUILT_IN)
    numbers: list[int] = []
    wide = is_wide(book)
    for kind, start, end in records(book):
        if kind == _FORMAT:
            code = text(book[start + 2 : end], wide, 2 if wide else 1)
            codes.setdefault(int.from_bytes(book[start : start + 2], "little"), code)
        elif kind == _STYLE:
            numbers.append(int.from_bytes(book[start + 2 : start + 4], "little"))
    return [codes.get(code, "") for code in numbers]


def styles_of(book: bytes, at: int, places: Collection[Place]) -> dict[Place, int]:
    """Return the style of the cells at places of the sheet that begins there."""
    wanted = frozenset(places)
    styles: dict[Place, int] = {}
    for kind, start, end in records(book, at):
        if kind in (NUMBER, SHORT_NUMBER, FORMULA) and end - start >= _CELL:
            row, column, style = struct.unpack_from("<HHH", book, start)
            if (row, column) in wanted:
                styles[row, column] = style
        elif kind == NUMBERS and end - start >= _CELL:
            row, first = struct.unpack_from("<HH", book, start)
            for count, place in enumerate(range(start + 4, end - _NUMBER_IN_ROW, _NUMBER_IN_ROW)):
                if (row, first + count) in wanted:
                    styles[row, first + count] = int.from_bytes(book[place : place + 2], "little")
    return styles
