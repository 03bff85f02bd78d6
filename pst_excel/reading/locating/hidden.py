"""What a file hides: it is read and said; who looks for a cell there is told how it is seen."""

from __future__ import annotations

from collections.abc import Iterator

from pst_excel.cells.grid import Grid, filled, is_text
from pst_excel.cells.readings import Reading
from pst_excel.model.findings import Subject
from pst_excel.model.schema import PARTNER, REFERENCE, Column, Sheet
from pst_excel.model.words.above import band_title
from pst_excel.model.words.keys import ROW_ROLE
from pst_excel.model.words.kinds import Need
from pst_excel.model.words.wording import column_letter
from pst_excel.reading.locating.headings import Headings
from pst_excel.reading.locating.rows import ClassifiedRows
from pst_excel.reading.locating.tolerances import COLUMNS_HIDDEN, ROWS_HIDDEN, rows_in_words
from pst_excel.text.spelling import fold, tidy

_HIDDEN = "colonne masquée : à afficher"


def unfolding(sheet: Sheet, found: Headings, grid: Grid) -> dict[str, str]:
    """Return how each column of people that the file hides is seen, by key.

    A band opens where the file has its name above the headings: older templates have none.
    """
    hidden = {key: p for key, p in found.places.items()
              if p in grid.hidden_columns and not sheet[key].hidden}  # fmt: skip
    if not hidden:
        return {}
    above = {fold(cell) for row in grid.rows[: found.first] for cell in row if is_text(cell)}
    ways = {}
    for key in hidden:
        title = band_title(sheet[key].band, opens=True)
        opens = sheet[key].folds and fold(title) in above
        ways[key] = f"colonne repliée : ouvrez « {title} »" if opens else _HIDDEN
    return ways


def unseen(
    sheet: Sheet, grid: Grid, found: Headings, classified: ClassifiedRows
) -> Iterator[Reading]:
    """Say which rows and columns were read although they are hidden; not those of the program.

    The template hides some columns and folds others; older ones folded those that are optional.
    In the workbook of a service the rows that are lent fold.
    """
    hidden = [(n, row) for n, row in classified.rows if n - 1 in grid.hidden_rows]
    role = found.places.get(ROW_ROLE)
    rows = [n for n, row in hidden if role is None or row[role] not in (PARTNER, REFERENCE)]
    if rows:
        read = f"{rows_in_words(rows)}, masquée{'s' * (len(rows) > 1)}"
        cell = f"A{rows[0]}"
        yield ROWS_HIDDEN.reading(
            Subject(title=grid.title, cell=cell), read, ROWS_HIDDEN.understood
        )
    shown = {p for key, p in found.places.items() if _is_shown(sheet[key])}
    for position in sorted(grid.hidden_columns & (shown | {*found.local.values()})):
        if any(filled(row[position]) for _, row in classified.rows):
            read = f"« {tidy(found.texts[position])} », masquée"
            cell = f"{column_letter(position)}{found.last + 1}"
            yield COLUMNS_HIDDEN.reading(
                Subject(title=grid.title, cell=cell), read, COLUMNS_HIDDEN.understood
            )


def _is_shown(column: Column) -> bool:
    folds = column.folds or column.need in (Need.OPTIONAL, Need.COMPUTED)
    return not (column.hidden or folds)
