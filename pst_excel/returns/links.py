"""Which rows of a plan name which others by their codes, and who answers for a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pst_excel.model.schema import SEPARATOR, Column, Sheet
from pst_excel.model.words.keys import CODE
from pst_excel.returns.tables import Return, Table

PlanRow = tuple[str, int]
"""A row of the plan: its sheet, its position in the table."""


def links_of(tables: Sequence[tuple[Sheet, Table]]) -> dict[PlanRow, list[PlanRow]]:
    """Return the rows that each row names, in the order in which it names them."""
    codes: dict[str, dict[str, list[int]]] = {}
    for sheet, table in tables:
        found = codes.setdefault(sheet.key, {})
        for at, code in enumerate(table.columns.get(CODE, ())):
            found.setdefault(str(code or ""), []).append(at)
    links: dict[PlanRow, list[PlanRow]] = {}
    for sheet, table in tables:
        for column in sheet.inputs:
            cells = table.columns[column.key] if column.refers else []
            for at, cell in enumerate(cells):
                pieces = _pieces(cell)
                links.setdefault((sheet.key, at), []).extend(
                    (target, to)
                    for target in _levels(sheet, column, table, at)
                    for piece in pieces
                    for to in codes.get(target, {}).get(piece, ())
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
        return _pieces(cells[at]) if cells else []
    above = [target for target in links.get(place, ()) if returned.plan[target[0]].owner]
    return list(dict.fromkeys(s for target in above for s in owners_of(returned, target, links)))


def _pieces(cell: object) -> list[str]:
    pieces = [piece.strip() for piece in str(cell or "").split(SEPARATOR.strip())]
    return [piece for piece in pieces if piece]


def _levels(sheet: Sheet, column: Column, table: Table, at: int) -> tuple[str, ...]:
    """Return the sheets in which a code is looked for: the one that the row says, if it says so."""
    if not column.chosen_by:
        return column.refers
    chosen = table.columns[column.chosen_by][at]
    vocabulary = sheet[column.chosen_by].vocabulary
    labels = vocabulary.labels if vocabulary else ()
    return (column.refers[labels.index(str(chosen))],) if chosen in labels else column.refers
