"""Columns of days: which day counts, how long, how much has passed, which half-year it is."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from pst_excel.model.expressions.core import Col, Param
from pst_excel.model.expressions.spans import Days, Elapsed, FirstDay, Gap, HalfYear
from pst_excel.model.formulas import Expression, Scope

DAY = pd.Timestamp(2026, 10, 31)


def value(expression: Expression, observed: Any = DAY, **cells: Any) -> float | None:
    """Return what an expression is on one row."""
    index = pd.MultiIndex.from_tuples([(0, 5)], names=["source", "row"])
    frame = pd.DataFrame(
        {
            key: pd.Series(
                [cell], index=index, dtype="datetime64[s]" if key in "abe" else "float64"
            )
            for key, cell in cells.items()
        }
    )
    scope = Scope({"s": frame}, "s", {"date_observation": observed, "annee_debut": 2024})
    (found,) = expression.evaluate(scope).tolist()
    return None if found != found else found


def test_the_first_day_known_counts_and_none_is_blank() -> None:
    first = FirstDay(("a", "b"))

    assert value(first, a=pd.Timestamp(2026, 1, 1), b=DAY) == 46023.0  # as a spreadsheet numbers it
    assert value(first, a=None, b=DAY) == 46326.0
    assert value(first, a=None, b=None) is None


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (46326.0 - 50, "2026-12-20", 50.0),
        (46326.0 - 10, "2026-10-31", 100.0),  # its day has come
        (46326.0 + 10, "2027-10-31", 0.0),
        (46326.0, "2026-10-31", 100.0),
        (46326.0 + 1, "2026-11-01", 0.0),  # a time of no day, to come
        (46326.0, "2026-01-01", None),  # it would end before it begins
        (None, "2026-12-20", None),
        (46326.0, None, None),
    ],
)
def test_what_has_passed_goes_from_nothing_at_the_start_to_all_at_the_end(
    start: float | None, end: str | None, expected: float | None
) -> None:
    share = Elapsed("debut", "e", Param("date_observation"))

    assert value(share, debut=start, e=end and pd.Timestamp(end)) == expected
    assert value(share, observed=pd.NaT, debut=start, e=end and pd.Timestamp(end)) is None


def test_days_are_counted_backwards_unless_no_fewer_than_so_many_are() -> None:
    before = pd.Timestamp(2026, 10, 1)

    assert value(Days(Param("date_observation"), Col("a")), a=before) == -30.0
    assert value(Days(Param("date_observation"), Col("a"), 0), a=before) == 0.0
    assert value(Days(Col("a"), Param("date_observation"), 0), a=None) is None


@pytest.mark.parametrize(
    ("day", "half"), [("2024-12-03", 1), ("2025-06-30", 2), ("2025-07-01", 3), (None, None)]
)
def test_half_years_are_counted_from_the_first_of_the_year_of_the_elections(
    day: str | None, half: int | None
) -> None:
    assert value(HalfYear("a", Param("annee_debut")), a=day and pd.Timestamp(day)) == half


def test_a_gap_leaves_no_dust() -> None:
    assert value(Gap("x", "y"), x=0.3, y=0.1 + 0.2) == 0.0
