"""What a cell holds, what it becomes, and what it holds as a text."""

from __future__ import annotations

import datetime as dt
from typing import TypeGuard

from pst_excel.model.words.wording import NO, YES, date

RawCell = str | float | bool | dt.date | dt.time | dt.timedelta | None
"""What a cell holds: dates may have a time, a text may be a sign of what no reader gives."""

Value = str | float | dt.date | None
"""What a cell means, by the kind of its column; None for nothing."""


def as_text(cell: RawCell) -> str:
    """Return what a cell holds as a text, nothing shortened."""
    if isinstance(cell, bool):
        return YES if cell else NO
    if isinstance(cell, int | float):
        return f"{cell:.15g}"
    if isinstance(cell, dt.datetime | dt.date):
        return date(cell)
    return str(cell)


def is_number(cell: RawCell) -> TypeGuard[float]:
    """Tell whether a cell holds a number, which a truth value is not."""
    return isinstance(cell, int | float) and not isinstance(cell, bool)
