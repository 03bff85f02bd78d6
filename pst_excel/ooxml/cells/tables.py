"""The tables of a sheet, as their parts tell them: names, extent, headings, totals, columns.

Source: ECMA-376 part 1, §18.5.1 (tables).
"""

from __future__ import annotations

from pst_excel.ooxml.cells.told import area_in
from pst_excel.ooxml.cells.values import unescaped
from pst_excel.ooxml.package.names import Element, main
from pst_excel.ooxml.package.package import Package
from pst_excel.ooxml.references.addresses import Area

NOTHING = Area(0, 0, 0, 0)
"""An area that holds no cell: that of the headings of a table which has none."""


class TablePart:
    """A table of a sheet, by its part. Raises: Malformed when its part says no area."""

    def __init__(self, package: Package, part: str) -> None:
        self.package, self.part = package, part

    @property
    def root(self) -> Element:
        """The root of the part, to be read."""
        return self.package.tree(self.part)

    @property
    def name(self) -> str:
        """The name, which formulas call it by."""
        return self.root.get("name") or self.display_name

    @property
    def display_name(self) -> str:
        """The name that is shown; the same in all that Excel writes."""
        return self.root.get("displayName", "")

    @property
    def area(self) -> Area:
        """All its cells, headings and totals too."""
        return area_in(self.root)

    @property
    def headings(self) -> Area:
        """The cells of its headings; NOTHING when they are not shown."""
        whole = self.area
        if self.root.get("headerRowCount", "1") == "0":
            return NOTHING
        return Area(whole.top, whole.left, whole.top, whole.right)

    @property
    def totals(self) -> bool:
        """Whether its last row is one of totals."""
        return self.root.get("totalsRowCount", "0") != "0"

    @property
    def data(self) -> Area:
        """The cells between the headings and the totals; NOTHING when there is no row."""
        whole = self.area
        top = whole.top + (self.headings != NOTHING)
        bottom = whole.bottom - self.totals
        return Area(top, whole.left, bottom, whole.right) if top <= bottom else NOTHING

    @property
    def columns(self) -> list[str]:
        """The names of its columns, from left to right."""
        return [unescaped(column.get("name", "")) for column in self.column_elements]

    @property
    def column_elements(self) -> list[Element]:
        """What the part says of each column, from left to right."""
        return list(self.root.iterfind(f"{main('tableColumns')}/{main('tableColumn')}"))
