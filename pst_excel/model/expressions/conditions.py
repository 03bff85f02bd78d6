"""The conditions that many rules are made of, each under a word: what is wrong in a row."""

from __future__ import annotations

from pst_excel.model.expressions.core import Col, Const, Either, Filled, Is, Not
from pst_excel.model.expressions.lookups import Head, Known
from pst_excel.model.formulas import Expression


def holds(key: str, value: str | float) -> Expression:
    """Return the condition that a cell holds a value."""
    return Is(Col(key), "=", Const(value))


def blank(key: str, number: bool = False) -> Expression:
    """Return the condition that a cell is blank; a text does not fill it where a `number` is meant.

    A date is a number.
    """
    return Not(Filled(key, number))


def before(key: str, other: str) -> Expression:
    """Return the condition that a date comes before another, or an amount is under another."""
    return Is(Col(key), "<", Col(other))


def beyond(key: str, other: str) -> Expression:
    """Return the condition that a date comes after another, or an amount exceeds another."""
    return Is(Col(key), ">", Col(other))


def outside(key: str, low: Expression, high: Expression) -> Expression:
    """Return the condition that a value is below the low bound or above the high one."""
    return Either((Is(Col(key), "<", low), Is(Col(key), ">", high)))


def unknown_code(key: str, sheet: str) -> Expression:
    """Return the condition that a code is that of no row of a sheet; so is a blank one."""
    return Not(Known(sheet, Head(Col(key))))
