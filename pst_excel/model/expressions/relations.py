"""Computed columns that look at many cells: of their row, of a list in a cell, of another sheet.

As in `core`, each says itself twice: over frames, and as a formula.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import and_

from pst_excel.model import joins
from pst_excel.model.expressions.core import DUST, Filled, quoted
from pst_excel.model.formulas import Expression, FormulaRow, Scope
from pst_excel.model.schema import Column
from pst_excel.model.series import Series
from pst_excel.model.words.keys import KEY, LINE
from pst_excel.model.words.kinds import Kind


@dataclass(frozen=True)
class OrDefault(Expression):
    """A cell, or the default that a blank one stands for on a row that says something."""

    key: str
    default: str

    def evaluate(self, scope: Scope) -> Series:
        """Return the value or the default; blank on a row that says nothing."""
        frame = scope.frame
        values = frame[self.key].fillna(self.default)
        return values.where(frame[LINE].eq(1.0)) if LINE in frame else values

    def render(self, place: FormulaRow) -> str:
        """Return the same; the empty text on a row that says nothing."""
        cell, says = place.cell(self.key), place.says()
        value = f'IF({cell}="",{quoted(self.default)},{cell})'
        return f'IF({says}=0,"",{value})' if says else value


@dataclass(frozen=True)
class Tally(Expression):
    """How many rows of another sheet name this row, or the sum of one of their columns.

    `key` is the column by which they name it, `by` the one of this row that is named.
    """

    sheet: str
    key: str
    value: str | None = None
    where: tuple[tuple[str, str], ...] = ()
    by: str = KEY

    def evaluate(self, scope: Scope) -> Series:
        """Return the number or the sum, 0 where there is none."""
        other = scope.frames[self.sheet]
        if self.where:
            counted = reduce(and_, (other[key] == label for key, label in self.where))
            keys = [self.key] if self.value is None else [self.key, self.value]
            other = other[keys][counted]
        return joins.tally(scope.frame[self.by], other, self.key, self.value).round(DUST)

    def render(self, place: FormulaRow) -> str:
        """Return the conditional count or sum; 0 on a row that nobody can name."""
        wanted = [place.column(self.sheet, self.key), place.cell(self.by)]
        for key, label in self.where:
            wanted += [place.column(self.sheet, key), quoted(label)]
        criteria = ",".join(wanted)
        if self.value is None:
            total = f"COUNTIFS({criteria})"
        else:
            total = f"ROUND(SUMIFS({place.column(self.sheet, self.value)},{criteria}),{DUST})"
        return f'IF({place.cell(self.by)}="",0,{total})'


@dataclass(frozen=True)
class Nth(Expression):
    """The value at a position (from 1) of a several-valued cell; blank where there are fewer."""

    key: str
    position: int

    def evaluate(self, scope: Scope) -> Series:
        """Return the value."""
        return joins.nth(scope.frame[self.key], self.position)

    def render(self, place: FormulaRow) -> str:
        """Return the piece between two separators: each is widened to more than any cell holds."""
        spread = f'SUBSTITUTE({place.cell(self.key)},";",REPT(" ",300))'
        return f"TRIM(MID({spread},{(self.position - 1) * 300 + 1},300))"


@dataclass(frozen=True)
class FilledShare(Expression):
    """The share (0 to 1) of the named columns that are filled, 0 on a row that says nothing."""

    columns: tuple[Column, ...]

    def evaluate(self, scope: Scope) -> Series:
        """Return the share."""
        frame = scope.frame
        keys = [column.key for column in self.columns if column.default is None]
        filled = frame[keys].notna().sum(axis=1) + len(self.columns) - len(keys)
        return (filled / len(self.columns)).where(frame[LINE].eq(1.0), 0.0)

    def render(self, place: FormulaRow) -> str:
        """Return the sum of the tests over their number."""
        filled = "+".join(self._filled(column, place) for column in self.columns)
        return f"IF({place.cell(LINE)}=0,0,({filled})/{len(self.columns)})"

    @staticmethod
    def _filled(column: Column, place: FormulaRow) -> str:
        if column.default is not None:
            return "1"  # a blank is read as the default
        measured = column.kind.is_number or column.kind is Kind.DATE
        return Filled(column.key, measured and not column.many).render(place, as_term=True)
