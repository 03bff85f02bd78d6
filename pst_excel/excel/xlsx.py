"""How a workbook is written with xlsxwriter: the only module that knows its quirks.

Every cell goes through a typed `write_*` whose return code is checked, text that begins like a
formula stays text, and the same calls give the same bytes.
"""

from __future__ import annotations

import datetime as dt
import io
import math
from collections.abc import Hashable, Sequence
from typing import Any, TypeAlias

import xlsxwriter
from xlsxwriter.format import Format as Format
from xlsxwriter.worksheet import Worksheet

from pst_excel.cells.long_texts import in_a_cell
from pst_excel.excel.palette import BASE, COLUMN, INK, SMALL, TEXTS, Look
from pst_excel.excel.paper import A3 as A3
from pst_excel.excel.paper import A4 as A4
from pst_excel.excel.paper import BOTTOM, LEFT, RIGHT, TOP
from pst_excel.model.words.wording import NO, YES, shortened
from pst_excel.text.version import AUTHOR

MESSAGE_LIMIT = 255
TITLE_LIMIT = 32
FORMULA_LIMIT = 8_000
FOOTER_LIMIT = 110


Options: TypeAlias = dict[str, Any]
"""What is asked of something written with xlsxwriter, under the names that it gives."""


def options(**settings: Any) -> Options:
    """Return the options of something written with xlsxwriter, under the names it gives them."""
    return settings


def list_of(words: Sequence[str]) -> str:
    """Return the formula of a drop-down list of these words; empty where Excel has none for them.

    Words are parted by commas. A quotation mark could stand in one, doubled; LibreOffice saves it
    single, and what follows would be calculated.
    """
    text = ",".join(words)
    held = len(text) <= MESSAGE_LIMIT and text.count(",") < len(words) and '"' not in text
    return f'"{text}"' if held else ""


