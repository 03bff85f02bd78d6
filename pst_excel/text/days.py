"""Days and legislatures as people write them, for the command and for callers alike."""

from __future__ import annotations

import datetime as dt
import re

_DAY_FIRST = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")

_YEARS = re.compile(r"([0-9]{4})\s*[-–/]\s*([0-9]{4})")


def written_years(text: str) -> tuple[int, int] | None:
    """Return the years between which a legislature lasts, « 2024-2030 »; None for another text."""
    years = _YEARS.fullmatch(text.strip())
    return (int(years[1]), int(years[2])) if years else None


def written_day(text: str) -> dt.date | None:
    """Return the day that a text is, AAAA-MM-JJ or jj/mm/aaaa; None for another."""
    day_first = _DAY_FIRST.fullmatch(text)
    try:
        return dt.date.fromisoformat(
            "{2}-{1:0>2}-{0:0>2}".format(*day_first.groups()) if day_first else text
        )
    except ValueError:
        return None
