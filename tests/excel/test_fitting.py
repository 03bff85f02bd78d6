"""What is seen is whole: headings stand as their values, no word is split, no text is cut."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
from openpyxl.utils import range_boundaries
from support import office

from pst_excel.distributing.prepare import prepare
from pst_excel.excel import palette
from pst_excel.excel.books.template import blank, write_template
from pst_excel.excel.formats import look
from pst_excel.excel.wrapping import INDENT, LINE, lines_of, width_of
from pst_excel.model.figures.boards import Board
from pst_excel.model.schema import HEADING_ROW
from pst_excel.model.words.kinds import Kind
from pst_excel.ooxml.workbook import Workbook
from pst_excel.pst import PST
from pst_excel.reference.samples import content

SERVICE, BUTTON, SMALL_LINE, HIGHEST = "Travaux", 17, 13, 399
"""A service with much to show; points of the button of a filter, of a line of 10, of a row."""


@cache
def sent() -> bytes:
    made = prepare(content.whole(content.MAIN), services=(SERVICE,)).workbooks
    return write_template(made[0].content)


BOOKS = {
    "template": lambda: write_template(blank(PST, {})),
    "prepared": sent,
    "consolidated": office.sample_book,
    "comparison": office.sample_comparison,
}
BOARDS = {board.title for board in PST.boards if isinstance(board, Board)}
each_book = pytest.mark.parametrize("name", BOOKS)


@dataclass(frozen=True)
class Shown:
    """A column in sight of a table: its heading, its width in characters, the cells under it."""

    heading: Any
    width: float
    cells: list[Any]

    @property
    def place(self) -> str:
        return f"{self.heading.parent.title}!{self.heading.coordinate} {self.heading.value}"

    def room(self, cell: Any) -> float:
        """The characters that a text of 11 points, or a bold one of 10, has in a cell."""
        return self.width - INDENT * cell.alignment.indent


@cache
def columns(name: str) -> list[Shown]:
    """Return the columns in sight of each table under a row of headings; boards have none."""
    with office.opened(BOOKS[name]()) as book:
        return [column for sheet in book for column in _columns(sheet)]


def _columns(sheet: Any) -> Iterator[Shown]:
    areas = [sheet.auto_filter.ref, *(table.ref for table in sheet.tables.values())]
    area = next((area for area in areas if area), "")
    if not area or sheet.title in BOARDS:
        return
    _, top, _, _ = range_boundaries(area)
    spans = {
        at: found
        for found in sheet.column_dimensions.values()
        for at in range(found.min, found.max + 1)
    }
    for cells in sheet.iter_cols(min_row=top):
        known = spans.get(cells[0].column)
        if known and not known.hidden and isinstance(cells[0].value, str):
            yield Shown(cells[0], int(known.width), [c for c in cells[1:] if c.value is not None])


@each_book
def test_no_word_of_a_heading_is_split_and_no_heading_is_cut(name: str) -> None:
    assert len(columns(name)) > 8
    for column in columns(name):
        heading, room = column.heading, column.room(column.heading)
        parts = re.findall(r"[^ -]+-?|-", heading.value)
        assert max(map(width_of, parts)) <= room, column.place
        lines = lines_of(heading.value, room)
        height = heading.parent.row_dimensions[heading.row].height
        assert lines * SMALL_LINE + BUTTON <= height, column.place


@each_book
def test_a_heading_stands_as_its_values(name: str) -> None:
    for column in columns(name):
        stand = {(c.alignment.horizontal, c.alignment.indent) for c in column.cells}
        mine = (column.heading.alignment.horizontal, column.heading.alignment.indent)
        assert stand <= {mine}, column.place


@each_book
def test_no_text_is_cut_by_its_row_nor_by_the_next_column(name: str) -> None:
    for column in columns(name):
        for cell in column.cells:
            if not isinstance(cell.value, str) or cell.data_type == "f":
                continue
            room = column.room(cell)
            if cell.alignment.wrap_text:
                height = cell.parent.row_dimensions[cell.row].height or LINE
                assert lines_of(cell.value, room) * LINE <= height or height >= HIGHEST, cell
            else:
                assert width_of(cell.value) <= room, (column.place, cell.value)


@pytest.mark.parametrize("sheet", PST.tables, ids=lambda sheet: sheet.key)
def test_a_column_is_as_wide_as_the_words_of_its_list(sheet: Any) -> None:
    for column in sheet.columns:
        if column.vocabulary is not None and not column.hidden:
            room = column.width - INDENT
            for label in column.vocabulary.labels:
                words = label.split() if "text_wrap" in look(column) else [label]
                assert max(map(width_of, words)) <= room, (column.label, label)


def test_thousands_are_parted_in_quantities_and_amounts_not_in_years_nor_codes() -> None:
    for sheet in PST.tables:
        for column in sheet.columns:
            parted = "#,##0" in str(look(column).get("num_format", ""))
            quantity = column.kind in (Kind.NUMBER, Kind.AMOUNT, Kind.INTEGER) and not column.many
            assert parted == (quantity and not column.unit.startswith("%")), column.label
    for kind in (Kind.NUMBER, Kind.AMOUNT):
        assert all("#,##0" in shown for _, shown in palette.EXACT_FORMATS[kind])


@each_book
def test_no_number_of_a_table_shows_its_thousands_glued(name: str) -> None:
    for column in columns(name):
        glued = [
            cell.coordinate
            for cell in column.cells
            if isinstance(cell.value, int | float)
            and abs(cell.value) >= 1000
            and "#,##0" not in cell.number_format
            and cell.number_format != palette.NUMBER_FORMATS[Kind.YEAR]
        ]
        assert glued == [], column.place


def test_a_row_takes_the_height_of_what_is_typed_in_it() -> None:
    titles = [sheet.title for sheet in PST.tables if not sheet.program]
    for title in titles:
        for row in Workbook(sent())[title].root.iter("{*}row"):
            kept = row.get("customHeight") == "1"
            assert kept == (int(row.get("r", "")) in (1, HEADING_ROW)), (title, row.attrib)


@pytest.mark.parametrize("sheet", [s for s in PST.tables if not s.program], ids=lambda s: s.key)
def test_the_lines_of_the_grid_part_the_rows_on_paper_too(sheet: Any) -> None:
    with office.opened(sent()) as book:
        page = book[sheet.title]
        assert page.print_options.gridLines
        marks = [rule for area in page.conditional_formatting for rule in area.rules]
        assert not any(rule.dxf and rule.dxf.border for rule in marks)
