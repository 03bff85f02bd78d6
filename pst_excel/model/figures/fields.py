"""What a figure takes from the form: a number, or a threshold, that stands once for the plan."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from pst_excel.model.figures.measures import FormulaNames, When
from pst_excel.model.series import SOURCE, Frames, Series
from pst_excel.model.thresholds import followed
from pst_excel.model.words.thresholds import Threshold


@dataclass(frozen=True)
class Field:
    """A number of the form, or what it has more than another; 0 where one is blank, or below 0."""

    sheet: str
    key: str
    less: str = ""

    def when(self, *_conditions: When) -> Field:
        """Return the field: it is the same for all rows."""
        return self

    @property
    def empty(self) -> float:
        """0: nothing is said."""
        return 0.0

    def evaluate(self, frames: Frames) -> float:
        """Return the number of the one form that there is."""
        return float(self._numbers(frames).sum())

    def by(self, frames: Frames, key: str) -> Series:
        """Return the number of each return: a form has no lines."""
        assert key == SOURCE, "a field of the form is the same on every line"
        return self._numbers(frames).groupby(level=SOURCE).sum()

    def _numbers(self, frames: Frames) -> Series:
        form = frames[self.sheet]
        number = form[self.key] - form[self.less] if self.less else form[self.key]
        return number.astype("float64").clip(lower=0.0).fillna(0.0)

    def render(self, layout: FormulaNames) -> str:
        """Return the guarded cell: no engine counts in a single one."""
        names = [layout.column(self.sheet, key) for key in (self.key, self.less) if key]
        known = ",".join(f"ISNUMBER({name})" for name in names)
        return f"IF(AND({known}),MAX(0,{'-'.join(names)}),0)"


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
        return followed(self.threshold, layout.column(self.sheet, self.threshold.key))
