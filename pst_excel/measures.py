"""How a figure is declared: counted once over frames by pandas, and by a live formula in Excel.

A measure counts, sums or averages the rows of one sheet that meet simple conditions; a quotient
divides two measures; a figure is a named measure with its words. A measure is evaluated for the
whole batch, or by source, and rendered for one workbook with further conditions that point at
cells (the heading of a row, the heading of a column).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

import pandas as pd

from pst_excel.expressions import quoted
from pst_excel.joins import Frames


@dataclass(frozen=True)
class At:
    """A condition's value that stands in a cell of the board: pandas takes the value, Excel the cell."""

    value: str | float
    cell: str


@dataclass(frozen=True)
class When:
    """A condition on one column: a sign and a constant; `filled` and `blank` take none."""

    key: str
    sign: str = "="
    value: str | float | At = ""

    def mask(self, frame: pd.DataFrame) -> pd.Series[Any]:
        """Return the rows that meet the condition; a blank cell meets only `blank` and `<>`."""
        column = frame[self.key]
        value = self.value.value if isinstance(self.value, At) else self.value
        if self.sign == "filled":
            return column.notna()
        if self.sign == "blank":
            return column.isna()
        if self.sign == "<>":
            return (column != value).fillna(True).astype(bool)
        compare = {"=": column.eq, ">": column.gt, ">=": column.ge, "<": column.lt, "<=": column.le}
        return compare[self.sign](value).fillna(False).astype(bool)

    @property
    def criterion(self) -> str:
        """The criterion as COUNTIFS takes it, decimal numbers joined so that any locale reads them."""
        if self.sign == "filled":
            return '"<>"'
        if self.sign == "blank":
            return '"="'
        operand = self.operand
        return operand if self.sign == "=" else f'"{self.sign}"&{operand}'

    @property
    def operand(self) -> str:
        """The value as it stands in a formula: a cell or a constant."""
        return self.value.cell if isinstance(self.value, At) else quoted(self.value)



class Layout(Protocol):
    """What a formula needs to know of the workbook it will stand in."""

    def column(self, sheet: str, key: str) -> str:
        """Return the name of a whole column of a sheet."""

    def parts(self, sheet: str) -> int:
        """Return how many numbered parts the several-valued columns of a sheet have."""


class Quantity(Protocol):
    """Anything that can be evaluated and rendered."""

    def evaluate(self, frames: Frames, by: str | None = None) -> Any:
        """Return a float, NaN when unknown, or a Series of them by source."""

    def render(self, layout: Layout) -> str:
        """Return the formula, without its equal sign."""

    def when(self, *conditions: When) -> Quantity:
        """Return the same quantity under further conditions."""


@dataclass(frozen=True)
class Measure:
    """A count, or the sum of a column, over the rows of one sheet.

    `weight` multiplies the column (a weighted sum). `spread` counts each row by its parts: the
    row stands under each value of its numbered columns `spread_1`, `spread_2` ..., by `part_1` ...
    """

    sheet: str
    key: str | None = None
    where: tuple[When, ...] = ()
    weight: str | None = None
    spread: str | None = None

    def when(self, *conditions: When) -> Measure:
        """Return the measure under further conditions."""
        return replace(self, where=(*self.where, *conditions))

    def evaluate(self, frames: Frames, by: str | None = None) -> Any:
        """Return the number over all rows, or by source; an empty selection is 0."""
        frame = frames[self.sheet]
        spread = [c for c in self.where if self.spread and c.key == self.spread]
        rows = pd.Series(True, index=frame.index)
        for condition in self.where:
            if condition not in spread:
                rows &= condition.mask(frame)
        frame = frame[rows]
        values = pd.Series(1.0, index=frame.index)
        for key in (self.key, self.weight):
            if key is not None:
                values = values * frame[key].fillna(0.0)
        if spread:
            values = values * self._share(frame, spread)
        return values.sum() if by is None else values.groupby(level=by).sum()

    def _share(self, frame: pd.DataFrame, spread: Sequence[When]) -> pd.Series[Any]:
        share = pd.Series(0.0, index=frame.index)
        for number in range(1, numbered(frame.columns, f"{self.spread}_") + 1):
            hit = pd.Series(True, index=frame.index)
            for condition in spread:
                hit &= replace(condition, key=f"{self.spread}_{number}").mask(frame)
            share = share + frame[f"part_{number}"].where(hit, 0.0)
        return share

    def render(self, layout: Layout) -> str:
        """Return COUNTIFS, SUMIFS or SUMPRODUCT, one term for each numbered part where spread."""
        if self.spread and any(c.key == self.spread for c in self.where):
            terms = [self._part(n).render(layout) for n in range(1, layout.parts(self.sheet) + 1)]
            return "(" + "+".join(terms) + ")"
        if self.weight is not None:
            return self._product(layout, [self.key, self.weight])
        criteria = [
            text for c in self.where for text in (layout.column(self.sheet, c.key), c.criterion)
        ]
        if self.key is None:
            counted = criteria or [layout.column(self.sheet, "code"), '"<>"']
            return f"COUNTIFS({','.join(counted)})"
        summed = layout.column(self.sheet, self.key)
        return f"SUMIFS({','.join([summed, *criteria])})" if criteria else f"SUM({summed})"

    def _part(self, number: int) -> Measure:
        where = tuple(
            replace(c, key=f"{self.spread}_{number}") if c.key == self.spread else c
            for c in self.where
        )
        part = f"part_{number}"
        if self.key is None:
            return replace(self, key=part, where=where, spread=None)
        if self.weight is None:
            return replace(self, weight=part, where=where, spread=None)
        raise ValueError("a measure is weighted by a column or spread by its parts, not both")

    def _product(self, layout: Layout, keys: Sequence[str | None]) -> str:
        factors = []
        for condition in self.where:
            column = layout.column(self.sheet, condition.key)
            if condition.sign in ("filled", "blank"):
                test = f"{column}{'<>' if condition.sign == 'filled' else '='}" + '""'
            else:
                test = f"{column}{condition.sign}{condition.operand}"
            factors.append(f"--({test})")
        factors += [layout.column(self.sheet, key) for key in keys if key is not None]
        return f"SUMPRODUCT({','.join(factors)})"


