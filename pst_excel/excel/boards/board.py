"""How boards become sheets: each block written in its place, then the messages and the links."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pst_excel.excel import palette
from pst_excel.excel.boards.calendar import calendar_widths, write_calendar
from pst_excel.excel.boards.extracts import write_extract
from pst_excel.excel.boards.matrix import matrix_widths, write_matrix
from pst_excel.excel.boards.page import (
    CODE,
    MESSAGE,
    NAME,
    NAME_END,
    QUESTION,
    TOP,
    UNIT,
    Around,
    BoardPage,
)
from pst_excel.excel.boards.panels import write_panel
from pst_excel.excel.boards.tiles import places, write_tiles
from pst_excel.excel.names import Names
from pst_excel.excel.xlsx import BookWriter
from pst_excel.model.figures.boards import (
    Board,
    Calendar,
    Extract,
    Matrix,
    Note,
    Pages,
    Panel,
    Tiles,
)
from pst_excel.model.figures.messages import say
from pst_excel.returns.frames import Batch


def write_boards(
    book: BookWriter, boards: Sequence[Board], batch: Batch, names: Names, around: Around
) -> None:
    """Write the boards, one a sheet, the first one open: it leads to the others."""
    pages = [
        BoardPage(book.sheet(board.title, palette.TABS["program"]), board, batch, names,
                  _widths(board, batch), around.earlier if board is boards[0] else None)
        for board in boards
    ]  # fmt: skip
    told = dict(around.told)
    for page in reversed(pages):  # the first says what the others say
        row = TOP
        for block in page.board.blocks:
            if isinstance(block, Pages):
                row = _pages(page, row, block, pages, told)
            else:
                row = _WRITERS[type(block)](page, row, block)
        told[page.board.key] = page.finish(
            around.context, around.warned if page is pages[0] else ""
        )
    _leads(pages)
    for page in pages[:1]:
        page.sheet.worksheet.activate()


def _widths(board: Board, batch: Batch) -> tuple[float, ...]:
    """Return the widths of the columns of figures: those that a block asks for, else equal ones."""
    for block in board.blocks:
        if isinstance(block, Calendar):
            return calendar_widths(batch.plan, block)
        if isinstance(block, Matrix):
            return matrix_widths(batch, block)
    return tuple(UNIT * width for width in board.widths)


def _note(page: BoardPage, row: int, note: Note) -> int:
    if note.small:
        return page.small(row, note.words) + 1
    lines = page.tell(row, note.words, {"font_size": 12, "valign": "vcenter"})
    page.sheet.worksheet.set_row(row, 18 * lines)
    return row + 2


_WRITERS: Mapping[type[Any], Callable[[BoardPage, int, Any], int]] = {
    Tiles: write_tiles,
    Panel: write_panel,
    Extract: write_extract,
    Calendar: write_calendar,
    Matrix: write_matrix,
    Note: _note,
}


def _pages(
    page: BoardPage, row: int, block: Pages, pages: Sequence[BoardPage], told: Mapping[str, str]
) -> int:
    """Write the questions of the other pages, each with what it says; each leads there."""
    book = page.sheet.book
    row = page.title(row, say(block.title))
    link = book.format(palette.LINK, palette.LINE, align="left", valign="vcenter")
    form = book.format(palette.LINE, valign="vcenter", align="left", shrink=True)
    for other in pages:
        if other is page:
            continue
        page.across(row, CODE, NAME, "", link)
        page.sheet.link(row, CODE, other.sheet.title, "A1", other.board.question, link)
        cell = other.cell(MESSAGE, CODE)
        page.formula(row, (NAME_END, page.end), cell, told[other.board.key], form)
        page.sheet.worksheet.set_row(row, 17)
        row += 1
    for title, words in block.more:
        page.across(row, CODE, NAME, "", link)
        page.sheet.link(row, CODE, title, "A1", title, link)
        page.across(row, NAME_END, page.end, told.get(title, words), form)
        page.sheet.worksheet.set_row(row, 17)
        row += 1
    return row + 1


def _leads(pages: Sequence[BoardPage]) -> None:
    """Lead from each page to the first and to the next, at the right of its question."""
    for number, page in enumerate(pages):
        form = page.sheet.book.format(palette.LINK, font_size=9, align="right")
        *_, before, last = places(page)
        if number:
            first = pages[0].sheet.title
            page.across(QUESTION, *before, "", form)
            page.sheet.link(QUESTION, before[0], first, "A1", f"← {first}", form)
        if number + 1 < len(pages):
            after = pages[number + 1].sheet.title
            page.across(QUESTION, *last, "", form)
            page.sheet.link(QUESTION, last[0], after, "A1", f"{after} →", form)
