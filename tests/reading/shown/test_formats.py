"""A simple number format gives the text that it shows, any other gives none.

The texts are those that LibreOffice shows, but for its comma.
"""

from __future__ import annotations

import datetime as dt
from string import printable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pst_excel.cells.values import RawCell
from pst_excel.reading.shown.formats import shown

DAY = dt.date(2001, 1, 5)


@pytest.mark.parametrize(
    ("cell", "code", "text"),
    [
        (1.1, "0.00", "1.10"),
        (1.1, "0.00_ ;[Red]\\-0.00\\ ", "1.10"),
        (1.1, "#,##0.00", "1.10"),
        (1.1, "[$-80C]0.00", "1.10"),
        (1.1, "?0.0?", "1.1"),
        (1.25, "0.0##", "1.25"),
        (1, "00", "01"),
        (5, "000", "005"),
        (1234, "00", "1234"),
        (0, "00", "00"),
        (0, '0;-0;"néant "00', "néant 00"),
        (11, '0"."0', "1.1"),
        (110, "0\\.00", "1.10"),
        (111, "0\\.0\\.0", "1.1.1"),
        (50101, '00"."0"."00', "50.1.01"),
        (5, '"OS "0', "OS 5"),
        (45, '"A."0', "A.45"),
        (11, "0-0", "1-1"),
        (DAY, "d\\.m\\.yy", "5.1.01"),
        (DAY, "[$-80C]dd.mm.yy;@", "05.01.01"),
        (DAY, "D.M.YYYY", "5.1.2001"),
    ],
)
def test_the_text_that_a_format_shows(cell: RawCell, code: str, text: str) -> None:
    assert shown(cell, code) == text


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (1.1, ""),
        (1.1, "General"),
        (1.1, "@"),
        (1.155, "0.00"),  # a figure is hidden
        (1234.5, "#,##0.00"),  # the language of the reader parts the thousands
        (1234, "0,"),
        (0.5, "0%"),
        (1.1, "0.0E+00"),
        (1.5, "# ?/?"),
        (-1.1, "0.00"),
        (1.1, "[<10]0.00;0"),
        (1.1, '"rien"'),
        (1.1, '0.00"'),
        (1.1, "0.0.0"),
        (1.1, "0.00* "),
        (1, "0.##"),  # not every program leaves the point
        (1e20, "0.00"),
        (DAY, "d-mmm"),
        (DAY, "h:mm"),
        (DAY, "0.00"),
        (dt.datetime(2001, 1, 5, 12), "d.m.yy"),
        (True, "0.00"),
        ("1.1", "0.00"),
        (1.1, "0" * 101),
    ],
)
def test_what_is_not_sure_shows_nothing(cell: RawCell, code: str) -> None:
    assert shown(cell, code) is None


@given(st.integers(0, 10**9), st.integers(0, 6), st.integers(1, 6))
def test_digits_are_never_changed(digits: int, decimals: int, whole: int) -> None:
    number = digits / 10**decimals
    code = "0" * whole + ("." + "0" * decimals if decimals else "")
    text = shown(number, code)
    assert text is not None
    assert (float(text), len(text.partition(".")[2])) == (number, decimals)


@given(st.floats(), st.text(printable, max_size=30) | st.from_regex(r"[0#?., \"\\;dmy_*-]{0,20}"))
def test_any_format_gives_a_text_or_none(number: float, code: str) -> None:
    for cell in (number, DAY):
        text = shown(cell, code)
        assert text is None or isinstance(text, str)
