"""A far value of an xlsb is refused; an abbreviated cell is given its column."""

from __future__ import annotations

import struct

from support.guarded import AWAY, refusal
from support.hostile import parts_of, zipped

from pst_excel.reading.guard import inspection as guard


def record(kind: int, payload: bytes) -> bytes:
    return bytes([kind, len(payload)]) + payload


def binary(row: int, column: int, kind: int) -> bytes:
    """Return a sheet of an xlsb with one number of a kind of record after a blank cell."""
    where = record(0, row.to_bytes(4, "little") + b"\0" * 13)
    blank = record(1, column.to_bytes(4, "little") + b"\0" * 4)
    value = record(kind, (column + 1).to_bytes(4, "little") + b"\0" * 4 + struct.pack("<d", 7))
    short = record(kind, b"\0" * 4 + struct.pack("<d", 7))
    return where + blank + (short if kind > 11 else value)


def test_a_value_far_beyond_the_table_of_an_xlsb_is_refused() -> None:
    parts = {"xl/workbook.bin": b"\0", "xl/worksheets/sheet1.bin": binary(1_048_575, 5, 5)}
    assert AWAY in refusal(zipped(parts))


def test_an_abbreviated_cell_of_an_xlsb_is_given_its_column() -> None:
    parts = {"xl/workbook.bin": b"\0", "xl/worksheets/sheet1.bin": binary(3, 5, 16)}
    inspected = guard.inspect(zipped(parts))
    assert parts_of(inspected.data)["xl/worksheets/sheet1.bin"] == binary(3, 5, 5)
