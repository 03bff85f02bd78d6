"""What says nothing in a row: signs that were left there, zeros and defaults of a formula."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Container, Mapping

from pst_excel.cells.grid import UnreadCell
from pst_excel.cells.values import RawCell
from pst_excel.reading.locating.sections import FilledCells
from pst_excel.text.spelling import fold, tidy

_CROSSES = re.compile(r"x{1,3}", re.IGNORECASE)
_ZERO = re.compile(r"[-+]?0+(?:[.,]0+)? ?[€%]?")
_NO_NAME = re.compile(r"[^\w%€$#°]|_")
_STROKES = re.compile(r"[\s.,;:·…*'’\"«»/\\|_–—-]*")
_ORIGIN = 1900  # the year that a spreadsheet shows for no date


def nameless(heading: str) -> bool:
    """Tell whether a heading names nothing: a blank one, or only a sign."""
    return not heading[:1].isalnum() and not _NO_NAME.sub("", heading)


def is_stroke(cell: RawCell) -> bool:
    """Tell whether a cell holds a stop or a stroke, or nothing: no mark that people give."""
    return isinstance(cell, str) and _STROKES.fullmatch(cell) is not None


def only_signs(here: FilledCells, codes: Container[int], defaults: Mapping[int, str]) -> bool:
    """Tell whether the cells of a row say nothing: no record begins with a sign alone.

    A sign has no letter or digit; a cross, a letter by itself, a box, a zero says as little where
    nothing else is said, and a default what a blank cell says. `codes` are the positions of codes,
    where a letter by itself may be one; `defaults` those of columns that declare one.
    """
    return all(
        _is_sign(cell, position in codes)
        or (position in defaults and _is(cell, defaults[position]))
        for position, cell in here
    )


def _is(cell: RawCell, default: str) -> bool:
    return isinstance(cell, str) and fold(cell) == default


def _is_sign(cell: RawCell, code: bool) -> bool:
    if isinstance(cell, UnreadCell):
        return False
    if isinstance(cell, str):
        text = tidy(cell)
        if code and text.isalnum():
            return _CROSSES.fullmatch(text) is not None
        return (
            not any(map(str.isalnum, text))
            or (len(text) == 1 and text.isalpha())
            or _CROSSES.fullmatch(text) is not None
            or _ZERO.fullmatch(text) is not None
        )
    if isinstance(cell, dt.date):
        return cell.year < _ORIGIN or (cell.year, cell.month) == (_ORIGIN, 1)
    return isinstance(cell, bool) or not cell or cell == dt.time()