def numbered(names: Sequence[str] | pd.Index[Any], prefix: str) -> int:
    """Return how many columns are named by a prefix and a number from 1."""
    count = 0
    while f"{prefix}{count + 1}" in names:
        count += 1
    return count


@dataclass(frozen=True)
class Quotient:
    """One quantity over another, unknown (NaN, an empty text in Excel) where the other is 0."""

    top: Quantity
    bottom: Quantity

    def when(self, *conditions: When) -> Quotient:
        """Return the quotient of both quantities under further conditions."""
        return Quotient(self.top.when(*conditions), self.bottom.when(*conditions))

    def evaluate(self, frames: Frames, by: str | None = None) -> Any:
        """Return the quotient, or the quotients by source."""
        top, bottom = self.top.evaluate(frames, by), self.bottom.evaluate(frames, by)
        if by is None:
            return top / bottom if bottom else float("nan")
        return top.reindex(bottom.index, fill_value=0.0) / bottom.where(bottom != 0)

    def render(self, layout: Layout) -> str:
        """Return the guarded division."""
        top, bottom = self.top.render(layout), self.bottom.render(layout)
        return f'IF({bottom}=0,"",{top}/{bottom})'


def mean(sheet: str, key: str, *where: When, weight: str | None = None, **more: Any) -> Quotient:
    """Return the mean of a column over the rows that have it, simple or weighted by another column."""
    known = (*where, When(key, "filled"))
    top = Measure(sheet, key, known, weight=weight, **more)
    bottom = Measure(sheet, weight, known, **more)
    return Quotient(top, bottom)


@dataclass(frozen=True)
class Scaled:
    """A quantity times a constant."""

    quantity: Quantity
    factor: float

    def when(self, *conditions: When) -> Scaled:
        """Return the quantity under further conditions, at the same scale."""
        return Scaled(self.quantity.when(*conditions), self.factor)

    def evaluate(self, frames: Frames, by: str | None = None) -> Any:
        """Return the number, or the numbers by source, scaled."""
        return self.quantity.evaluate(frames, by) * self.factor

    def render(self, layout: Layout) -> str:
        """Return the formula, unknown staying unknown."""
        text = self.quantity.render(layout)
        return f'IFERROR({text}*{quoted(self.factor)},"")'


@dataclass(frozen=True)
class Figure:
    """A named quantity: the words that define it, its unit, and the rows it rests on.

    `unit` is one of `nombre`, `%` (a fraction shown in per cent), `€`, `€/hab.`; `base` counts the
    rows in its scope and `known` those on which it is known: their quotient is its completeness.
    """

    key: str
    label: str
    words: str
    unit: str
    quantity: Quantity
    base: Measure
    known: Measure

    def when(self, *conditions: When) -> Figure:
        """Return the figure under further conditions."""
        return replace(
            self,
            quantity=self.quantity.when(*conditions),
            base=self.base.when(*conditions),
            known=self.known.when(*conditions),
        )


Figures = Mapping[str, Figure]
