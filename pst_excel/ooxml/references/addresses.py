"""Addresses of cells and ranges: `H12`, `A1:C9`, `A1:B2 D4`, whole rows and columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

CellPosition: TypeAlias = tuple[int, int]
"""The row and the column of a cell, both counted from 1."""
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})\Z")
_COLUMN = re.compile(r"\$?([A-Za-z]{1,3})\Z")
_ROW = re.compile(r"\$?([1-9][0-9]{0,6})\Z")


@lru_cache(maxsize=LAST_COLUMN)
def column_number(letters: str) -> int:
    """Return the number of a column, A being 1."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


@lru_cache(maxsize=LAST_COLUMN)
def column_letters(number: int) -> str:
    """Return the letters of a column, 1 being A."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_of(text: str) -> CellPosition:
    """Return the row and the column of an address. Raises: ValueError when it is none."""
    found = _CELL.match(text)
    if found:
        row, column = int(found[2]), column_number(found[1])
        if row <= LAST_ROW and column <= LAST_COLUMN:
            return row, column
    raise ValueError(f"no cell has the address {text!r}")


def is_address(text: str) -> bool:
    """Return whether a text is the address of a cell."""
    try:
        return bool(cell_of(text))
    except ValueError:
        return False


def column_of(ref: str) -> int:
    """Return the column of an address that may lack its row. Raises: ValueError."""
    letters = ref.rstrip("0123456789").replace("$", "")
    if not _COLUMN.match(letters):
        raise ValueError(f"no column has the letters {letters!r}")
    return column_number(letters)


def address(row: int, column: int) -> str:
    """Return the address of a cell."""
    return f"{column_letters(column)}{row}"


@dataclass(frozen=True)
class Area:
    """A rectangle of cells, its four sides included."""

    top: int
    left: int
    bottom: int
    right: int

    @classmethod
    def of(cls, text: str) -> Area:
        """Return the area of `B2`, `B2:C9`, `2:9` or `B:C`. Raises: ValueError."""
        first, _, last = text.partition(":")
        last = last or first
        if _ROW.match(first) and _ROW.match(last):
            number, other = (int(end.replace("$", "")) for end in (first, last))
            return cls(min(number, other), 1, max(number, other), LAST_COLUMN)
        if _COLUMN.match(first) and _COLUMN.match(last) and ":" in text:
            number, other = (column_number(end.replace("$", "")) for end in (first, last))
            return cls(1, min(number, other), LAST_ROW, max(number, other))
        (top, left), (bottom, right) = cell_of(first), cell_of(last)
        return cls(min(top, bottom), min(left, right), max(top, bottom), max(left, right))

    def __str__(self) -> str:
        if self.left == 1 and self.right == LAST_COLUMN and self.bottom < LAST_ROW:
            return f"{self.top}:{self.bottom}"
        if self.top == 1 and self.bottom == LAST_ROW:
            return f"{column_letters(self.left)}:{column_letters(self.right)}"
        first, last = address(self.top, self.left), address(self.bottom, self.right)
        return first if first == last else f"{first}:{last}"

    def __contains__(self, cell: CellPosition) -> bool:
        return self.top <= cell[0] <= self.bottom and self.left <= cell[1] <= self.right

    @property
    def single(self) -> bool:
        """Whether it is one cell."""
        return (self.top, self.left) == (self.bottom, self.right)

    def meets(self, other: Area) -> bool:
        """Return whether the two have a cell in common."""
        return not (
            self.bottom < other.top or other.bottom < self.top
            or self.right < other.left or other.right < self.left
        )  # fmt: skip


def areas_of(text: str | None) -> list[Area]:
    """Return the areas of a list separated by spaces, as conditional formats have it."""
    return [Area.of(ref) for ref in (text or "").split()]


def joined(areas: Iterable[Area]) -> str:
    """Return areas as a list separated by spaces."""
    return " ".join(map(str, areas))


def as_areas(cells: Iterable[CellPosition]) -> Iterator[Area]:
    """Give areas that hold these cells and no other, runs of a column together."""
    run: Area | None = None
    for column, row in sorted({(column, row) for row, column in cells}):
        if run and run.left == column and run.bottom == row - 1:
            run = Area(run.top, column, row, column)
            continue
        if run:
            yield run
        run = Area(row, column, row, column)
    if run:
        yield run


def written_like(area: Area, before: str) -> str:
    """Return an area in the way that another was told; that one if it is the same.

    Whole rows are told by cells in most files: `A5:XFD9`, not `5:9`.
    """
    if area == Area.of(before):
        return before
    if before.lstrip("$")[0].isdigit():
        return f"{area.top}:{area.bottom}"
    first, last = address(area.top, area.left), address(area.bottom, area.right)
    return f"{first}:{last}" if ":" in before or first != last else first
