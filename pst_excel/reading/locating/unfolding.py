"""How the columns that a file hides are brought in sight: who looks for a cell there is told."""

from __future__ import annotations

from pst_excel.cells.grid import Grid, is_text
from pst_excel.model.schema import Sheet
from pst_excel.model.words.above import band_title
from pst_excel.reading.locating.headings import Headings
from pst_excel.text.spelling import fold

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
