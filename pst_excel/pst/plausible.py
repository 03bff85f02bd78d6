"""Beyond what the values of a PST are mistakes: years, days, amounts, shares, versions."""

from __future__ import annotations

import datetime as dt

from pst_excel.model.words.kinds import Kind
from pst_excel.model.words.plausible import Bounds, ByKind, Days, Shape

YEARS = Bounds(1990, 2100)
DAYS = Days(dt.date(int(YEARS.low), 1, 1), dt.date(int(YEARS.high), 12, 31))
LONGEST = 12
"""The most years that a legislature lasts."""
POPULATION = Bounds(1, 99_999_999)
_LARGEST = Bounds(-1e12, 1e12)
PERCENTS = Bounds(-1_000, 1_000)
"""Beyond 100 %, an advancement is a mistake that is shown; beyond these, it is no advancement."""
VERSION = Shape(r"20[0-9]{2}\.[0-9]{1,2}", "une version comme « 2026.3 »")

BY_KIND: ByKind = {
    Kind.YEAR: YEARS,
    Kind.DATE: DAYS,
    Kind.AMOUNT: _LARGEST,
    Kind.NUMBER: _LARGEST,
    Kind.INTEGER: _LARGEST,
    Kind.PERCENT: PERCENTS,
}
"""What is plausible in the columns that do not say more."""
