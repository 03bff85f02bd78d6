"""The sheets in which the program keeps, in the whole plan, what it knows from run to run."""

from __future__ import annotations

from collections.abc import Sequence

from pst_excel.cells.grid import Grid, filled, is_text
from pst_excel.cells.values import RawCell
from pst_excel.model.words.titles import LEDGERS
from pst_excel.reading.workbook import Book
from pst_excel.returns.tables import Ledger
from pst_excel.text.errors import UnreadableFile

_FIRST_ROWS = 20  # among which the headings stand, whatever was put above them
_FEWEST = 4  # headings that a row must have


def read_ledgers(book: Book) -> dict[str, Ledger]:
    """Return the lines of each ledger by its title, each line by its headings.

    A ledger that cannot be read is left out: the reader says what is wrong with the file.
    """
    found = {}
    for title in LEDGERS:
        if title in book.readable:
            try:
                found[title] = _lines(book.grid(title))
            except UnreadableFile:
                continue
    return found


def _lines(grid: Grid) -> Ledger:
    for number, row in enumerate(grid.rows[:_FIRST_ROWS]):
        headings = [cell.strip() if is_text(cell) else "" for cell in row]
        if sum(map(bool, headings)) >= _FEWEST:
            named = [(at, name) for at, name in enumerate(headings) if name]
            lines = (_line(named, cells) for cells in grid.rows[number + 1 :])
            return tuple(line for line in lines if line)
    return ()


def _line(named: list[tuple[int, str]], cells: Sequence[RawCell]) -> dict[str, RawCell]:
    return {name: cells[at] for at, name in named if cells[at] != "" and filled(cells[at])}
