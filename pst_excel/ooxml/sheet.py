"""A worksheet of a workbook being patched, and its cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from pst_excel.ooxml import marks, notes, rows
from pst_excel.ooxml.cell import Cell
from pst_excel.ooxml.formula_cells import SheetFormulas
from pst_excel.ooxml.grid import Grid
from pst_excel.ooxml.names import Element, main
from pst_excel.ooxml.notes import Note
from pst_excel.ooxml.references import Area, address, areas_of, cell_of
from pst_excel.ooxml.tables import Table

if TYPE_CHECKING:
    from pst_excel.ooxml.workbook import Workbook


class Sheet:
    """A worksheet, by its title in the workbook; its part is read when something is asked of it."""

    def __init__(self, book: Workbook, title: str, part: str) -> None:
        self.book = book
        self.title = title
        self.part = part

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
        return SheetFormulas(self)

    def cell(self, ref: str) -> Cell:
        """Return a cell by its address, written or not. Raises: ValueError for no address."""
        return Cell(self, *cell_of(ref))

    def at(self, row: int, column: int) -> Cell:
        """Return a cell by its row and column, both counted from 1."""
        return Cell(self, row, column)

    def row(self, number: int) -> list[Cell]:
        """Return the cells of a row that are written, from left to right."""
        return [Cell(self, number, column) for column in sorted(self.grid.columns(number))]

    def cells(self) -> Iterator[Cell]:
        """Give the cells that are written, row by row."""
        for row, column, _ in self.grid:
            yield Cell(self, row, column)

    @property
    def merged(self) -> list[Area]:
        """The areas of merged cells."""
        found = self.root.find(main("mergeCells"))
        return [] if found is None else [Area.of(one.get("ref", "")) for one in found]

    def insert_rows(self, before: int, count: int = 1) -> None:
        """Insert rows before one; all that stands below, or refers to it, follows."""
        rows.insert(self, before, count)

    def remove_rows(self, first: int, count: int = 1) -> None:
        """Remove rows; all that stands below, or refers to it, follows. Raises: Refused."""
        rows.remove(self, first, count)

    @cached_property
    def tables(self) -> list[Table]:
        """The tables of the sheet."""
        parts = self.book.package.related(self.part, "table")
        return [Table(self, part) for part in parts]

    @property
    def notes(self) -> dict[str, Note]:
        """The notes of the sheet, by the address of their cell."""
        return notes.notes_of(self)

    def mark(self, refs: Iterable[str], fill: str, text: str = "", tag: str = "mark") -> None:
        """Colour cells over their own format, which stays: a mark of this tag; see `unmark`."""
        areas = [area for ref in refs for area in areas_of(ref)]
        marks.add(self, areas, fill, text, tag)

    def unmark(self, tag: str = "mark") -> None:
        """Take away every mark of a tag: the cells show again the format that they always had."""
        marks.remove(self, tag)

    def marked(self, tag: str = "mark") -> list[Area]:
        """Return the areas that the marks of a tag cover."""
        return marks.marked(self, tag)

    def add_notes(self, texts: Mapping[str, str], author: str) -> list[str]:
        """Add notes to cells by their addresses; return those where none can be added.

        Where a note is already, the text is added at its end; a conversation takes none.
        """
        return notes.add(self, texts, author)

    def remove_notes(self, author: str) -> None:
        """Remove the notes of an author, and what he added to the notes of others."""
        notes.remove(self, None, author)

    def widen(self, row: int, column: int) -> None:
        """Make the sheet's dimension hold a cell."""
        for one in self.root.iterchildren(main("dimension")):
            try:
                area = Area.of(one.get("ref", ""))
            except ValueError:
                return
            if (row, column) not in area:
                first = address(min(area.top, row), min(area.left, column))
                last = address(max(area.bottom, row), max(area.right, column))
                one.set("ref", f"{first}:{last}")  # readers know no whole rows here
