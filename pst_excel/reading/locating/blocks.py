"""Rows pasted under headings of their own, in another order than those of the table above them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pst_excel.cells.grid import Grid, filled, is_text
from pst_excel.cells.readings import Reading
from pst_excel.cells.values import RawCell
from pst_excel.model.catalogue import structural
from pst_excel.model.findings import Finding, Subject
from pst_excel.model.schema import Sheet
from pst_excel.reading.locating.headings import SIGNS, Headings
from pst_excel.reading.locating.tolerances import HEADINGS_OTHERWISE, rows_in_words
from pst_excel.returns.tables import Table
from pst_excel.text.spelling import fold

_SEVERAL = 4  # headings of the sheet without which a row is no row of headings


def repeated_at(sheet: Sheet, grid: Grid, found: Headings) -> int | None:
    """Return the index of the first row that repeats the headings of a sheet in another order."""
    spelt = {c.label for c in sheet.inputs} | {text for text in found.texts if text}
    spelt |= {f"{c.label}{SIGNS[:2]}" for c in sheet.inputs}
    for at in range(found.last + 1, len(grid.rows)):
        row = grid.rows[at]
        # Nearly no row has a word of the headings: the others are looked at once.
        if not spelt.isdisjoint(row) and _repeats(sheet, row, found):
            return at
    return None


def _repeats(sheet: Sheet, row: Sequence[RawCell], found: Headings) -> bool:
    known = sheet.by_heading
    here = {p: fold(cell.rstrip(SIGNS)) for p, cell in enumerate(row) if is_text(cell)}
    named = {p: known[text].key for p, text in here.items() if text in known}
    moved = sum(found.places.get(key) != p for p, key in named.items())
    said = sum(map(filled, row))
    return len(set(named.values())) >= _SEVERAL and 2 * len(named) > said and 2 * moved > len(named)


def parted(sheet: Sheet, grid: Grid, found: Headings, at: int) -> tuple[Grid, Grid]:
    """Return a sheet as it is above a row, and from that row on; rows keep their numbers.

    Rows that hold nothing but the formulas of the table above are blank below.
    """
    formulas = {found.places[c.key] for c in sheet.computed if c.key in found.places}
    blank: list[RawCell] = [""] * len(grid.rows[at])
    below = [
        row if any(filled(cell) for p, cell in enumerate(row) if p not in formulas) else blank
        for row in grid.rows[at:]
    ]
    return replace(grid, rows=grid.rows[:at]), replace(grid, rows=[blank] * at + below)


def joined(table: Table, below: Table) -> Table:
    """Return as one a table and the rows under its headings in another order."""
    names = dict.fromkeys([*table.locals, *below.locals])
    none, more = [""] * len(table), [""] * len(below)
    return replace(
        table,
        columns={key: [*values, *below.columns[key]] for key, values in table.columns.items()},
        rows=[*table.rows, *below.rows],
        locals={n: [*table.locals.get(n, none), *below.locals.get(n, more)] for n in names},
        missing=table.missing & below.missing,
        local_letters=below.local_letters | table.local_letters,
        below=below,
    )


def said(sheet: Sheet, table: Table) -> tuple[Finding, Reading]:
    """Return what is said of rows read under headings of their own: a finding, a reading."""
    where = rows_in_words(table.rows)
    cell = table.cell(sheet.leading, table.heading) or f"A{table.heading}"
    words = {"label": "", "read": f"ligne {table.heading}", "rows": where}
    finding = structural(sheet.key, "S15", words, cell)
    subject = Subject(title=table.title, cell=cell)
    read = f"ligne {table.heading}, titres dans un autre ordre"
    return finding, HEADINGS_OTHERWISE.reading(subject, read, f"{where}, sous ces titres")
