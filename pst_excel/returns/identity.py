"""The stable id of a record that has none yet: derived from what it is, the same on every run."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from pst_excel.cells.values import as_text
from pst_excel.model.schema import Sheet
from pst_excel.model.words.keys import ID
from pst_excel.returns.ids import LENGTH
from pst_excel.returns.tables import Table
from pst_excel.text.spelling import fold


def derived(*parts: str) -> str:
    """Return the id derived from what a record is."""
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:LENGTH]


def identified(table: Table, sheet: Sheet, institution: str) -> Table:
    """Return a table whose rows all have an id, and which tells those that came without.

    A second record of the same identity in one sheet is told apart by its name, then by its rank.
    """
    if ID not in sheet:
        return table
    ids = list(table.columns[ID])
    blank = [None] * len(table)
    keys = [table.columns.get(key, blank) for key in sheet.identity]
    names = table.columns.get(sheet.named_by, blank)
    given = {value: position for position, value in reversed(list(enumerate(ids)))}
    seen = {as_text(value) for value in given if value is not None}
    # A row copied in Excel takes its id along: the first keeps it.
    bare = [at for at, value in enumerate(ids) if value is None or given[value] != at]
    identities = {
        at: ([as_text(column[at] or "") for column in keys], fold(as_text(names[at] or "")))
        for at in bare
    }
    ranks: dict[tuple[str, ...], int] = {}  # below, the ids of the same words are taken
    for at in sorted(bare, key=lambda at: (identities[at], at)):
        what, name = identities[at]
        parts = [institution, sheet.key, *what] if any(what) else [institution, sheet.key, name]
        new_id = derived(*parts)
        rank = ranks.get((*parts, name), 0)
        while new_id in seen:
            new_id = derived(*parts, name, str(rank))
            rank += 1
        ranks[*parts, name] = rank
        seen.add(new_id)
        ids[at] = new_id
    new_rows = frozenset(table.rows[at] for at in bare)
    return replace(table, columns=table.columns | {ID: ids}, new_rows=new_rows)
