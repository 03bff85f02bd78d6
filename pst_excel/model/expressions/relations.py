"""Computed columns that look at many cells: of their row, of a list in a cell, of another sheet.

As in `core`, each says itself twice: over frames, and as a formula.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import and_

import pandas as pd

from pst_excel.model import joins
from pst_excel.model.expressions.core import Filled, quoted
from pst_excel.model.formulas import Expression, FormulaRow, Scope
from pst_excel.model.schema import Column
from pst_excel.model.series import Series
from pst_excel.model.words.keys import CODE
from pst_excel.model.words.kinds import Kind


@dataclass(frozen=True)
class OrDefault(Expression):
    """A cell, or the default that a blank one stands for on a row that has been started."""

    key: str
    default: str
    started: str = CODE

    def evaluate(self, scope: Scope) -> Series:
        """Return the value or the default; blank on a row that has not been started."""
        frame = scope.frame
        return frame[self.key].fillna(self.default).where(frame[self.started].notna())

    def render(self, place: FormulaRow) -> str:
        """Return the same; the empty text on a row that has not been started."""
        cell = place.cell(self.key)
        return f'IF({place.cell(self.started)}="","",IF({cell}="",{quoted(self.default)},{cell}))'


@dataclass(frozen=True)
class Tally(Expression):
    """How many rows of another sheet hold this row's code, or the sum of one of their columns."""

    sheet: str
    key: str
    value: str | None = None
    where: tuple[tuple[str, str], ...] = ()

    def evaluate(self, scope: Scope) -> Series:
        """Return the number or the sum, 0 where there is none."""
        other = scope.frames[self.sheet]
        if self.where:
            counted = reduce(and_, (other[key] == label for key, label in self.where))
            keys = [self.key] if self.value is None else [self.key, self.value]
            other = other[keys][counted]
        return joins.tally(scope.frame[CODE], other, self.key, self.value)

    def render(self, place: FormulaRow) -> str:
        """Return the conditional count or sum; 0 on a row without a code."""
        wanted = [place.column(self.sheet, self.key), place.cell(CODE)]
        for key, label in self.where:
            wanted += [place.column(self.sheet, key), quoted(label)]
        criteria = ",".join(wanted)
        if self.value is None:
            total = f"COUNTIFS({criteria})"
        else:
            total = f"SUMIFS({place.column(self.sheet, self.value)},{criteria})"
        return f'IF({place.cell(CODE)}="",0,{total})'


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
class Share(Expression):
    """The share (0 to 1) of a row under its value at a position: declared, else equal."""

    values: str
    shares: str
    position: int

    def evaluate(self, scope: Scope) -> Series:
        """Return the share, 0 where there is no such value."""
        count = joins.size(scope.frame[self.values])
        declared = pd.to_numeric(
            joins.nth(scope.frame[self.shares], self.position), errors="coerce"
        )
        equal = 1.0 / count.where(count > 0)
        blank = scope.frame[self.shares].isna()
        share = equal.where(blank, declared.astype("float64") / 100.0)
        return share.where(count >= self.position, 0.0).fillna(0.0)

    def render(self, place: FormulaRow) -> str:
        """Return the same; shares are whole per cents, so VALUE reads them in every locale."""
        values, shares = place.cell(self.values), place.cell(self.shares)
        count = f'(LEN({values})-LEN(SUBSTITUTE({values},";",""))+1)'
        declared = f"IFERROR(VALUE({Nth(self.shares, self.position).render(place)})/100,0)"
        read = shares
        for mark, letter in ((";", ""), (" ", ""), (",", "x"), (".", "x")):
            read = f'SUBSTITUTE({read},"{mark}","{letter}")'
        share = f"IF(ISERROR(VALUE({read})),1/{count},{declared})"
        return f'IF(OR({values}="",{count}<{self.position}),0,{share})'


@dataclass(frozen=True)
class FilledShare(Expression):
    """The share (0 to 1) of the named columns that are filled, 0 on a row without a code."""

    columns: tuple[Column, ...]

    def evaluate(self, scope: Scope) -> Series:
        """Return the share."""
        frame = scope.frame
        keys = [column.key for column in self.columns]
        return frame[keys].notna().mean(axis=1).where(frame[CODE].notna(), 0.0)

    def render(self, place: FormulaRow) -> str:
        """Return the sum of the tests over their number."""
        filled = "+".join(self._filled(column, place) for column in self.columns)
        return f'IF({place.cell(CODE)}="",0,({filled})/{len(self.columns)})'

    @staticmethod
    def _filled(column: Column, place: FormulaRow) -> str:
        if column.default is not None:
            return "1"  # a blank is read as the default
        measured = column.kind.is_number or column.kind is Kind.DATE
        return Filled(column.key, measured and not column.many).render(place, as_term=True)
