"""The sheets of an xlsb, record by record: how far their values go, what calamine hides of them.

Source: [MS-XLSB], Excel Binary Workbook File Format.
"""

from __future__ import annotations

from pst_excel.reading.guard.dimensions import LAST_COLUMN, check_size
from pst_excel.reading.guard.hidden_values import HiddenValues, Place, error
from pst_excel.reading.guard.records import number, records
from pst_excel.reading.limits import Limits

_ROW, _CELLS, _BLANK, _ABBREVIATED = 0, range(1, 12), 1, range(12, 19)
_LENGTHENED = 11  # the number of a whole cell is so much less than that of its abbreviation
_ERRORS, _RICH, _COLUMNS = (3, 11), 50, 60
_SIGNS = {_ROW: (11, 0x10), _COLUMNS: (16, 1)}  # the byte and the bit of what is hidden
_ERROR_AT = 8


def with_whole_cells(part: bytes, limits: Limits) -> tuple[bytes, bool]:
    """Return a sheet in which each cell gives its column, and whether calamine hides some of it.

    calamine asks for the columns. Raises: UnreadableFile when values go beyond the limits.
    """
    pieces: list[bytes] = []
    copied = row = column = rows = columns = 0
    hides = False
    for kind, at, start, end in records(part):
        if kind == _ROW:
            row, column = number(part, start) + 1, -1
            hides = hides or _is_hidden(part, kind, start, end)
        elif kind in _CELLS:
            column = number(part, start)
        elif kind in _ABBREVIATED:
            column += 1
            kind -= _LENGTHENED
            head = bytes([kind]) + _unpacked(end - start + 4) + column.to_bytes(4, "little")
            pieces += [part[copied:at], head]
            copied = start
        elif kind == _COLUMNS:
            hides = hides or _is_hidden(part, kind, start, end)
        if kind in _CELLS and kind != _BLANK:
            rows, columns = max(rows, row), max(columns, column + 1)
            hides = hides or kind in _ERRORS
    check_size(rows, columns, limits)
    return b"".join([*pieces, part[copied:]]), hides


def hidden_values(part: bytes) -> HiddenValues:
    """Return what calamine hides of a sheet of whole cells."""
    errors: dict[Place, str] = {}
    rich: dict[Place, int] = {}
    hidden_rows, hidden_columns, holding = set[int](), set[int](), set[int]()
    row = aside = 0
    for kind, _, start, end in records(part):
        if kind == _ROW:
            row = number(part, start)
            if _is_hidden(part, kind, start, end):
                hidden_rows.add(row)
        elif kind == _COLUMNS and _is_hidden(part, kind, start, end):
            last = min(number(part, start + 4), LAST_COLUMN - 1)
            hidden_columns.update(range(number(part, start), last + 1))
        elif kind == _RICH:
            aside = number(part, start)
        elif kind in _CELLS:
            if kind != _BLANK:
                holding.add(row)
            if kind in _ERRORS and min(end, len(part)) - start > _ERROR_AT:
                place = row, number(part, start)
                errors[place] = error(part[start + _ERROR_AT])
                if aside:
                    rich[place] = aside
            aside = 0
    return HiddenValues(
        errors,
        hidden_rows=frozenset(hidden_rows & holding),
        hidden_columns=frozenset(hidden_columns),
        rich=rich,
    )


def _is_hidden(part: bytes, kind: int, start: int, end: int) -> bool:
    at, sign = _SIGNS[kind]
    return min(end, len(part)) - start > at and bool(part[start + at] & sign)


def _unpacked(packed: int) -> bytes:
    """Return a number written seven bits in a byte."""
    written = b""
    while packed >= 0x80:
        written += bytes([packed & 0x7F | 0x80])
        packed >>= 7
    return written + bytes([packed])
