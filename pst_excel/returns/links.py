"""The cells that name records of other sheets by their codes: which sheets, which pieces."""

from __future__ import annotations

from pst_excel.cells.values import RawCell, as_text
from pst_excel.model.schema import SEPARATOR, Column, Sheet


def levels(sheet: Sheet, column: Column, chosen: object = None) -> tuple[str, ...]:
    """Return the sheets in which a code is looked for: the one that the row chose, if it did."""
    vocabulary = sheet[column.chosen_by].vocabulary if column.chosen_by else None
    labels = vocabulary.labels if vocabulary else ()
    return (column.refers[labels.index(str(chosen))],) if chosen in labels else column.refers


def pieces(cell: RawCell) -> list[str]:
    """Return the codes that a cell names, one or several."""
    if cell is None:
        return []
    found = (piece.strip() for piece in as_text(cell).split(SEPARATOR.strip()))
    return [piece for piece in found if piece]
