"""Rows that stand above the headings: a sort that took the headings for a row put them there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pst_excel.cells.grid import Grid, filled
from pst_excel.cells.readings import Reading
from pst_excel.model.findings import Subject
from pst_excel.model.words.keys import ID
from pst_excel.reading.locating.headings import Headings
from pst_excel.reading.locating.sections import GridRow
from pst_excel.reading.locating.tolerances import ROWS_ABOVE, rows_in_words
from pst_excel.returns.ids import is_id


def rows_above(
    grid: Grid, found: Headings, positions: Sequence[int]
) -> Iterator[tuple[int, GridRow]]:
    """Give the rows above the headings that were sent, which their id tells, and their numbers."""
    place = found.places.get(ID)
    if place is None:
        return
    for number, row in enumerate(grid.rows[: found.first], start=1):
        ident = row[place]
        sent = isinstance(ident, str) and is_id(ident)
        if sent and any(filled(row[position]) for position in positions):
            yield number, row


def said_above(grid: Grid, numbers: Sequence[int]) -> Iterator[Reading]:
    """Say which rows were read above the headings."""
    if numbers:
        read = f"{rows_in_words(numbers)}, au-dessus des titres"
        subject = Subject(title=grid.title, cell=f"A{numbers[0]}")
        yield ROWS_ABOVE.reading(subject, read, ROWS_ABOVE.understood)
