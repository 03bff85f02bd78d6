"""The sheets that people added to a workbook, written again in another: cells, formulas, looks."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from openpyxl.cell.rich_text import CellRichText
from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token, TokenizerError
from openpyxl.utils import FORMULAE
from openpyxl.utils.datetime import to_excel
from xlsxwriter.exceptions import OverlappingRange

from pst_excel.grids import Rows, filled
from pst_excel.outdated import Change, Nature
from pst_excel.outputs import palette
from pst_excel.outputs.cells import LINE, lines_of
from pst_excel.outputs.looks import Looks
from pst_excel.outputs.original import Original
from pst_excel.outputs.xlsx import Book, Sheet

NOTE_WIDTH = 240
PIXELS = 7  # of the widest digit of Calibri 11, by which widths are counted
MARGIN = (2_000, 100)  # rows and columns of blank formatted cells kept after the last value
FORMATS: Mapping[type, str] = {
    dt.datetime: "dd/mm/yyyy hh:mm", dt.date: "dd/mm/yyyy", dt.time: "hh:mm:ss",
    dt.timedelta: "[h]:mm:ss",
}  # fmt: skip
_REFERENCE = re.compile(
    r"(?:(?P<sheet>'(?:[^']|'')+'|[^'!\[\]]+)!)?"
    r"(?:\$?[A-Z]{1,3}\$?\d+|\$?[A-Z]{1,3}:\$?[A-Z]{1,3}|\$?\d+:\$?\d+)(?::\$?[A-Z]{1,3}\$?\d+)?"
)
_OUTWARD = ("INDIRECT", "HYPERLINK", "RTD", "CALL", "EVALUATE", "WEBSERVICE", "IMAGE", "PY",
            "STOCKHISTORY", "GETPIVOTDATA", "ANCHORARRAY", "INFO", "CELL")  # fmt: skip


PARTLY, TEXT_KEPT = "mise en forme d’une partie du texte", "le texte est gardé"
Notes = Mapping[tuple[int, int], tuple[str, str]]
"""The notes of a sheet, by row and column from 1: the text, who wrote it."""


def notes_of(sheet: Any, title: str, threads: Mapping[tuple[str, int, int], str]) -> Notes:
    """Return the notes of a sheet; a conversation is the note that Excel left under it."""
    found = {}
    for (row, column), cell in sorted(sheet._cells.items()):
        if getattr(cell, "comment", None) is not None:
            talk = threads.get((title, row, column))
            author = "" if talk else (cell.comment.author or "").strip()
            found[row, column] = talk or cell.comment.text, author
    return found


def note(worksheet: Any, row: int, column: int, text: str, author: str) -> None:
    """Put a note on a cell, counted from 0, in a box that shows it whole."""
    height = min(40 + LINE * lines_of(text, NOTE_WIDTH // PIXELS), 600)
    options = {"author": author, "width": NOTE_WIDTH, "height": height}
    worksheet.write_comment(row, column, text, options)


def likeness(formula: str, row: int) -> str:
    """Return what the formulas filled down a column share: the number of their row is a sign."""
    return re.sub(rf"(?<=[A-Z$]){row}\b", "#", formula)


def became(read: Any) -> str:
    """Say what becomes of a formula that is not kept, by the value that was read of it."""
    return "sa valeur est gardée" if read != "" else "sans valeur : la cellule est vide"


def stays_inside(formula: str, title: str) -> bool:
    """Tell whether a formula looks at nothing but its own sheet, with the functions of Excel."""
    try:
        tokens = Tokenizer(formula).items
    except TokenizerError:
        return False
    for token in tokens:
        if token.type == Token.FUNC and token.subtype == Token.OPEN:
            name = token.value.rstrip("(").upper()
            last = name.rpartition(".")[2] if name.startswith("_XLFN.") else name
            known = name.startswith("_XLFN.") or name in FORMULAE
            if not known or last in _OUTWARD or last.startswith("CUBE"):
                return False
        elif token.type == Token.OPERAND and token.subtype == Token.RANGE:
            found = _REFERENCE.fullmatch(token.value)
            sheet = found["sheet"] if found else None
            named = sheet.strip("'").replace("''", "'") if sheet else title
            if found is None or named.casefold() != title.casefold():
                return False
    return True


def write_values(book: Book, title: str, rows: Rows) -> Sheet:
    """Write a sheet of which nothing but the values is known."""
    page = _sheet(book, title)
    forms = {kind: book.workbook.add_format({"num_format": form})
             for kind, form in FORMATS.items()}  # fmt: skip
    for row, line in enumerate(rows):
        for column, value in enumerate(line):
            if filled(value):
                write_value(page.worksheet, row, column, value, forms.get(type(value)))
    return page


def _sheet(book: Book, title: str) -> Sheet:
    page = book.sheet(title, palette.TABS["help"])
    page.worksheet.tab_color = 0
    return page


def write_value(ws: Any, row: int, column: int, value: Any, form: Any) -> None:
    """Write a value of any kind in a cell counted from 0; a text is never a formula."""
    if value is None or value == "":
        ws.write_blank(row, column, None, form)
    elif isinstance(value, bool):
        ws.write_boolean(row, column, value, form)
    elif isinstance(value, str):
        ws.write_string(row, column, value, form)
    else:
        ws.write_number(row, column, serial(value), form)


def serial(value: Any) -> Any:
    """Return a date or a time as the number that Excel keeps; another value as it is."""
    dated = isinstance(value, dt.date | dt.time | dt.timedelta)
    return to_excel(value) if dated else value  # type: ignore[no-untyped-call]


class Carrier:
    """One sheet being written again, as openpyxl sees it and with the values that were read."""

    def __init__(self, book: Book, looks: Looks, original: Original, old: Any, title: str) -> None:
        self.old, self.original, self.looks, self.title = old, original, looks, title
        self.notes = notes_of(old, old.title, original.threads)
        self.page = _sheet(book, title)
        self.ws = self.page.worksheet
        self.left: dict[tuple[str, str, str], list[str]] = {}
        self._first: dict[str, str] = {}

    def carry(self) -> Iterator[Change]:
        """Write the sheet; give what could not be taken along."""
        self._columns()
        shown = self._rows()
        self._merge()
        self._cells()
        self._view()
        for (element, same, after), cells in self.left.items():
            yield self._lost(element, self._first[same], after, *cells)
        if shown:
            yield self._lost("filtre", "", "toutes les lignes sont montrées", *shown)
        if self.old.data_validations.dataValidation:
            yield self._lost("validations de saisie")
        if len(self.old.conditional_formatting):
            yield self._lost("mises en forme conditionnelles")
        if self.old.protection.sheet:
            yield self._lost("protection de la feuille")

    def _lost(self, element: str, before: str = "", after: str = "", *cells: str) -> Change:
        return Change(Nature.LOST, self.title, element, before, after, cells)

    def _columns(self) -> None:
        used = max((cell.column for cell in self._kept()), default=1) + MARGIN[1]
        for one in self.old.column_dimensions.values():
            one.reindex()
            width = int(one.width * PIXELS + 0.5) if one.customWidth else None
            options = {"hidden": one.hidden, "level": one.outlineLevel, "collapsed": one.collapsed}
            form = self.looks.format(one) if one.has_style and one.min <= used else None
            last = min(one.max, used) if form is not None and not one.hidden else one.max
            self.ws.set_column_pixels(one.min - 1, last - 1, width, form, options)

    def _rows(self) -> list[str]:
        """Set the heights; return the rows that a filter hid, shown again."""
        format_ = self.old.sheet_format
        if format_.customHeight and format_.defaultRowHeight:
            self.ws.set_default_row(format_.defaultRowHeight)
        filtered: range = range(0)
        if self.old.auto_filter.ref:
            self.ws.autofilter(self.old.auto_filter.ref)
            first, last = re.findall(r"\d+", self.old.auto_filter.ref + ":0")[:2]
            filtered = range(int(first), max(int(last), int(first)) + 1)
        shown = []
        for at, one in sorted(self.old.row_dimensions.items()):
            if one.hidden and at in filtered:
                shown.append(f"A{at}")
            options = {"hidden": one.hidden and at not in filtered, "level": one.outlineLevel,
                       "collapsed": one.collapsed}  # fmt: skip
            form = self.looks.format(one) if one.has_style else None
            if one.height is not None or form is not None or any(options.values()):
                self.ws.set_row(at - 1, one.height, form, options)
        return shown

    def _merge(self) -> None:
        for one in sorted(self.old.merged_cells.ranges, key=str):
            if one.size["rows"] * one.size["columns"] > 1:
                with suppress(OverlappingRange):  # Excel would not have let anyone do it
                    self.ws.merge_range(one.min_row - 1, one.min_col - 1, one.max_row - 1,
                                        one.max_col - 1, "")  # fmt: skip

    def _kept(self) -> Iterator[Any]:
        """Give the cells, without the formatted blanks that stand far from everything."""
        # Walking the grid would make the cells that a far one implies.
        cells = self.old._cells
        valued = [place for place, cell in cells.items() if cell.value is not None]
        last = [max((place[n] for place in valued), default=0) + MARGIN[n] for n in (0, 1)]
        for (row, column), cell in sorted(cells.items()):
            if row <= last[0] and column <= last[1]:
                yield cell

    def _cells(self) -> None:
        for cell in self._kept():
            form = self.looks.format(cell) if cell.has_style else None
            row, column = cell.row - 1, cell.column - 1
            read = self.original.read(self.old.title, cell.row, cell.column)
            text, author = self.notes.get((cell.row, cell.column), ("", ""))
            if text:
                note(self.ws, row, column, text, author)
            link = getattr(cell, "hyperlink", None)
            if link is not None:
                self._leave(cell, "lien", link.target or f"#{link.location}", TEXT_KEPT)
            if cell.data_type == "f":
                self._formula(cell, read, form)
                continue
            value = cell.value
            if cell.data_type == "e":
                self._leave(cell, "erreur", str(value), "gardée en texte")
            if isinstance(value, CellRichText):
                self._leave(cell, PARTLY, "", TEXT_KEPT)
                value = str(value)
            if isinstance(value, str) and isinstance(read, str) and read:
                value = read
            if value is not None or form is not None:
                write_value(self.ws, row, column, value, form)

    def _leave(self, cell: Any, element: str, text: str, after: str) -> None:
        same = likeness(text, cell.row)
        self._first.setdefault(same, text)
        self.left.setdefault((element, same, after), []).append(cell.coordinate)

    def _formula(self, cell: Any, read: Any, form: Any) -> None:
        """Write a formula that stays inside its sheet; of another, the value."""
        row, column, text, area = cell.row - 1, cell.column - 1, cell.value, None
        if not isinstance(text, str):
            text, area = str(getattr(text, "text", "") or "="), getattr(text, "ref", "")
        value = serial(read)
        alone = area in (None, cell.coordinate)
        if alone and len(text) <= 8_000 and stays_inside(text, self.title):
            if area is None:
                self.ws.write_formula(row, column, text, form, value)
            else:
                self.ws.write_array_formula(row, column, row, column, text, form, value)
            return
        self._leave(cell, "formule", text, became(read))
        write_value(self.ws, row, column, read, form)

    def _view(self) -> None:
        old, properties = self.old, self.old.sheet_properties
        view, setup = old.sheet_view, old.page_setup
        if view.pane is not None and view.pane.state in ("frozen", "frozenSplit"):
            self.ws.freeze_panes(int(view.pane.ySplit or 0), int(view.pane.xSplit or 0))
        if view.showGridLines is False:
            self.ws.hide_gridlines(2)
        if view.zoomScale:
            self.ws.set_zoom(view.zoomScale)
        colour = self.looks.colour(properties.tabColor)
        if colour is not None:
            self.ws.set_tab_color(colour)
        outline = properties.outlinePr
        if outline is not None:
            self.ws.outline_settings(True, bool(outline.summaryBelow), bool(outline.summaryRight))
        if setup.orientation == "landscape":
            self.ws.set_landscape()
        if setup.paperSize:
            self.ws.set_paper(int(setup.paperSize))
        if old.sheet_state == "hidden":
            self.ws.hide()
        elif old.sheet_state == "veryHidden":
            self.ws.very_hidden()
