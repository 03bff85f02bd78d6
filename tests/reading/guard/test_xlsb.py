"""A far value of an xlsb is refused; an abbreviated cell is given its column; what is hidden is found."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.guarded import AWAY, refusal, sheets_of
from support.hostile import zipped

from pst_excel.reading.guard import inspection as guard
from pst_excel.reading.guard.hidden_values import HiddenValues
from pst_excel.reading.guard.records import sheets_told
from pst_excel.reading.guard.xlsb import hidden_values, with_whole_cells
from pst_excel.reading.limits import Limits

ROW, BLANK, ERROR, REAL, FORMULA_ERROR, SHORT_ERROR, SHORT_REAL, ASIDE = 0, 1, 3, 5, 11, 14, 16, 50
HIDDEN = 0x10


def record(kind: int, payload: bytes) -> bytes:
    return bytes([kind, len(payload)]) + payload


def row(number: int, options: int = 0) -> bytes:
    return record(ROW, struct.pack("<IIHBB", number, 0, 0, 0, options) + b"\0" * 5)


def cell(kind: int, column: int, held: bytes = b"") -> bytes:
    return record(kind, struct.pack("<II", column, 0) + held)


def binary(row_at: int, column: int, kind: int) -> bytes:
    """Return a sheet of an xlsb with one number of a kind of record after a blank cell."""
    value = cell(kind, column + 1, struct.pack("<d", 7))
    short = record(kind, b"\0" * 4 + struct.pack("<d", 7))
    return row(row_at) + cell(BLANK, column) + (short if kind > FORMULA_ERROR else value)


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
    assert AWAY in refusal(binary_book(binary(1_048_575, 5, REAL)))


def test_an_abbreviated_cell_of_an_xlsb_is_given_its_column() -> None:
    inspected = guard.inspect(binary_book(binary(3, 5, SHORT_REAL)))
    assert sheets_of(inspected.data) == {"xl/worksheets/sheet1.bin": binary(3, 5, REAL)}


NOT_AVAILABLE = HiddenValues({(3, 2): "#N/A"})


@pytest.mark.parametrize(
    ("part", "found"),
    [
        (row(3) + cell(ERROR, 2, b"\x2a"), NOT_AVAILABLE),
        (row(3) + cell(FORMULA_ERROR, 2, b"\x2a\0\0\0\0\0\0"), NOT_AVAILABLE),
        (row(3) + cell(BLANK, 1) + record(SHORT_ERROR, b"\0" * 4 + b"\x2a"), NOT_AVAILABLE),
        (row(3) + cell(ERROR, 2, b"\x77"), HiddenValues({(3, 2): "#VALUE!"})),
        (
            row(3) + record(ASIDE, b"\2\0\0\0") + cell(ERROR, 2, b"\x0f") + cell(ERROR, 3, b"\x0f"),
            HiddenValues({(3, 2): "#VALUE!", (3, 3): "#VALUE!"}, rich={(3, 2): 2}),
        ),
        (
            row(3, HIDDEN) + cell(REAL, 2, b"\0" * 8) + row(4, HIDDEN) + cell(BLANK, 2),
            HiddenValues(hidden_rows=frozenset({3})),
        ),
        (
            record(60, struct.pack("<IIIIH", 2, 99_999, 9, 0, 1)),
            HiddenValues(hidden_columns=frozenset(range(2, 16_384))),
        ),
        (record(60, struct.pack("<IIIIH", 2, 4, 9, 0, 2)), None),
        (row(3) + cell(REAL, 2, b"\0" * 8), None),
        (row(3) + cell(ERROR, 2), HiddenValues()),
    ],
)
def test_what_a_sheet_hides(part: bytes, found: HiddenValues | None) -> None:
    whole, hides = with_whole_cells(part, Limits())
    assert hides == (found is not None)
    assert hidden_values(whole) == (found or HiddenValues())


def test_the_titles_of_the_sheets_are_known_by_their_relations() -> None:
    def text(said: str) -> bytes:
        return struct.pack("<I", len(said)) + said.encode("utf-16-le")

    sheet = b"\0" * 8 + text("rId7") + text("Été")
    workbook = b"\x9c\x01" + bytes([len(sheet)]) + sheet
    assert [*sheets_told(workbook)] == [{"name": "Été", "r:id": "rId7"}]


@given(st.binary(max_size=300))
def test_noise_hides_nothing_that_raises(noise: bytes) -> None:
    hidden_values(noise)
    list(sheets_told(noise))
