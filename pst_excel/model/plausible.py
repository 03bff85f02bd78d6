"""What is plausible in the columns of a plan: of what kind it is, within which limits."""

from __future__ import annotations

from dataclasses import replace

from pst_excel.model.schema import Column, Sheet
from pst_excel.model.words.kinds import Kind, Need
from pst_excel.model.words.plausible import ANY_DAY, ANY_NUMBER, Bounds, ByKind, Days, Plausible


def within(sheet: Sheet, usual: ByKind) -> Sheet:
    """Return a sheet whose columns admit what is plausible in their kind, unless they say more."""
    return replace(sheet, columns=tuple(_within(column, usual) for column in sheet.columns))


def _within(column: Column, usual: ByKind) -> Column:
    if column.plausible is not None or column.need is Need.COMPUTED or column.kind not in usual:
        return column
    return replace(column, plausible=usual[column.kind])


def plausible_in(column: Column) -> Plausible | None:
    """Return what is plausible in a column, None where any text is."""
    if column.plausible is not None:
        return column.plausible
    if column.kind is Kind.DATE:
        return ANY_DAY
    return ANY_NUMBER if column.kind.is_number else None


def limits_of(column: Column) -> Bounds | Days | None:
    """Return the limits of a column of numbers or of days: its own, within the plausible."""
    known = plausible_in(column)
    if not isinstance(known, Bounds):
        return known if isinstance(known, Days) else None
    return Bounds(
        known.low if column.low is None else max(column.low, known.low),
        known.high if column.high is None else min(column.high, known.high),
    )


def expected(column: Column) -> str:
    """Say what is expected in place of an implausible value."""
    known = limits_of(column) or plausible_in(column)
    return known.words(column.kind) if known is not None else ""
