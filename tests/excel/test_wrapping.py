"""How many lines a text takes: what is shown fits in its row, and the row is no higher than that."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter.utility import CHAR_WIDTHS

from pst_excel.excel.wrapping import LINE, height_of, lines_of, width_of

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
        ("iiiiiiiiiiiiiiiii", 10, 1),
        ("commune communale", 12, 2),
        ("✔ complète", 14, 1),
        ("31/12/2027", 11, 1),
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


def test_no_sign_is_narrower_than_excel_draws_it_nor_much_wider() -> None:
    for sign, pixels in CHAR_WIDTHS.items():
        assert pixels <= width_of(sign) * 7 < pixels + 1, sign
    for sign, letter in zip("éèêëçàâùûîïôÉÈÀÇ", "eeeecaauuiioEEAC", strict=True):
        assert width_of(sign) == width_of(letter)


def test_a_row_leaves_room_under_its_text_and_is_never_higher_than_excel_allows() -> None:
    assert LINE < height_of(1) <= LINE + 3
    assert height_of(1_000) < 409
