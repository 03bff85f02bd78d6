"""The units of figures, and a value in the one that people read."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from pst_excel.model.words.wording import NBSP, number, plain, share

WHOLES = {"%": 1, "% de 100": 100}
"""The units of shares, and what is the whole of one."""
UNKNOWN = "–"
_PLAIN_UNITS = {"% de 100": "%"}


def unit_of(unit: str) -> str:
    """Return the unit of a figure as people read it: every share is in per cent."""
    return _PLAIN_UNITS.get(unit, unit)


def in_unit(value: float | None, unit: str) -> float | None:
    """Return a value in the unit that people read: a share in per cent, whatever its whole."""
    if value is None or unit not in WHOLES:
        return value
    return round(100 * value / WHOLES[unit], 10)


def figure(value: float | None, unit: str) -> str:
    """Say a figure in its unit, as the boards show it."""
    if value is None:
        return UNKNOWN
    if unit in WHOLES:
        return share(value / WHOLES[unit])
    return f"{number(float(as_shown(value, unit)))}{NBSP}€" if unit == "€" else plain(value)


def as_shown(value: float, unit: str) -> Decimal:
    """Return a figure as people see it: shares in per cents with a decimal, amounts whole."""
    if unit in WHOLES:
        per_cent = Decimal(f"{value / WHOLES[unit] * 100:.13g}")
        return per_cent.quantize(Decimal("0.1"), ROUND_HALF_UP)
    digits = Decimal(1) if unit == "€" else Decimal("0.01")
    return Decimal(f"{value:.13g}").quantize(digits, ROUND_HALF_UP)
