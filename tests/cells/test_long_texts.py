"""A text longer than a cell is cut so that it says so, and is known again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pst_excel.cells.long_texts import LONGEST, alike, fits, forms, in_a_cell, length, whole_length

LONG = "Début " + "é" * 60_000 + " fin"


def test_a_text_that_fits_stays_as_it_is() -> None:
    for text in ("", "court", "é" * LONGEST, "😀" * (LONGEST // 2)):
        assert in_a_cell(text) == text
        assert whole_length(text) == 0


@pytest.mark.parametrize("text", [LONG, "😀" * 16_384, "a" + "😀" * 30_000, "x" * (LONGEST + 1)])
def test_a_longer_text_is_cut_and_says_its_length(text: str) -> None:
    cut = in_a_cell(text)
    assert fits(cut)
    assert length(cut) in (LONGEST, LONGEST - 1)
    assert text.startswith(cut.partition("… [coupé")[0])
    assert whole_length(cut) == whole_length(text) == length(text)
    assert in_a_cell(cut) == cut


def test_what_is_shown_of_a_text_is_that_text_and_no_other() -> None:
    for form in forms(LONG):
        assert alike(LONG, form)
        assert alike(form, LONG)
    assert not alike(in_a_cell(LONG), LONG + "a")
    ours, by_excel = forms(LONG)
    assert alike(ours, by_excel)
    assert alike(by_excel, ours)
    assert not alike(by_excel[:-1], ours)
    assert not alike(in_a_cell(LONG), in_a_cell(LONG + "a"))
    assert not alike(LONG, LONG[:-1])
    assert not alike("court", LONG)
    assert not alike(None, LONG)


def test_a_text_that_speaks_of_a_cut_was_not_cut() -> None:
    assert whole_length("… [coupé : 60 000 caractères en tout, n° 12345678]") == 0
    assert whole_length("é" * 30_000 + " [coupé]") == 0


@given(st.text(min_size=1, max_size=9), st.integers(15_000, 40_000))
def test_every_text_fits_once_it_is_cut(piece: str, times: int) -> None:
    assert fits(in_a_cell(piece * times))
