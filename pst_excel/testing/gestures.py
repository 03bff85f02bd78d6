"""What people do in a workbook, on a return: type, add, copy, remove, sort, send back.

Each gesture changes the return that it is given, as a hand changes a workbook; `opened` gives one
to write in, `sent_back` what is read of it when it comes back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from pst_excel.cells.readings import Confidence, Reading
from pst_excel.model.schema import HEADING_ROW, Sheet
from pst_excel.model.words.kinds import Layout, Where
from pst_excel.returns.identity import derived, identified
from pst_excel.returns.tables import Return


def opened(filled: Return) -> Return:
    """Return a workbook to write in: the same, in which what is changed changes nothing else."""
    tables = {
        key: replace(
            table, rows=[*table.rows],
            columns={name: [*cells] for name, cells in table.columns.items()},
            locals={name: [*cells] for name, cells in table.locals.items()},
        )
        for key, table in filled.tables.items()
    }  # fmt: skip
    kept = {title: tuple(dict(line) for line in lines) for title, lines in filled.ledgers.items()}
    return replace(filled, tables=tables, readings=[*filled.readings], ledgers=kept,
                   lists=dict(filled.lists))  # fmt: skip


def sent_back(filled: Return, file: str = "", saved: str = "") -> Return:
    """Return a workbook as it is read when it comes back.

    Rows without an id get one, those of which nothing is left are none, a blank is its default.
    """
    plan, made = filled.plan, opened(filled)
    owner = "|".join(filled.owner)
    for key, table in made.tables.items():
        if plan[key].layout is Layout.TABLE:
            for at in reversed(range(len(table))):
                if _empty(made, plan[key], at):
                    removed(made, key, at)
            for column in plan[key].inputs:
                cells = table.columns.get(column.key, [])
                if column.default is not None:
                    cells[:] = [column.default if cell is None else cell for cell in cells]
            made.tables[key] = identified(replace(table, new_rows=frozenset()), plan[key], owner)
    held = [repr((t.columns, t.locals, t.rows)) for t in made.tables.values()]
    held += [repr(made.lists), repr([r.read for r in made.readings]), repr(made.ledgers), saved]
    return replace(made, file=file or filled.file, digest=derived(*held), saved=saved)


def _empty(filled: Return, sheet: Sheet, at: int) -> bool:
    table = filled.tables[sheet.key]
    seen = [
        key for key in table.columns if not sheet[key].hidden and sheet[key].where is Where.BOTH
    ]
    cells = [*(table.columns[key][at] for key in seen), *(c[at] for c in table.locals.values())]
    place = sheet.key, table.rows[at]
    return all(cell in (None, "") for cell in cells) and not any(
        place == read[:2] for read in filled.not_understood()
    )


def put(filled: Return, sheet: str, at: int, **values: Any) -> None:
    """Write in a row of a workbook."""
    for key, value in values.items():
        filled.tables[sheet].columns[key][at] = value


def added(filled: Return, sheet: str, **values: Any) -> None:
    """Add a row at the end of a sheet."""
    table = filled.tables[sheet]
    table.rows.append(max(table.rows, default=HEADING_ROW) + 1)
    for key, cells in table.columns.items():
        cells.append(values.get(key))
    for own in table.locals.values():
        own.append("")


def copied(filled: Return, sheet: str, at: int, **values: Any) -> None:
    """Add a copy of a row, its hidden id along, and write in it."""
    table = filled.tables[sheet]
    added(filled, sheet, **{key: cells[at] for key, cells in table.columns.items()} | values)


def removed(filled: Return, sheet: str, at: int) -> None:
    """Take a row out of a sheet."""
    table = filled.tables[sheet]
    gone = sheet, table.rows[at]
    filled.readings[:] = [one for one in filled.readings if one.place[:2] != gone]
    held: Iterable[list[Any]] = (table.rows, *table.columns.values(), *table.locals.values())
    for cells in held:
        del cells[at]


def ordered(filled: Return, sheet: str, order: Sequence[int], keys: Iterable[str] = ()) -> None:
    """Sort the rows of a sheet; only some of the columns, where they are named."""
    table = filled.tables[sheet]
    for key in keys or (*table.columns, *table.locals):
        cells: list[Any] = table.columns[key] if key in table.columns else table.locals[key]
        cells[:] = [cells[at] for at in order]
    to = {table.rows[was]: table.rows[at] for at, was in enumerate(order)}
    filled.readings[:] = [
        one.at(table.subject(to[one.place[1]], one.place[2]))
        if one.place[0] == sheet and (not keys or one.place[2] in keys) else one
        for one in filled.readings
    ]  # fmt: skip


def emptied(filled: Return, sheet: str, at: int, key: str) -> None:
    """Empty a cell, of what could be understood and of what could not."""
    place = sheet, filled.tables[sheet].rows[at], key
    put(filled, sheet, at, **{key: None})
    filled.readings[:] = [one for one in filled.readings if one.place != place]


def unread(filled: Return, sheet: str, at: int, key: str, text: str) -> None:
    """Write in a cell a text that cannot be understood there."""
    table = filled.tables[sheet]
    subject = table.subject(table.rows[at], key)
    emptied(filled, sheet, at, key)
    filled.readings.append(Reading(text, "", Confidence.NONE, "").at(subject))
