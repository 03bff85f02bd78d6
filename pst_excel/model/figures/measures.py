"""What a figure counts: the rows of one sheet that meet simple conditions, by pandas and by Excel.

A measure is evaluated over all rows, or by the values of a column (`source`: by return), and
rendered for one workbook with a further condition that points at the heading of its row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd

from pst_excel.model.expressions.core import COMPARE, quoted
from pst_excel.model.series import SOURCE, Frame, Frames, Index, Series
from pst_excel.model.words.keys import CODE


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

    def mask(self, frame: Frame) -> npt.NDArray[np.bool_]:
        """Return the rows that meet the condition; a blank cell meets only `blank` and `<>`."""
        column = frame[self.key]
        if self.sign in ("filled", "known"):
            return column.notna().to_numpy()
        if self.sign == "blank":
            return column.isna().to_numpy()
        return COMPARE[self.sign](column.to_numpy(), self.value)  # type: ignore[no-any-return]

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


class FormulaNames(Protocol):
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

    def evaluate(self, frames: Frames) -> float:
        """Return the number over all rows, NaN when unknown."""

    def by(self, frames: Frames, key: str) -> Series:
        """Return the numbers by the values of a column; `source` is the return of the row."""

    def render(self, layout: FormulaNames) -> str:
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

    def evaluate(self, frames: Frames) -> float:
        """Return the number over all rows."""
        return float(self._amounts(frames[self.sheet]).sum())

    def by(self, frames: Frames, key: str) -> Series:
        """Return the numbers by the values of a column, those of a row by its parts if spread."""
        frame = frames[self.sheet]
        amounts = self._amounts(frame)
        if key == SOURCE:
            return _grouped(amounts, frame.index.get_level_values(SOURCE))
        if key != self.spread:
            return _grouped(amounts, frame[key])
        parts = range(1, numbered(frame.columns, f"{key}_") + 1)
        shares = [
            _grouped(amounts * frame[f"{PART}{n}"].to_numpy(), frame[f"{key}_{n}"]) for n in parts
        ]
        return reduce(lambda left, right: left.add(right, fill_value=0.0), shares)

    def _amounts(self, frame: Frame) -> npt.NDArray[np.float64]:
        """Return what each row counts for: 0 where it does not meet the conditions."""
        rows = np.ones(len(frame), dtype=bool)
        for condition in self.where:
            rows &= condition.mask(frame)
        amounts = rows.astype("float64")
        for key in (self.key, self.weight):
            if key is not None:
                amounts = amounts * np.nan_to_num(frame[key].to_numpy())
        return amounts

    def render(self, layout: FormulaNames) -> str:
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
            counted = criteria or [layout.column(self.sheet, CODE), '"<>"']
            return f"COUNTIFS({','.join(counted)})"
        summed = layout.column(self.sheet, self.key)
        return f"SUMIFS({','.join([summed, *criteria])})" if criteria else f"SUM({summed})"

    def _part(self, number: int) -> Measure:
        where = tuple(
            replace(c, key=f"{self.spread}_{number}") if c.key == self.spread else c
            for c in self.where
        )
        part = f"{PART}{number}"
        if self.key is None:
            return replace(self, key=part, where=where, spread=None)
        if self.weight is None:
            return replace(self, weight=part, where=where, spread=None)
        raise ValueError("a measure is weighted by a column or spread by its parts, not both")

    def _product(self, layout: FormulaNames, keys: Sequence[str | None]) -> str:
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


PART = "part_"  # before a number: the column of the part of a row under each of its values


def _grouped(values: npt.NDArray[np.float64], keys: Index | Series) -> Series:
    return pd.Series(values).groupby(np.asarray(keys)).sum()


def numbered(names: Sequence[str] | Index, prefix: str) -> int:
    """Return how many columns are named by a prefix and a number from 1."""
    count = 0
    while f"{prefix}{count + 1}" in names:
        count += 1
    return count
