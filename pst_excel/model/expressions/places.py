"""Computed columns of records that others stand under, and of cells that hold several values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from pst_excel.model import joins
from pst_excel.model.figures.measures import DISTINCT, distinct
from pst_excel.model.formulas import Expression, FormulaRow, Scope
from pst_excel.model.series import Series
from pst_excel.model.words.keys import KEY, LINE
from pst_excel.model.words.line_keys import PLACELESS, key_formula, line_key


@dataclass(frozen=True)
class StandUnder(Expression):
    """How many rows of another sheet stand, whole, under this one; each may under `places`."""

    sheet: str
    under: str
    places: int

    def evaluate(self, scope: Scope) -> Series:
        """Return the numbers, 0 on a row that nobody can name."""
        other = scope.frames[self.sheet]
        found = (
            joins.tally(scope.frame[KEY], other, name, None)
            for name in distinct(other.columns, self.under)
        )
        return sum(found, start=0.0 * scope.frame[LINE].fillna(0.0))

    def render(self, place: FormulaRow) -> str:
        """Return the counts added."""
        key = place.cell(KEY)
        names = (f"{self.under}_{DISTINCT}_{n}" for n in range(1, self.places + 1))
        counts = "+".join(f"COUNTIFS({place.column(self.sheet, name)},{key})" for name in names)
        return f'IF({key}="",0,{counts})'


@dataclass(frozen=True)
class JoinedKeys(Expression):
    """The keys of all the values of a cell, each between semicolons; that of no place for none."""

    key: str
    step: ClassVar[int] = 0

    def evaluate(self, scope: Scope) -> Series:
        """Return the keys joined; blank on a row that says nothing."""
        joined = joins.mapped(scope.frame[self.key], _joined, "str").fillna(f";{PLACELESS};")
        return joined.where(scope.frame[LINE].eq(1.0))

    def render(self, place: FormulaRow) -> str:
        """Return the same: what stands between semicolons has its key."""
        text = key_formula(place.cell(self.key)).replace(f'"{PLACELESS}"&', "", 1)
        for space in ("; ", " ;"):
            text = f'SUBSTITUTE({text},"{space}",";")'
        keys = f'";{PLACELESS}"&SUBSTITUTE({text},";",";{PLACELESS}")&";"'
        return f'IF({place.cell(LINE)}=0,"",{keys})'


def _joined(text: str) -> str:
    keys = [line_key(piece) for piece in text.split(";") if piece.strip()] or [PLACELESS]
    return ";" + ";".join(keys) + ";"
