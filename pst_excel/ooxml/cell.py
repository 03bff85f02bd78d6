"""A cell of a sheet: what it holds, what it is given, what is laid over it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, TypeAlias

from pst_excel.ooxml import formula_cells, links, notes, styles
from pst_excel.ooxml.errors import NotAWorkbook, Refused
from pst_excel.ooxml.names import Element, local, main
from pst_excel.ooxml.notes import Note
from pst_excel.ooxml.references import Area, address
from pst_excel.ooxml.values import (
    CellError,
    Formula,
    Value,
    moment,
    number_text,
    put_text,
    serial,
    text_of,
    unescaped,
)  # fmt: skip

if TYPE_CHECKING:
    from pst_excel.ooxml.sheet import Sheet

Held: TypeAlias = str | float | bool | dt.datetime | dt.time | dt.timedelta | CellError | None


class Cell:
    """A cell of a sheet, written in the file or not."""

    def __init__(self, sheet: Sheet, row: int, column: int) -> None:
        self.sheet, self.row, self.column = sheet, row, column

    @property
    def ref(self) -> str:
        """The address."""
        return address(self.row, self.column)

    @property
    def _element(self) -> Element | None:
        return self.sheet.grid.cell(self.row, self.column)

    @property
    def style(self) -> int:
        """The number of its style; that of its row or column when it is not written."""
        found = self._element
        if found is not None:
            return int(found.get("s", "0"))
        return self._inherited

    @property
    def _inherited(self) -> int:
        """The number of the style that it shows when it is not written."""
        return self.sheet.grid.column_style(self.sheet.root, self.row, self.column)

    @property
    def value(self) -> Value:
        """What it holds: for a formula, the formula and the value that it last gave.

        Raises: NotAWorkbook when the file says what is no value.
        """
        found = self._element
        if found is None:
            return None
        formula = formula_cells.text(self.sheet, self.row, self.column)
        try:
            held = self._held(found)
        except (ValueError, IndexError) as error:
            raise NotAWorkbook(f"la valeur de {self.ref} n’en est pas une") from error
        if formula is None:
            return held
        if isinstance(held, CellError):
            return Formula(formula, held.text)
        if isinstance(held, dt.datetime | dt.time | dt.timedelta):
            held = float(found.findtext(main("v")) or 0)
        return Formula(formula, held)

    @value.setter
    def value(self, value: Value) -> None:
        self.set(value)

    def _held(self, found: Element) -> Held:
        kind, text = found.get("t", "n"), found.findtext(main("v"))
        if kind == "inlineStr":
            inline = found.find(main("is"))
            return text_of(inline) if inline is not None else None
        if text is None or (text == "" and kind != "str"):
            return None
        if kind == "s":
            return self.sheet.book.strings[int(text)]
        if kind == "b":
            return text in ("1", "true")
        if kind == "e":
            return CellError(text)
        if kind == "str":
            return unescaped(text)
        if kind == "d":
            return dt.datetime.fromisoformat(text.removesuffix("Z"))
        return self._number(float(text))

    def _number(self, number: float) -> Held:
        book = self.sheet.book
        if not book.styles.shows_dates(self.style):
            return number
        try:
            if book.styles.shows_durations(self.style):
                return dt.timedelta(days=number)
            return moment(number, book.epoch_1904)
        except OverflowError:
            return number

    def set(self, value: Value) -> None:
        """Put a value in the cell, which keeps its format; None empties it.

        A date takes a format of dates where the cell has none. Raises: Refused for a part of an
        array or of merged cells, for a heading of a table, or for what no cell holds.
        """
        self._check()
        sheet, style = self.sheet, self.style
        made = sheet.root.makeelement(main("c"), None, None)
        if style:
            made.set("s", str(style))
        self._write(made, value, style)
        formula_cells.leave(sheet, self.row, self.column)
        sheet.edit()
        if value is None and style == self._inherited:
            sheet.grid.drop(self.row, self.column)
        else:
            _take(sheet.grid.add(self.row, self.column), made)
            sheet.widen(self.row, self.column)
        sheet.book.changed(sheet, Area(self.row, self.column, self.row, self.column))

    def clear(self) -> None:
        """Empty the cell; its format stays."""
        self.set(None)

    def _check(self) -> None:
        place = (self.row, self.column)
        for area in self.sheet.merged:
            if place in area and place != (area.top, area.left):
                raise Refused(f"{self.ref} est une partie des cellules fusionnées {area}")
        for table in self.sheet.tables:
            if place in table.headings:
                raise Refused(f"{self.ref} est un titre du tableau « {table.name} »")

    def _write(self, cell: Element, value: Value, style: int) -> None:
        if isinstance(value, Formula):
            formula_cells.write(self.sheet, cell, value)
        elif isinstance(value, CellError):
            cell.set("t", "e")
            _held_text(cell, value.text)
        elif isinstance(value, bool):
            cell.set("t", "b")
            _held_text(cell, str(int(value)))
        elif isinstance(value, str):
            cell.set("t", "inlineStr")
            inline = cell.makeelement(main("is"), None, None)
            cell.append(inline)
            put_text(inline, value)
        elif isinstance(value, int | float):
            _held_text(cell, number_text(value))
        elif value is not None:
            days = serial(value, self.sheet.book.epoch_1904)
            known = self.sheet.book.styles
            duration = isinstance(value, dt.timedelta)
            if not (known.shows_durations(style) if duration else known.shows_dates(style)):
                cell.set("s", str(known.with_format(style, _format_for(value))))
            _held_text(cell, number_text(days))

    def fill(self, colour: str) -> None:
        """Give the cell a fill of its own, its format being otherwise the same."""
        cell = self._styled()
        cell.set("s", str(self.sheet.book.styles.with_fill(self.style, colour)))

    def _styled(self) -> Element:
        style = self.style
        self.sheet.edit()
        cell = self.sheet.grid.add(self.row, self.column)
        if style:
            cell.set("s", str(style))
        self.sheet.widen(self.row, self.column)
        self.sheet.book.restyled(self.sheet, self.row, self.column)
        return cell

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
        if notes.add(self.sheet, {self.ref: text}, author):
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


def _format_for(value: object) -> int:
    if isinstance(value, dt.timedelta):
        return styles.DURATION
    if isinstance(value, dt.time):
        return styles.TIME
    return styles.DATE_TIME if isinstance(value, dt.datetime) else styles.DATE


def _take(cell: Element, made: Element) -> None:
    """Give a cell the content and the style of one that was made; extensions stay."""
    for child in list(cell):
        if local(child) != "extLst":
            cell.remove(child)
    for key in ("t", "cm", "vm"):
        cell.attrib.pop(key, None)
    cell.attrib.update(made.attrib)
    for at, child in enumerate(list(made)):
        cell.insert(at, child)


def _held_text(cell: Element, text: str) -> None:
    held = cell.makeelement(main("v"), None, None)
    held.text = text
    cell.append(held)
