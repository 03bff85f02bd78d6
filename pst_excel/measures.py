"""How a figure is declared: counted once over frames by pandas, and by a live formula in Excel.

A measure counts, sums or averages the rows of one sheet that meet simple conditions; a quotient
divides two measures; a figure is a named measure with its words. A measure is evaluated over
all rows, or by the values of a column (`source`: by return), and rendered for one workbook with a
further condition that points at the heading of its row.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any, Protocol

import numpy as np
import pandas as pd

from pst_excel.expressions import quoted
from pst_excel.joins import Frames


@dataclass(frozen=True)
class At:
    """The cell of the board that holds a condition's value: for formulas only."""

    cell: str
    text: bool = True


@dataclass(frozen=True)
class When:
    """A condition on one column: a sign and a constant; `filled` and `blank` take none."""

    key: str
    sign: str = "="
    value: str | float | At = ""

    def mask(self, frame: pd.DataFrame) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Return the rows that meet the condition; a blank cell meets only `blank` and `<>`."""
        column = frame[self.key]
        if self.sign in ("filled", "known"):
            return column.notna().to_numpy()
        if self.sign == "blank":
            return column.isna().to_numpy()
        return _COMPARE[self.sign](column.to_numpy(), self.value)  # type: ignore[no-any-return]

    @property
    def criterion(self) -> str:
        """The criterion as COUNTIFS takes it, numbers joined so that any locale reads them."""
        if self.sign == "filled":
            return '"<>"'
        if self.sign == "known":
            return '">"&-1E+300'
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

    @property
    def empty(self) -> float:
        """What the quantity is over no row at all: 0 for a count, unknown (NaN) for a rate."""

    def evaluate(self, frames: Frames, by: str | None = None) -> Any:
        """Return a float, NaN when unknown; or a Series of them by the values of a column."""

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

    @property
    def empty(self) -> float:
        """0: nothing to count."""
        return 0.0

    def evaluate(self, frames: Frames, by: str | None = None) -> Any:
        """Return the number over all rows, or by the values of a column; `source` is the return."""
        frame = frames[self.sheet]
        rows = np.ones(len(frame), dtype=bool)
        for condition in self.where:
            rows &= condition.mask(frame)
        values = rows.astype("float64")
        for key in (self.key, self.weight):
            if key is not None:
                values = values * np.nan_to_num(frame[key].to_numpy())
        if by is None:
            return float(values.sum())
        if by == SOURCE:
            return _grouped(values, frame.index.get_level_values(SOURCE))
        if by != self.spread:
            return _grouped(values, frame[by])
        parts = range(1, numbered(frame.columns, f"{by}_") + 1)
        shares = [
            _grouped(values * frame[f"part_{n}"].to_numpy(), frame[f"{by}_{n}"]) for n in parts
        ]
        return reduce(lambda left, right: left.add(right, fill_value=0.0), shares)

    def render(self, layout: Layout) -> str:
        """Return COUNTIFS, SUMIFS or SUMPRODUCT, one term for each numbered part where spread."""
        if self.spread and any(c.key == self.spread for c in self.where):
            terms = [self._part(n).render(layout) for n in range(1, layout.parts(self.sheet) + 1)]
            return "(" + "+".join(terms) + ")"
        if self.weight is not None or any(
            isinstance(c.value, At) and c.value.text for c in self.where
        ):
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
            if condition.sign == "known":
                test = f"ISNUMBER({column})"
            elif isinstance(condition.value, At) and condition.value.text:
                test = f"EXACT({column},{condition.operand})"
            elif condition.sign in ("filled", "blank"):
                test = f"{column}{'<>' if condition.sign == 'filled' else '='}" + '""'
            else:
                test = f"{column}{condition.sign}{condition.operand}"
            factors.append(f"--({test})")
        factors += [layout.column(self.sheet, key) for key in keys if key is not None]
        return f"SUMPRODUCT({','.join(factors)})"


SOURCE = "source"
_COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "=": operator.eq, "<>": operator.ne, ">": operator.gt, ">=": operator.ge,
    "<": operator.lt, "<=": operator.le,
}  # fmt: skip


def _grouped(values: Any, keys: Any) -> pd.Series[Any]:
    return pd.Series(values).groupby(np.asarray(keys)).sum()


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

    @property
    def empty(self) -> float:
        """NaN: a rate of nothing is unknown."""
        return float("nan")

    def evaluate(self, frames: Frames, by: str | None = None) -> Any:
        """Return the quotient, or the quotients by the values of a column."""
        top, bottom = self.top.evaluate(frames, by), self.bottom.evaluate(frames, by)
        if by is None:
            return top / bottom if bottom else float("nan")
        return top.reindex(bottom.index, fill_value=0.0) / bottom.where(bottom != 0)

    def render(self, layout: Layout) -> str:
        """Return the guarded division."""
        top, bottom = self.top.render(layout), self.bottom.render(layout)
        return f'IF({bottom}=0,"",{top}/{bottom})'


def mean(sheet: str, key: str, *where: When, weight: str | None = None, **more: Any) -> Quotient:
    """Return the mean of a column over the rows that have it, simple or weighted."""
    known = (*where, When(key, "known"))
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

    @property
    def empty(self) -> float:
        """That of the quantity."""
        return self.quantity.empty * self.factor

    def evaluate(self, frames: Frames, by: str | None = None) -> Any:
        """Return the number, or the numbers by the values of a column, scaled."""
        return self.quantity.evaluate(frames, by) * self.factor

    def render(self, layout: Layout) -> str:
        """Return the formula, unknown staying unknown."""
        text = self.quantity.render(layout)
        return f'IFERROR({text}*{quoted(self.factor)},"")'


@dataclass(frozen=True)
class Figure:
    """A named quantity: the words that define it, its unit, and the rows it rests on.

    `unit` is one of `nombre`, `%` (a fraction shown in per cent), `% de 100`, `€`, `€/hab.`,
    `par 1 000`; `base` counts the
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
