"""How a computed column is declared: one expression that pandas evaluates and Excel calculates.

Each node says itself twice, side by side: `evaluate` over frames, `render` as a formula of the
functions that Excel 2010 and LibreOffice share, in English with commas, without any text criterion
that depends on the locale. Blank cells never take part in a comparison.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import pandas as pd

from pst_excel import joins
from pst_excel.joins import Frames


@dataclass(frozen=True)
class Scope:
    """Where an expression is evaluated: the frames of a batch, one sheet, the parameters."""

    frames: Frames
    sheet: str
    parameters: Mapping[str, Any]

    @property
    def frame(self) -> pd.DataFrame:
        """The frame of the sheet."""
        return self.frames[self.sheet]


class Place(Protocol):
    """Where an expression is rendered: one row of a sheet in a workbook being written."""

    def cell(self, key: str) -> str:
        """Return the reference of a column's cell on this row."""

    def column(self, sheet: str, key: str) -> str:
        """Return the name of a whole column of a sheet."""

    def parameter(self, key: str) -> str:
        """Return the name of a parameter's cell."""


class Expression(Protocol):
    """A value for each row of a sheet."""

    def evaluate(self, scope: Scope) -> pd.Series[Any]:
        """Return the values, indexed as the sheet's frame."""

    def render(self, place: Place) -> str:
        """Return the formula, without its equal sign."""


def quoted(value: object) -> str:
    """Return a constant as it stands in a formula."""
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"'
    return repr(float(value)).removesuffix(".0")  # type: ignore[arg-type]


@dataclass(frozen=True)
class Col:
    """The cell of another column on the same row."""

    key: str

    def evaluate(self, scope: Scope) -> pd.Series[Any]:
        """Return the column."""
        return scope.frame[self.key]

    def render(self, place: Place) -> str:
        """Return the cell."""
        return place.cell(self.key)


@dataclass(frozen=True)
class Const:
    """The same value on every row."""

    value: float | str

    def evaluate(self, scope: Scope) -> pd.Series[Any]:
        """Return the value repeated."""
        return pd.Series(self.value, index=scope.frame.index)

    def render(self, place: Place) -> str:
        """Return the constant."""
        return quoted(self.value)


@dataclass(frozen=True)
class Param:
    """A parameter of the whole workbook, such as the date of observation."""

    key: str

    def evaluate(self, scope: Scope) -> pd.Series[Any]:
        """Return the parameter repeated; an array of them is one for each source."""
        value = scope.parameters[self.key]
        if isinstance(value, np.ndarray):
            value = value[joins.source_of(scope.frame)]
        return pd.Series(value, index=scope.frame.index)

    def render(self, place: Place) -> str:
        """Return the name of its cell."""
        return place.parameter(self.key)


_COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
    "=": operator.eq, "<>": operator.ne,
}  # fmt: skip


@dataclass(frozen=True)
class Is:
    """A comparison, false where either side is blank."""

    left: Expression
    sign: str
    right: Expression

    def evaluate(self, scope: Scope) -> pd.Series[Any]:
        """Return true where both sides are there and compare so."""
        left, right = self.left.evaluate(scope), self.right.evaluate(scope)
        compared = pd.Series(
            _COMPARE[self.sign](left.to_numpy(), right.to_numpy()), index=left.index, dtype=bool
        )
        return compared & left.notna() & right.notna()

    def render(self, place: Place) -> str:
        """Return the guarded comparison."""
        left, right = self.left.render(place), self.right.render(place)
        guards = [f'{text}<>""' for text in (left, right) if not text.startswith('"')]
        return f"AND({','.join([*guards, f'{left}{self.sign}{right}'])})"


@dataclass(frozen=True)
class OneOf:
    """True where the cell holds one of the labels."""

    key: str
    labels: tuple[str, ...]

    def evaluate(self, scope: Scope) -> pd.Series[Any]:
        """Return the membership."""
        return scope.frame[self.key].isin(self.labels)

    def render(self, place: Place) -> str:
        """Return the alternatives."""
        return f"OR({','.join(f'{place.cell(self.key)}={quoted(label)}' for label in self.labels)})"