class _Plain(Worksheet):  # type: ignore[misc]
    """A worksheet whose formulas are written as they are, and whose rows may follow their texts.

    Ours use functions of Excel 2010 only; looking in each for thirty newer ones took longer than
    writing it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.fitted: set[int] = set()

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")

    def _xml_start_tag_unencoded(
        self, tag: str, attributes: Sequence[tuple[str, Any]] = ()
    ) -> None:
        # xlsxwriter keeps every height that it is given, whatever is typed in the row afterwards.
        if tag == "row" and attributes[0][1] - 1 in self.fitted:
            attributes = [(key, value) for key, value in attributes if key != "customHeight"]
        super()._xml_start_tag_unencoded(tag, attributes)


class BookWriter:
    """A workbook being written in memory."""

    def __init__(self, title: str, subject: str, created: dt.date) -> None:
        self._buffer = io.BytesIO()
        settings = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_date_format": "dd/mm/yyyy",
        }
        self.workbook = xlsxwriter.Workbook(self._buffer, settings)
        self.workbook.set_properties(
            {
                "title": title,
                "subject": subject,
                "author": AUTHOR,
                "created": dt.datetime.combine(created, dt.time()),
            }
        )
        self.workbook.set_size(2400, 1500)
        self.workbook.set_calc_mode("auto")
        self._formats: dict[Hashable, Format] = {}
        self.names: set[str] = set()

    def format(self, *parts: Look, **more: str | int | bool) -> Format:
        """Return the format made of the base and these properties, each made once."""
        properties = {**BASE}
        for part in (*parts, more):
            properties |= {**part}
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.workbook.add_format(properties)
        return self._formats[key]

    def mark(self, properties: Look) -> Format:
        """Return the format of a conditional format: these properties alone, made once."""
        key = ("mark", *sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.workbook.add_format(properties)
        return self._formats[key]

    def sheet(self, title: str, tab: str) -> SheetWriter:
        """Add a sheet.

        Raises: ValueError when Excel would refuse its name.
        """
        if len(title) > 31 or any(c in title for c in "[]:*?/\\"):
            raise ValueError(f"Excel refuses the sheet name « {title} »")
        worksheet = self.workbook.add_worksheet(title, worksheet_class=_Plain)
        worksheet.set_tab_color(tab)
        return SheetWriter(self, worksheet, title)

    def define(self, name: str, reference: str) -> None:
        """Name a range or a formula."""
        self.names.add(name)
        _checked(self.workbook.define_name(name, f"={reference}"), f"the name {name}")

    def bytes(self) -> bytes:
        """Close the workbook and return the file."""
        self.workbook.close()
        return self._buffer.getvalue()


class SheetWriter:
    """A sheet being written; rows and columns are counted from 0."""

    def __init__(self, book: BookWriter, worksheet: Worksheet, title: str) -> None:
        self.book = book
        self.worksheet = worksheet
        self.title = title

    def put(self, row: int, column: int, value: object, form: Format) -> None:
        """Write a value by its type; a missing one is a formatted blank."""
        ws = self.worksheet
        if value is None or value == "" or value != value:
            code = ws.write_blank(row, column, None, form)
        elif isinstance(value, str):
            code = ws.write_string(row, column, in_a_cell(value), form)
        elif isinstance(value, bool):
            code = ws.write_string(row, column, YES if value else NO, form)
        elif isinstance(value, int | float):
            if not math.isfinite(value):
                raise ValueError(f"no cell holds {value}")
            code = ws.write_number(row, column, value, form)
        elif isinstance(value, dt.date):
            code = ws.write_datetime(row, column, value, form)
        else:
            raise TypeError(f"no cell holds a {type(value).__name__}")
        _checked(code, f"{self.title} row {row + 1} column {column + 1}")

    def formula(self, row: int, column: int, formula: str, value: object, form: Format) -> None:
        """Write a live formula with its value; an unknown value is the empty text.

        Raises: ValueError for a formula longer than Excel reads.
        """
        if len(formula) > FORMULA_LIMIT:
            raise ValueError(f"{self.title}: a formula of {len(formula)} characters")
        cached = "" if value is None or value != value else value
        cached = in_a_cell(cached) if isinstance(cached, str) else cached
        code = self.worksheet.write_formula(row, column, f"={formula}", form, cached)
        _checked(code, f"{self.title} row {row + 1} column {column + 1}")

    def legend(self, row: int, column: int, text: str, color: str) -> None:
        """Write a text under a square of a colour: what that colour means in a drawing."""
        square = self.book.format(font_size=9, font_color=color)
        small = self.book.format(SMALL)
        cell = self.book.format(COLUMN, align="center")
        pieces = (square, "■ ", small, text)
        code = self.worksheet.write_rich_string(row, column, *pieces, cell)
        _checked(code, f"{self.title} row {row + 1}")

    def link(self, row: int, column: int, sheet: str, cell: str, text: str, form: Format) -> None:
        """Write a text that leads to a cell of this workbook."""
        target = f"internal:'{sheet.replace(chr(39), chr(39) * 2)}'!{cell}"
        code = self.worksheet.write_url(row, column, target, form, text, f"Aller à {sheet}!{cell}")
        _checked(code, f"{self.title} row {row + 1} column {column + 1}")

    def across(self, row: int, first: int, last: int, text: str, form: Format) -> None:
        """Write a text over several columns of a row."""
        code = self.worksheet.merge_range(row, first, row, last, text, form)
        _checked(code, f"{self.title} row {row + 1}")

    def rule(self, first: int, column: int, last: int, options: Options) -> None:
        """Add a validation to the rows of a column, its texts cut to what Excel shows."""
        options = dict(options)
        for key, limit in (
            ("input_title", TITLE_LIMIT), ("error_title", TITLE_LIMIT),
            ("input_message", MESSAGE_LIMIT), ("error_message", MESSAGE_LIMIT),
        ):  # fmt: skip
            if key in options:
                options[key] = shortened(options[key], limit)
        code = self.worksheet.data_validation(first, column, last, column, options)
        _checked(code, f"the validation of {self.title} column {column + 1}")

    def mark(self, area: tuple[int, int, int, int], options: Options) -> None:
        """Add a conditional format to an area (first row, first column, last row, last column)."""
        _checked(self.worksheet.conditional_format(*area, options), f"a mark of {self.title}")

    def table(self, area: tuple[int, int, int, int], name: str, columns: list[Options]) -> None:
        """Make an area a table of Excel, with its filter; its columns as xlsxwriter has them."""
        options = {"name": name, "columns": columns, "style": None}
        _checked(self.worksheet.add_table(*area, options), f"the table {name}")

    def fit(self, row: int, height: float, options: Options) -> None:
        """Give a row the height of what it holds: it takes another when its texts change."""
        _checked(self.worksheet.set_row(row, height, None, options), f"row {row + 1}")
        self.worksheet.fitted.add(row)

    def heading(
        self, title: str, question: str, column: int = 1, band: tuple[str, str] | None = None
    ) -> None:
        """Write the title of the sheet, on a band of a fill and a text, and its question."""
        book = self.book
        fill, text = band or ("", INK)
        # A table begins at the edge of the sheet, and its texts off it.
        off = TEXTS if band or column == 0 else {}
        across = {**off, "bg_color": fill, "valign": "vcenter"} if fill else off
        style = book.format(across, font_size=22, bold=True, font_color=text)
        self.worksheet.set_row(0, 34 if band else 30, style if band else None)
        self.put(0, column, title, style)
        # The rows above the headings do not take the colours of the columns.
        for row in (1, 2):
            self.worksheet.set_row(row, None, book.format())
        self.put(1, column, question, book.format(SMALL, off, font_size=11, italic=True))

    def page(
        self, paper: int, footer: str, first: int | None = None, across: int = 1, keep: int = 0,
        portrait: bool = False,
    ) -> None:  # fmt: skip
        """Set the sheet up for printing: which way, headings repeated, so many pages across.

        Where there are several, the columns up to `keep` stand on each.
        """
        ws = self.worksheet
        if portrait:
            ws.set_portrait()
        else:
            ws.set_landscape()
        ws.set_paper(paper)
        ws.fit_to_pages(across, 0)
        if across > 1 and keep >= 0:
            ws.repeat_columns(0, keep)
        self._margins(footer, first)

    def part(self, at: int, scale: int, keep: int) -> None:
        """Print what stands from a column on apart, at a scale in per cent, once `page` is said."""
        ws = self.worksheet
        ws.set_print_scale(scale)
        ws.set_v_pagebreaks([at])
        ws.repeat_columns(0, keep)

    def _margins(self, footer: str, first: int | None) -> None:
        ws = self.worksheet
        ws.set_margins(LEFT, RIGHT, TOP, BOTTOM)
        # A digit right after &9 would be read as part of the size; 255 characters in all.
        text = shortened(footer, FOOTER_LIMIT).replace("&", "&&")
        ws.set_footer(f"&L&9 {text}&C&9 &A&R&9 page &P / &N")
        if first is not None:
            ws.repeat_rows(first)


def _checked(code: int | None, what: str) -> None:
    if code not in (0, None):
        raise RuntimeError(f"xlsxwriter refused {what} (code {code})")
