"""Computed columns of an indicator: its last measure that counts, and how far that has come.

As in `core`, each says itself twice: over frames, and as a formula.
"""

from __future__ import annotations

from dataclasses import dataclass

from pst_excel.model.expressions.core import DUST, Param, quoted
from pst_excel.model.formulas import Expression, FormulaRow, Scope
from pst_excel.model.series import Series

_ALWAYS = 9999  # the year of observation where there is no date of observation: all has been


@dataclass(frozen=True)
class LastReading(Expression):
    """The reading of the last exercice that has one; none is read after the year of observation.

    `readings` are columns with their exercices, in order. Without a date of observation, all count.
    """

    readings: tuple[tuple[str, int], ...]
    observed: Param

    def evaluate(self, scope: Scope) -> Series:
        """Return the reading; blank where there is none."""
        year = self.observed.evaluate(scope).dt.year.fillna(_ALWAYS)
        columns = [key for key, _ in self.readings]
        counted = scope.frame[columns].astype("float64")
        for key, exercice in self.readings:
            counted[key] = counted[key].where(year >= exercice)
        return counted.ffill(axis=1).iloc[:, -1]

    def render(self, place: FormulaRow) -> str:
        """Return the same: the readings are looked at from the right."""
        date = self.observed.render(place)
        year = f"IF(ISNUMBER({date}),YEAR({date}),{_ALWAYS})"
        last = '""'
        for key, exercice in self.readings:
            cell = place.cell(key)
            last = f"IF(AND(ISNUMBER({cell}),{year}>={exercice}),{cell},{last})"
        return last


@dataclass(frozen=True)
class PreviousReading(Expression):
    """The number that stands before the last reading: a reading too, or the one it started from.

    Readings and the year of observation are those of `LastReading`.
    """

    start: str
    readings: tuple[tuple[str, int], ...]
    observed: Param

    def evaluate(self, scope: Scope) -> Series:
        """Return the number; blank where there is no reading, or none before it."""
        year = self.observed.evaluate(scope).dt.year.fillna(_ALWAYS)
        numbers = scope.frame[[self.start, *(key for key, _ in self.readings)]].astype("float64")
        for key, exercice in self.readings:
            numbers[key] = numbers[key].where(year >= exercice)
        last = numbers[[key for key, _ in self.readings]].notna().iloc[:, ::-1].cumsum(axis=1)
        after = last.iloc[:, ::-1].shift(-1, axis=1, fill_value=0).gt(0)  # a later one is read
        before = numbers.iloc[:, 1:].where(after)
        before.insert(0, self.start, numbers[self.start].where(last.iloc[:, -1].gt(0)))
        return before.ffill(axis=1).iloc[:, -1]

    def render(self, place: FormulaRow) -> str:
        """Return the same: what comes before a reading that counts is of a year that counts."""
        date = self.observed.render(place)
        year = f"IF(ISNUMBER({date}),YEAR({date}),{_ALWAYS})"
        start = place.cell(self.start)
        before, found = f'IF(ISNUMBER({start}),{start},"")', '""'
        for key, exercice in self.readings:
            cell = place.cell(key)
            found = f"IF(AND(ISNUMBER({cell}),{year}>={exercice}),{before},{found})"
            before = f"IF(ISNUMBER({cell}),{cell},{before})"
        return found


@dataclass(frozen=True)
class Approach(Expression):
    """By how much a number is nearer to its target than the one before: below 0 it went away."""

    before: str
    last: str
    target: str

    def evaluate(self, scope: Scope) -> Series:
        """Return the difference of the two distances; blank where one of the three is."""
        before, last, target = (scope.frame[key] for key in (self.before, self.last, self.target))
        return ((before - target).abs() - (last - target).abs()).round(DUST)

    def render(self, place: FormulaRow) -> str:
        """Return the same; the empty text where one of them is not a number."""
        before, last, target = map(place.cell, (self.before, self.last, self.target))
        known = ",".join(f"ISNUMBER({cell})" for cell in (before, last, target))
        gained = f"ROUND(ABS({before}-{target})-ABS({last}-{target}),{DUST})"
        return f'IF(AND({known}),{gained},"")'


@dataclass(frozen=True)
class Sense:
    """The column that says which way a number is to go, and its three labels."""

    key: str
    rising: str
    falling: str
    steady: str


@dataclass(frozen=True)
class Attainment(Expression):
    """How far (0 to 1) an indicator has come towards its target; blank when unknown.

    What is to rise or to fall: (last − start) / (target − start), unknown without a start, with a
    start on the target, or with a target on the wrong side of the start; where the sense is blank
    the target says it. What is to stay: 1 less the distance to the target, as a share of it.
    """

    start: str
    target: str
    last: str
    sense: Sense

    def evaluate(self, scope: Scope) -> Series:
        """Return the attainment, between 0 and 1."""
        frame, sense = scope.frame, scope.frame[self.sense.key]
        last, start, target = (frame[key] for key in (self.last, self.start, self.target))
        way = target - start
        wrong = sense.eq(self.sense.rising) & way.lt(0) | sense.eq(self.sense.falling) & way.gt(0)
        travelled = (last - start) / way.where(way.ne(0) & ~wrong)
        held = 1 - (last - target).abs() / target.abs().where(target.ne(0))
        at_zero = last.eq(0).astype("float64").where(target.eq(0) & last.notna())
        steady = sense.eq(self.sense.steady)
        reached = travelled.where(~steady, held.fillna(at_zero))
        return reached.astype("float64").clip(0.0, 1.0)

    def render(self, place: FormulaRow) -> str:
        """Return the same; every term of a condition is a number, or a text equal to a constant."""
        start, target, last = (place.cell(key) for key in (self.start, self.target, self.last))
        rising, falling, steady = (
            f"{place.cell(self.sense.key)}={quoted(label)}"
            for label in (self.sense.rising, self.sense.falling, self.sense.steady)
        )
        wrong = f"AND({rising},{target}<{start}),AND({falling},{target}>{start})"
        travelled = f"MAX(0,MIN(1,({last}-{start})/({target}-{start})))"
        travelled = f'IF(OR({target}={start},{wrong}),"",{travelled})'
        held = f"MAX(0,1-ABS({last}-{target})/ABS({target}))"
        held = f"IF({target}=0,IF({last}=0,1,0),{held})"
        found = f'IF({steady},{held},IF(ISNUMBER({start}),{travelled},""))'
        return f'IF(AND(ISNUMBER({last}),ISNUMBER({target})),{found},"")'