@dataclass(frozen=True)
class Filled:
    """True where the cell is not blank."""

    key: str

    def evaluate(self, scope: Scope) -> pd.Series[Any]:
        """Return the presence."""
        return scope.frame[self.key].notna()

    def render(self, place: Place) -> str:
        """Return the test."""
        return f'{place.cell(self.key)}<>""'


@dataclass(frozen=True)
class All:
    """True where every condition is."""

    conditions: tuple[Expression, ...]

    def evaluate(self, scope: Scope) -> pd.Series[Any]:
        """Return the conjunction."""
        result = self.conditions[0].evaluate(scope)
        for condition in self.conditions[1:]:
            result = result & condition.evaluate(scope)
        return result

    def render(self, place: Place) -> str:
        """Return the conjunction."""
        return f"AND({','.join(c.render(place) for c in self.conditions)})"


@dataclass(frozen=True)
class Not:
    """True where the condition is not."""

    condition: Expression

    def evaluate(self, scope: Scope) -> pd.Series[Any]:
        """Return the negation."""
        return ~self.condition.evaluate(scope)

    def render(self, place: Place) -> str:
        """Return the negation."""
        return f"NOT({self.condition.render(place)})"


@dataclass(frozen=True)
class Flag:
    """1 where the condition holds, 0 elsewhere: a mark that can be summed."""

    condition: Expression

    def evaluate(self, scope: Scope) -> pd.Series[Any]:
        """Return 1.0 or 0.0."""
        return self.condition.evaluate(scope).astype("float64")

    def render(self, place: Place) -> str:
        """Return 1 or 0."""
        return f"IF({self.condition.render(place)},1,0)"


@dataclass(frozen=True)
class Fetch:
    """A text of the row of another sheet that has a code; blank where there is none."""

    sheet: str
    value: str
    code: Expression

    def evaluate(self, scope: Scope) -> pd.Series[Any]:
        """Return the text found."""
        return joins.fetch(self.code.evaluate(scope), scope.frames[self.sheet], self.value)

    def render(self, place: Place) -> str:
        """Return the look-up; the empty text where nothing matches."""
        values, codes = place.column(self.sheet, self.value), place.column(self.sheet, "code")
        code = self.code.render(place)
        return f'IF({code}="","",IFERROR(INDEX({values},MATCH({code},{codes},0))&"",""))'


@dataclass(frozen=True)
class Tally:
    """How many rows of another sheet hold this row's code, or the sum of one of their columns."""

    sheet: str
    key: str
    value: str | None = None
    where: tuple[tuple[str, str], ...] = ()

    def evaluate(self, scope: Scope) -> pd.Series[Any]:
        """Return the number or the sum, 0 where there is none."""
        other = scope.frames[self.sheet]
        for key, label in self.where:
            other = other[other[key] == label]
        return joins.tally(scope.frame["code"], other, self.key, self.value)

    def render(self, place: Place) -> str:
        """Return the conditional count or sum; 0 on a row without a code."""
        wanted = [place.column(self.sheet, self.key), place.cell("code")]
        for key, label in self.where:
            wanted += [place.column(self.sheet, key), quoted(label)]
        criteria = ",".join(wanted)
        if self.value is None:
            total = f"COUNTIFS({criteria})"
        else:
            total = f"SUMIFS({place.column(self.sheet, self.value)},{criteria})"
        return f'IF({place.cell("code")}="",0,{total})'


@dataclass(frozen=True)
class Nth:
    """The value at a position (from 1) of a several-valued cell; blank where there are fewer."""

    key: str
    position: int

    def evaluate(self, scope: Scope) -> pd.Series[Any]:
        """Return the value."""
        return joins.nth(scope.frame[self.key], self.position)

    def render(self, place: Place) -> str:
        """Return the piece between two separators: each is widened to more than any cell holds."""
        spread = f'SUBSTITUTE({place.cell(self.key)},";",REPT(" ",300))'
        return f"TRIM(MID({spread},{(self.position - 1) * 300 + 1},300))"


