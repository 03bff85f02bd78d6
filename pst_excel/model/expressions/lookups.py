"""Computed columns that look a code or an entry up, and what drop-down lists show of a code.

As in `core`, each says itself twice: over frames, and as a formula.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd

from pst_excel.model import joins
from pst_excel.model.expressions.core import quoted
from pst_excel.model.formulas import Expression, FormulaRow, Scope
from pst_excel.model.series import Series
from pst_excel.model.words.keys import CODE, KEY
from pst_excel.model.words.vocabulary import SHOWN, Vocabulary


@dataclass(frozen=True)
class Fetch(Expression):
    """A text of the row of another sheet that has a code; blank where there is none."""

    sheet: str
    value: str
    code: Expression

    def evaluate(self, scope: Scope) -> Series:
        """Return the text found."""
        return joins.fetch(self.code.evaluate(scope), scope.frames[self.sheet], self.value)

    def render(self, place: FormulaRow) -> str:
        """Return the look-up; the empty text where nothing matches."""
        values, codes = place.column(self.sheet, self.value), place.column(self.sheet, CODE)
        code = self.code.render(place)
        return f'IF({code}="","",IFERROR(INDEX({values},MATCH({code},{codes},0))&"",""))'


@dataclass(frozen=True)
class Held(Expression):
    """The text that a row of another sheet holds, by the key of its code; blank for none."""

    sheet: str
    value: str
    key: Expression
    step: ClassVar[int] = 1

    def evaluate(self, scope: Scope) -> Series:
        """Return what the first row that has the code holds."""
        return joins.fetch(self.key.evaluate(scope), scope.frames[self.sheet], self.value, KEY)

    def render(self, place: FormulaRow) -> str:
        """Return the look-up."""
        values, known = place.column(self.sheet, self.value), place.column(self.sheet, KEY)
        return f'IFERROR(INDEX({values},MATCH({self.key.render(place)},{known},0))&"","")'


@dataclass(frozen=True)
class OrElse(Expression):
    """A text of the row, or another expression where it is blank."""

    key: str
    other: Expression
    step: ClassVar[int] = 1

    def evaluate(self, scope: Scope) -> Series:
        """Return the text or the other."""
        return scope.frame[self.key].fillna(self.other.evaluate(scope))

    def render(self, place: FormulaRow) -> str:
        """Return the same."""
        cell = place.cell(self.key)
        return f'IF({cell}<>"",{cell},{self.other.render(place)})'


@dataclass(frozen=True)
class Known(Expression):
    """True where a code is that of a row of another sheet."""

    sheet: str
    code: Expression

    def evaluate(self, scope: Scope) -> Series:
        """Return the presence; a blank is not found."""
        return joins.found(self.code.evaluate(scope), scope.frames[self.sheet])

    def render(self, place: FormulaRow) -> str:
        """Return the look-up."""
        code = self.code.render(place)
        return f"ISNUMBER(MATCH({code},{place.column(self.sheet, CODE)},0))"


@dataclass(frozen=True)
class Listed(Expression):
    """True where a cell holds an entry of its list, the institution's own where it has one."""

    key: str
    vocabulary: Vocabulary

    def evaluate(self, scope: Scope) -> Series:
        """Return the membership."""
        cells = scope.frame[self.key]
        if not self.vocabulary.local:
            return cells.isin(self.vocabulary.labels)
        sources = joins.source_of(cells)
        found = pd.Series(False, index=cells.index)
        for source, lists in enumerate(scope.parameters["lists"]):
            labels = lists.get(self.vocabulary.key) or self.vocabulary.labels
            found |= cells.isin(labels) & (sources == source)
        return found

    def render(self, place: FormulaRow) -> str:
        """Return the look-up."""
        return f"ISNUMBER(MATCH({place.cell(self.key)},{place.listed(self.vocabulary)},0))"


@dataclass(frozen=True)
class Head(Expression):
    """The code that stands first where a drop-down list has left a code and what it names."""

    shown: Expression

    def evaluate(self, scope: Scope) -> Series:
        """Return the code; what was read is one already."""
        return self.shown.evaluate(scope)

    def render(self, place: FormulaRow) -> str:
        """Return what stands before the mark, which is widened to more than any code."""
        return f'TRIM(LEFT(SUBSTITUTE({self.shown.render(place)},"{SHOWN}",REPT(" ",99)),99))'


@dataclass(frozen=True)
class Shown(Expression):
    """A code and what it names, as a drop-down list shows them: a long name is cut."""

    named_by: str
    limit: int = 80
    step: ClassVar[int] = 0

    def evaluate(self, scope: Scope) -> Series:
        """Return the text; blank on a row without a code."""
        frame = scope.frame
        names = frame[self.named_by].fillna("").astype("str")
        for mark, other in ((";", ","), ("\n", " ")):
            names = names.str.replace(mark, other, regex=False)
        cut = names.str.slice(0, self.limit - 1) + "…"
        return frame[CODE] + SHOWN + names.where(names.str.len() <= self.limit, cut)

    def render(self, place: FormulaRow) -> str:
        """Return the same: a semicolon would part the name in a several-valued cell."""
        code, name = place.cell(CODE), place.cell(self.named_by)
        tidy = f'SUBSTITUTE(SUBSTITUTE({name},";",","),CHAR(10)," ")'
        cut = f'IF(LEN({name})>{self.limit},LEFT({tidy},{self.limit - 1})&"…",{tidy})'
        return f'IF({code}="","",{code}&{quoted(SHOWN)}&{cut})'


@dataclass(frozen=True)
class Switch(Expression):
    """The value of the expression that goes with the label of a cell; blank for another label."""

    key: str
    cases: tuple[tuple[str, Expression], ...]

    def evaluate(self, scope: Scope) -> Series:
        """Return the values of each case where it holds."""
        label = scope.frame[self.key]
        result = pd.Series(None, index=label.index, dtype="str")
        for case, expression in self.cases:
            result = result.mask(label.eq(case), expression.evaluate(scope))
        return result

    def render(self, place: FormulaRow) -> str:
        """Return the alternatives, one in the other."""
        formula = '""'
        for case, expression in reversed(self.cases):
            test = f"{place.cell(self.key)}={quoted(case)}"
            formula = f"IF({test},{expression.render(place)},{formula})"
        return formula
