"""The comparison key and the tidied text are stable: applying them again changes nothing."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from pst_excel.cells.values import as_text
from pst_excel.model.words.wording import column_letter, ranges
from pst_excel.text.spelling import fold, tidy

TEXTS = st.text(max_size=40)


@given(TEXTS)
def test_tidying_twice_is_tidying_once(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@given(TEXTS)
def test_a_tidied_text_has_the_same_key(text: str) -> None:
    assert fold(tidy(text)) == fold(text)


@given(TEXTS)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(TEXTS)
def test_a_key_has_no_case(text: str) -> None:
    assert fold(text.casefold()) == fold(text)


@given(st.integers(0, 16_383))
def test_column_letters_count_in_base_26(index: int) -> None:
    value = 0
    for letter in column_letter(index):
        value = value * 26 + ord(letter) - 64
    assert value - 1 == index


@given(st.sets(st.integers(1, 60), min_size=1))
def test_spans_of_cells_name_every_cell_and_no_other(rows: set[int]) -> None:
    said = ranges([f"H{row}" for row in rows], most=1000)
    named: set[int] = set()
    for span in said.split(", "):
        ends = [int(number) for number in re.findall(r"\d+", span)]
        named |= set(range(ends[0], ends[-1] + 1))
    assert named == rows


@given(st.floats(min_value=-1e14, max_value=1e14).map(lambda value: round(value, 4)))
def test_a_number_told_as_a_text_keeps_fifteen_digits(value: float) -> None:
    assert abs(float(as_text(value)) - value) <= abs(value) * 1e-14
