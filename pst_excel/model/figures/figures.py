"""What a figure is: a named quantity and its words; quotients, means and multiples of measures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import reduce
from math import prod

from pst_excel.model.expressions.core import DUST, quoted
from pst_excel.model.figures.measures import FormulaNames, Measure, Quantity, When
from pst_excel.model.figures.workings import Terms
from pst_excel.model.series import Frames, Series
from pst_excel.model.words.colors import Color
from pst_excel.text.brief import brief


@dataclass(frozen=True)
class Quotient:
    """One quantity over another, unknown (NaN, an empty text in Excel) where the other is 0."""

    top: Quantity
    bottom: Quantity

    def when(self, *conditions: When) -> Quotient:
        """Return the quotient of both quantities under further conditions."""
        return Quotient(self.top.when(*conditions), self.bottom.when(*conditions))

    @property
    def empty(self) -> float:
        """NaN: a rate of nothing is unknown."""
        return float("nan")

    def evaluate(self, frames: Frames) -> float:
        """Return the quotient over all rows."""
        bottom = self.bottom.evaluate(frames)
        return self.top.evaluate(frames) / bottom if round(bottom, DUST) else float("nan")

    def by(self, frames: Frames, key: str) -> Series:
        """Return the quotients by the values of a column."""
        top, bottom = self.top.by(frames, key), self.bottom.by(frames, key)
        there = bottom.where(bottom.round(DUST) != 0)
        return top.reindex(bottom.index, fill_value=0.0) / there

    def render(self, layout: FormulaNames) -> str:
        """Return the guarded division."""
        top, bottom = self.top.render(layout), self.bottom.render(layout)
        return f'IF(ROUND({bottom},{DUST})=0,"",{top}/{bottom})'


def mean(sheet: str, key: str, *where: When) -> Quotient:
    """Return the simple mean of a column over the rows that have it."""
    known = (*where, When(key, "known"))
    return Quotient(Measure(sheet, key, known), Measure(sheet, None, known))


@dataclass(frozen=True)
class Given:
    """A quantity where another is known and not 0, and 0 elsewhere: what rests on both."""

    quantity: Quantity
    condition: Quantity

    def when(self, *conditions: When) -> Given:
        """Return the quantity under further conditions."""
        return Given(self.quantity.when(*conditions), self.condition)

    @property
    def empty(self) -> float:
        """0: nothing rests on it."""
        return 0.0

    def evaluate(self, frames: Frames) -> float:
        """Return the number over all rows."""
        there = self.condition.evaluate(frames)
        return self.quantity.evaluate(frames) if there and there == there else 0.0

    def by(self, frames: Frames, key: str) -> Series:
        """Return the numbers by the values of a column."""
        values, there = self.quantity.by(frames, key), self.condition.by(frames, key)
        return values.where(there.reindex(values.index, fill_value=0.0).fillna(0.0) != 0, 0.0)

    def render(self, layout: FormulaNames) -> str:
        """Return the guarded quantity."""
        return f"IF(N({self.condition.render(layout)})=0,0,{self.quantity.render(layout)})"


@dataclass(frozen=True)
class IfAny:
    """A quantity, unknown where no row is counted: an amount that nobody has filled is not 0."""

    quantity: Quantity
    rows: Quantity

    def when(self, *conditions: When) -> IfAny:
        """Return the quantity and the count under further conditions."""
        return IfAny(self.quantity.when(*conditions), self.rows.when(*conditions))

    @property
    def empty(self) -> float:
        """NaN: nothing is known of no row."""
        return float("nan")

    def evaluate(self, frames: Frames) -> float:
        """Return the number over all rows."""
        return self.quantity.evaluate(frames) if self.rows.evaluate(frames) else self.empty

    def by(self, frames: Frames, key: str) -> Series:
        """Return the numbers by the values of a column."""
        values, rows = self.quantity.by(frames, key), self.rows.by(frames, key)
        return values.where(rows.reindex(values.index, fill_value=0.0) != 0)

    def render(self, layout: FormulaNames) -> str:
        """Return the guarded quantity."""
        return f'IF({self.rows.render(layout)}=0,"",{self.quantity.render(layout)})'


@dataclass(frozen=True)
class Times:
    """The product of quantities that are never unknown."""

    factors: tuple[Quantity, ...]

    def when(self, *conditions: When) -> Times:
        """Return the product under further conditions."""
        return Times(tuple(factor.when(*conditions) for factor in self.factors))

    @property
    def empty(self) -> float:
        """That of the factors together."""
        return prod(factor.empty for factor in self.factors)

    def evaluate(self, frames: Frames) -> float:
        """Return the product over all rows."""
        return prod(factor.evaluate(frames) for factor in self.factors)

    def by(self, frames: Frames, key: str) -> Series:
        """Return the products by the values of a column."""
        found = (factor.by(frames, key) for factor in self.factors)
        return reduce(lambda left, right: left.mul(right, fill_value=0.0), found)

    def render(self, layout: FormulaNames) -> str:
        """Return the factors multiplied."""
        return "(" + "*".join(factor.render(layout) for factor in self.factors) + ")"


@dataclass(frozen=True)
class Scaled:
    """A quantity times a constant."""

    quantity: Quantity
    factor: float

    def when(self, *conditions: When) -> Scaled:
        """Return the quantity under further conditions, at the same scale."""
        return Scaled(self.quantity.when(*conditions), self.factor)

    @property
    def empty(self) -> float:
        """That of the quantity."""
        return self.quantity.empty * self.factor

    def evaluate(self, frames: Frames) -> float:
        """Return the number over all rows, scaled."""
        return self.quantity.evaluate(frames) * self.factor

    def by(self, frames: Frames, key: str) -> Series:
        """Return the numbers by the values of a column, scaled."""
        return self.quantity.by(frames, key) * self.factor

    def render(self, layout: FormulaNames) -> str:
        """Return the formula, unknown staying unknown."""
        text = self.quantity.render(layout)
        return f'IFERROR({text}*{quoted(self.factor)},"")'


VALUE, BASE, KNOWN = "valeur", "sur", "connu"
"""What a figure is shown as: its value, the rows it rests on, the share on which it is known."""


@dataclass(frozen=True)
class Figure:
    """A named quantity: the words that define it, its unit, and the rows it rests on.

    `unit` is one of `nombre`, `%` (a fraction shown in per cent), `% de 100`, `points`, `jours`,
    `ETP`, `€`, `€/hab.`, `€/hab./an`, `par 1 000`; `base` counts the rows in its scope
    and `known` those on which it is known: their quotient is its completeness.
    `color` is that of what it counts, where figures are drawn together; `terms` settle it.
    """

    key: str
    label: str
    words: str
    unit: str
    quantity: Quantity
    base: Quantity
    known: Quantity
    color: Color | None = None
    terms: Terms | None = None

    def __repr__(self) -> str:
        return brief(self, self.key, f"« {self.label} »", self.unit)

    def when(self, *conditions: When) -> Figure:
        """Return the figure under further conditions."""
        return replace(
            self,
            quantity=self.quantity.when(*conditions),
            base=self.base.when(*conditions),
            known=self.known.when(*conditions),
        )
