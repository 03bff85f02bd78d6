"""The sheets of an xlsb, record by record: how far their values go, and their abbreviated cells."""

from __future__ import annotations

from collections.abc import Iterator

from pst_excel.reading.guard.dimensions import check_size
from pst_excel.reading.limits import Limits

_ROW, _CELLS, _BLANK, _ABBREVIATED = 0, range(1, 12), 1, range(12, 19)
_LENGTHENED = 11  # the number of a whole cell is so much less than that of its abbreviation


def with_whole_cells(part: bytes, limits: Limits) -> bytes:
    """Return a sheet in which each cell gives its column, which calamine asks for.

    Raises: UnreadableFile when its values go beyond the limits.
    """
    pieces: list[bytes] = []
    at = copied = row = column = rows = columns = 0
    while at < len(part):
        start = at
        kind, at = _packed(part, at, 2)
        length, at = _packed(part, at, 4)
        if kind == _ROW:
            row, column = _number(part, at) + 1, -1
        elif kind in _CELLS:
            column = _number(part, at)
        elif kind in _ABBREVIATED:
            column += 1
            kind -= _LENGTHENED
            head = bytes([kind]) + _unpacked(length + 4) + column.to_bytes(4, "little")
            pieces += [part[copied:start], head]
            copied = at
        if kind in _CELLS and kind != _BLANK:
            rows, columns = max(rows, row), max(columns, column + 1)
        at += length
    check_size(rows, columns, limits)
    return b"".join([*pieces, part[copied:]])


def records(part: bytes) -> Iterator[tuple[int, int, int]]:
    """Give the records of a part: the number of each, where it begins and where it ends."""
    at = 0
    while at < len(part):
        kind, at = _packed(part, at, 2)
        length, at = _packed(part, at, 4)
        yield kind, at, at + length
        at += length


def _number(part: bytes, at: int) -> int:
    return int.from_bytes(part[at : at + 4], "little")


def _packed(part: bytes, at: int, most: int) -> tuple[int, int]:
    """Return a number written seven bits in a byte, and where it ends."""
    number = 0
    for place in range(most):
        byte = part[at] if at < len(part) else 0
        number |= (byte & 0x7F) << 7 * place
        at += 1
        if byte < 0x80:
            break
    return number, at


def _unpacked(number: int) -> bytes:
    """Return a number written seven bits in a byte."""
    written = b""
    while number >= 0x80:
        written += bytes([number & 0x7F | 0x80])
        number >>= 7
    return written + bytes([number])
