"""A threshold of the plan as a figure that others are compared with."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from pst_excel.model.expressions.core import quoted
from pst_excel.model.figures.measures import FormulaNames, When
from pst_excel.model.series import SOURCE, Frames, Series
from pst_excel.model.words.thresholds import Threshold


@dataclass(frozen=True)
class Setting:
    """The number that an institution gives to a threshold in its form, else the usual one."""

    sheet: str
    threshold: Threshold

    def when(self, *conditions: When) -> Setting:
        """Return the same: no row makes it."""
        return self

    @property
    def empty(self) -> float:
        """The usual one."""
        return float(self.threshold.default)

    def evaluate(self, frames: Frames) -> float:
        """Return the number of the first form."""
        values = frames[self.sheet][self.threshold.key]
        return self.threshold.of(values.iloc[0] if len(values) else None)

    def by(self, frames: Frames, key: str) -> Series:
        """Return the number of each form; of anything else, one for all."""
        values = frames[self.sheet][self.threshold.key].map(self.threshold.of)
        if key == SOURCE:
            return values.groupby(values.index.get_level_values(SOURCE)).first()
        return pd.Series(dtype="float64")

    def render(self, layout: FormulaNames) -> str:
        """Return what the form says where it is followed, else the usual one."""
        cell, one = layout.column(self.sheet, self.threshold.key), self.threshold
        bounds = f"{cell}>={quoted(one.low)},{cell}<={quoted(one.high)}"
        return f"IF(AND(ISNUMBER({cell}),{bounds}),{cell},{quoted(one.default)})"
