"""Computed columns of a row that counts in several places by its parts: which places, how much.

So many places have a column. A row that has more gives the first ones their part, and all the rest
to no place; so does a row without any. The parts of a row always make 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import ClassVar

import pandas as pd

from pst_excel.model import joins
from pst_excel.model.expressions.lookups import Head
from pst_excel.model.expressions.relations import Nth
from pst_excel.model.formulas import Expression, FormulaRow, Scope
from pst_excel.model.series import Series
from pst_excel.model.words.keys import KEY, LINE
from pst_excel.model.words.line_keys import PLACELESS, key_formula, line_key
from pst_excel.text.spelling import in_digits

_DIGITS = 3  # of a per cent


@dataclass(frozen=True)
class Size(Expression):
    """How many values a several-valued cell holds."""

    key: str
    step: ClassVar[int] = 0

    def evaluate(self, scope: Scope) -> Series:
        """Return the numbers."""
        return joins.size(scope.frame[self.key])

    def render(self, place: FormulaRow) -> str:
        """Return the number of separators, and one."""
        cell = place.cell(self.key)
        return f'IF({cell}="",0,LEN({cell})-LEN(SUBSTITUTE({cell},";",""))+1)'


@dataclass(frozen=True)
class DeclaredPart(Expression):
    """The whole per cent at a position of the cell of parts: 0 beyond them, -1 if unreadable."""

    key: str
    position: int
    size: str
    step: ClassVar[int] = 0

    def evaluate(self, scope: Scope) -> Series:
        """Return the per cents."""
        return joins.mapped(scope.frame[self.key], self._read, "float64").fillna(0.0)

    def _read(self, text: str) -> float:
        pieces = [piece.strip() for piece in text.split(";")]
        if len(pieces) < self.position:
            return 0.0
        piece = pieces[self.position - 1]
        plain = in_digits(piece) and len(piece) <= _DIGITS
        return float(piece) if plain and str(int(piece)) == piece else -1.0

    def render(self, place: FormulaRow) -> str:
        """Return the same: whole numbers alone, which VALUE reads in every locale.

        It reads 5 %, 1e2 and dates as well: what it gives must be what was written.
        """
        piece = Nth(self.key, self.position).render(place)
        for mark in (",", "."):
            piece = f'SUBSTITUTE({piece},"{mark}","x")'
        plain = f'AND(LEN({piece})<={_DIGITS},VALUE({piece})&""={piece})'
        read = f"IFERROR(IF({plain},MAX(VALUE({piece}),-1),-1),-1)"
        return f"IF({place.cell(self.size)}<{self.position},0,{read})"


@dataclass(frozen=True)
class Part(Expression):
    """The part (0 to 1) of a row at a position: as declared, else equal to the others.

    `size` and `shares` are the columns of how many places and how many parts are said, `declared`
    those of the parts; they hold when they are as many as the places and make 100.
    """

    position: int
    size: str
    shares: str
    declared: tuple[str, ...]

    def evaluate(self, scope: Scope) -> Series:
        """Return the part, 0 where there is no such place."""
        frame, most = scope.frame, len(self.declared)
        size, said = frame[self.size], frame[list(self.declared)]
        holds = reduce(
            and_,
            (size.le(most), frame[self.shares].eq(size), said.min(axis=1).ge(0.0),
             said.sum(axis=1).eq(100.0)),
        )  # fmt: skip
        equal = 1.0 / size.where(size > 0)
        if self.position == most:
            equal = equal.where(size <= most, (size - (most - 1)) / size)
        part = (frame[self.declared[self.position - 1]] / 100.0).where(holds, equal)
        part = part.where(size >= self.position, 0.0)
        if self.position == 1:
            part = part.where(size > 0, 1.0)
        return part.where(frame[LINE].eq(1.0), 0.0).fillna(0.0)

    def render(self, place: FormulaRow) -> str:
        """Return the same."""
        most, size = len(self.declared), place.cell(self.size)
        said = place.cells(self.declared)
        holds = (
            f"AND({size}<={most},{place.cell(self.shares)}={size},MIN({said})>=0,SUM({said})=100)"
        )
        equal = f"1/{size}"
        if self.position == most:
            equal = f"IF({size}<={most},{equal},({size}-{most - 1})/{size})"
        part = f"IF({holds},{place.cell(self.declared[self.position - 1])}/100,{equal})"
        none = f"IF({size}=0,1,{part})" if self.position == 1 else part
        beyond = f"IF({size}<{self.position},0,{none})" if self.position > 1 else none
        return f"IF({place.cell(LINE)}=0,0,{beyond})"


@dataclass(frozen=True)
class PlaceKey(Expression):
    """The key of the record named at a position of a cell; that of no place where it is unknown."""

    key: str
    position: int
    most: int
    size: str
    sheet: str
    step: ClassVar[int] = 1

    def evaluate(self, scope: Scope) -> Series:
        """Return the keys; blank where there is no such place."""
        frame = scope.frame
        size = frame[self.size]
        keys = joins.mapped(joins.nth(frame[self.key], self.position), line_key, "str")
        keys = joins.fetch(keys, scope.frames[self.sheet], KEY, KEY).fillna(PLACELESS)
        if self.position == self.most:
            keys = keys.mask(size > self.most, PLACELESS)
        there = size >= self.position if self.position > 1 else pd.Series(True, index=size.index)
        return keys.where(there & frame[LINE].eq(1.0))

    def render(self, place: FormulaRow) -> str:
        """Return the same; the empty text where there is no such place."""
        size, known = place.cell(self.size), place.column(self.sheet, KEY)
        wanted = key_formula(Head(Nth(self.key, self.position)).render(place))
        look = f'IFERROR(INDEX({known},MATCH({wanted},{known},0)),"{PLACELESS}")'
        if self.position == self.most:
            look = f'IF({size}>{self.most},"{PLACELESS}",{look})'
        none = f"{place.cell(LINE)}=0"
        if self.position > 1:
            none = f"OR({none},{size}<{self.position})"
        return f'IF({none},"",{look})'


@dataclass(frozen=True)
class Distinct(Expression):
    """The key of the last of some places; blank where an earlier one of them has the same.

    So it is where there is no such place: the column `there` is blank.
    """

    places: tuple[str, ...]
    there: str
    step: ClassVar[int] = 1

    def evaluate(self, scope: Scope) -> Series:
        """Return the keys."""
        frame = scope.frame
        *earlier, mine = (frame[key] for key in self.places)
        again = (mine.eq(other) for other in earlier)
        return mine.mask(reduce(or_, again, frame[self.there].isna()))

    def render(self, place: FormulaRow) -> str:
        """Return the same; the empty text for none."""
        *earlier, mine = map(place.cell, self.places)
        tests = [f'{place.cell(self.there)}=""', *(f"{mine}={other}" for other in earlier)]
        return f'IF(OR({",".join(tests)}),"",{mine})'
