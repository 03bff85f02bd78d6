"""Between which limits a value is plausible: beyond, it is a mistake that nothing counts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from pst_excel.model.words.kinds import Kind
from pst_excel.model.words.wording import date, plain

REMAINDER = 1e-9
"""Nearer to zero, a number is what a computation leaves of it."""


class Plausible(Protocol):
    """What tells a plausible value from a mistake, and says what is expected."""

    def admits(self, value: object) -> bool:
        """Tell whether a value is plausible."""
        ...

    def words(self, kind: Kind) -> str:
        """Say what is expected in a column of a kind."""
        ...


@dataclass(frozen=True)
class Bounds:
    """Two numbers, or two days, between which a value is plausible; it may be either."""

    low: float
    high: float

    def admits(self, value: object) -> bool:
        """Tell whether a number is between them; one that is no number at all never is."""
        return isinstance(value, int | float) and self.low <= value <= self.high

    def words(self, kind: Kind) -> str:
        """Say it: « un nombre entre 0 et 10 »."""
        low, high = (f"{x:g}" if kind is Kind.YEAR else plain(x) for x in (self.low, self.high))
        return f"{_NOUNS.get(kind, 'un nombre')} entre {low} et {high}"


@dataclass(frozen=True)
class Days:
    """Two days between which a date is plausible; it may be either."""

    first: dt.date
    last: dt.date

    def admits(self, value: object) -> bool:
        """Tell whether a day is between them."""
        return isinstance(value, dt.date) and self.first <= value <= self.last

    def words(self, kind: Kind) -> str:
        """Say it: « une date entre le 01/01/1990 et le 31/12/2100 »."""
        return f"une date entre le {date(self.first)} et le {date(self.last)}"


@dataclass(frozen=True)
class Shape:
    """How a text is made, `pattern`, as `said` in words."""

    pattern: str
    said: str

    def admits(self, value: object) -> bool:
        """Tell whether a text is made so."""
        return isinstance(value, str) and re.fullmatch(self.pattern, value) is not None

    def words(self, kind: Kind) -> str:
        """Say it."""
        return self.said


ByKind = Mapping[Kind, Plausible]

_NOUNS = {Kind.YEAR: "une année", Kind.AMOUNT: "un montant", Kind.INTEGER: "un nombre entier"}


ANY_NUMBER = Bounds(-1e15, 1e15)
"""The numbers whose figures a sheet shows whole: what is plausible where nothing says more."""
ANY_DAY = Days(dt.date(1900, 1, 1), dt.date(9999, 12, 31))
"""The days that a sheet knows."""
