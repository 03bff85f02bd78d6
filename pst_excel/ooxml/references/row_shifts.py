"""Rows inserted in a sheet or removed from it: where each row and each area then is."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Protocol

from pst_excel.ooxml.references.addresses import LAST_ROW, Area


class Shift(Protocol):
    """Rows of the sheet of a title that move; `count` < 0 when they are removed."""

    @property
    def title(self) -> str:
        """The title of the sheet."""

    @property
    def first(self) -> int:
        """The first row that moves."""

    @property
    def count(self) -> int:
        """How many rows are inserted; those removed count less than nothing."""

    def row(self, number: int) -> int | None:
        """Return the number that a row then has; None when it was removed or left the sheet."""

    def area(self, area: Area) -> Area | None:
        """Return an area as it follows its rows; None when none of them is left."""

    def parts(self, rows: Iterable[int]) -> bool:
        """Return whether rows then stand farther from one another, or nearer."""


@dataclass(frozen=True)
class RowShift:
    """Rows inserted before `first` of the sheet of a title, or, `count` < 0, removed from it."""

    title: str
    first: int
    count: int

    def row(self, number: int) -> int | None:
        """Return the number that a row then has; None when it was removed or left the sheet."""
        if number < self.first:
            return number
        if number < self.first - self.count:
            return None
        return number + self.count if number + self.count <= LAST_ROW else None

    def area(self, area: Area) -> Area | None:
        """Return an area as it follows its rows; None when none of them is left.

        Rows inserted at its top move it, those inserted inside make it grow.
        """
        if (area.top, area.bottom) == (1, LAST_ROW):
            return area
        top, bottom = area.top, area.bottom
        if top >= self.first:
            top = max(top + self.count, self.first)
        if bottom >= self.first:
            bottom = min(max(bottom + self.count, self.first - 1), LAST_ROW)
        return Area(top, area.left, bottom, area.right) if top <= bottom else None

    def parts(self, rows: Iterable[int]) -> bool:
        """Return whether some rows stand before the place of the shift, and others after it."""
        below = [row >= self.first for row in rows]
        return any(below) and not all(below)


@dataclass(frozen=True)
class Removals:
    """Rows removed at several places of the sheet of a title, one after the other."""

    title: str
    shifts: tuple[RowShift, ...]

    @property
    def first(self) -> int:
        """The first row that moves."""
        return min(shift.first for shift in self.shifts)

    @property
    def count(self) -> int:
        """How many rows are removed in all, less than nothing."""
        return sum(shift.count for shift in self.shifts)

    def row(self, number: int) -> int | None:
        """Return the number that a row then has; None when it was removed."""
        now: int | None = number
        for shift in self.shifts:
            now = None if now is None else shift.row(now)
        return now

    def area(self, area: Area) -> Area | None:
        """Return an area as it follows its rows; see `RowShift.area`."""
        now: Area | None = area
        for shift in self.shifts:
            now = None if now is None else shift.area(now)
        return now

    def parts(self, rows: Iterable[int]) -> bool:
        """Return whether rows are removed between some rows, or are some of them."""
        every = list(rows)
        return any(
            shift.parts(every) or any(shift.row(row) is None for row in every)
            for shift in self.shifts
        )


@dataclass(frozen=True)
class Insertions:
    """Rows inserted at once at several places of the sheet of a title.

    `places` holds, in order, the rows before which they are, as numbered before, and their counts.
    """

    title: str
    places: tuple[tuple[int, int], ...]

    @property
    def first(self) -> int:
        """The first row that moves."""
        return self.places[0][0]

    @property
    def count(self) -> int:
        """How many rows are inserted in all."""
        return self._sums[-1]

    @cached_property
    def shifts(self) -> tuple[RowShift, ...]:
        """The same one after the other: the lowest first, whose place the others do not change."""
        return tuple(RowShift(self.title, *place) for place in reversed(self.places))

    @cached_property
    def _starts(self) -> list[int]:
        return [before for before, _ in self.places]

    @cached_property
    def _sums(self) -> list[int]:
        return [0, *accumulate(count for _, count in self.places)]

    def _now(self, number: int) -> int:
        return number + self._sums[bisect_right(self._starts, number)]

    def row(self, number: int) -> int | None:
        """Return the number that a row then has; None when it left the sheet."""
        return now if (now := self._now(number)) <= LAST_ROW else None

    def area(self, area: Area) -> Area | None:
        """Return an area as it follows its rows; see `RowShift.area`."""
        if (area.top, area.bottom) == (1, LAST_ROW):
            return area
        top, bottom = self._now(area.top), min(self._now(area.bottom), LAST_ROW)
        return Area(top, area.left, bottom, area.right) if top <= bottom else None

    def parts(self, rows: Iterable[int]) -> bool:
        """Return whether a place of the insertion is between some rows."""
        return len({bisect_right(self._starts, row) for row in rows}) > 1
