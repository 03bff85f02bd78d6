"""How what is told over time is said: a figure, its difference, a value, a row that changed."""

from __future__ import annotations

import datetime as dt

from pst_excel.campaign.history import Change
from pst_excel.model.words.kinds import Kind
from pst_excel.model.words.units import WHOLES, as_shown
from pst_excel.model.words.wording import (
    BLANK,
    NBSP,
    date,
    lowered,
    number,
    plain,
    plural,
    shortened,
)

SINCE = "Depuis la dernière fois"
FIRST = "Il n’y a encore qu’une consolidation : rien à comparer."
NONE = "Aucune consolidation encore."
_ADDED, _GONE = "ajout", "n’y est plus"


def gap(before: float | None, after: float | None, unit: str) -> float | None:
    """Return the difference of two figures as they are shown, in points for shares; else None."""
    if before is None or after is None:
        return None
    return float(as_shown(after, unit) - as_shown(before, unit))


def difference(before: float | None, after: float | None, unit: str) -> str:
    """Say by how much a figure changed: « +3,2 points », « = » where it shows the same."""
    moved = gap(before, after, unit)
    if not moved:
        return "" if moved is None else "="
    said = number(abs(moved), 1) if unit in WHOLES else plain(abs(moved))
    more = "points" if abs(moved) >= 2 else "point"
    ending = {"€": f"{NBSP}€"}.get(unit, f"{NBSP}{more}" if unit in WHOLES else "")
    return f"{'+' if moved > 0 else '-'}{said}{ending}"


def held(text: str, kind: str) -> str:
    """Say a value that was written down as a text, by the kind of its column."""
    if not text:
        return BLANK
    day, amount = as_day(text, kind), as_number(text, kind)
    if day is not None:
        return date(day)
    if amount is None:
        return text
    return f"{plain(amount)}{NBSP}%" if kind == Kind.PERCENT else plain(amount)


def as_day(text: str, kind: str) -> dt.date | None:
    """Return the day that a value is, if its column holds days and it is one."""
    try:
        return dt.date.fromisoformat(text) if kind == Kind.DATE else None
    except ValueError:
        return None


def as_number(text: str, kind: str) -> float | None:
    """Return the number that a value is, if its column holds numbers and it is one."""
    try:
        return float(text) if kind in list(Kind) and Kind(kind).is_number else None
    except ValueError:
        return None


def shift(before: str, after: str, kind: str) -> str:
    """Say by how much a value changed where that can be: days, points; else nothing."""
    days = as_day(before, kind), as_day(after, kind)
    if days[0] is not None and days[1] is not None:
        moved = (days[1] - days[0]).days
        return f"{'+' if moved > 0 else '-'}{plural(abs(moved), 'jour')}"
    if kind == Kind.PERCENT:
        return difference(as_number(before, kind), as_number(after, kind), "% de 100")
    return difference(as_number(before, kind), as_number(after, kind), "")


def named(change: Change, limit: int = 0) -> str:
    """Say which row changed, by its code and its name, cut at a limit where there is one."""
    row = change.row
    name = shortened(row.name, limit) if limit else row.name
    return " ".join(part for part in (row.code, name) if part) or row.id


def phrase(change: Change, limit: int) -> str:
    """Say a change in one sentence: « 1.1.2 Boucher les trous : avancement 45 % → 60 % »."""
    return f"{named(change, limit)} : {', '.join(parts(change))}"


def parts(change: Change) -> list[str]:
    """Say what changed of a row, column by column."""
    if change.before is None or change.after is None:
        return [_ADDED if change.before is None else _GONE]
    return [
        f"{lowered(column.heading)} {held(old, column.kind)} → {held(new, column.kind)}"
        for column, old, new in change.moved
    ]
