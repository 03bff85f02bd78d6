"""The rows sent out to several services, and how their copies become one again.

A lent row says its role, why it is there: another service answers for it. Every row sent carries
the stamp of what it held, so that on its return a row that nobody touched, which says
nothing new, is told from one that somebody changed.
"""

from __future__ import annotations

from functools import lru_cache

from pst_excel.cells.values import as_text
from pst_excel.model.schema import PARTNER, REFERENCE, SEPARATOR, Column, Sheet
from pst_excel.model.words.keys import ID, ROW_ROLE, STAMP
from pst_excel.model.words.kinds import Where
from pst_excel.model.words.roles import Role
from pst_excel.returns.identity import derived
from pst_excel.returns.tables import Return, Table
from pst_excel.text.spelling import fold, version_order

LOCAL = "local:"  # before the heading of a column that people added, as a field

RowContents = dict[str, str]
"""What people may change in a row, as texts: by column key, or by the heading of a local column."""


def row_contents(returned: Return, table: Table, sheet: Sheet) -> list[RowContents]:
    """Return what each row holds; blanks and declared defaults, which read alike, are left out."""
    rows: list[RowContents] = [{} for _ in table.rows]
    columns = _shared(sheet)
    for column in columns:
        for row, value in zip(rows, table.columns.get(column.key, ()), strict=False):
            if value is not None and value != column.default:
                row[column.key] = as_text(value)
    for name, cells in table.locals.items():
        for row, cell in zip(rows, cells, strict=True):
            if cell not in (None, ""):
                row[f"{LOCAL}{name}"] = as_text(cell)
    place, keys = {row: at for at, row in enumerate(table.rows)}, {c.key for c in columns}
    for (where, row_number, key), read in returned.not_understood().items():
        if where == sheet.key and key in keys:
            rows[place[row_number]][key] = read
    return rows


def _shared(sheet: Sheet) -> list[Column]:
    return [c for c in sheet.inputs if c.where is Where.BOTH and c.key != ID]


def fingerprint(row: RowContents) -> str:
    """Return the stamp of what a row holds; a column added to the template later changes none."""
    return derived(*(f"{key}={len(text)}:{text}" for key, text in sorted(row.items())))


def untouched(returned: Return, table: Table, sheet: Sheet) -> list[bool]:
    """Tell which rows were sent and came back holding what they held then."""
    return [bool(then) and then == now for then, now in _stamps(returned, table, sheet)]


def touched(returned: Return, table: Table, sheet: Sheet) -> list[bool]:
    """Tell which rows were sent and came back holding something else.

    Nothing is told where a column was taken away: what the rows held there is not known.
    """
    version = version_order(str(returned.identity(Role.VERSION) or ""))
    gone = any(
        column.key in table.missing and not version < version_order(column.since)
        for column in _shared(sheet)
    )
    return [
        not gone and bool(then) and then != now for then, now in _stamps(returned, table, sheet)
    ]


def _stamps(returned: Return, table: Table, sheet: Sheet) -> list[tuple[str, str]]:
    """Return for each row the stamp that it was sent with, empty where it was not, and its own."""
    then = [as_text(value or "") for value in table.columns.get(STAMP) or [None] * len(table)]
    if not any(then):
        return [("", "")] * len(table)
    now = map(fingerprint, row_contents(returned, table, sheet))
    return list(zip(then, now, strict=True))


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
