"""What a cell holds, what it becomes, and what it holds as a text."""

from __future__ import annotations

import datetime as dt
from typing import Self, TypeGuard

from pst_excel.model.words.wording import NO, YES, date

RawCell = str | float | bool | dt.date | dt.time | dt.timedelta | None
"""What a cell holds: dates may have a time, a text may be a sign of what no reader gives."""

Value = str | float | dt.date | None
"""What a cell means, by the kind of its column; None for nothing."""


class ShownText(str):
    """What the format of a cell shows of the number or of the date that it holds."""

    held: RawCell

    def __new__(cls, text: str, held: RawCell) -> Self:
        """Return the text shown of what is held."""
        made = super().__new__(cls, text)
        made.held = held
        return made

    @property
    def key(self) -> tuple[type, RawCell, str]:
        """What tells it from any other: two cells may show the same of two numbers."""
        return self.held.__class__, self.held, str(self)

    @property
    def padded(self) -> bool:
        """Whether it only adds zeros after the figures of a number: 1.1 shows 1.10."""
        plain = as_text(self.held)
        return is_number(self.held) and "." in plain and self != plain and self.rstrip("0") == plain


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


def is_date(cell: RawCell) -> TypeGuard[dt.date]:
    """Tell whether a cell holds a date."""
    return isinstance(cell, dt.date)
