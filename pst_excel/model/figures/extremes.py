"""The smallest or the largest of the numbers of a column: the first day of a Gantt, its last one.

Excel 2010 has no MINIFS, and engines do not agree on array formulas: SUMPRODUCT(MAX(...)) of
products is read alike by all. So the numbers are never blank: 0 is the unknown one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from pst_excel.model.figures.measures import DISTINCT, FormulaNames, When, distinct, kept
from pst_excel.model.series import SOURCE, Frames, Series
from pst_excel.text.spelling import as_code

_BEYOND = 1_000_000  # more than the number of any day


@dataclass(frozen=True)
class Extreme:
    """The largest or the smallest number above 0 of a column, under conditions; unknown if none.

    `under` looks for it under each value of numbered columns, as in a `Measure`.
    """

    sheet: str
    key: str
    largest: bool
    where: tuple[When, ...] = ()
    under: str | None = None

    def when(self, *conditions: When) -> Extreme:
        """Return the extreme under further conditions."""
        return replace(self, where=(*self.where, *conditions))

    @property
    def empty(self) -> float:
        """NaN: there is none."""
        return float("nan")

    def evaluate(self, frames: Frames) -> float:
        """Return the extreme of all rows."""
        found = self._numbers(frames)
        return float(found.max() if self.largest else found.min())

    def by(self, frames: Frames, key: str) -> Series:
        """Return the extremes by the values of a column, texts in lower case."""
        frame, found = frames[self.sheet], self._numbers(frames)
        if key == SOURCE:
            groups = found.groupby(frame.index.get_level_values(SOURCE))
        else:
            names = distinct(frame.columns, key) if key == self.under else [key]
            keys = pd.concat([frame[name] for name in names], ignore_index=True)
            keys = keys.map(lambda one: as_code(one) if isinstance(one, str) else one)
            again = pd.Series(np.tile(found.to_numpy(), len(names)))
            groups = again.groupby(keys.to_numpy(object))
        return groups.max() if self.largest else groups.min()

    def _numbers(self, frames: Frames) -> Series:
        frame = frames[self.sheet]
        number = frame[self.key].astype("float64")
        return number.where(kept(frame, self.where) & number.gt(0).to_numpy())

    def render(self, layout: FormulaNames) -> str:
        """Return the guarded extreme: of the smallest, what is the largest below a bound."""
        number = layout.column(self.sheet, self.key)
        terms = [*(self._test(c, layout) for c in self.where), f"({number}>0)"]
        terms.append(number if self.largest else f"({_BEYOND}-{number})")
        found = f"SUMPRODUCT(MAX({'*'.join(terms)}))"
        return f'IF({found}=0,"",{found if self.largest else f"{_BEYOND}-{found}"})'

    def _test(self, condition: When, layout: FormulaNames) -> str:
        if condition.key != self.under:
            return condition.test(layout.column(self.sheet, condition.key))
        names = [f"{self.under}_{DISTINCT}_{n}" for n in range(1, layout.parts(self.sheet) + 1)]
        tests = [condition.test(layout.column(self.sheet, name)) for name in names]
        return f"({'+'.join(tests)})"
