"""How many lines a text takes: what is shown fits in its row, and the row is no higher than that."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pst_excel.excel.wrapping import lines_of

TEXTS = st.text("aeinrst -_.M\n", max_size=80)
WIDTHS = st.integers(5, 60)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, 1),
        ("repris auparavant", 18, 1),
        ("PST_Valbruyere_communication.xlsx", 34, 1),
        ("PST_Valbruyere_Finances_2027-03-31.xlsx", 34, 2),
        ("un\ndeux\n\nquatre", 20, 4),
        ("MMMMMMMMMM", 10, 2),
        ("iiiiiiiiiiiiiiiiii", 10, 1),
        ("commune communale", 12, 2),
    ],
)
def test_a_text_takes_the_lines_that_are_seen(text: str, width: int, lines: int) -> None:
    assert lines_of(text, width) == lines


@given(TEXTS, TEXTS, WIDTHS)
def test_more_text_takes_no_fewer_lines(text: str, more: str, width: int) -> None:
    assert lines_of(f"{text}\n{more}", width) == lines_of(text, width) + lines_of(more, width)
    assert lines_of(text + more.replace("\n", " "), width) >= lines_of(text, width)


@given(TEXTS, WIDTHS)
def test_a_text_never_takes_no_line_nor_more_than_one_a_character(text: str, width: int) -> None:
    assert 1 <= lines_of(text, width) <= 1 + len(text)
