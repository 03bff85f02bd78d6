"""What a computed column is: an expression, evaluated over frames and rendered for Excel."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Protocol

import pandas as pd

from pst_excel.model.series import Frames, Parameters, Series
from pst_excel.model.words.vocabulary import Vocabulary


@dataclass(frozen=True)
class Scope:
    """Where an expression is evaluated: the frames of a batch, one sheet, the parameters."""

    frames: Frames
    sheet: str
    parameters: Parameters

    @property
    def frame(self) -> pd.DataFrame:
        """The frame of the sheet."""
        return self.frames[self.sheet]


class FormulaRow(Protocol):
    """Where an expression is rendered: one row of a sheet in a workbook being written."""

    def cell(self, key: str) -> str:
        """Return the reference of a column's cell on this row."""

    def cells(self, keys: Iterable[str]) -> str:
        """Return the references of several columns' cells on this row, neighbours together."""

    def added(self) -> list[str]:
        """Return the columns of the sheet that are not of the plan."""

    def column(self, sheet: str, key: str) -> str:
        """Return the name of a whole column of a sheet."""

    def parameter(self, key: str) -> str:
        """Return the name of a parameter's cell."""

    def listed(self, vocabulary: Vocabulary) -> str:
        """Return the name of the lines where a list's entries stand."""

    def lines(self, panel: str) -> str:
        """Return the name of the keys of the lines of a panel, or of another list of keys."""

    def says(self) -> str:
        """Return the cell of the flag of a row that says something; empty in a workbook without."""

    def rank(self) -> str:
        """Return the place of the row among those of its sheet, from 1."""


class Expression(Protocol):
    """A value for each row of a sheet.

    They are computed in three steps: what looks at its own row only (0), then what looks up the
    sheets before its own (1), then the rest, for which what belongs to a record comes first (2).
    """

    step: ClassVar[int] = 2

    def evaluate(self, scope: Scope) -> Series:
        """Return the values, indexed as the sheet's frame."""

    def render(self, place: FormulaRow) -> str:
        """Return the formula, without its equal sign."""
