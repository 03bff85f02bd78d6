"""What stands under no heading, at the right of the first, or beside the table of its sheet."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice

from pst_excel.cells.grid import Grid, Range, filled
from pst_excel.cells.readings import Reading
from pst_excel.cells.values import RawCell
from pst_excel.model.catalogue import structural
from pst_excel.model.findings import Finding, Subject
from pst_excel.model.schema import Sheet
from pst_excel.model.words.wording import column_letter, listed, plural, say
from pst_excel.reading.locating.headings import Headings
from pst_excel.reading.locating.signs import is_stroke
from pst_excel.reading.locating.tolerances import OUTSIDE, SIGNS, UNNAMED
from pst_excel.text.spelling import tidy

_MOST_NAMED = 6
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


def beyond(
    sheet: Sheet, found: Headings, grid: Grid, across: Sequence[Sequence[RawCell]],
    columns: Mapping[str, int],
) -> Iterator[Finding]:  # fmt: skip
    """Ask for the columns that hold something beside the table of their sheet: it sorts alone.

    `columns` are those that the institution added, by name.
    """
    places = {p: sheet[key].label for key, p in found.places.items()}
    places |= {p: name for name, p in columns.items()}
    tables = [t for t in grid.tables if found.first <= t[0][0] <= found.last < t[1][0]]
    if not tables or not across:
        return

    def apart(table: Range) -> list[int]:
        return sorted(p for p in places if not table[0][1] <= p <= table[1][1])

    (_, first), (_, last) = own = min(tables, key=lambda table: (len(apart(table)), table))
    outside = [p for p in apart(own) if any(map(filled, across[p]))]
    if outside:
        words = {
            "label": places[outside[0]],
            "outside": f"{listed([f'« {places[p]} »' for p in outside[:_MOST_NAMED]])}"
            f" {'est' if len(outside) == 1 else 'sont'}",
            "first": column_letter(first),
            "last": column_letter(last),
        }
        cell = f"{column_letter(outside[0])}{found.last + 1}"
        yield structural(sheet.key, "S14", words, cell)


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
