"""The units of figures, and a value in the one that people read."""

from __future__ import annotations

WHOLES = {"%": 1, "% de 100": 100}
"""The units of shares, and what is the whole of one."""
_PLAIN_UNITS = {"% de 100": "%"}


def unit_of(unit: str) -> str:
    """Return the unit of a figure as people read it: every share is in per cent."""
    return _PLAIN_UNITS.get(unit, unit)


def in_unit(value: float | None, unit: str) -> float | None:
    """Return a value in the unit that people read: a share in per cent, whatever its whole."""
    if value is None or unit not in WHOLES:
        return value
    return round(100 * value / WHOLES[unit], 10)
