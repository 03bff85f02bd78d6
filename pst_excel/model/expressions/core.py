"""How a computed column is declared: one expression that pandas evaluates and Excel calculates.

Each node says itself twice, side by side: `evaluate` over frames, `render` as a formula of the
functions that Excel 2010 and LibreOffice share, in English with commas, without any text criterion
that depends on the locale. Blank cells never take part in a comparison.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any, ClassVar

import numpy as np
import pandas as pd

from pst_excel.model import joins
from pst_excel.model.formulas import Expression, FormulaRow, Scope
from pst_excel.model.series import UNREAD, Series

DUST = 6
"""The decimals under which a sum is nothing: 0.1 + 0.2 - 0.3 is 0."""


def quoted(value: object) -> str:
    """Return a constant as it stands in a formula."""
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"'
    return repr(float(value)).removesuffix(".0")  # type: ignore[arg-type]


@dataclass(frozen=True)
class Col(Expression):
    """The cell of another column on the same row."""

    key: str

    def evaluate(self, scope: Scope) -> Series:
        """Return the column."""
        return scope.frame[self.key]

    def render(self, place: FormulaRow) -> str:
        """Return the cell."""
        return place.cell(self.key)


@dataclass(frozen=True)
class Const(Expression):
    """The same value on every row."""

    value: float | str

    def evaluate(self, scope: Scope) -> Series:
        """Return the value repeated."""
        return pd.Series(self.value, index=scope.frame.index)

    def render(self, place: FormulaRow) -> str:
        """Return the constant."""
        return quoted(self.value)


@dataclass(frozen=True)
class Param(Expression):
    """A parameter of the whole workbook, such as the date of observation."""

    key: str

    def evaluate(self, scope: Scope) -> Series:
        """Return the parameter repeated; an array of them is one for each source."""
        value = scope.parameters[self.key]
        if isinstance(value, np.ndarray):
            value = value[joins.source_of(scope.frame)]
        return pd.Series(value, index=scope.frame.index)

    def render(self, place: FormulaRow) -> str:
        """Return the name of its cell."""
        return place.parameter(self.key)


COMPARE: Mapping[str, Callable[[Any, Any], Any]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
    "=": operator.eq, "<>": operator.ne,
}  # fmt: skip
"""What the sign of a comparison does, on columns and on values."""


@dataclass(frozen=True)
class Is(Expression):
    """A comparison, false where either side is blank."""

    left: Expression
    sign: str
    right: Expression

    def evaluate(self, scope: Scope) -> Series:
        """Return true where both sides are there and compare so."""
        left = self.left.evaluate(scope)
        if isinstance(self.right, Const):  # not repeated on every row: texts are dear to make
            compared: Series = COMPARE[self.sign](left, self.right.value).astype(bool)
            return compared & left.notna()
        right = self.right.evaluate(scope)
        compared = pd.Series(
            COMPARE[self.sign](left.to_numpy(), right.to_numpy()), index=left.index, dtype=bool
        )
        return compared & left.notna() & right.notna()

    def render(self, place: FormulaRow) -> str:
        """Return the guarded comparison.

        Numbers alone are ordered, or compared with a number: to Excel any text is above them all.
        """
        left, right = self.left.render(place), self.right.render(place)
        sides = (self.left, left), (self.right, right)
        constants = [s.value for s, _ in sides if isinstance(s, Const)]
        if self.sign == "=" and any(isinstance(value, str) and value for value in constants):
            return f"{left}={right}"  # what is equal to a text is not blank
        measured = self.sign in ("<", "<=", ">", ">=") or any(
            not isinstance(value, str) for value in constants
        )
        guard = "ISNUMBER({})" if measured else '{}<>""'
        guards = [guard.format(text) for side, text in sides if not isinstance(side, Const)]
        # AND calculates all its terms; a comparison with a text gives no error.
        return f"AND({','.join([*guards, f'{left}{self.sign}{right}'])})"


@dataclass(frozen=True)
class OneOf(Expression):
    """True where the cell holds one of the labels."""

    key: str
    labels: tuple[str, ...]

    def evaluate(self, scope: Scope) -> Series:
        """Return the membership."""
        return scope.frame[self.key].isin(self.labels)

    def render(self, place: FormulaRow) -> str:
        """Return the alternatives."""
        return f"OR({','.join(f'{place.cell(self.key)}={quoted(label)}' for label in self.labels)})"


@dataclass(frozen=True)
class Filled(Expression):
    """True where the cell is not blank; where a `number` is meant, a text there does not count."""

    key: str
    number: bool = False

    def evaluate(self, scope: Scope) -> Series:
        """Return the presence."""
        return scope.frame[self.key].notna()

    def render(self, place: FormulaRow, as_term: bool = False) -> str:
        """Return the test; between brackets when it stands `as_term` of a sum."""
        if self.number:
            return f"ISNUMBER({place.cell(self.key)})"
        test = f'{place.cell(self.key)}<>""'
        return f"({test})" if as_term else test


@dataclass(frozen=True)
class _Several(Expression):
    """Conditions taken together: by a function of Excel, by an operator on columns."""

    conditions: tuple[Expression, ...]
    function: ClassVar[str]
    together: ClassVar[Callable[[Series, Series], Series]]

    def evaluate(self, scope: Scope) -> Series:
        """Return the conditions taken together."""
        results = [condition.evaluate(scope) for condition in self.conditions]
        return reduce(type(self).together, results)

    def render(self, place: FormulaRow) -> str:
        """Return the same."""
        return f"{self.function}({','.join(c.render(place) for c in self.conditions)})"


class All(_Several):
    """True where every condition is."""

    function, together = "AND", operator.and_


class Either(_Several):
    """True where one condition at least is."""

    function, together = "OR", operator.or_


@dataclass(frozen=True)
class Not(Expression):
    """True where the condition is not."""

    condition: Expression

    def evaluate(self, scope: Scope) -> Series:
        """Return the negation."""
        return ~self.condition.evaluate(scope)

    def render(self, place: FormulaRow) -> str:
        """Return the negation."""
        return f"NOT({self.condition.render(place)})"


@dataclass(frozen=True)
class Worded(Expression):
    """True where a cell that is meant for a number holds a text: nothing counts it."""

    key: str

    def evaluate(self, scope: Scope) -> Series:
        """Return the cells whose text was not understood: a frame holds numbers only."""
        found = pd.Series(False, index=scope.frame.index)
        places = scope.parameters[UNREAD].get((scope.sheet, self.key), ())
        found[found.index.isin(places)] = True
        return found

    def render(self, place: FormulaRow) -> str:
        """Return the test of a text."""
        return f"ISTEXT({place.cell(self.key)})"


@dataclass(frozen=True)
class Longer(Expression):
    """True where a text has more characters than a limit."""

    key: str
    limit: int

    def evaluate(self, scope: Scope) -> Series:
        """Return the excess; a blank has none."""
        return scope.frame[self.key].str.len().gt(self.limit)

    def render(self, place: FormulaRow) -> str:
        """Return the comparison of the length."""
        return f"LEN({place.cell(self.key)})>{self.limit}"


@dataclass(frozen=True)
class Day(Expression):
    """A day of the year that a parameter says."""

    year: Param
    month: int
    day: int

    def evaluate(self, scope: Scope) -> Series:
        """Return the date repeated."""
        year = int(scope.parameters[self.year.key])
        return pd.Series(pd.Timestamp(year, self.month, self.day), index=scope.frame.index)

    def render(self, place: FormulaRow) -> str:
        """Return the date; the empty text where the year is not a number."""
        return f'IFERROR(DATE({self.year.render(place)},{self.month},{self.day}),"")'


@dataclass(frozen=True)
class Ended(Expression):
    """True where a date that a parameter says is of the last month of a year."""

    day: Param
    year: int

    def evaluate(self, scope: Scope) -> Series:
        """Return the comparison; false where there is no date."""
        days = pd.to_datetime(self.day.evaluate(scope)).dt
        return days.year.eq(self.year) & days.month.eq(12)

    def render(self, place: FormulaRow) -> str:
        """Return the same; a text is no date."""
        day = self.day.render(place)
        return f"IFERROR(100*YEAR({day})+MONTH({day}),0)={100 * self.year + 12}"


@dataclass(frozen=True)
class Flag(Expression):
    """1 where the condition holds, 0 elsewhere: a mark that can be summed."""

    condition: Expression

    def evaluate(self, scope: Scope) -> Series:
        """Return 1.0 or 0.0."""
        return self.condition.evaluate(scope).astype("float64")

    def render(self, place: FormulaRow) -> str:
        """Return 1 or 0."""
        return f"IF({self.condition.render(place)},1,0)"
