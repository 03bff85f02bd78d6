"""Values are said in French: marks of thousands and decimals, dates, blanks, counts, cells."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from pst_excel.model.words.kinds import Kind
from pst_excel.model.words.wording import (
    NBSP,
    THIN,
    column_letter,
    date,
    listed,
    number,
    plain,
    plural,
    ranges,
    share,
)
from pst_excel.model.words.wording import say as said


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (0, 0, "0"),
        (999, 0, "999"),
        (12500, 0, f"12{THIN}500"),
        (-1234567.5, 2, f"-1{THIN}234{THIN}567,50"),
        (0.25, 1, "0,2"),
    ],
)
def test_numbers_have_french_marks(value: float, decimals: int, expected: str) -> None:
    assert number(value, decimals) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0, "0,0"), (1 / 3, "33,3"), (0.98849, "98,8"), (0.9885, "98,9"), (0.9895, "99,0"),
     (0.0005, "0,1"), (1, "100,0"), (-0.0125, "-1,3"), (12.345, f"1{THIN}234,5")],
)  # fmt: skip
def test_a_share_is_said_as_cells_show_it(value: float, expected: str) -> None:
    assert share(value) == f"{expected}{NBSP}%"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (40.0, "40"),
        (12.5, "12,5"),
        (12.25, "12,25"),
        (1234.5, f"1{THIN}234,5"),
        (100.0, "100"),
        (10.10, "10,1"),
        (11.999, "12"),
        (0.001, "0"),
    ],
)
def test_a_number_is_said_with_the_decimals_it_has(value: float, expected: str) -> None:
    assert plain(value) == expected


@pytest.mark.parametrize(
    ("value", "kind", "expected"),
    [
        (None, None, "(vide)"),
        ("", Kind.TEXT, "(vide)"),
        (float("nan"), Kind.NUMBER, "(vide)"),
        (pd.NaT, Kind.DATE, "(vide)"),
        (True, None, "vrai"),
        (False, None, "faux"),
        (2026.0, Kind.YEAR, "2026"),
        (1.1, Kind.CODE, "1.1"),
        (250000.0, Kind.AMOUNT, f"250{THIN}000{NBSP}€"),
        (40.0, Kind.PERCENT, f"40{NBSP}%"),
        (0.5, Kind.NUMBER, "0,5"),
        (dt.date(2026, 3, 1), Kind.DATE, "01/03/2026"),
        (dt.datetime(2026, 3, 1, 12, 30), Kind.DATE, "01/03/2026"),
        (pd.Timestamp("2026-03-01"), Kind.DATE, "01/03/2026"),
        ("deux\nlignes", Kind.TEXT, "deux lignes"),
        ("x" * 80, Kind.TEXT, "x" * 80),
        ("x" * 81, Kind.TEXT, "x" * 79 + "…"),
    ],
)
def test_any_value_is_said_by_its_kind(value: object, kind: Kind | None, expected: str) -> None:
    assert said(value, kind) == expected


def test_a_date_is_said_day_first() -> None:
    assert date(dt.date(2026, 12, 31)) == "31/12/2026"


@pytest.mark.parametrize(
    ("count", "expected"),
    [(0, "0 erreur"), (1, "1 erreur"), (2, "2 erreurs"), (1500, f"1{THIN}500 erreurs")],
)
def test_a_count_is_plural_from_two(count: int, expected: str) -> None:
    assert plural(count, "erreur").replace(NBSP, " ") == expected


def test_a_noun_may_have_its_own_plural() -> None:
    assert plural(3, "classeur lu", "classeurs lus") == f"3{NBSP}classeurs lus"


@pytest.mark.parametrize(
    ("words", "expected"),
    [(["a"], "a"), (["a", "b"], "a et b"), (["a", "b", "c"], "a, b et c")],
)
def test_a_list_is_said_with_its_last_joint(words: list[str], expected: str) -> None:
    assert listed(words) == expected


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ([], ""),
        (["H12"], "H12"),
        (["H12", "H13"], "H12, H13"),
        (["H12", "H15", "H16", "H17", "H18"], "H12, H15 à H18"),
        (["H18", "H16", "H17", "H17"], "H16 à H18"),
        (["AA5", "B5", "A5"], "A5, B5, AA5"),
        (["C5", "en-tête"], "C5, en-tête"),
    ],
)
def test_cells_are_said_as_spans(cells: list[str], expected: str) -> None:
    assert ranges(cells) == expected


def test_cells_beyond_the_most_are_counted() -> None:
    said_cells = ranges([f"A{row}" for row in range(2, 40, 2)], most=3)
    assert said_cells == f"A2, A4, A6 … et 16{NBSP}autres"


@pytest.mark.parametrize(
    ("index", "expected"),
    [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA"),
     (16383, "XFD")],
)  # fmt: skip
def test_a_column_has_the_letters_that_excel_gives_it(index: int, expected: str) -> None:
    assert column_letter(index) == expected
