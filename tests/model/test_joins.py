"""The joins between frames give what a loop over the rows of one source after the other gives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from unittest.mock import patch

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pst_excel.model import joins

Row = tuple[int, str | None]

SOURCES = st.sampled_from([0, 2])  # few sources and codes, so that the same come again
CODES = st.sampled_from(["1.1", "0|1.1", "", "a7", "A7", "É1", "é1"]) | st.none()
ROWS = st.lists(st.tuples(SOURCES, CODES), max_size=12)
AMOUNTS = st.none() | st.sampled_from([0.0, 0.25, 12.5, -3.0])
PIECES = st.lists(st.sampled_from(["1.1", " 1.2", "2.1 ", ""]), min_size=1, max_size=4)
SEVERAL = st.lists(st.tuples(SOURCES, PIECES.map(";".join) | st.none()), max_size=12)

spread = pytest.mark.parametrize("spread", [joins._SPREAD, 0], ids=["dense", "hashed"])
"""Both ways of numbering what is matched, whatever the size of the example."""


def column(rows: Sequence[Row], name: str = "code") -> pd.Series[Any]:
    """Return the texts of rows, indexed as those of a batch."""
    sources = pd.array([source for source, _ in rows], dtype="int64")
    numbers = pd.array([5 + at for at in range(len(rows))], dtype="int64")
    index = pd.MultiIndex.from_arrays([sources, numbers], names=["source", "row"])
    return pd.Series(pd.array([text for _, text in rows], dtype="str"), index=index, name=name)


def sheet(rows: Sequence[tuple[int, str | None, Any]], dtype: str = "float64") -> pd.DataFrame:
    """Return the frame of rows that hold a code and a value."""
    codes = column([(source, code) for source, code, _ in rows])
    values = pd.Series([value for *_, value in rows], index=codes.index, dtype=dtype)
    return pd.DataFrame({"code": codes, "valeur": values})


def same(code: str | None) -> str | None:
    """Return a code as people compare it."""
    return None if code is None else code.lower()


def plain(series: pd.Series[Any]) -> list[Any]:
    """Return values as Python has them, None for a blank."""
    return [None if pd.isna(value) else value for value in series.tolist()]


def same_rows(result: pd.Series[Any], asked: pd.Series[Any], dtype: str) -> bool:
    """Tell whether a result follows the rows asked, and is of a dtype."""
    return result.index.equals(asked.index) and result.dtype == dtype


@spread
@given(asked=ROWS, other=ROWS)
def test_a_code_is_found_in_its_own_source_alone(
    spread: int, asked: list[Row], other: list[Row]
) -> None:
    with patch.object(joins, "_SPREAD", spread):
        result = joins.found(column(asked), column(other).to_frame())
    assert plain(result) == [
        code is not None and (source, same(code)) in [(at, same(held)) for at, held in other]
        for source, code in asked
    ]
    assert same_rows(result, column(asked), "bool")


@spread
@given(asked=ROWS, other=st.lists(st.tuples(SOURCES, CODES, AMOUNTS), max_size=12))
def test_the_first_row_that_has_the_code_gives_its_value(
    spread: int, asked: list[Row], other: list[tuple[int, str | None, float | None]]
) -> None:
    with patch.object(joins, "_SPREAD", spread):
        result = joins.fetch(column(asked), sheet(other), "valeur")
    first: dict[Row, float | None] = {}
    for source, code, value in other:
        first.setdefault((source, same(code)), value)
    assert plain(result) == [
        None if code is None else first.get((source, same(code))) for source, code in asked
    ]
    assert same_rows(result, column(asked), "float64")


@spread
def test_of_several_rows_of_a_code_the_first_wins_even_when_its_value_is_blank(spread: int) -> None:
    other = sheet([(0, "1.1", 1.0), (0, "1.1", 2.0), (2, "1.1", None), (2, "1.1", 3.0)])
    with patch.object(joins, "_SPREAD", spread):
        result = joins.fetch(column([(2, "1.1"), (0, "1.1"), (1, "1.1")]), other, "valeur")
    assert plain(result) == [None, 1.0, None]


@spread
def test_a_code_is_the_same_in_small_letters_and_in_capitals_an_accent_is_not(spread: int) -> None:
    other = sheet([(0, "A7", 1.0), (0, "a7", 2.0), (0, "É1", 3.0)])
    asked = column([(0, "a7"), (0, "A7"), (0, "é1"), (0, "E1"), (0, "a70")])
    with patch.object(joins, "_SPREAD", spread):
        assert plain(joins.fetch(asked, other, "valeur")) == [1.0, 1.0, 3.0, None, None]
        assert plain(joins.tally(asked, other, "code", "valeur")) == [3.0, 3.0, 3.0, 0.0, 0.0]
        assert plain(joins.found(asked, other)) == [True, True, True, False, False]


@given(asked=ROWS)
def test_what_is_fetched_keeps_its_dtype(asked: list[Row]) -> None:
    dates = sheet([(0, "1.1", "2026-10-31"), (1, "1.2", None)], "datetime64[s]")
    assert same_rows(joins.fetch(column(asked), dates, "valeur"), column(asked), "datetime64[s]")
    assert same_rows(joins.fetch(column(asked), dates, "code"), column(asked), "str")


@spread
@given(asked=ROWS, other=st.lists(st.tuples(SOURCES, CODES, AMOUNTS), max_size=12))
def test_rows_are_counted_and_their_values_summed_blanks_as_nothing(
    spread: int, asked: list[Row], other: list[tuple[int, str | None, float | None]]
) -> None:
    with patch.object(joins, "_SPREAD", spread):
        count = joins.tally(column(asked), sheet(other), "code")
        total = joins.tally(column(asked), sheet(other), "code", "valeur")
    held = [
        [
            value or 0.0
            for source, code, value in other
            if code is not None and (source, same(code)) == (row[0], same(row[1]))
        ]
        for row in asked
    ]
    assert plain(count) == [float(len(values)) for values in held]
    assert plain(total) == [sum(values, 0.0) for values in held]
    assert same_rows(count, column(asked), "float64")
    assert same_rows(total, column(asked), "float64")


@given(rows=st.lists(st.tuples(SOURCES, CODES, st.integers(0, 10**7)), max_size=40), in_order=...)
def test_a_sum_is_to_the_last_digit_that_of_pandas_over_the_texts(
    rows: list[tuple[int, str | None, int]], in_order: bool
) -> None:
    rows = sorted(rows, key=lambda row: (row[0], same(row[1]) or "")) if in_order else rows
    other = sheet([(source, code, tenths / 10) for source, code, tenths in rows])
    texts = [None if code is None else f"{source}|{same(code)}" for source, code, _ in rows]
    keys = pd.array(texts, dtype="str")
    sums = other["valeur"].groupby(keys).sum().to_dict()
    result = joins.tally(other["code"], other, "code", "valeur")
    assert plain(result) == [0.0 if text is None else sums[text] for text in texts]


@given(rows=SEVERAL)
def test_each_value_of_a_cell_stands_under_its_row(rows: list[Row]) -> None:
    cells = column(rows, "code_oo")
    result = joins.exploded(cells)
    expected = [
        (place, piece.strip())
        for place, (_, text) in zip(cells.index, rows, strict=True)
        if text is not None
        for piece in text.split(";")
    ]
    assert list(zip(result.index, plain(result), strict=True)) == expected
    assert (result.dtype, result.name, result.index.names) == ("str", "code_oo", ["source", "row"])


@given(rows=SEVERAL, position=st.integers(1, 4))
def test_the_values_of_a_cell_are_counted_and_taken_by_position(
    rows: list[Row], position: int
) -> None:
    cells = column(rows)
    pieces = [[] if text is None else text.split(";") for _, text in rows]
    taken = joins.nth(cells, position)
    assert plain(joins.size(cells)) == [float(len(values)) for values in pieces]
    assert plain(taken) == [
        values[position - 1].strip() if position <= len(values) else None for values in pieces
    ]
    assert same_rows(joins.size(cells), cells, "float64")
    assert same_rows(taken, cells, "str")


@given(rows=ROWS)
def test_a_function_is_asked_once_for_each_distinct_text(rows: list[Row]) -> None:
    asked: list[str] = []

    def length(text: str) -> float:
        asked.append(text)
        return float(len(text))

    result = joins.mapped(column(rows), length, "float64")
    assert plain(result) == [None if text is None else float(len(text)) for _, text in rows]
    assert sorted(asked) == sorted({text for _, text in rows if text is not None})
    assert same_rows(result, column(rows), "float64")


def test_a_column_filled_after_a_first_look_is_seen_by_the_next() -> None:
    frame, asked = column([(0, "1.1"), (1, None)]).to_frame(), column([(0, "1.1"), (1, "1.2")])
    assert plain(joins.found(asked, frame)) == [True, False]
    frame["code"] = frame["code"].fillna("1.2")
    assert plain(joins.found(asked, frame)) == [True, True]
    frame.loc[(0, 5), "code"] = "2.1"
    assert plain(joins.found(asked, frame)) == [False, True]
