"""What is written is what is read, for every return that the declaration allows."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from properties.strategies import cells, returns, texts
from support import column, grid, read, saved

from pst_excel.batch import Return
from pst_excel.outputs.template import write_template
from pst_excel.parsing import parse
from pst_excel.pst import PST
from pst_excel.schema import Column, Kind, Sheet

SPELLINGS = {one.key: one.by_spelling for one in PST.vocabularies}
INPUTS = [
    pytest.param(sheet, one, id=f"{sheet.key}.{one.key}") for sheet in PST for one in sheet.inputs
]


def contents(one: Return) -> dict[str, object]:
    return {key: table.columns for key, table in one.tables.items()}


@settings(max_examples=40)
@given(returns(PST))
def test_a_return_written_and_read_back_is_the_same(written: Return) -> None:
    back = read(write_template(written))
    assert contents(back) == contents(written)
    assert {key: back.lists[key] for key in written.lists} == written.lists
    assert back.notes == []
    assert back.troubles == []


@settings(max_examples=15)
@given(returns(PST))
def test_reading_what_was_read_and_written_again_changes_nothing(written: Return) -> None:
    once = read(write_template(written))
    twice = read(write_template(once))
    assert contents(twice) == contents(once)
    assert (twice.lists, twice.notes, twice.troubles) == (once.lists, once.notes, once.troubles)


@settings(max_examples=10)
@given(returns(PST))
def test_the_same_return_gives_the_same_bytes(written: Return) -> None:
    assert write_template(written) == write_template(written)


@pytest.mark.parametrize(("sheet", "one"), INPUTS)
@settings(max_examples=10)
@given(data=st.data())
def test_a_valid_cell_is_understood_literally(
    sheet: Sheet, one: Column, data: st.DataObject
) -> None:
    own = {v.key: ("Travaux", "DUPONT Marie") for v in PST.vocabularies if not v.labels}
    value = data.draw(cells(one, own))
    raw = "" if value is None else value
    parsed = parse([raw], one, SPELLINGS)
    assert parsed.values == [value if value is not None else one.default]
    assert parsed.notes == []


@settings(max_examples=60)
@given(st.lists(texts(), min_size=1, max_size=8))
def test_any_text_survives_a_workbook_of_another_program(written: list[str]) -> None:
    rows = [("Code action", "Description"), *((f"1.1.{n}", text) for n, text in enumerate(written))]
    data = grid({"Actions": [[_plain(cell) for cell in row] for row in rows]})
    assert read(data).tables["actions"].columns["description"] == written


def _plain(text: str) -> str:
    # openpyxl makes a formula of a text that begins with « = » ; another program need not.
    return f"\u200b{text}" if text.startswith("=") else text


@settings(max_examples=200)
@given(
    st.one_of(st.text(max_size=20), st.floats(allow_nan=False, allow_infinity=False),
              st.booleans(), st.dates(), st.datetimes(), st.integers(-(10**9), 10**9)),
    st.sampled_from([kind for kind in Kind if kind is not Kind.CHOICE]),
    st.booleans(),
)  # fmt: skip
def test_any_cell_gives_a_value_or_keeps_its_text(cell: object, kind: Kind, many: bool) -> None:
    parsed = parse([cell], column(kind, many=many), SPELLINGS)
    (value,) = parsed.values
    if value is None and isinstance(cell, str):
        notes = [note.read for _, note in parsed.notes]
        assert (
            bool(notes) is any(c not in ";\n" and not c.isspace() for c in notes[0])
            if notes
            else True
        )
    if value is not None and not many:
        expected = float if kind.is_number else dt.date if kind is Kind.DATE else str
        assert isinstance(value, expected)
    assert value != ""


@settings(max_examples=100)
@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]),
)
def test_any_bytes_are_read_or_refused(noise: bytes, start: bytes) -> None:
    from pst_excel.errors import UnreadableFile

    with pytest.raises(UnreadableFile):
        read(start + noise)


@settings(max_examples=60)
@given(st.data())
def test_any_damage_to_a_workbook_is_read_or_refused(data: st.DataObject) -> None:
    from pst_excel.errors import UnreadableFile

    good = bytearray(_GOOD)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(good) - 1))
        good[place] = data.draw(st.integers(0, 255))
    try:
        read(bytes(good))
    except UnreadableFile as error:
        assert str(error)


_GOOD = grid({"Actions": [["Code action", "Intitulé"], ["1.1.1", "Planter des arbres"]]})
