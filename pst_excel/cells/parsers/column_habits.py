"""How the numbers of a column are written where they leave no doubt: what settles the others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pst_excel.cells.values import RawCell, is_number

_ENOUGH = 3  # numbers of three figures after a mark, and none of another count, are thousands
_LARGE = 1000
_SEVERAL = 2
_PLAIN = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")
_ONE_MARK = re.compile(r"(?<![0-9.,])[1-9][0-9]{0,2}([.,])[0-9]{3}(?![0-9.,])")
_THOUSANDS = re.compile(
    r"(?<![0-9.,])[1-9][0-9]{0,2}(?:([.,])[0-9]{3}(?:\1[0-9]{3})+|([.])[0-9]{3},[0-9-]|([,])[0-9]{3}\.[0-9])"
)
_DECIMALS = re.compile(
    r"(?<![0-9.,])(?:[0-9]+([.,])(?:[0-9]{1,2}|[0-9]{4,})|0([.,])[0-9]+)(?![0-9.,])"
)


class Habits(NamedTuple):
    """The marks of thousands and of decimals of a column, and whether all its numbers are large."""

    thousands: frozenset[str]
    decimals: frozenset[str]
    large: bool

    def groups(self, mark: str) -> bool:
        """Tell whether a mark before three figures is one of thousands in this column."""
        other = "," if mark == "." else "."
        if mark in self.decimals or other in self.thousands:
            return False
        return mark in self.thousands or other in self.decimals or self.large

    def parts(self, mark: str) -> bool:
        """Tell whether a mark is one of decimals in this column."""
        return mark in self.decimals and mark not in self.thousands


def habits_of(cells: Sequence[RawCell], texts: frozenset[str]) -> Habits:
    """Return how the numbers of a column are written."""
    thousands, decimals, alone = set[str](), set[str](), dict[str, int]()
    for text in texts:
        if found := _THOUSANDS.search(text):
            thousands.add(found[1] or found[2] or found[3])
        elif found := _DECIMALS.search(text):
            decimals.add(found[1] or found[2])
        elif found := _ONE_MARK.search(text):
            alone[found[1]] = alone.get(found[1], 0) + 1
    thousands |= {
        mark for mark, times in alone.items() if times >= _ENOUGH and mark not in decimals
    }
    sizes = [abs(float(cell)) for cell in cells if is_number(cell) and cell]
    large = len(sizes) >= _SEVERAL and min(sizes) >= _LARGE
    return Habits(frozenset(thousands), frozenset(decimals), large)


def fractions_in(cells: Sequence[RawCell]) -> int:
    """Return how many cells are between 0 and 1, none where some number or per cent is beyond."""
    count = 0
    for cell in cells:
        if isinstance(cell, str):
            text = cell.strip()
            if "%" in text:
                return 0
            if not _PLAIN.fullmatch(text):
                continue
            value = float(text.replace(",", "."))
        elif is_number(cell):
            value = float(cell)
        else:
            continue
        if not 0 <= value <= 1:
            return 0
        count += 0 < value < 1
    return count
