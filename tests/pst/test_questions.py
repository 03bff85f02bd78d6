"""The questions that rules share, at their edges: blanks on either side, several codes, no row."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from pst_excel.model.rules import RuleView
from pst_excel.pst.rules import questions

INDEX = pd.MultiIndex.from_arrays([[0, 0, 0, 1], [5, 6, 7, 5]], names=["source", "row"])


def texts(*values: str | None) -> pd.Series[Any]:
    return pd.Series(pd.array(values, dtype="str"), index=INDEX[: len(values)])


def numbers(*values: float | None) -> pd.Series[Any]:
    return pd.Series(values, index=INDEX[: len(values)], dtype="float64")


def beside(**columns: pd.Series[Any]) -> RuleView:
    """Return the view of a rule that points at the column `cell`."""
    return RuleView({"here": pd.DataFrame(columns)}, {}, "here", "cell")


def test_a_cell_lacks_where_it_is_blank_beside_one_that_is_filled() -> None:
    view = beside(cell=texts(None, "x", None, None), other=texts("y", "y", None, "z"))
    assert questions.blank_beside(view, "other").tolist() == [True, False, False, True]
    assert questions.blank_while(view, "other", "y").tolist() == [True, False, False, False]
    assert questions.blank_while(view, "other", "y", "z").tolist() == [True, False, False, True]


def test_two_values_differ_only_where_both_are_there() -> None:
    said, meant = texts("a", "a", None, "b"), texts("a", "b", "b", None)
    assert questions.differing(said, meant).tolist() == [False, True, False, False]


@pytest.mark.parametrize(
    ("now", "before", "marked"),
    [(50, 10, True), (2, 10, True), (49, 10, False), (3, 10, False), (0, 10, True),
     (50, 0, False), (50, -10, False), (None, 10, False), (50, None, False)],
)  # fmt: skip
def test_an_amount_jumps_from_five_times_on_what_was_more_than_nothing(
    now: float | None, before: float | None, marked: bool
) -> None:
    assert questions.many_times(numbers(now), numbers(before), 5).tolist() == [marked]


def test_a_text_lacks_a_pattern_whatever_its_accents_and_a_blank_lacks_nothing() -> None:
    assert questions.lacking(texts("Être là", "Là", None), "^etre").tolist() == [False, True, False]


def test_codes_are_unknown_where_no_sheet_of_their_source_has_them() -> None:
    one = pd.DataFrame({"code": texts("1.1")})
    two = pd.DataFrame({"code": texts(None, "1.2")})
    unknown = questions.unknown(texts("1.1; 1.2", "1.2; 1.3", None, "1.1"), one, two)
    assert list(unknown.items()) == [((0, 6), "1.3"), ((1, 5), "1.1")]


def test_a_row_is_marked_when_one_of_its_pieces_is() -> None:
    marks = pd.Series([False, True, False], index=INDEX[[0, 0, 1]])
    rows = pd.DataFrame(index=INDEX)
    assert questions.any_piece(marks, rows).tolist() == [True, False, False, False]


def test_naming_nothing_marks_no_row() -> None:
    assert len(questions.naming(texts()).rows) == 0
