"""Where each value that was read stands, as a table for analysts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd

from pst_excel.cells.values import as_text
from pst_excel.model.series import Frame
from pst_excel.model.words.keys import ID
from pst_excel.model.words.tables import CELL, FIELD, FILE, SHEET, TABLE
from pst_excel.returns.tables import Return

COLUMNS = (TABLE, ID, FIELD, FILE, SHEET, CELL)
"""`table` and `champ` are keys of the plan; a row without an id has none."""


def source_cells(returns: Iterable[Return], key: str = "") -> Frame:
    """Return one row a value that was read, of one sheet or of all: its file, sheet and cell."""
    known = list(returns)
    if key and known:
        _ = known[0].plan[key]  # else it is said which sheets there are
    rows = [line for returned in known for line in _lines(returned, key)]
    return pd.DataFrame(rows, columns=[*COLUMNS], dtype="str")


def _lines(returned: Return, key: str) -> Iterator[tuple[str | None, ...]]:
    for table in returned.tables.values():
        if key and table.sheet != key:
            continue
        ids = table.columns.get(ID) or [None] * len(table)
        names = [None if ident is None else as_text(ident) for ident in ids]
        for column, values in table.columns.items():
            for ident, row, value in zip(names, table.rows, values, strict=False):
                cell = table.cell(column, row)
                if value is not None and cell and column != ID:
                    yield table.sheet, ident, column, returned.file, table.title, cell