@dataclass(frozen=True)
class Share:
    """The share (0 to 1) of a row under its value at a position: declared, else equal."""

    values: str
    shares: str
    position: int

    def evaluate(self, scope: Scope) -> pd.Series[Any]:
        """Return the share, 0 where there is no such value."""
        count = joins.size(scope.frame[self.values])
        declared = pd.to_numeric(
            joins.nth(scope.frame[self.shares], self.position), errors="coerce"
        )
        equal = 1.0 / count.where(count > 0)
        blank = scope.frame[self.shares].isna()
        share = equal.where(blank, declared.astype("float64") / 100.0)
        return share.where(count >= self.position, 0.0).fillna(0.0)

    def render(self, place: Place) -> str:
        """Return the same; shares are whole per cents, so VALUE reads them in every locale."""
        values, shares = place.cell(self.values), place.cell(self.shares)
        count = f'(LEN({values})-LEN(SUBSTITUTE({values},";",""))+1)'
        declared = f"IFERROR(VALUE({Nth(self.shares, self.position).render(place)})/100,0)"
        share = f'IF({shares}="",1/{count},{declared})'
        return f'IF(OR({values}="",{count}<{self.position}),0,{share})'


@dataclass(frozen=True)
class Completeness:
    """The share (0 to 1) of the named columns that are filled, 0 on a row without a code."""

    keys: tuple[str, ...]

    def evaluate(self, scope: Scope) -> pd.Series[Any]:
        """Return the share."""
        frame = scope.frame
        return frame[list(self.keys)].notna().mean(axis=1).where(frame["code"].notna(), 0.0)

    def render(self, place: Place) -> str:
        """Return the sum of the tests over their number."""
        filled = "+".join(f'({place.cell(key)}<>"")' for key in self.keys)
        return f'IF({place.cell("code")}="",0,({filled})/{len(self.keys)})'


@dataclass(frozen=True)
class Attainment:
    """How far (0 to 1) an indicator has come from its start to its target; blank when unknown.

    (last − start) / (target − start), whatever the sense; without a start, or with a start equal to
    the target, the ratio of the smaller to the larger of last and target when that is the sense.
    """

    start: str
    target: str
    sense: str
    readings: tuple[str, ...]
    falling: str

    def evaluate(self, scope: Scope) -> pd.Series[Any]:
        """Return the attainment, between 0 and 1."""
        frame = scope.frame
        last = frame[list(self.readings)].ffill(axis=1).iloc[:, -1].astype("float64")
        start, target = frame[self.start], frame[self.target]
        travelled = (last - start) / (target - start).where(target != start)
        falling = frame[self.sense] == self.falling
        top, bottom = last.where(~falling, target), target.where(~falling, last)
        direct = (top / bottom.where(bottom != 0)).astype("float64")
        reached = pd.Series(
            np.where((top >= bottom) & (bottom == 0), 1.0, np.nan), index=frame.index
        )
        return travelled.fillna(direct).fillna(reached).clip(0.0, 1.0)

    def render(self, place: Place) -> str:
        """Return the same: the last reading is looked up from the right."""
        start, target = place.cell(self.start), place.cell(self.target)
        last = '""'
        for key in self.readings:
            last = f'IF({place.cell(key)}<>"",{place.cell(key)},{last})'
        falling = f"{place.cell(self.sense)}={quoted(self.falling)}"
        top, bottom = f"IF({falling},{target},{last})", f"IF({falling},{last},{target})"
        direct = f"IF({bottom}=0,IF({top}>=0,1,0/0),{top}/{bottom})"
        travelled = f"({last}-{start})/({target}-{start})"
        known = f'AND({start}<>"",{start}<>{target})'
        ratio = f"MAX(0,MIN(1,IF({known},{travelled},{direct})))"
        return f'IF(OR({last}="",{target}=""),"",IFERROR({ratio},""))'
