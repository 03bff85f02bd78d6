"""What calamine hides of an xls is found in its records; a damaged one hides nothing."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import SHOWN, WRITTEN

from pst_excel.reading.guard import inspection as guard
from pst_excel.reading.guard.hidden_values import HiddenValues
from pst_excel.reading.guard.ole import stream
from pst_excel.reading.guard.xls import looked_at, sheets_of, text, workbook_stream

BEGIN = b"\0\6" + b"\0" * 14
CHART = 0x20


def record(kind: int, held: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(held)) + held


def sheet(*records: bytes) -> bytes:
    return b"".join([record(0x809, BEGIN), *records, record(0x0A)])


def cell(row: int, column: int, held: bytes) -> bytes:
    return struct.pack("<HHH", row, column, 0) + held


def formula(result: bytes, options: int = 0) -> bytes:
    return record(0x06, cell(2, 3, result + struct.pack("<HIH", options, 0, 0)))


ONE = struct.pack("<d", 1.0)
EMPTY, ZERO, ERROR = b"\3\0\0\0\0\0\xff\xff", b"\0" * 8, b"\2\0\x1d\0\0\0\xff\xff"


def row(number: int, options: int) -> bytes:
    return record(0x208, struct.pack("<HHHHIHH", number, 0, 9, 255, 0, options, 0))


@pytest.mark.parametrize(
    ("one", "found"),
    [
        (record(0x205, cell(2, 3, b"\x07\1")), HiddenValues({(2, 3): "#DIV/0!"})),
        (record(0x205, cell(2, 3, b"\x01\0")), HiddenValues()),  # a truth
        (formula(ERROR), HiddenValues({(2, 3): "#NAME?"})),
        (formula(b"\1\0\1\0\0\0\xff\xff"), HiddenValues()),
        (formula(struct.pack("<d", 7)), HiddenValues()),
        (formula(ZERO), HiddenValues()),
        (formula(EMPTY), HiddenValues()),
        (formula(ZERO, options=2), HiddenValues(uncalculated=frozenset({(2, 3)}))),
        (formula(EMPTY, options=2), HiddenValues(uncalculated=frozenset({(2, 3)}))),
        (formula(struct.pack("<d", 7), options=2), HiddenValues()),
        (row(2, 0x20) + formula(ZERO), HiddenValues(hidden_rows=frozenset({2}))),
        (row(2, 0x00) + formula(ZERO), HiddenValues()),
        (row(4, 0x20) + formula(ZERO), HiddenValues()),  # a hidden row that holds nothing
        (
            record(0x7D, struct.pack("<HHHHHH", 3, 900, 9, 0, 1, 0)),
            HiddenValues(hidden_columns=frozenset(range(3, 256))),
        ),
        (sheet(record(0x205, cell(2, 3, b"\x07\1"))), HiddenValues()),  # a chart in the sheet
        (record(0x205, b"\0\0"), HiddenValues()),
    ],
)
def test_what_a_record_hides(one: bytes, found: HiddenValues) -> None:
    data = sheet(record(0x200), one)
    assert looked_at(data, 0)[0] == found
    assert looked_at(b"before" + data + sheet(formula(ERROR)), 6)[0] == found


@pytest.mark.parametrize("name", ["libreoffice", "gnumeric", "sheetjs"])
def test_the_sheets_of_a_workbook_are_found_whoever_wrote_it(name: str) -> None:
    book = workbook_stream((WRITTEN / f"{name}.xls").read_bytes())
    assert [*sheets_of(book)] == [
        "Identification", "Constat", "OS", "OO", "Actions", "Indicateurs", "Budget", "Listes",
        "Réunions (à relire)",
    ]  # fmt: skip


@pytest.mark.parametrize(("column", "totals"), [(3, {2}), (4, set())])
def test_a_formula_that_sums_up_its_column_makes_a_row_of_totals(
    column: int, totals: set[int]
) -> None:
    area = struct.pack("<BHHHH", 0x25, 0, 1, column, column)
    tokens = b"\x1e\x09\0" + area + b"\x42\x02\x58\x01"
    held = cell(2, 3, ONE + struct.pack("<HIH", 0, 0, len(tokens)) + tokens)
    assert looked_at(sheet(record(0x06, held)), 0)[1] == totals


def test_a_text_says_the_width_of_its_signs_since_excel_97() -> None:
    assert text(b"\3\0\xe9t\xe9", wide=True) == "été"
    assert text(b"\2\1\xe9\0\x01\x02", wide=True) == "é\u0201"
    assert text(b"\3\xe9t\xe9", wide=False) == "été"
    assert text(b"\3\0\0\xe9t\xe9", wide=True, size=2) == "été"
    assert text(b"", wide=True) == ""


def test_a_stream_is_found_whatever_its_length() -> None:
    data = (SHOWN / "retour.xls").read_bytes()
    assert workbook_stream(data)[:2] == b"\x09\x08"
    assert stream(data, "\1CompObj") == stream(data, "\1COMPOBJ") != b""  # a short one
    assert stream(data, "Absent") == b""


@given(st.binary(max_size=300))
def test_noise_hides_nothing_that_raises(noise: bytes) -> None:
    for data in (noise, sheet(noise), record(0x809, BEGIN) + noise):
        looked_at(data, 0)
        sheets_of(data)


def test_a_workbook_whose_sheets_are_elsewhere_than_it_says_is_given_to_its_reader() -> None:
    data = bytearray((SHOWN / "retour.xls").read_bytes())
    at = data.find(record(0x85, b"")[:2] + b"\x0f\0")
    data[at + 4 : at + 8] = b"\xff\xff\xff\x7f"
    assert guard.inspect(bytes(data)).sheets == {"Actions": HiddenValues()}
