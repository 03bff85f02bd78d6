"""What a figure takes from the form: a number that stands once for the whole plan."""

from __future__ import annotations

from dataclasses import dataclass

from pst_excel.model.figures.measures import FormulaNames, When
from pst_excel.model.series import SOURCE, Frames, Series


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
