"""The data sheets of a file, patched: rows come and go, cells that differ are written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pst_excel.cells.values import Value
from pst_excel.excel.formats import look
from pst_excel.excel.names import AnyRow
from pst_excel.excel.sheets.data import LOCAL_WIDTH
from pst_excel.excel.wrapping import INDENT, height_of, lines_of
from pst_excel.model.schema import Column
from pst_excel.model.words.kinds import Where
from pst_excel.ooxml.cells.values import Formula
from pst_excel.ooxml.errors import Refused
from pst_excel.ooxml.references.addresses import Area
from pst_excel.ooxml.sheet import Sheet as FileSheet
from pst_excel.ooxml.workbook import Workbook
from pst_excel.returns.frames import values_of
from pst_excel.returns.tables import Table
from pst_excel.updating.plan import PlanLayout, SheetLayout
from pst_excel.updating.values import cached, calculates, held, says, says_alike


def patch_data(book: Workbook, plan: PlanLayout) -> None:
    """Make the data sheets of a file hold a plan laid out as they are.

    Raises: PatchError when what stands there does not allow it.
    """
    for found in plan.sheets.values():
        there = book[found.sheet.title]
        _move(there, found)
    for found in plan.sheets.values():
        _Patch(book, book[found.sheet.title], plan, found).run()


def _move(there: FileSheet, found: SheetLayout) -> None:
    _cover(there, found)
    rows = found.rows
    if rows.inserted:
        there.insert_rows_at(rows.inserted)
        bottom, count = rows.held
        if count:
            down = sum(n for before, n in rows.inserted.items() if before <= bottom)
            there.hold_rows(bottom + down, count)
    there.remove_rows_at(dict(rows.removed))


def _cover(there: FileSheet, found: SheetLayout) -> None:
    """Make the filter cover every column that has a heading: sorting moves whole rows then.

    The area printed goes as far. Both end on the last row, as what is made to hold more does.
    """
    ours, added = found.columns.ours.values(), found.columns.added.values()
    first, last = min(ours), max((*ours, *added))
    bottom = max(found.rows.held[0], found.heading + 1)
    there.cover(Area(found.heading, min((first, *added)), bottom, last))
    there.print_across((found.rows.printed, bottom), (max(ours), last))


class _Patch:
    """One sheet being patched; the rows whose texts changed gather here."""

    def __init__(
        self, book: Workbook, there: FileSheet, plan: PlanLayout, found: SheetLayout
    ) -> None:
        self.book, self.there, self.plan, self.found = book, there, plan, found
        self.sheet, self.columns = found.sheet, found.columns
        self.table: Table = plan.consolidation.merged.tables[self.sheet.key]
        self.frame = plan.consolidation.batch.counted[self.sheet.key]
        self.touched: set[int] = set(found.rows.fresh)

    def run(self) -> None:
        self._new_columns()
        for column in self.sheet.inputs:
            if column.stands(Where.WHOLE):
                self._values(self.columns.ours[column.key], self.table.columns[column.key])
        received = self.columns.received()
        for name, values in self.table.locals.items():
            self._local(self.columns.added[name], values, name in received)
        for name, number in received.items():
            if name not in self.table.locals:
                self._values(number, [None] * len(self.table))
        for column in self.sheet.computed:
            if column.stands(Where.WHOLE):
                self._formulas(column)
        self._heights()

    def _new_columns(self) -> None:
        """Give a heading and a width to the columns that come at the right."""
        others = [n for name, n in self.columns.added.items() if name not in self.columns.fresh]
        model = others[0] if others else self.columns.ours[self.sheet.named_by]
        texts = self.columns.ours[self.sheet.named_by]
        for name, number in self.columns.fresh.items():
            heading = self.there.at(self.found.heading, number)
            heading.set(name)
            heading.look_like(self.there.at(self.found.heading, model))
            self.there.set_width(number, LOCAL_WIDTH)
            for row in self.table.rows:
                self.there.at(row, number).look_like(self.there.at(row, texts))
        for name, number in self.columns.bare.items():
            self._name(name, number, model)

    def _name(self, name: str, number: int, model: int) -> None:
        """Give its name to a column whose values stand under no heading, so that it keeps it."""
        heading = self.there.at(self.found.heading, number)
        try:
            heading.set(name)
        except Refused:  # a heading beside is merged over it: its letters name it each time
            return
        heading.look_like(self.there.at(self.found.heading, model))

    def _values(self, number: int, values: Sequence[Value]) -> None:
        for row, value in zip(self.table.rows, map(held, values), strict=True):
            cell = self.there.at(row, number)
            if not says(cell.value, value, self.book.epoch_1904):
                cell.set(value)
                self.touched.add(row)

    def _local(self, number: int, values: Sequence[Any], received: bool) -> None:
        """Write what the returns say in a column that was added; what they do not say stays."""
        for row, value in zip(self.table.rows, map(held, values), strict=True):
            cell = self.there.at(row, number)
            if (value not in (None, "") or received) and not says_alike(cell.value, value):
                cell.set(None if value == "" else value)
                self.touched.add(row)

    def _formulas(self, column: Column) -> None:
        number = self.columns.ours[column.key]
        any_row = AnyRow(self.plan.names, self.sheet.key, 0)
        rendered = column.expression.render(any_row)
        values = values_of(self.frame[column.key])
        for row, value in zip(self.table.rows, values, strict=True):
            self._formula(rendered, number, row, cached(value, self.book.epoch_1904))
        for row in self.found.rows.spare:  # as the blank row below them, which was there
            last = self.there.at(self.found.rows.last, number).value
            blank = last.value if isinstance(last, Formula) else ""
            text = rendered.replace(AnyRow.ROW, str(row))
            self.there.at(row, number).set(Formula(text, blank))

    def _formula(self, rendered: str, number: int, row: int, value: str | float) -> None:
        text = rendered.replace(AnyRow.ROW, str(row))
        cell = self.there.at(row, number)
        if not calculates(cell.value, text, value):
            cell.set(Formula(text, value))
            if isinstance(value, str) and value:
                self.touched.add(row)

    def _heights(self) -> None:
        """Make the rows whose texts changed high enough to show them; new ones are just so."""
        widths = {
            number: self.there.width(number)
            for number in (*self.columns.ours.values(), *self.columns.added.values())
        }
        texts = [
            (values, widths[number])
            for values, number in self._wrapped()
            if widths[number]
        ]  # fmt: skip
        for at, row in enumerate(self.table.rows):
            if row not in self.touched:
                continue
            lines = [lines_of(v[at], int(w) - INDENT) for v, w in texts if isinstance(v[at], str)]
            wanted = height_of(max(lines, default=1))
            if row in self.found.rows.fresh or wanted > self.there.height(row) + 0.5:
                self.there.set_height(row, wanted)

    def _wrapped(self) -> list[tuple[Sequence[Any], int]]:
        """Return the values that are shown on several lines, with the column of each."""
        found: list[tuple[Sequence[Any], int]] = [
            (values, self.columns.added[name]) for name, values in self.table.locals.items()
        ]
        for column in self.sheet.columns:
            if column.stands(Where.WHOLE) and not column.hidden and "text_wrap" in look(column):
                computed = column in self.sheet.computed
                if computed and not self._goes_on(self.columns.ours[column.key]):
                    continue
                values = self.frame[column.key].tolist() if computed else self.table.columns[
                    column.key
                ]  # fmt: skip
                found.append((values, self.columns.ours[column.key]))
        return found

    def _goes_on(self, number: int) -> bool:
        """Tell whether the texts of a column take several lines: in older files formulas do."""
        row = next(iter(self.table.rows), 0)
        return bool(row) and self.there.book.styles.wraps(self.there.at(row, number).style)
