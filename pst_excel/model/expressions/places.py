"""Computed columns of cells that hold several values: one text, by which each is counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from pst_excel.model import joins
from pst_excel.model.formulas import Expression, FormulaRow, Scope
from pst_excel.model.series import Series
from pst_excel.model.words.keys import LINE
from pst_excel.model.words.line_keys import PLACELESS, key_formula, line_key


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
