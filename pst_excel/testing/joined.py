"""Two plans as one: the rows of the second below those of the first."""

from __future__ import annotations

from dataclasses import replace

from pst_excel.model.words.kinds import Layout
from pst_excel.returns.tables import Return, Table


def joined(above: Return, below: Return) -> Return:
    """Return a plan with the rows of both, the identification of the second, the lists of both.

    Where the second was otherwise before, the first is now as it was.
    """
    tables = dict(above.tables)
    moved: dict[tuple[str, int], int] = {}
    for key, table in below.tables.items():
        over = above.tables.get(key)
        if over is None or below.plan[key].layout is not Layout.TABLE or not len(over):
            tables[key] = table
        else:
            first = max(over.rows) + 1
            moved |= {(key, row): first + at for at, row in enumerate(table.rows)}
            tables[key] = _stacked(over, table, first)
    readings = [
        one.at(replace(one.subject, row=moved.get(one.place[:2], one.subject.row)))
        for one in below.readings
    ]
    lists = {
        key: tuple(dict.fromkeys((*above.lists.get(key, ()), *below.lists.get(key, ()))))
        for key in {**above.lists, **below.lists}
    }
    before = joined(above, below.before) if below.before is not None else None
    return replace(
        below, tables=tables, lists=lists, readings=[*above.readings, *readings], before=before
    )


def _stacked(over: Table, table: Table, first: int) -> Table:
    """Return the rows of a table below those of another, from a row on."""
    columns = {key: [*cells, *table.columns[key]] for key, cells in over.columns.items()}
    rows = [*over.rows, *range(first, first + len(table))]
    return replace(over, columns=columns, rows=rows)
