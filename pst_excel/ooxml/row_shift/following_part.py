"""One part that follows rows which moved: what refers to them is changed in place, only if it does.

Source: ECMA-376 part 1, §18.3.1 (worksheets), §20.5.2 (anchors of drawings).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from lxml import etree

from pst_excel.ooxml.package.names import Element, local, main
from pst_excel.ooxml.package.package import Package
from pst_excel.ooxml.references.addresses import (
    LAST_ROW,
    Area,
    address,
    areas_of,
    cell_of,
    written_like,
)  # fmt: skip
from pst_excel.ooxml.references.formulas import Shifted
from pst_excel.ooxml.references.row_shifts import Shift

_CELLS = main("sheetData")
_COLLECTIONS = frozenset({
    "mergeCells", "hyperlinks", "dataValidations", "conditionalFormattings", "protectedRanges",
    "ignoredErrors", "cellWatches", "rowBreaks", "sparklines", "sparklineGroups", "sortState",
    "extLst", "ext",
})  # fmt: skip
_COUNTS = ("count", "manualBreakCount")


class FollowingPart:
    """A part, the sheet that it belongs to (`own`, its title; empty for none), and the shift.

    What cannot be read as an address or as an area is left as it is.
    """

    def __init__(self, package: Package, part: str, own: str, shift: Shift) -> None:
        self.package, self.part, self.own, self.shift = package, part, own, shift
        self.here = own.casefold() == shift.title.casefold()

    @property
    def root(self) -> Element:
        """The root of the part, to be read."""
        return self.package.tree(self.part)

    def named(self, *names: str) -> Iterator[Element]:
        """Give the elements of these names, of any namespace, that stand outside the cells."""
        tags = [f"{{*}}{name}" for name in names]
        for child in list(self.root):
            if child.tag != _CELLS:
                yield from list(child.iter(*tags))

    def put(self, element: Element, key: str, value: str) -> None:
        """Set an attribute, if it says something else."""
        if element.get(key) != value:
            self.package.edit(self.part)
            element.set(key, value)

    def say(self, element: Element, text: str) -> None:
        """Set the text of an element, if it is another."""
        if (element.text or "") != text:
            self.package.edit(self.part)
            element.text = text

    def formula(self, text: str) -> str:
        """Return a formula of the part as it reads afterwards."""
        return self._shifted.formula(text)

    @cached_property
    def _shifted(self) -> Shifted:
        return Shifted([self.shift], self.own)

    def areas(self, text: str) -> str:
        """Return a list of areas of the part's sheet, without those that are gone."""
        if not self.here:
            return text
        try:
            found = [self._area(ref) for ref in text.split()]
        except ValueError:
            return text
        return text if found == text.split() else " ".join(filter(None, found))

    def _area(self, text: str) -> str | None:
        new = self.shift.area(Area.of(text))
        return None if new is None else written_like(new, text)

    def row(self, number: int) -> int:
        """Return a row of the part's sheet; for one that is gone, the row now at its place."""
        if not self.here:
            return number
        edge = self.shift.first if self.shift.count < 0 else LAST_ROW
        return self.shift.row(number) or edge

    def cell(self, text: str) -> str | None:
        """Return the address of a cell of the part's sheet; None when it is gone."""
        try:
            row, column = cell_of(text)
        except ValueError:
            return text
        now = self.shift.row(row) if self.here else row
        if now is None or now == row:
            return None if now is None else text
        return address(now, column)

    def below(self, row: int) -> int:
        """Return a row that is looked at: one inserted just before it then shows in its place."""
        if not self.here or row == 1:
            return row
        above = self.shift.row(row - 1)
        return self.row(row - 1) if above is None else min(above + 1, LAST_ROW)

    def steps(self, text: str) -> int:
        """Return how far the first row of a list of areas is from the first of them that stays.

        A formula that many cells share reads as in the first one: where its row is removed, it
        must first be told as the next one reads it.
        """
        end = self.shift.first - self.shift.count
        try:
            known = areas_of(text) if self.here and self.shift.count < 0 else []
        except ValueError:
            return 0
        top = min((area.top for area in known), default=0)
        if not self.shift.first <= top < end:
            return 0
        return min((max(area.top, end) for area in known if area.bottom >= end), default=top) - top

    def drop(self, element: Element) -> None:
        """Take an element away, and the collection that held nothing else; counts stay true."""
        parent = element.getparent()
        if parent is None:
            return
        self.package.edit(self.part)
        parent.remove(element)
        left = list(parent.iterchildren(tag=etree.Element))
        if local(parent) in _COLLECTIONS and all(local(child) == "extLst" for child in left):
            self.drop(parent)
            return
        for key in _COUNTS:
            if parent.get(key) is not None:
                kept = [
                    child for child in left if key == "count" or child.get("man") in ("1", "true")
                ]
                parent.set(key, str(len(kept)))
