"""The end at the present pace: a range, from three consolidations on, none without progress."""

from __future__ import annotations

import datetime as dt

import pytest

from pst_excel.consolidating.forecast import Point, forecast, said

START = dt.date(2026, 1, 1)


def rounds(*rates: float) -> list[Point]:
    """Return rates found every hundred days."""
    return [(START + dt.timedelta(100 * at), rate) for at, rate in enumerate(rates)]


def test_the_range_goes_from_the_pace_of_all_rounds_to_that_of_the_last_interval() -> None:
    last = START + dt.timedelta(200)  # 30 points in 200 days; 10 in the last 100

    assert forecast(rounds(10, 30, 40)) == (
        last + dt.timedelta(400),
        last + dt.timedelta(600),
    )


@pytest.mark.parametrize(
    "rates", [(10, 40), (10, 40, 40), (40, 30, 20), (50, 20, 30), (10, 90, 100)]
)
def test_without_three_points_or_with_a_pace_that_is_not_upwards_there_is_none(
    rates: tuple[float, ...],
) -> None:
    assert forecast(rounds(*rates)) is None


def test_two_consolidations_of_one_day_are_one_point() -> None:
    assert forecast([*rounds(10, 40), (START, 20)]) is None


def test_a_forecast_is_said_in_months() -> None:
    assert said((dt.date(2030, 3, 5), dt.date(2031, 11, 1))) == (
        "à ce rythme, fin entre mars 2030 et novembre 2031"
    )
    assert said((dt.date(2030, 3, 5), dt.date(2030, 3, 30))) == "à ce rythme, fin en mars 2030"
