"""What people type in a cell that it cannot hold, by the code of what is then found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from hypothesis import strategies as st

from pst_excel.cells.parsers import READERS
from pst_excel.cells.parsing import parse
from pst_excel.cells.values import RawCell, is_number
from pst_excel.checking.messages import message_of
from pst_excel.model.plan import Plan
from pst_excel.model.plausible import plausible_in
from pst_excel.model.schema import Column, Sheet
from pst_excel.model.words.kinds import Kind, Layout, Need, Where
from pst_excel.model.words.roles import Role
from pst_excel.pst import PST
from pst_excel.returns.tables import Return, Table
from pst_excel.testing.skeleton import link_of

_WORDS = (
    "demain", "à voir avec Marie", "environ 5", "?", "à définir", "Introuvable", "1.500",
    "2025-2026", "sauf 12",
)  # fmt: skip
_BEYOND = (1e16, -1e16, dt.date(2200, 1, 1), 3_000.0)
NO_ROW = 0


@dataclass(frozen=True)
class Typed:
    """A value typed in a cell; NO_ROW is that of a field of a form, and of a heading."""

    sheet: str
    row: int
    column: str
    value: Any

    def cell(self, table: Table) -> str:
        """Return the address of the cell in a table."""
        if self.row == NO_ROW and table.letters:
            return f"{table.letters[self.column]}{table.heading}"
        return table.cell(self.column, self.row)


Values = Iterable[Any]
Way = Callable[[Plan, Sheet, Column], Values]
"""What can be typed in a cell of a column to bring a code about; nothing where nothing can."""


def _blank(plan: Plan, sheet: Sheet, column: Column) -> Values:
    wanted = column.need is Need.REQUIRED and column.default is None
    if wanted and not _said_by_a_rule(plan, sheet, column):
        yield None


def _said_by_a_rule(plan: Plan, sheet: Sheet, column: Column) -> bool:
    return any(
        (sheet.key, column.key) in rule.places(plan)
        for rule in plan.rules
        if rule.replaces_blank_message
    )


def _read_as(code: str) -> Way:
    """Return the ways of writing whose reading deserves a message."""

    def values(plan: Plan, sheet: Sheet, column: Column) -> Iterator[RawCell]:
        spellings = {v.key: v.by_spelling for v in plan.vocabularies}
        for cell in _met(column):
            read = parse([cell], column, spellings, last_year=plan.last_year).readings
            if read and message_of(read[0][1], column) == code:
                yield cell

    return values


def _met(column: Column) -> Iterator[RawCell]:
    """Give what is met in cells: the examples of the ways of writing of a kind, and a few words."""
    yield from _WORDS
    reader = READERS[column.kind]
    for form in reader.forms:
        yield from (cell for cell, *_ in form.examples if _can_be_typed(cell))
    yield from (cell for cell, *_ in reader.refused if _can_be_typed(cell))
    known = plausible_in(column)
    if known is not None and not column.many:
        day = column.kind is Kind.DATE
        yield from (value for value in _BEYOND if isinstance(value, dt.date) is day)


def _can_be_typed(cell: RawCell) -> bool:
    return (cell.__class__ is str and cell[:1] not in ("=", "#", "'")) or is_number(cell)


def _in_no_list(plan: Plan, sheet: Sheet, column: Column) -> Values:
    vocabulary = column.vocabulary
    if vocabulary is not None and not vocabulary.local:
        spellings = {v.key: v.by_spelling for v in plan.vocabularies}
        for word in ("Introuvable", "Zzz"):
            read = parse([word], column, spellings)
            if read.values == [word] and not read.readings:
                yield word


def _out_of_bounds(plan: Plan, sheet: Sheet, column: Column) -> Values:
    known = plausible_in(column)
    if column.kind.is_number and not column.many and known is not None:
        beyond = [column.low - 1] if column.low is not None else []
        beyond += [column.high + 1] if column.high is not None else []
        yield from (float(value) for value in beyond if known.admits(float(value)))


def _too_long(plan: Plan, sheet: Sheet, column: Column) -> Values:
    if column.max_length is not None:
        yield from ("é" * (column.max_length + more) for more in (1, 45))


def _error(plan: Plan, sheet: Sheet, column: Column) -> Values:
    yield from ("#N/A", "#REF!", "#DIV/0!", "#VALUE!")


def _never_calculated(plan: Plan, sheet: Sheet, column: Column) -> Values:
    yield from ("=1+1", "=NOW()")


def _no_legislature(plan: Plan, sheet: Sheet, column: Column) -> Values:
    if column.role is Role.LAST_YEAR and plan.longest is not None:
        yield from (plan.first_year, plan.first_year - 1, plan.first_year + plan.longest + 1)


def _other_heading(needed: bool) -> Way:
    def values(plan: Plan, sheet: Sheet, column: Column) -> Iterator[None]:
        if sheet.layout is Layout.TABLE and (column.need is Need.REQUIRED) == needed:
            yield None

    return values


TYPED: dict[str, Way] = {
    "S02": _other_heading(True), "S03": _other_heading(False),
    "V01": _blank, "V02": _read_as("V02"), "V03": _in_no_list, "V04": _out_of_bounds,
    "V05": _too_long, "V06": _read_as("V06"), "V07": _error, "V08": _never_calculated,
    "V09": _read_as("V09"), "V12": _read_as("V12"), "V13": _no_legislature,
}  # fmt: skip
_OF_HEADINGS = ("S02", "S03")


@st.composite
def typed(draw: st.DrawFn, code: str, ground: Return) -> Typed:
    """Draw what is typed in a plan of the PST to bring a code about, and where."""
    there = [place for place in _places(code) if len(ground.tables.get(place[0].key, ()))]
    sheet, column, values = draw(st.sampled_from(there))
    of_a_row = sheet.layout is Layout.TABLE and code not in _OF_HEADINGS
    row = draw(st.sampled_from(ground.tables[sheet.key].rows)) if of_a_row else NO_ROW
    return Typed(sheet.key, row, column.key, draw(st.sampled_from(values)))


@cache
def _places(code: str) -> list[tuple[Sheet, Column, list[Any]]]:
    """Return the columns in which something brings a code about, and what."""
    return [
        (sheet, column, values)
        for sheet in PST
        if not sheet.program and sheet.layout is not Layout.LISTS
        for column in _open(sheet, PST)
        if (values := list(TYPED[code](PST, sheet, column)))
    ]


def _open(sheet: Sheet, plan: Plan) -> Iterator[Column]:
    """Give the columns of a sheet in which people type, but for those that make a row one."""
    link = link_of(sheet, plan)
    for column in sheet.inputs:
        hanging = link is not None and link.column == column
        if column.where is Where.BOTH and not column.hidden and not hanging:
            yield column
