"""Addresses of cells and areas, and whether areas overlap."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_CELL = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")


class Unreadable(ValueError):
    """A text that Excel reads neither as an address nor as a formula."""


class Area(NamedTuple):
    """The cells from a corner to the opposite one, counted from 1."""

    top: int
    left: int
    bottom: int
    right: int

    def meets(self, other: Area) -> bool:
        """Tell whether two areas have a cell in common."""
        apart = self.bottom < other.top or other.bottom < self.top
        return not (apart or self.right < other.left or other.right < self.left)


def column(letters: str) -> int:
    """Return the number of a column."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def cell(text: str) -> tuple[int, int]:
    """Return the row and the column of an address.

    Raises: Unreadable when no sheet of Excel has such a cell.
    """
    match = _CELL.fullmatch(text)
    if match is None or int(match[2]) > LAST_ROW or column(match[1]) > LAST_COLUMN:
        raise Unreadable(f"{text!r} is not the address of a cell")
    return int(match[2]), column(match[1])


def area(text: str) -> Area:
    """Return the area between two addresses, or of one.

    Raises: Unreadable when it is not one, or runs backwards.
    """
    first, _, last = text.partition(":")
    found = Area(*cell(first), *cell(last or first))
    if found.top > found.bottom or found.left > found.right:
        raise Unreadable(f"the area {text} runs backwards")
    return found


def areas(text: str | None) -> list[Area]:
    """Return the areas of a list separated by spaces.

    Raises: Unreadable when there is none, or when one is not an area.
    """
    if not text or not text.strip():
        raise Unreadable("the list of areas is empty")
    return [area(one) for one in text.split()]


def overlap(given: Sequence[Area]) -> tuple[Area, Area] | None:
    """Return the first two areas that overlap, if any do."""
    ordered = sorted(given)
    for at, one in enumerate(ordered):
        for other in ordered[at + 1 :]:
            if other.top > one.bottom:
                break
            if one.meets(other):
                return one, other
    return None
