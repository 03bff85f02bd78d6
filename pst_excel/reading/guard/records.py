"""The records of the parts of an xlsb, and the sheets that its workbook names.

Source: [MS-XLSB], Excel Binary Workbook File Format, 2.1.4 (records), 2.4.304 (BrtBundleSh).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

_SHEET, _NO_RELATION, _ONE_BYTE = 156, 0xFFFFFFFF, 0x7F

Record = tuple[int, int, int, int]
"""A record: its kind, where it begins, and where what it holds stands."""


def records(part: bytes) -> Iterator[Record]:
    """Give the records of a part."""
    at, last = 0, len(part) - 1
    while at < last:
        kind, length, start = part[at], part[at + 1], at + 2
        if kind > _ONE_BYTE or length > _ONE_BYTE:  # few take more than one byte
            kind, start = _packed(part, at, 2)
            length, start = _packed(part, start, 4)
        yield kind, at, start, start + length
        at = start + length


def sheets_told(workbook: bytes) -> Iterator[Mapping[str, str]]:
    """Give the name and the relation of each sheet, as attributes of the element of an xlsx."""
    for kind, _, start, _ in records(workbook):
        if kind == _SHEET and number(workbook, start + 8) != _NO_RELATION:
            relation, at = text(workbook, start + 8)
            yield {"name": text(workbook, at)[0], "r:id": relation}


def number(part: bytes, at: int) -> int:
    """Return a number of four bytes."""
    return int.from_bytes(part[at : at + 4], "little")


def text(part: bytes, at: int) -> tuple[str, int]:
    """Return a text, which says its length before, and where it ends."""
    end = at + 4 + 2 * number(part, at)
    return part[at + 4 : end].decode("utf-16-le", "replace"), end


def _packed(part: bytes, at: int, most: int) -> tuple[int, int]:
    """Return a number written seven bits in a byte, and where it ends."""
    packed = 0
    for place in range(most):
        byte = part[at] if at < len(part) else 0
        packed |= (byte & 0x7F) << 7 * place
        at += 1
        if byte < 0x80:
            break
    return packed, at
