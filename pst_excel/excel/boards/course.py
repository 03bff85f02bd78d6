"""The course of the numbers of the years on a row: drawn in a cell, and in words how it goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from pst_excel.excel import palette
from pst_excel.excel.boards.page import BoardPage
from pst_excel.excel.xlsx import options
from pst_excel.model.expressions.core import DUST
from pst_excel.model.figures.boards import Shown
from pst_excel.model.schema import Column
from pst_excel.model.words.wording import column_letter

NEARER, AWAY, SAME = "▲ mieux", "▼ recul", "= stable"
"""The last number is nearer to the target than the one before, farther, as far."""

Values = Mapping[str, Sequence[Any]]
"""The values of the rows, by the key of their column."""


class Placed(Protocol):
    """A column of an extract on the page."""

    @property
    def shown(self) -> Shown:
        """What it shows."""

    @property
    def column(self) -> Column:
        """The column of its sheet."""

    @property
    def area(self) -> tuple[int, int]:
        """Its columns on the page."""


def readings(placed: Sequence[Placed], values: Values, at: int) -> list[Placed]:
    """Return the columns that hold a number on a row: where it started, then the years."""
    years = [one for one in placed if one.column.year]
    start = [one for one in placed if years and one.area[1] == years[0].area[0] - 1]
    return [one for one in (*start, *years) if values[one.shown.key][at] is not None]


def write_toward(
    page: BoardPage, row: int, at: int, one: Placed, placed: Sequence[Placed], values: Values
) -> None:
    """Write whether the last number comes nearer to a target; blank where nobody can tell."""
    form = page.sheet.book.format(palette.SMALL, palette.LINE, valign="vcenter", indent=1)
    known = readings(placed, values, at)
    target = next(p for p in placed if p.shown.key == one.shown.key)
    if len(known) < 2 or not known[-1].column.year:
        page.across(row, *one.area, "", form)
        return
    cells = [f"{column_letter(p.area[0])}{row + 1}" for p in (*known[-2:], target)]
    numbers = [values[p.shown.key][at] for p in (*known[-2:], target)]
    page.formula(row, one.area, _formula(*cells), _toward(*numbers), form)


def _toward(before: float, last: float, target: float | None) -> str | None:
    if target is None:
        return None
    gained = round(abs(before - target) - abs(last - target), DUST)
    return NEARER if gained > 0 else AWAY if gained < 0 else SAME


def _formula(before: str, last: str, target: str) -> str:
    gained = f"ROUND(ABS({before}-{target})-ABS({last}-{target}),{DUST})"
    told = f'IF({gained}>0,"{NEARER}",IF({gained}<0,"{AWAY}","{SAME}"))'
    return f'IF(COUNT({before},{last},{target})<3,"",{told})'


def draw_course(
    page: BoardPage, row: int, at: int, one: Placed, placed: Sequence[Placed], values: Values
) -> None:
    """Draw the numbers of a row as a line, from the first known to the last.

    A text, even an empty one, would be drawn as zero: the line ends where numbers do.
    """
    page.across(row, *one.area, "", page.sheet.book.format(palette.LINE))
    known = readings(placed, values, at)
    if len(known) > 1:
        cells = ":".join(f"{column_letter(p.area[0])}{row + 1}" for p in (known[0], known[-1]))
        look = options(range=f"'{page.sheet.title}'!{cells}", last_point=True, weight=1.5,
                       series_color=palette.ACTUAL, last_color=palette.INK)  # fmt: skip
        page.sheet.worksheet.add_sparkline(row, one.area[0], look)
