"""Computed columns of days: which day counts, how long, how much of a time has passed.

As in `core`, each says itself twice. A day is its number in a spreadsheet, so that it can be
compared, subtracted and looked for; what is unknown is blank, never 0.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from pst_excel.model.expressions.core import DUST, Param
from pst_excel.model.formulas import Expression, FormulaRow, Scope
from pst_excel.model.series import Series

_DAY_0 = pd.Timestamp(1899, 12, 30)
_ONE = pd.Timedelta(days=1)


def numbers(days: Series) -> Series:
    """Return days as their numbers in a spreadsheet; numbers as they are."""
    if days.dtype.kind != "M":
        return days.astype("float64")
    return (days - _DAY_0) / _ONE


@dataclass(frozen=True)
class FirstDay(Expression):
    """The number of the day of the first of some columns that has one."""

    keys: tuple[str, ...]

    def evaluate(self, scope: Scope) -> Series:
        """Return the numbers."""
        found = numbers(scope.frame[self.keys[0]])
        for key in self.keys[1:]:
            found = found.fillna(numbers(scope.frame[key]))
        return found

    def render(self, place: FormulaRow) -> str:
        """Return the same; the empty text for none."""
        formula = '""'
        for key in reversed(self.keys):
            formula = f"IF(ISNUMBER({place.cell(key)}),{place.cell(key)},{formula})"
        return formula


@dataclass(frozen=True)
class Days(Expression):
    """The days from one day to another where it comes later, fewer than `least` are as many."""

    start: Expression
    end: Expression
    least: float = -1_000_000

    def evaluate(self, scope: Scope) -> Series:
        """Return the numbers of days, blank where a day is unknown."""
        found = numbers(self.end.evaluate(scope)) - numbers(self.start.evaluate(scope))
        return found.clip(lower=self.least)

    def render(self, place: FormulaRow) -> str:
        """Return the guarded difference."""
        start, end = self.start.render(place), self.end.render(place)
        return f'IF(AND(ISNUMBER({start}),ISNUMBER({end})),MAX({self.least:g},{end}-{start}),"")'


@dataclass(frozen=True)
class Elapsed(Expression):
    """The share (0 to 100) of the time between two days that has passed at a third.

    Blank where a day is unknown or the end comes before the start.
    """

    start: str
    end: str
    observed: Param

    def evaluate(self, scope: Scope) -> Series:
        """Return the shares; a time of no day has passed when its day has come."""
        start, end = numbers(scope.frame[self.start]), numbers(scope.frame[self.end])
        now = numbers(self.observed.evaluate(scope))
        share = (now - start) / (end - start) * 100
        share = share.mask(now.le(start), 0.0).mask(now.ge(end), 100.0)
        return share.where(now.notna() & end.ge(start))

    def render(self, place: FormulaRow) -> str:
        """Return the same."""
        start, end = place.cell(self.start), place.cell(self.end)
        now = self.observed.render(place)
        share = f"IF({now}>={end},100,IF({now}<={start},0,({now}-{start})/({end}-{start})*100))"
        known = f"AND(ISNUMBER({now}),ISNUMBER({start}),ISNUMBER({end}))"
        return f'IF({known},IF({end}<{start},"",{share}),"")'


@dataclass(frozen=True)
class HalfYear(Expression):
    """The half-year of a day, from 0: the first half of the year that a parameter says."""

    key: str
    first_year: Param

    def evaluate(self, scope: Scope) -> Series:
        """Return the numbers, blank where the day is unknown."""
        days = _DAY_0 + pd.to_timedelta(numbers(scope.frame[self.key]), unit="D")
        half = days.dt.month.gt(6).astype("float64")
        return 2.0 * (days.dt.year - int(scope.parameters[self.first_year.key])) + half

    def render(self, place: FormulaRow) -> str:
        """Return the same."""
        day, first = place.cell(self.key), self.first_year.render(place)
        half = f"2*(YEAR({day})-{first})+IF(MONTH({day})>6,1,0)"
        return f'IF(AND(ISNUMBER({day}),ISNUMBER({first})),{half},"")'


@dataclass(frozen=True)
class Gap(Expression):
    """What one number of the row has more than another: neither is ever blank."""

    key: str
    other: str

    def evaluate(self, scope: Scope) -> Series:
        """Return the difference, without the dust of floats."""
        return (scope.frame[self.key] - scope.frame[self.other]).round(DUST)

    def render(self, place: FormulaRow) -> str:
        """Return the same."""
        return f"ROUND({place.cell(self.key)}-{place.cell(self.other)},{DUST})"


@dataclass(frozen=True)
class Minus(Expression):
    """The opposite of a number."""

    number: Expression

    def evaluate(self, scope: Scope) -> Series:
        """Return the opposite."""
        return -self.number.evaluate(scope)

    def render(self, place: FormulaRow) -> str:
        """Return the same."""
        return f"-{self.number.render(place)}"


@dataclass(frozen=True)
class Only(Expression):
    """A value where a condition holds; blank elsewhere."""

    condition: Expression
    value: Expression

    def evaluate(self, scope: Scope) -> Series:
        """Return the values."""
        return self.value.evaluate(scope).where(self.condition.evaluate(scope))

    def render(self, place: FormulaRow) -> str:
        """Return the same."""
        return f'IF({self.condition.render(place)},{self.value.render(place)},"")'


@dataclass(frozen=True)
class Ratio(Expression):
    """A number of the row over another; blank where that is 0."""

    top: str
    bottom: str

    def evaluate(self, scope: Scope) -> Series:
        """Return the ratios."""
        bottom = scope.frame[self.bottom]
        return scope.frame[self.top] / bottom.where(bottom.gt(0))

    def render(self, place: FormulaRow) -> str:
        """Return the same; the empty text for none."""
        bottom = place.cell(self.bottom)
        return f'IF({bottom}>0,{place.cell(self.top)}/{bottom},"")'
