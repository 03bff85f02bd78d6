"""A far value of an xlsb is refused; an abbreviated cell is given its column."""

from __future__ import annotations

import struct

from support.guarded import AWAY, refusal, sheets_of
from support.hostile import zipped

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


def wide(text: str) -> bytes:
    return len(text).to_bytes(4, "little") + text.encode("utf-16-le")


def binary_book(sheet: bytes) -> bytes:
    """Return an xlsb of one sheet."""
    named = b"\x9c\x01" + record(0, b"\0" * 8 + wide("rId1") + wide("Actions"))[1:]
    relation = '<R><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.bin"/></R>'
    return zipped(
        {
            "xl/workbook.bin": named,
            "xl/_rels/workbook.bin.rels": relation.encode(),
            "xl/worksheets/sheet1.bin": sheet,
        }
    )


def test_a_value_far_beyond_the_table_of_an_xlsb_is_refused() -> None:
    assert AWAY in refusal(binary_book(binary(1_048_575, 5, 5)))


def test_an_abbreviated_cell_of_an_xlsb_is_given_its_column() -> None:
    inspected = guard.inspect(binary_book(binary(3, 5, 16)))
    assert sheets_of(inspected.data) == {"xl/worksheets/sheet1.bin": binary(3, 5, 5)}
