"""A worksheet of a workbook being patched, its cells and its tables: what people use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from pst_excel.ooxml.cells import contents, layout, links, marks
from pst_excel.ooxml.cells.tables import TablePart
from pst_excel.ooxml.cells.values import Value
from pst_excel.ooxml.cells.workbook_parts import SheetPart
from pst_excel.ooxml.errors import Refused
from pst_excel.ooxml.notes import notes
from pst_excel.ooxml.notes.conversations import conversations_of
from pst_excel.ooxml.notes.notes import Note
from pst_excel.ooxml.references.addresses import Area, address, areas_of, cell_of
from pst_excel.ooxml.row_shift import held, shift, table_rows
from pst_excel.ooxml.row_shift.table_rows import TableRow


class Cell:
    """A cell of a sheet, written in the file or not."""

    def __init__(self, sheet: Sheet, row: int, column: int) -> None:
        self.sheet, self.row, self.column = sheet, row, column

    @property
    def ref(self) -> str:
        """The address."""
        return address(self.row, self.column)

    @property
    def style(self) -> int:
        """The number of its style; that of its row or column when it is not written."""
        return self.sheet.style_at(self.row, self.column)

    @property
    def value(self) -> Value:
        """What it holds: for a formula, the formula and the value that it last gave.

        Raises: Malformed when the file says what is no value.
        """
        return contents.value(self.sheet, self.row, self.column)

    @value.setter
    def value(self, value: Value) -> None:
        self.set(value)

    @property
    def is_rich(self) -> bool:
        """Whether a part of its text has a format of its own."""
        return contents.is_rich(self.sheet, self.row, self.column)

    def set(self, value: Value) -> None:
        """Put a value in the cell, which keeps its format; None empties it.

        A date takes a format of dates where the cell has none. Raises: Refused for a part of an
        array or of merged cells, for a heading of a table, or for what no cell holds.
        """
        contents.put(self.sheet, self.row, self.column, value)

    def clear(self) -> None:
        """Empty the cell; its format stays."""
        self.set(None)

    def fill(self, colour: str) -> None:
        """Give the cell a fill of its own, its format being otherwise the same."""
        contents.fill(self.sheet, self.row, self.column, colour)

    def look_like(self, other: Cell) -> None:
        """Take the format of another cell of the sheet."""
        layout.like(self.sheet, self.row, self.column, (other.row, other.column))

    def mark(self, fill: str, text: str = "", tag: str = "mark") -> None:
        """Colour the cell over its own format, which stays; see `Sheet.mark`."""
        self.sheet.mark([self.ref], fill, text, tag)

    @property
    def note(self) -> Note | None:
        """The note of the cell."""
        return self.sheet.notes.get(self.ref)

    def add_note(self, text: str, author: str) -> None:
        """Add a note; where there is one already, the text is added at its end.

        Raises: Refused where a conversation stands (a threaded comment), or a note that is full.
        """
        if self.sheet.add_notes({self.ref: text}, author):
            raise Refused(f"{self.ref} a une conversation ou une note pleine : rien ne s’y ajoute")

    def remove_note(self, author: str | None = None) -> None:
        """Remove the note, or what an author added to it."""
        notes.remove(self.sheet, [self.ref], author)

    def link(self, sheet: str, ref: str, tip: str = "") -> None:
        """Make a click on the cell lead to a cell of this workbook."""
        links.add(self.sheet, self.row, self.column, sheet, ref, tip)

    def unlink(self, sheet: str) -> None:
        """Make a click on the cell no longer lead to a sheet of this workbook."""
        links.remove(self.sheet, sheet, self.ref)


class Table(TablePart):
    """A table of a sheet. Raises: Malformed when its part says no area."""

    def __init__(self, sheet: Sheet, part: str) -> None:
        super().__init__(sheet.book.package, part)
        self.sheet = sheet

    def append(self, rows: Sequence[TableRow]) -> Area:
        """Add rows at the end, with the formats of the last one, and return their cells.

        The cells below are used when they are free; else rows are inserted in the sheet, as
        before a row of totals. A table whose only row is blank is filled from that row on. `None`
        and `...` take the formula of a calculated column, and are blank elsewhere. Raises:
        Refused for a table that a query fills, for rows too long, or where no row can be inserted.
        """
        return table_rows.append(self.sheet, self, rows)

    def insert(self, at: int, rows: Sequence[TableRow]) -> Area:
        """Insert rows before one, 0 being the first, and return their cells; see `append`.

        Whole rows of the sheet are inserted. Raises: Refused; IndexError when it has no such row.
        """
        return table_rows.insert(self.sheet, self, at, rows)

    def remove(self, first: int, count: int = 1) -> None:
        """Remove rows, 0 being the first, with the whole rows of the sheet that they stand on.

        Raises: Refused when no row would be left; IndexError when it has no such rows.
        """
        table_rows.remove(self.sheet, self, first, count)


class Sheet(SheetPart):
    """A worksheet, by its title in the workbook; its part is read when something is asked of it."""

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

    def insert_rows(self, before: int, count: int = 1) -> None:
        """Insert rows before one; all that stands below, or refers to it, follows."""
        shift.insert(self, before, count)

    def insert_rows_at(self, places: Mapping[int, int]) -> None:
        """Insert so many rows before each of several, numbered as they are now, all at once.

        What ends on the row above some of them is made to hold them by `hold_rows`.
        """
        shift.insert_several(self, places)

    def hold_rows(self, bottom: int, count: int) -> None:
        """Make the filter, the tables and the printed area that end on a row hold more below it."""
        held.hold(self, bottom, count)

    def cover(self, area: Area) -> None:
        """Make the filter whose headings are the first row of an area cover it; criteria stay."""
        held.cover(self, area)

    def print_across(self, rows: tuple[int, int], columns: tuple[int, int]) -> None:
        """Make the area printed from A1 on, that ends on a row and reaches a column, go further.

        Of each, the old and the new; another printed area stays.
        """
        held.print_across(self, rows, columns)

    def remove_rows(self, first: int, count: int = 1) -> None:
        """Remove rows; all that stands below, or refers to it, follows. Raises: Refused."""
        shift.remove(self, first, count)

    def remove_rows_at(self, places: Mapping[int, int]) -> None:
        """Remove so many rows from each of several on, numbered as they are now. Raises: Refused.

        All that follows does so as with `remove_rows`, the formulas at once.
        """
        shift.remove_several(self, places)

    def height(self, row: int) -> float:
        """Return the height of a row in points."""
        return layout.height(self, row)

    def set_height(self, row: int, points: float) -> None:
        """Give a row a height in points."""
        layout.set_height(self, row, points)

    def width(self, column: int) -> float:
        """Return the width of a column, counted from 1, in characters; 0 when it is hidden."""
        return layout.width(self, column)

    def set_width(self, column: int, characters: float) -> None:
        """Give a column, counted from 1, a width in characters."""
        layout.set_width(self, column, characters)

    @property
    def footer(self) -> str:
        """What is printed at the foot of the pages, with its codes; set where there is one."""
        return layout.footer(self)

    @footer.setter
    def footer(self, text: str) -> None:
        layout.set_footer(self, text)

    @cached_property
    def tables(self) -> list[Table]:
        """The tables of the sheet."""
        return [Table(self, table.part) for table in self.table_parts]

    @property
    def notes(self) -> dict[str, Note]:
        """The notes of the sheet, by the address of their cell."""
        return notes.notes_of(self)

    @property
    def conversations(self) -> dict[str, list[tuple[str, str]]]:
        """The conversations of the sheet, by the address of their cell: who says what."""
        return conversations_of(self)

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

    def add_notes(self, texts: Mapping[str, str], author: str, signed: bool = True) -> list[str]:
        """Add notes to cells by their addresses; return those where none can be added.

        Those that are not `signed` are the text alone: nothing takes them away again by an author.
        Where a note is already, the text is added at its end; a conversation takes none.
        """
        return notes.add(self, texts, author, signed)

    def remove_notes(self, author: str) -> None:
        """Remove the notes of an author, and what he added to the notes of others."""
        notes.remove(self, None, author)
