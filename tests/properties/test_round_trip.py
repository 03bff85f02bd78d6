"""What is written is what is read, for every return that the declaration allows."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import column, grid, read, workbook

from pst_excel.cells.parsing import parse
from pst_excel.excel.books.template import write_template
from pst_excel.model.schema import Column, Sheet
from pst_excel.model.words.kinds import Kind
from pst_excel.pst import PST
from pst_excel.returns.tables import Return
from pst_excel.testing import Lists, cells, texts, wild
from pst_excel.text.errors import UnreadableFile
from pst_excel.text.spelling import tidy

SPELLINGS = {one.key: one.by_spelling for one in PST.vocabularies}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SMALL = workbook("Actions\ncode | intitule\n1.1.1 | Planter des arbres")  # always the same bytes
INPUTS = [
    pytest.param(sheet, one, id=f"{sheet.key}.{one.key}") for sheet in PST for one in sheet.inputs
]


def contents(one: Return) -> dict[str, object]:
    return {key: table.columns for key, table in one.tables.items()}


@settings(max_examples=25)
@given(wild(PST))
def test_a_return_written_and_read_back_is_the_same(written: Return) -> None:
    back = read(write_template(written))
    assert contents(back) == contents(written)
    assert {key: back.lists[key] for key in written.lists} == written.lists
    assert back.readings == []
    assert back.findings == []


@settings(max_examples=8)
@given(wild(PST))
def test_reading_what_was_read_and_written_again_changes_nothing(written: Return) -> None:
    once = read(write_template(written))
    twice = read(write_template(once))
    assert contents(twice) == contents(once)
    assert (twice.lists, twice.readings, twice.findings) == (
        once.lists,
        once.readings,
        once.findings,
    )


@settings(max_examples=5)
@given(wild(PST))
def test_the_same_return_gives_the_same_bytes(written: Return) -> None:
    assert write_template(written) == write_template(written)


@pytest.mark.parametrize(("sheet", "one"), INPUTS)
@settings(max_examples=10)
@given(data=st.data())
def test_a_valid_cell_is_understood_literally(
    sheet: Sheet, one: Column, data: st.DataObject
) -> None:
    own: Lists = {v.key: ("Travaux", "DUPONT Marie") for v in PST.vocabularies if not v.labels}
    value = data.draw(cells(one, own))
    raw = "" if value is None else value
    parsed = parse([raw], one, SPELLINGS)
    assert parsed.values == [value if value is not None else one.default]
    assert parsed.readings == []


@settings(max_examples=60)
@given(st.lists(texts().filter(lambda text: text[0] not in "=#"), min_size=1, max_size=8))
def test_any_text_survives_a_workbook_of_another_program(written: list[str]) -> None:
    # openpyxl makes a formula of « =… » and an error of « #N/A », which are other matters.
    rows = [("Code action", "Description"), *((f"1.1.{n}", text) for n, text in enumerate(written))]
    back = read(grid({"Actions": rows}))
    assert back.tables["actions"].columns["description"] == written


@settings(max_examples=200)
@given(
    st.one_of(st.text(max_size=20), st.floats(allow_nan=False, allow_infinity=False),
              st.booleans(), st.dates(), st.datetimes(), st.integers(-(10**9), 10**9)),
    st.sampled_from([kind for kind in Kind if kind is not Kind.CHOICE]),
    st.booleans(),
)  # fmt: skip
def test_any_cell_gives_a_value_of_its_kind_or_keeps_its_text(
    cell: str | float | dt.date, kind: Kind, many: bool
) -> None:
    parsed = parse([cell], column(kind, many=many), SPELLINGS)
    (value,) = parsed.values
    if value is None:
        blank = isinstance(cell, str) and not tidy(cell).strip(";\n ")
        assert blank or [note.understood for _, note in parsed.readings] == [""]
    else:
        expected = str if many or kind.is_text else float if kind.is_number else dt.date
        assert type(value) is expected
        assert value != ""


@settings(max_examples=100)
@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", OLE]))
def test_any_bytes_are_refused_in_a_sentence(noise: bytes, start: bytes) -> None:
    with pytest.raises(UnreadableFile):
        read(start + noise)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, len(SMALL) - 1), st.integers(0, 255)), min_size=1,
                max_size=4))  # fmt: skip
def test_a_damaged_workbook_is_read_or_refused(damages: list[tuple[int, int]]) -> None:
    data = bytearray(SMALL)
    for place, value in damages:
        data[place] = value
    with suppress(UnreadableFile):
        assert read(bytes(data)).file
