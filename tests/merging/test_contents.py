"""What a cell holds, packed for a sheet of the program and given back the same."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pst_excel.merging.contents import (
    Content,
    Linked,
    Piece,
    Unread,
    as_json,
    blank,
    packed,
    plain,
    same,
    unpacked,
)

TEXTS = st.text(max_size=12)
PIECES = st.builds(Piece, st.sampled_from(["oo", "actions", ""]), TEXTS, TEXTS)
CONTENTS: st.SearchStrategy[Content] = st.one_of(
    st.none(), TEXTS, st.booleans(), st.integers(), st.floats(allow_nan=False), st.dates(),
    st.datetimes(), TEXTS.map(Unread), st.lists(PIECES, max_size=3).map(tuple).map(Linked),
)  # fmt: skip


@given(CONTENTS)
def test_what_is_packed_comes_back_the_same(content: Content) -> None:
    again = unpacked(json.loads(as_json(packed(content))))

    assert again == content
    assert type(again) is type(content)
    assert plain(again) == plain(content)


@pytest.mark.parametrize(
    "form",
    [
        [],
        {},
        {"liens": 3},
        {"date": "hier"},
        {"autre": "x"},
        {"a": 1, "b": 2},
        {"moment": "2026-01-01T00:00:00+02:00"},
    ],
)
def test_what_was_not_packed_is_refused(form: object) -> None:
    with pytest.raises(ValueError, match=r".+"):
        unpacked(form)


def test_blanks_are_alike_and_zero_is_no_blank() -> None:
    assert same(None, "")
    assert not same(None, 0)
    assert blank("")
    assert not blank(0)


def test_records_are_the_same_whatever_their_codes_were() -> None:
    was, now = (Linked((Piece("oo", "id1", code),)) for code in ("1.1", "1.9"))

    assert same(was, now)
    assert plain(was, lambda sheet, ident: "1.9") == "1.9"
    assert plain(was, lambda sheet, ident: None) == "1.1"


def test_a_date_is_not_the_moment_at_which_it_begins() -> None:
    assert packed(dt.date(2027, 1, 1)) != packed(dt.datetime(2027, 1, 1))
