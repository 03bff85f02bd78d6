"""Thresholds as a plan has them: a field of its form each, a value for each return."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pst_excel.model.expressions.core import quoted
from pst_excel.model.formulas import Expression, FormulaRow, Scope
from pst_excel.model.joins import source_of
from pst_excel.model.schema import Column
from pst_excel.model.series import Frame, Parameters, Series
from pst_excel.model.words.thresholds import Threshold


def field_of(threshold: Threshold) -> Column:
    """Return the field of the form in which an institution says a threshold of its own."""
    return Column(
        threshold.key, threshold.label, threshold.kind,
        f"{threshold.help} Vide : {threshold.usual} ({threshold.because}).",
        low=threshold.low, high=threshold.high, since=threshold.since,
        meanwhile=f"le programme suit l’usage, {threshold.usual}", threshold=threshold,
    )  # fmt: skip


def on_rows(threshold: Threshold, rows: Frame | Series, parameters: Parameters) -> Series:
    """Return on each row the threshold of its source."""
    values = np.asarray(parameters[threshold.key])
    return pd.Series(values[source_of(rows)], index=rows.index)


def followed(threshold: Threshold, cell: str) -> str:
    """Return the formula of a threshold whose field is a cell: the usual one where it is not."""
    bounds = f"{cell}>={quoted(threshold.low)},{cell}<={quoted(threshold.high)}"
    return f"IF(AND(ISNUMBER({cell}),{bounds}),{cell},{quoted(threshold.default)})"


@dataclass(frozen=True)
class Limit(Expression):
    """A threshold, as the institution has it."""

    threshold: Threshold

    def evaluate(self, scope: Scope) -> Series:
        """Return the threshold of the source of each row."""
        return on_rows(self.threshold, scope.frame, scope.parameters)

    def render(self, place: FormulaRow) -> str:
        """Return what the form says where it is followed, else the usual number."""
        return followed(self.threshold, place.parameter(self.threshold.key))
