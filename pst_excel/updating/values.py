"""Whether a cell of the file says already what it is to hold."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from typing import Any

from pst_excel.cells.long_texts import in_a_cell
from pst_excel.cells.values import as_text, is_number
from pst_excel.ooxml.cells.values import CellError, Formula, Value
from pst_excel.ooxml.cells.values import serial as days_of

_SAME = 1e-12


def held(value: Any) -> Any:
    """Return what a cell can hold of a value."""
    return in_a_cell(value) if isinstance(value, str) else value


def says(actual: Value, wanted: Any, epoch_1904: bool = False) -> bool:
    """Tell whether a cell holds a value; of a formula that people wrote, the value that it gave.

    A formula stands where nothing is wanted: nobody else says anything of that cell.
    """
    if isinstance(actual, Formula):
        if wanted is None:
            return True
        if isinstance(wanted, dt.date):
            wanted = days_of(wanted, epoch_1904)
        actual = actual.value
    if isinstance(actual, CellError):
        return False
    if actual in (None, "") or wanted in (None, ""):
        return actual in (None, "") and wanted in (None, "")
    if isinstance(actual, dt.datetime) and not isinstance(wanted, dt.datetime):
        return actual.time() == dt.time() and actual.date() == wanted
    if is_number(actual) and is_number(wanted):
        return math.isclose(actual, wanted, rel_tol=_SAME)
    return type(actual) is type(wanted) and actual == wanted


def says_alike(actual: Value, wanted: Any) -> bool:
    """Tell whether a cell of a column that people added holds a value, however it is typed."""
    if isinstance(actual, Formula):
        actual = actual.value
    return not isinstance(actual, CellError) and as_text(_day(actual)) == as_text(_day(wanted))


def _day(value: Any) -> Any:
    midnight = isinstance(value, dt.datetime) and value.time() == dt.time()
    return "" if value is None else value.date() if midnight else value


def calculates(actual: Value, text: str, value: str | float) -> bool:
    """Tell whether a cell has a formula, however it is spaced, that gave a value."""
    if not isinstance(actual, Formula):
        return False
    if actual.text != text and _told(actual.text) != _told(text):
        return False
    return says(actual.value, value)


def _told(formula: str) -> str:
    return _outside_texts(formula, lambda piece: "".join(piece.split()).casefold())


def _outside_texts(formula: str, change: Callable[[str], str]) -> str:
    pieces = formula.split('"')
    return '"'.join(change(p) if at % 2 == 0 else p for at, p in enumerate(pieces))


def cached(value: Any, epoch_1904: bool) -> str | float:
    """Return a computed value as a formula keeps it; one that is unknown is the empty text."""
    if value is None or value != value:
        return ""
    if isinstance(value, dt.date):
        return days_of(value, epoch_1904)
    return in_a_cell(value) if isinstance(value, str) else float(value)
