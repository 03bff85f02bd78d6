"""Of what something is said, as people see it: the file, the cell, the row and whose it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from pst_excel.model.findings import Subject
from pst_excel.model.plan import Plan
from pst_excel.model.schema import Sheet
from pst_excel.model.words.keys import CODE, ID
from pst_excel.model.words.kinds import Layout
from pst_excel.returns.shared_rows import lent
from pst_excel.returns.tables import Return, Table


class Subjects:
    """The subjects of a batch of returns, by their positions in it."""

    def __init__(self, returns: Sequence[Return], plan: Plan) -> None:
        self.returns, self.plan = returns, plan
        self._rank = {sheet.key: rank for rank, sheet in enumerate(plan)}

    def of_file(self, source: int, subject: Subject) -> Subject:
        """Return what the reader of a file speaks of, with the file, the sheet and who sent it."""
        returned, sheet = self.returns[source], self.plan[subject.sheet]
        table = returned.tables.get(sheet.key)
        title = table.title if table else sheet.title
        return replace(
            subject,
            file=returned.file,
            title=title,
            owner=returned.service,
            rank=self._rank[sheet.key],
        )

    def of_cell(self, source: int, sheet: Sheet, row: int, key: str) -> Subject:
        """Return a cell, with the row that it is on and the service that answers for it."""
        returned = self.returns[source]
        table = returned.tables[sheet.key]
        return Subject(
            returned.file, sheet.key, table.title,
            row=0 if sheet.layout is Layout.FORM else row,
            column=key,
            label=sheet[key].label,
            cell=table.cell(key, row),
            id=_value(sheet, table, row, ID),
            code=_value(sheet, table, row, CODE),
            owner=returned.service or _value(sheet, table, row, sheet.owner),
            rank=self._rank[sheet.key],
            record=record_of(sheet, table, row),
            unfolding=table.over(row).unfolding.get(key, ""),
        )  # fmt: skip

    @cache  # noqa: B019 - it lives for one check
    def lent(self, source: int, sheet: str) -> frozenset[int]:
        """Return the rows of a sheet that were lent to a source."""
        table = self.returns[source].tables.get(sheet)
        rows = zip(table.rows, lent(table), strict=True) if table else ()
        return frozenset(row for row, is_lent in rows if is_lent)


def record_of(sheet: Sheet, table: Table, row: int) -> str:
    """Say a row of a table in words, as people know it; nothing of a form, which has no records."""
    if sheet.layout is Layout.FORM:
        return ""
    name = " ".join(_value(sheet, table, row, sheet.named_by).split())
    return sheet.called(_value(sheet, table, row, CODE), name, row)


def _value(sheet: Sheet, table: Table, row: int, key: str) -> str:
    # A form has the fields that were found in it, and no others.
    values = table.columns.get(key) if key in sheet else None
    at = table.at.get(row)
    value = values[at] if values is not None and at is not None else None
    return str(value) if value is not None else ""
