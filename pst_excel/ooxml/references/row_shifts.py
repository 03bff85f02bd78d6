"""Rows inserted in a sheet or removed from it: where each row and each area then is."""

from __future__ import annotations

from dataclasses import dataclass

from pst_excel.ooxml.references.addresses import LAST_ROW, Area


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
