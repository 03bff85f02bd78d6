"""A number that no calendar holds is read as a number, whatever the format of its cell."""

from __future__ import annotations

import datetime as dt
import struct
from typing import Any

import pytest
from openpyxl.workbook import Workbook
from support import damaged, grid

from pst_excel.reading.guard import undated
from pst_excel.reading.limits import Limits
from pst_excel.reading.workbook import opened

SHEET = "Actions"
DAY, DURATION = "dd/mm/yyyy", "[h]:mm"
NEXT = dt.date(2026, 12, 31)


def _rows(number: float, number_format: str) -> Any:
    def dress(book: Workbook) -> None:
        book[SHEET]["A1"].number_format = number_format
        book[SHEET]["B1"].number_format = DAY

    data = damaged(grid({SHEET: [[number, NEXT, "texte"]]}), dress)
    with opened(data, Limits()) as book:
        return [list(row) for row in book.grid(SHEET).rows]


@pytest.mark.parametrize(
    ("number", "number_format"),
    [(-1e308, DAY), (1e308, DURATION), (1e9, DURATION), (-1e12, DURATION), (-1e300, "hh:mm")],
)
def test_it_is_a_number_and_the_days_beside_stay_days(number: float, number_format: str) -> None:
    assert _rows(number, number_format) == [[number, NEXT, "texte"]]


@pytest.mark.parametrize(
    "cell", [b'<c r="A1" s="7"><v>-1e308</v></c>', b"<x:c s='7'><x:v>1e9</x:v></x:c>"]
)
def test_only_the_format_goes(cell: bytes) -> None:
    assert b"7" not in undated.in_xml(cell)
    assert undated.in_xml(cell).replace(b" ", b"") == cell.replace(b' s="7"', b"").replace(
        b" s='7'", b""
    ).replace(b" ", b"")


@pytest.mark.parametrize(
    "cell",
    [
        b'<c r="A1" s="7"><v>46000</v></c>',
        b'<c r="A1" s="7" t="str"><f>A2</f><v>texte</v></c>',
        b'<c r="A1"><v>1e308</v></c>',
        b'<c r="A1" s="7"/>',
    ],
)
def test_other_cells_stay(cell: bytes) -> None:
    assert undated.in_xml(cell) == cell


def test_the_value_of_a_formula_too() -> None:
    cell = b'<c r="A1" s="7"><f>1E+308</f><v>1E+308</v></c>'
    assert undated.in_xml(cell) == b'<c r="A1"><f>1E+308</f><v>1E+308</v></c>'


@pytest.mark.parametrize("kind", [5, 9])
def test_in_the_records_of_an_xlsb(kind: int) -> None:
    def record(number: float, style: int) -> bytes:
        return bytes([kind, 16]) + struct.pack("<IId", 3, style, number)

    part = record(1e308, 7) + record(46_000, 7)
    assert undated.in_records(part) == record(1e308, 0) + record(46_000, 7)
