"""When a rate would reach its end at the pace of the consolidations, as a range of two dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

Point = tuple[dt.date, float]
"""The date of observation of a consolidation, and the rate that it found."""

FEWEST = 3
"""The points from which a pace says something."""
_FARTHEST = 36_500  # days: a later end is no forecast
_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
    "novembre", "décembre",
)  # fmt: skip


def forecast(rounds: Sequence[Point], end: float = 100.0) -> tuple[dt.date, dt.date] | None:
    """Return the dates at which the rate reaches its end, the earlier one first.

    One follows the pace over all rounds, the other that of the last interval. None of fewer than
    three dates, of a pace that is not upwards, of a rate that is at its end.
    """
    points = sorted(dict(rounds).items())  # of one date, the latest
    if len(points) < FEWEST or points[-1][1] >= end:
        return None
    whole, last = (_reached(points[at], points[-1], end) for at in (0, -2))
    return None if whole is None or last is None else (min(whole, last), max(whole, last))


def _reached(start: Point, last: Point, end: float) -> dt.date | None:
    pace = (last[1] - start[1]) / (last[0] - start[0]).days
    days = (end - last[1]) / pace if pace > 0 else _FARTHEST
    return last[0] + dt.timedelta(days=round(days)) if days < _FARTHEST else None


def said(dates: tuple[dt.date, dt.date]) -> str:
    """Say a forecast: « à ce rythme, fin entre mars 2030 et novembre 2031 »."""
    first, last = (f"{_MONTHS[day.month - 1]} {day.year}" for day in dates)
    return f"à ce rythme, fin en {first}" if first == last else (
        f"à ce rythme, fin entre {first} et {last}"
    )  # fmt: skip
