"""A sheet as it is read: rows of cells of any kind, among which the headings are looked for."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeGuard

from pst_excel.cells.values import RawCell, as_text
from pst_excel.text.spelling import fold

HEADING_ROWS = 30
_SEVERAL = 4
COMPUTED_SIGN = "ƒ"
Rows = Sequence[Sequence[RawCell]]
Range = tuple[tuple[int, int], tuple[int, int]]
"""Two corners, each a row and a column counted from 0."""


class UnreadCell(str):
    """What stands for a cell whose value no reader gives: shown as it is, never as its text."""

    rule = ""


class ErrorCell(UnreadCell):
    """An error that Excel shows in place of a value: #REF!, #N/A."""

    rule = "formule en erreur"


class ImageCell(UnreadCell):
    """A picture that stands in a cell in place of a value."""

    rule = "image dans la cellule"


class UncalculatedCell(UnreadCell):
    """A formula whose value was never calculated nor saved."""

    rule = "formule jamais calculée"


Place = tuple[int, int]
"""A row and a column, counted from 0."""
Shown = Callable[[Mapping[Place, RawCell]], Mapping[Place, str]]
"""What gives the texts that the formats of cells show of what they hold, where that is sure."""


def _nothing(cells: Mapping[Place, RawCell]) -> Mapping[Place, str]:
    return {}


@dataclass(frozen=True)
class Grid:
    """One sheet: its cells, those that are merged, and what of it is not shown, counted from 0.

    `shown` looks at the formats of a few cells, which takes a look at the whole sheet.
    `totals` are the rows of totals of its tables, as the file says, `subtotals` those in which a
    formula sums up others of its column. `tables` are what its tables cover, headings included.
    """

    title: str
    rows: Rows
    merged: tuple[Range, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    totals: frozenset[int] = frozenset()
    subtotals: frozenset[int] = frozenset()
    shown: Shown = _nothing
    tables: frozenset[Range] = frozenset()


def filled(cell: RawCell) -> bool:
    """Tell whether a cell holds anything that can be seen."""
    return cell != "" and (cell.__class__ is not str or not cell.isspace())


_MIDNIGHT = re.compile(r"([0-9]{4})-([0-9][0-9])-([0-9][0-9])T00:00:00(?:\.0+)?Z")


def dated(cell: RawCell) -> RawCell:
    """Return a cell, a date where some programs leave the text of one.

    An infinite number, which no other workbook can hold, is its text.
    """
    if isinstance(cell, float) and not math.isfinite(cell):
        return as_text(cell)
    match = _MIDNIGHT.fullmatch(cell) if is_text(cell) else None
    try:
        return dt.date(*map(int, match.groups())) if match else cell
    except ValueError:  # a day that no month has
        return cell


def is_text(cell: RawCell) -> TypeGuard[str]:
    """Tell whether a cell holds a text, and not what stands for a value that no reader gives."""
    return isinstance(cell, str) and not isinstance(cell, UnreadCell)


def heading_row(rows: Rows, known: Collection[str]) -> int | None:
    """Return the index of the row among the first that holds the most known headings.

    One that holds hardly anything else is taken at once: headings may be repeated further down.
    """
    best, most = None, 0
    for number, row in enumerate(rows[:HEADING_ROWS]):
        texts = [cell for cell in row if isinstance(cell, str) and cell]
        count = sum(1 for text in texts if fold(text) in known)
        if count > most:
            best, most = number, count
            if count >= _SEVERAL and 4 * count >= 3 * len(texts):
                break
    return best
