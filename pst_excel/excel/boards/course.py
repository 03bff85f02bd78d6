"""The course of the numbers of the years on a row, drawn in a cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from pst_excel.excel import palette
from pst_excel.excel.boards.page import BoardPage
from pst_excel.excel.xlsx import options
from pst_excel.model.figures.boards import Shown
from pst_excel.model.schema import Column
from pst_excel.model.words.wording import column_letter

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
