"""Workbooks of headings and rows alone: real files that cost little, where no look of them counts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pst_excel.model.plan import Plan
from pst_excel.model.schema import Sheet
from pst_excel.model.words.keys import ID
from pst_excel.model.words.kinds import Layout, Where
from pst_excel.pst import PST
from pst_excel.reading.examples import return_of
from pst_excel.returns.tables import Return
from support import grid

Rows = list[list[Any]]


def plain(text: str, plan: Plan = PST) -> bytes:
    """Return a real workbook of these small tables of text, without anything else of the template."""
    made = return_of(text, plan)
    return grid({sheet.title: list(_rows(made, sheet)) for sheet in plan if not sheet.program})


def _rows(made: Return, sheet: Sheet) -> Iterator[list[Any]]:
    """Give the rows of cells of a sheet, its headings among them."""
    if sheet.layout is Layout.LISTS:
        own = [(made.plan.vocabulary(key).label, labels) for key, labels in made.lists.items()]
        yield [label for label, _ in own]
        for at in range(max((len(labels) for _, labels in own), default=0)):
            yield [labels[at] if at < len(labels) else None for _, labels in own]
        return
    table = made.tables[sheet.key]
    columns = [column for column in sheet.inputs if column.stands(Where.RETURN)]
    if sheet.layout is Layout.FORM:
        yield from ([column.label, table.columns[column.key][0]] for column in columns)
        return
    yield [column.label for column in columns]
    for at, row in enumerate(table.rows):
        yield [
            None if column.key == ID and row in table.new_rows else table.columns[column.key][at]
            for column in columns
        ]
