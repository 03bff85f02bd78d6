"""What stands under no heading, at the right of the first: a column of its own, or nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from pst_excel.cells.grid import Grid, filled
from pst_excel.cells.readings import Reading
from pst_excel.cells.values import RawCell
from pst_excel.model.findings import Subject
from pst_excel.model.words.wording import column_letter, plural, say
from pst_excel.reading.locating.headings import Headings
from pst_excel.reading.locating.signs import is_stroke
from pst_excel.reading.locating.tolerances import OUTSIDE, SIGNS, UNNAMED
from pst_excel.text.spelling import tidy

_MOST_OUTSIDE = 20  # cells that are said one by one, of those that belong to no row


def carried(
    found: Headings, grid: Grid, across: Sequence[Sequence[RawCell]]
) -> tuple[dict[str, int], list[Reading]]:
    """Return the columns without a heading that hold something in rows, by name; say each."""
    columns: dict[str, int] = {}
    layout = []
    for position in found.unnamed if across else ():
        said = [cell for cell in across[position] if filled(cell)]
        if not said:
            continue
        letters = column_letter(position)
        subject = Subject(title=grid.title, cell=f"{letters}{found.last + 1}")
        if all(map(is_stroke, said)):
            layout.append(SIGNS.reading(subject, say(said[0]), SIGNS.understood))
            continue
        name = called(letters)
        # It is another's already where somebody wrote it.
        name = name if name not in found.local else f"{name} ({letters})"
        columns[name] = position
        read = f"{say(tidy(found.texts[position]))} · {plural(len(said), 'cellule')}"
        layout.append(UNNAMED.reading(subject, read, name))
    return columns, layout


def called(letters: str) -> str:
    """Return the name of a column that has no heading."""
    return f"Colonne {letters}"


def outside(found: Headings, grid: Grid, known: Collection[int]) -> Iterator[Reading]:
    """Say what stands under no heading where there is no row; `known` are the rows that are."""
    places = (
        (number, position, row[position])
        for position in found.unnamed
        for number, row in enumerate(grid.rows[found.last + 1 :], start=found.last + 2)
        if filled(row[position]) and number not in known
    )
    for number, position, cell in islice(places, _MOST_OUTSIDE):
        subject = Subject(title=grid.title, cell=f"{column_letter(position)}{number}")
        yield OUTSIDE.reading(subject, say(cell), OUTSIDE.understood)
