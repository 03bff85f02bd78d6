"""A workbook and its sheets as what changes them knows them: their parts, and what was read there.

`Workbook` and `Sheet`, which people use, are these with all that may be asked of them.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from functools import cached_property

from pst_excel.ooxml.cells.grid import Grid
from pst_excel.ooxml.cells.shared_formulas import SheetFormulas
from pst_excel.ooxml.cells.styles import Styles
from pst_excel.ooxml.cells.tables import TablePart
from pst_excel.ooxml.cells.told import area_in
from pst_excel.ooxml.cells.values import text_of
from pst_excel.ooxml.package.malformed import whole
from pst_excel.ooxml.package.names import Element, main
from pst_excel.ooxml.package.package import Package
from pst_excel.ooxml.proof.expected_changes import ExpectedChanges
from pst_excel.ooxml.references.addresses import Area, address


class WorkbookParts(ABC):
    """The package of a workbook, what was read of it, and what its changes have an effect on.

    Raises: NotAWorkbook, Protected when it is encrypted.
    """

    def __init__(self, data: bytes) -> None:
        self.original = data
        self.package = Package(data)
        self.expected_changes = ExpectedChanges()
        self.values_changed = self.formulas_changed = False

    @abstractmethod
    def __getitem__(self, title: str) -> SheetPart:
        """Return a worksheet, with all that was read of it before. Raises: KeyError."""

    @property
    def root(self) -> Element:
        """The root of the workbook's own part, to be read."""
        return self.package.tree(self.package.workbook)

    @property
    def titles(self) -> list[str]:
        """The titles of the sheets, in their order; those of charts too."""
        return [sheet.title for sheet in self.package.sheets_of(self.package.workbook)]

    def part_of(self, title: str) -> str | None:
        """Return the part of a worksheet; None when the workbook has none of this title."""
        for sheet in self.package.sheets_of(self.package.workbook):
            if sheet.title.casefold() == title.casefold() and sheet.kind == "worksheet":
                return sheet.part
        return None

    @cached_property
    def styles(self) -> Styles:
        """The styles of cells."""
        return Styles(self.package)

    @cached_property
    def strings(self) -> list[str]:
        """The shared strings, as plain texts."""
        return [text_of(string) for string in self._shared_strings()]

    @cached_property
    def rich_strings(self) -> frozenset[str]:
        """The numbers of the shared strings of which a part has a format of its own."""
        every = enumerate(self._shared_strings())
        return frozenset(str(at) for at, string in every if string.find(main("r")) is not None)

    def _shared_strings(self) -> Iterator[Element]:
        found = self.package.related(self.package.workbook, "sharedStrings")
        return self.package.tree(found[0]).iter(main("si")) if found else iter(())

    @cached_property
    def epoch_1904(self) -> bool:
        """Whether days are counted from 1904."""
        found = self.root.find(main("workbookPr"))
        return found is not None and found.get("date1904") in ("1", "true")


class SheetPart:
    """A worksheet by its title and its part, which is read when something is asked of it."""

    def __init__(self, book: WorkbookParts, title: str, part: str) -> None:
        self.book, self.title, self.part = book, title, part

    @property
    def root(self) -> Element:
        """The root of the part, to be read."""
        return self.book.package.tree(self.part)

    def edit(self) -> Element:
        """Return the root of the part, about to be changed."""
        return self.book.package.edit(self.part)

    @cached_property
    def grid(self) -> Grid:
        """The rows and cells; read once, and again after rows were moved."""
        return Grid(self.root)

    @cached_property
    def formulas(self) -> SheetFormulas:
        """Where formulas are shared or fill several cells; read as `grid` is."""
        return SheetFormulas(self.root)

    def reread(self) -> None:
        """Look anew at the rows, the cells and the formulas: rows were moved."""
        self.__dict__.pop("grid", None)
        self.reread_formulas()

    def reread_formulas(self) -> None:
        """Look anew at where formulas are shared: some are told otherwise."""
        self.__dict__.pop("formulas", None)

    @cached_property
    def table_parts(self) -> list[TablePart]:
        """The tables, by their parts."""
        package = self.book.package
        return [TablePart(package, part) for part in package.related(self.part, "table")]

    @property
    def merged(self) -> list[Area]:
        """The areas of merged cells."""
        found = self.root.find(main("mergeCells"))
        return (
            []
            if found is None
            else [area_in(merge) for merge in found.iterchildren(main("mergeCell"))]
        )

    def style_at(self, row: int, column: int) -> int:
        """Return the number of a cell's style; that of its row or column when it is not written."""
        cell = self.grid.cell(row, column)
        if cell is None:
            return self.inherited_style(row, column)
        return whole(cell, "s")

    def inherited_style(self, row: int, column: int) -> int:
        """Return the number of the style that a cell shows when it is not written."""
        return self.grid.column_style(self.root, row, column)

    def changed(self, area: Area) -> None:
        """Say that the values of an area of cells change."""
        self.book.expected_changes.cells(self.part, area)
        self.book.values_changed = True

    def restyled(self, row: int, column: int) -> None:
        """Say that a cell changes its format and no value."""
        self.book.expected_changes.restyled(self.part, row, column)

    def widen(self, row: int, column: int) -> None:
        """Make the sheet's dimension hold a cell."""
        for dimension in self.root.iterchildren(main("dimension")):
            try:
                area = Area.of(dimension.get("ref", ""))
            except ValueError:
                return
            if (row, column) not in area:
                first = address(min(area.top, row), min(area.left, column))
                last = address(max(area.bottom, row), max(area.right, column))
                dimension.set("ref", f"{first}:{last}")  # readers know no whole rows here
