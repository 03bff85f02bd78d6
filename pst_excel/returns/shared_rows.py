"""The rows sent out to several services, and how their copies become one again.

A lent row says its role, why it is there: another service answers for it. Every row sent carries
the stamp of what it held, so that on its return a row that nobody touched, which says
nothing new, is told from one that somebody changed.
"""

from __future__ import annotations

from functools import lru_cache

from pst_excel.cells.values import as_text
from pst_excel.model.schema import PARTNER, REFERENCE, SEPARATOR, Sheet
from pst_excel.model.words.keys import ID, ROW_ROLE, STAMP
from pst_excel.model.words.kinds import Where
from pst_excel.returns.identity import derived
from pst_excel.returns.tables import Return, Table
from pst_excel.text.spelling import fold

_LOCAL = "local:"

RowContents = dict[str, str]
"""What people may change in a row, as texts: by column key, or by the heading of a local column."""


def row_contents(returned: Return, table: Table, sheet: Sheet) -> list[RowContents]:
    """Return what each row holds; blanks and declared defaults, which read alike, are left out."""
    rows: list[RowContents] = [{} for _ in table.rows]
    columns = [c for c in sheet.inputs if c.where is Where.BOTH and c.key != ID]
    for column in columns:
        for row, value in zip(rows, table.columns.get(column.key, ()), strict=False):
            if value is not None and value != column.default:
                row[column.key] = as_text(value)
    for name, cells in table.locals.items():
        for row, cell in zip(rows, cells, strict=True):
            if cell not in (None, ""):
                row[f"{_LOCAL}{name}"] = as_text(cell)
    place, keys = {row: at for at, row in enumerate(table.rows)}, {c.key for c in columns}
    for (where, row_number, key), read in returned.not_understood().items():
        if where == sheet.key and key in keys:
            rows[place[row_number]][key] = read
    return rows


def fingerprint(row: RowContents) -> str:
    """Return the stamp of what a row holds; a column added to the template later changes none."""
    return derived(*(f"{key}={len(text)}:{text}" for key, text in sorted(row.items())))


def lent(table: Table) -> list[bool]:
    """Tell which rows are lent; a row copied from one of them is the service's own."""
    roles = table.columns.get(ROW_ROLE) or [None] * len(table)
    return [
        role in (PARTNER, REFERENCE) and row not in table.new_rows
        for role, row in zip(roles, table.rows, strict=True)
    ]


def shared_out(returned: Return) -> bool:
    """Tell whether a workbook was prepared for a service: it holds a part of each sheet."""
    return any(any(table.columns.get(STAMP) or ()) for table in returned.tables.values())


@lru_cache(maxsize=65536)
def named(cell: str | None) -> frozenset[str]:
    """Return the comparison keys of the services that a cell names, one or several."""
    text = cell or ""
    keys = {fold(piece) for piece in (text, *text.split(SEPARATOR.strip()))}
    return frozenset(keys - {""})
