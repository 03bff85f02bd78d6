"""Computed columns by which figures count: keys, flags, places and products, one value a cell.

They leave formulas nothing but COUNTIFS and SUMIFS: every spreadsheet counts by them alike. As in
`core`, each says itself twice: over frames, and as a formula.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import add, mul
from typing import ClassVar

import numpy as np
import pandas as pd

from pst_excel.model import joins
from pst_excel.model.expressions.core import Col
from pst_excel.model.expressions.lookups import Head
from pst_excel.model.formulas import Expression, FormulaRow, Scope
from pst_excel.model.series import BESIDE, SOURCE, Series
from pst_excel.model.words.keys import CODE, KEY, LINE, RANK
from pst_excel.model.words.line_keys import PLACELESS, key_formula, line_key
from pst_excel.text.spelling import as_code


@dataclass(frozen=True)
class Says(Expression):
    """1 on a row that says something, of which somebody has filled a cell; 0 on the others."""

    keys: tuple[str, ...]
    step: ClassVar[int] = 0

    def evaluate(self, scope: Scope) -> Series:
        """Return 1.0 or 0.0: a text that was not understood stands in a column beside."""
        frame = scope.frame
        beside = scope.parameters[BESIDE][scope.sheet].reindex(frame.index, fill_value=False)
        says: Series = frame[list(self.keys)].notna().any(axis=1) | beside
        return says.astype("float64")

    def render(self, place: FormulaRow) -> str:
        """Return the count of cells."""
        return f"IF(COUNTA({place.cells([*self.keys, *place.added()])})>0,1,0)"


@dataclass(frozen=True)
class CodeKey(Expression):
    """The key of the code of a row; blank without one: nobody can name it."""

    step: ClassVar[int] = 0

    def evaluate(self, scope: Scope) -> Series:
        """Return the keys."""
        return joins.mapped(scope.frame[CODE], line_key, "str")

    def render(self, place: FormulaRow) -> str:
        """Return the same; the empty text for none."""
        code = place.cell(CODE)
        return f'IF({code}="","",{key_formula(code)})'


@dataclass(frozen=True)
class Rank(Expression):
    """The place of a row in its sheet, from 1: what tells it from another of the same code."""

    step: ClassVar[int] = 0

    def evaluate(self, scope: Scope) -> Series:
        """Return the number of the row under the headings of its return."""
        headings = np.array(scope.parameters["headings"][scope.sheet], dtype="float64")
        index = scope.frame.index
        above = headings[index.get_level_values(SOURCE).to_numpy(np.intp)]
        ranks = pd.Series(index.get_level_values("row").to_numpy("float64") - above, index=index)
        return ranks.where(scope.frame[LINE].eq(1.0))

    def render(self, place: FormulaRow) -> str:
        """Return the distance to the headings; the empty text on a row that says nothing."""
        return f'IF({place.cell(LINE)}=0,"",{place.rank()})'


@dataclass(frozen=True)
class NamedKey(Expression):
    """The key of the code that a cell holds, that of no place where it is blank."""

    code: Expression
    step: ClassVar[int] = 0

    def evaluate(self, scope: Scope) -> Series:
        """Return the keys."""
        return joins.mapped(self.code.evaluate(scope), line_key, "str").fillna(PLACELESS)

    def render(self, place: FormulaRow) -> str:
        """Return the same."""
        return key_formula(self.code.render(place))


@dataclass(frozen=True)
class Named(Expression):
    """What a row of another sheet holds, by the key of its code; that of no place for none."""

    sheet: str
    value: str
    key: Expression
    step: ClassVar[int] = 1

    def evaluate(self, scope: Scope) -> Series:
        """Return what the first row that has the code holds."""
        other = scope.frames[self.sheet]
        found = joins.fetch(self.key.evaluate(scope), other, self.value, KEY)
        return found.fillna(PLACELESS)

    def render(self, place: FormulaRow) -> str:
        """Return the look-up."""
        values, known = place.column(self.sheet, self.value), place.column(self.sheet, KEY)
        return f'IFERROR(INDEX({values},MATCH({self.key.render(place)},{known},0)),"{PLACELESS}")'


@dataclass(frozen=True)
class LineKey(Expression):
    """The key of the line of a panel on which a row stands: that of its cell, if there is one."""

    key: str
    panel: str
    step: ClassVar[int] = 1

    def evaluate(self, scope: Scope) -> Series:
        """Return the keys: a panel has a line for every value; blank on a row that says nothing."""
        column = scope.frame[self.key]
        keys = joins.mapped(column, line_key, "str")
        return keys.fillna(PLACELESS).where(scope.frame[LINE].eq(1.0))

    def render(self, place: FormulaRow) -> str:
        """Return the key if the panel has it: a value typed since then has no line of its own."""
        lines = place.lines(self.panel)
        key = key_formula(place.cell(self.key))
        known = f'IF(ISNUMBER(MATCH({key},{lines},0)),{key},"{PLACELESS}")'
        return f'IF({place.cell(LINE)}=0,"",{known})'


@dataclass(frozen=True)
class Listed(Expression):
    """1 where the key of a cell is one of a list that the workbook holds, 0 elsewhere."""

    key: str
    names: str

    def evaluate(self, scope: Scope) -> Series:
        """Return the membership: the names are a parameter."""
        keys = {as_code(line_key(name)) for name in scope.parameters[self.names]}
        return joins.mapped(
            scope.frame[self.key], lambda text: float(as_code(line_key(text)) in keys), "float64"
        ).fillna(0.0)

    def render(self, place: FormulaRow) -> str:
        """Return the look-up."""
        key = key_formula(place.cell(self.key))
        return f"IF(ISNUMBER(MATCH({key},{place.lines(self.names)},0)),1,0)"


Levels = tuple[tuple[str, str], ...]
"""Labels of levels, each with the sheet of its records, in the order in which a code is sought."""


@dataclass(frozen=True)
class Level(Expression):
    """The level of the record that a row belongs to: the one that it says, if the code is there.

    A row that says no level belongs to the first that has its code; `none` where none has it.
    """

    said: str
    key: str
    levels: Levels
    none: str
    step: ClassVar[int] = 1

    def evaluate(self, scope: Scope) -> Series:
        """Return the labels; blank on a row that says nothing."""
        frame = scope.frame
        level = pd.Series(self.none, index=frame.index, dtype="str")
        labels = [label for label, _ in self.levels]
        for label, sheet in reversed(self.levels):
            others = [other for other in labels if other != label]
            there = joins.found(frame[self.key], scope.frames[sheet], KEY)
            level = level.mask(there & ~frame[self.said].isin(others), label)
        return level.where(frame[LINE].eq(1.0))

    def render(self, place: FormulaRow) -> str:
        """Return the same, one level in the other."""
        said, key, formula = place.cell(self.said), place.cell(self.key), f'"{self.none}"'
        labels = [label for label, _ in self.levels]
        for label, sheet in reversed(self.levels):
            tests = [f'{said}<>"{other}"' for other in labels if other != label]
            tests.append(f"ISNUMBER(MATCH({key},{place.column(sheet, KEY)},0))")
            formula = f'IF(AND({",".join(tests)}),"{label}",{formula})'
        return f'IF({place.cell(LINE)}=0,"",{formula})'


@dataclass(frozen=True)
class LinkedRank(Expression):
    """The place of the record that a row belongs to in the sheet of its level; blank for none."""

    level: str
    key: str
    levels: Levels
    step: ClassVar[int] = 1

    def evaluate(self, scope: Scope) -> Series:
        """Return the places: of several rows of a code, the first."""
        frame = scope.frame
        ranks = pd.Series(np.nan, index=frame.index)
        for label, sheet in self.levels:
            there = joins.fetch(frame[self.key], scope.frames[sheet], RANK, KEY)
            ranks = ranks.mask(frame[self.level].eq(label), there)
        return ranks

    def render(self, place: FormulaRow) -> str:
        """Return the look-up in the sheet of the level."""
        formula = '""'
        for label, sheet in reversed(self.levels):
            look = f"MATCH({place.cell(self.key)},{place.column(sheet, KEY)},0)"
            formula = f'IF({place.cell(self.level)}="{label}",{look},{formula})'
        return formula


@dataclass(frozen=True)
class Within(Expression):
    """A number that is between two bounds; blank elsewhere: what cannot be enters no rate."""

    key: str
    low: float
    high: float
    step: ClassVar[int] = 0

    def evaluate(self, scope: Scope) -> Series:
        """Return the numbers."""
        column = scope.frame[self.key]
        return column.where(column.between(self.low, self.high))

    def render(self, place: FormulaRow) -> str:
        """Return the same; the empty text elsewhere."""
        cell = place.cell(self.key)
        inside = f'IF(AND({cell}>={self.low:g},{cell}<={self.high:g}),{cell},"")'
        return f'IF(ISNUMBER({cell}),{inside},"")'


@dataclass(frozen=True)
class OrZero(Expression):
    """A number where a condition holds, 0 elsewhere: what can be summed."""

    condition: Expression
    key: str

    def evaluate(self, scope: Scope) -> Series:
        """Return the numbers."""
        return scope.frame[self.key].where(self.condition.evaluate(scope), 0.0).fillna(0.0)

    def render(self, place: FormulaRow) -> str:
        """Return the same."""
        return f"IF({self.condition.render(place)},{place.cell(self.key)},0)"


@dataclass(frozen=True)
class Product(Expression):
    """The product of numbers of the row, none of which is ever blank."""

    keys: tuple[str, ...]

    def evaluate(self, scope: Scope) -> Series:
        """Return the product."""
        return reduce(mul, (scope.frame[key] for key in self.keys))

    def render(self, place: FormulaRow) -> str:
        """Return the same."""
        return "*".join(place.cell(key) for key in self.keys)


@dataclass(frozen=True)
class Sum(Expression):
    """The sum of numbers, none of which is ever blank."""

    terms: tuple[Expression, ...]

    def evaluate(self, scope: Scope) -> Series:
        """Return the sum."""
        return reduce(add, (term.evaluate(scope) for term in self.terms))

    def render(self, place: FormulaRow) -> str:
        """Return the same."""
        return "+".join(term.render(place) for term in self.terms)


def head_of(key: str) -> Expression:
    """Return the code that a cell holds, without what it names."""
    return Head(Col(key))
