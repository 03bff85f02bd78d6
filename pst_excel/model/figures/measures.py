"""What a figure counts: the rows of one sheet that meet simple conditions, by pandas and by Excel.

A measure is evaluated over all rows, or by the values of a column (`source`: by return), and
rendered for one workbook with a further condition that points at the key of its line. Formulas are
COUNTIFS, SUMIFS and SUM alone, over columns that hold what is counted: the conditions are those
that every spreadsheet reads alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd

from pst_excel.model.expressions.core import COMPARE, quoted
from pst_excel.model.series import SOURCE, Frame, Frames, Index, Series
from pst_excel.model.words.keys import LINE
from pst_excel.text.spelling import as_code

PART = "part"
"""Before `_1`, `_2` ...: the part of a row in each of its places; after a column and `_`, the same
of what it holds."""
DISTINCT = "distinct"
"""After a column and `_`, before `_1`, `_2` ...: what it holds in each place of a row, blank where
an earlier place holds the same."""


@dataclass(frozen=True)
class At:
    """The cell of the board that holds the key of a line: for formulas only."""

    cell: str


@dataclass(frozen=True)
class When:
    """A condition on one column: =, <, <=, > or >= and a constant; `filled`, `known` take none.

    A text equals another whatever their case; `among` looks for a key among those that are joined.
    """

    key: str
    sign: str = "="
    value: str | float | At = ""

    def mask(self, frame: Frame) -> npt.NDArray[np.bool_]:
        """Return the rows that meet the condition, which a blank cell never does."""
        column = frame[self.key]
        if self.sign in ("filled", "known"):
            return column.notna().to_numpy()
        if self.sign == "among":
            wanted = f";{as_code(str(self.value))};"
            return (
                column.map(lambda t: wanted in as_code(t), na_action="ignore").eq(True).to_numpy()
            )
        if self.sign == "=" and isinstance(self.value, str):
            codes, texts = pd.factorize(column)
            same = [as_code(text) == as_code(self.value) for text in texts]
            return np.array([*same, False], dtype=bool)[codes]  # the last for a blank
        return COMPARE[self.sign](column.to_numpy(), self.value)  # type: ignore[no-any-return]

    @property
    def criterion(self) -> str:
        """The criterion as COUNTIFS takes it, numbers joined so that any locale reads them."""
        if self.sign == "filled":
            return '"<>"'
        if self.sign == "known":
            return '">"&-1E+300'
        if self.sign == "among":
            return f'"*;"&{self._operand}&";*"'
        return self._operand if self.sign == "=" else f'"{self.sign}"&{self._operand}'

    def test(self, column: str) -> str:
        """Return the test of each cell of a column, 1 or 0 as a term of a product."""
        if self.sign == "known":
            return f"ISNUMBER({column})"
        return (
            f'({column}<>"")' if self.sign == "filled" else f"({column}{self.sign}{self._operand})"
        )

    @property
    def _operand(self) -> str:
        return self.value.cell if isinstance(self.value, At) else quoted(self.value)


class FormulaNames(Protocol):
    """What a formula needs to know of the workbook it will stand in."""

    def column(self, sheet: str, key: str) -> str:
        """Return the name of a whole column of a sheet."""

    def parts(self, sheet: str) -> int:
        """Return in how many places at most a row of a sheet counts by its parts."""


class Quantity(Protocol):
    """Anything that can be evaluated and rendered."""

    @property
    def empty(self) -> float:
        """What the quantity is over no row at all: 0 for a count, unknown (NaN) for a rate."""

    def evaluate(self, frames: Frames) -> float:
        """Return the number over all rows, NaN when unknown."""

    def by(self, frames: Frames, key: str) -> Series:
        """Return the numbers by the values of a column, texts in lower case.

        `source` is the return of the row.
        """

    def render(self, layout: FormulaNames) -> str:
        """Return the formula, without its equal sign."""

    def when(self, *conditions: When) -> Quantity:
        """Return the same quantity under further conditions."""


@dataclass(frozen=True)
class Measure:
    """A count, or the sum of a column, over the rows of one sheet that say something.

    `spread` counts each row by its parts: it stands under each value of its numbered columns
    `spread_1`, `spread_2` ..., by `part_1` ...; what is summed has columns for it, `key_part_1`.
    `under` counts it whole, once under each value of `under_distinct_1`, `under_distinct_2` ...:
    of a row that stands in two places the lines make more than the total, which has it once.
    `among` does the same by the keys that one column joins, as many as there are.
    """

    sheet: str
    key: str | None = None
    where: tuple[When, ...] = ()
    spread: str | None = None
    under: str | None = None
    among: str | None = None

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
        if key == self.under:
            names = distinct(frame.columns, key)
            keys = [frame[name].to_numpy(object) for name in names]
            return _grouped(np.tile(amounts, len(names)), np.concatenate(keys))
        if key == self.among:
            joined = frame[key].fillna("").str.strip(";").str.split(";").to_numpy(object)
            each = pd.DataFrame({"amount": amounts, "key": joined}).explode("key")
            return _grouped(each["amount"].to_numpy(), each["key"].to_numpy(object))
        if key != self.spread:
            return _grouped(amounts, frame[key].to_numpy())
        parts = range(1, numbered(frame.columns, f"{PART}_") + 1)
        shares = [amounts * frame[f"{PART}_{n}"].to_numpy() for n in parts]
        places = [frame[f"{key}_{n}"].to_numpy(object) for n in parts]
        return _grouped(np.concatenate(shares), np.concatenate(places))

    def _amounts(self, frame: Frame) -> npt.NDArray[np.float64]:
        """Return what each row counts for: 0 where it does not meet the conditions."""
        amounts = kept(frame, self.where).astype("float64")
        return amounts if self.key is None else amounts * np.nan_to_num(frame[self.key].to_numpy())

    def render(self, layout: FormulaNames) -> str:
        """Return COUNTIFS, SUMIFS or SUM, one term for each place of a row in several."""
        for key, placed in ((self.spread, self._part), (self.under, self._whole)):
            if key and any(c.key == key for c in self.where):
                places = range(1, layout.parts(self.sheet) + 1)
                return "(" + "+".join(placed(n).render(layout) for n in places) + ")"
        where = [
            replace(c, sign="among") if c.key == self.among and c.sign == "=" else c
            for c in self.where
        ]
        criteria = [text for c in where for text in (layout.column(self.sheet, c.key), c.criterion)]
        if self.key is None and criteria:
            return f"COUNTIFS({','.join(criteria)})"
        summed = layout.column(self.sheet, LINE if self.key is None else self.key)
        return f"SUMIFS({','.join([summed, *criteria])})" if criteria else f"SUM({summed})"

    def _part(self, number: int) -> Measure:
        part = f"{PART}_{number}" if self.key is None else f"{self.key}_{PART}_{number}"
        where = placed(self.where, self.spread, f"{self.spread}_{number}")
        return replace(self, key=part, where=where, spread=None)

    def _whole(self, number: int) -> Measure:
        where = placed(self.where, self.under, f"{self.under}_{DISTINCT}_{number}")
        return replace(self, where=where, under=None)


def placed(where: Sequence[When], key: str | None, column: str) -> tuple[When, ...]:
    """Return conditions where those on a key are on the column of one of its places."""
    return tuple(replace(c, key=column) if c.key == key else c for c in where)


def distinct(names: Sequence[str] | Index, key: str) -> list[str]:
    """Return the numbered columns that hold the values of a key that a row stands under."""
    prefix = f"{key}_{DISTINCT}_"
    return [f"{prefix}{n}" for n in range(1, numbered(names, prefix) + 1)]


@dataclass(frozen=True)
class Total:
    """The sum of quantities: what a record holds itself, and what stands under it."""

    terms: tuple[Quantity, ...]

    def when(self, *conditions: When) -> Total:
        """Return the sum under further conditions."""
        return Total(tuple(term.when(*conditions) for term in self.terms))

    @property
    def empty(self) -> float:
        """That of the terms together."""
        return sum(term.empty for term in self.terms)

    def evaluate(self, frames: Frames) -> float:
        """Return the sum over all rows."""
        return sum(term.evaluate(frames) for term in self.terms)

    def by(self, frames: Frames, key: str) -> Series:
        """Return the sums by the values of a column, which every sheet has."""
        sums = (term.by(frames, key) for term in self.terms)
        return reduce(lambda left, right: left.add(right, fill_value=0.0), sums)

    def render(self, layout: FormulaNames) -> str:
        """Return the terms added."""
        return "(" + "+".join(term.render(layout) for term in self.terms) + ")"


def kept(frame: Frame, where: Sequence[When]) -> npt.NDArray[np.bool_]:
    """Return the rows that say something and meet conditions."""
    rows = np.ones(len(frame), dtype=bool)
    if LINE in frame:
        rows &= frame[LINE].to_numpy() == 1.0
    for condition in where:
        rows &= condition.mask(frame)
    return rows


def _grouped(values: npt.NDArray[np.float64], keys: npt.NDArray[Any] | Index) -> Series:
    """Return the sums by key, texts in lower case; a blank key has none."""
    codes, known = pd.factorize(keys)
    there = codes >= 0
    sums = np.bincount(codes[there], weights=values[there], minlength=len(known))
    names = [as_code(key) if isinstance(key, str) else key for key in known]
    if len(set(names)) == len(names):
        return pd.Series(sums, index=names, dtype="float64")
    return pd.Series(sums, dtype="float64").groupby(names).sum()


def numbered(names: Sequence[str] | Index, prefix: str) -> int:
    """Return how many columns are named by a prefix and a number from 1."""
    count = 0
    while f"{prefix}{count + 1}" in names:
        count += 1
    return count
