"""Which rows of a plan name which others by their codes, and who answers for a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pst_excel.cells.values import RawCell, as_text
from pst_excel.model.schema import SEPARATOR, Column, Sheet
from pst_excel.model.words.keys import CODE
from pst_excel.returns.tables import Return, Table
from pst_excel.text.spelling import as_code

PlanRow = tuple[str, int]
"""A row of the plan: its sheet, its position in the table."""


def links_of(tables: Sequence[tuple[Sheet, Table]]) -> dict[PlanRow, list[PlanRow]]:
    """Return the rows that each row names, in the order in which it names them."""
    codes: dict[str, dict[str, list[int]]] = {}
    for sheet, table in tables:
        found = codes.setdefault(sheet.key, {})
        for at, code in enumerate(table.columns.get(CODE, ())):
            found.setdefault(as_code(str(code or "")), []).append(at)
    links: dict[PlanRow, list[PlanRow]] = {}
    for sheet, table in tables:
        for column in sheet.inputs:
            cells = table.columns[column.key] if column.refers else []
            for at, cell in enumerate(cells):
                chosen = table.columns[column.chosen_by][at] if column.chosen_by else None
                links.setdefault((sheet.key, at), []).extend(
                    (target, to)
                    for target in levels(sheet, column, chosen)
                    for piece in pieces(cell)
                    for to in codes.get(target, {}).get(as_code(piece), ())
                )
    return links


def owners_of(
    returned: Return, place: PlanRow, links: Mapping[PlanRow, Sequence[PlanRow]]
) -> list[str]:
    """Return the services that answer for a row: those that it names, else those of its targets."""
    key, at = place
    sheet = returned.plan[key]
    if sheet.owner:
        cells = returned.tables[key].columns.get(sheet.owner)
        return pieces(cells[at]) if cells else []
    above = [target for target in links.get(place, ()) if returned.plan[target[0]].owner]
    return list(dict.fromkeys(s for target in above for s in owners_of(returned, target, links)))


def pieces(cell: RawCell) -> list[str]:
    """Return the codes or the services that a cell names, one or several."""
    parts = [] if cell is None else as_text(cell).split(SEPARATOR.strip())
    return [piece for part in parts if (piece := part.strip())]


def levels(sheet: Sheet, column: Column, chosen: object = None) -> tuple[str, ...]:
    """Return the sheets in which a code is looked for: the one that the row chose, if it did."""
    vocabulary = sheet[column.chosen_by].vocabulary if column.chosen_by else None
    labels = vocabulary.labels if vocabulary else ()
    return (column.refers[labels.index(str(chosen))],) if chosen in labels else column.refers
