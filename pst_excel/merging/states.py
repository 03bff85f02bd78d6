"""A plan as a state: the records of each sheet by id, their contents by field as columns."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from pst_excel.cells.readings import NO_VALUE
from pst_excel.merging.contents import LOCAL, Content, Linked, Piece, Unread
from pst_excel.model.plan import Plan
from pst_excel.model.schema import Column, Sheet
from pst_excel.model.words.keys import CODE, ID
from pst_excel.model.words.kinds import Layout, Where
from pst_excel.model.words.roles import Role
from pst_excel.model.words.wording import plural
from pst_excel.returns.links import levels, pieces
from pst_excel.returns.tables import Return, Table
from pst_excel.text.brief import brief
from pst_excel.text.spelling import as_code

Contents = npt.NDArray[Any]
Codes = Mapping[str, Mapping[str, str]]
"""The id of the record of each code as compared, by sheet; one that two records have names none."""

FORM_ID = "formulaire"
"""The id of the one record of the form."""
OF_A_RETURN = frozenset(
    {Role.VERSION, Role.OBSERVED, Role.CONTACT, Role.SERVICE, Role.DUE, Role.SEND}
)
"""What the form says of one workbook alone: it is not merged."""


@dataclass(frozen=True)
class Records:
    """The records of one sheet: their ids, the rows where they were read, contents by field."""

    sheet: Sheet
    ids: list[str]
    rows: list[int]
    fields: dict[str, Contents]
    missing: frozenset[str] = frozenset()

    def __repr__(self) -> str:
        return brief(self, self.sheet.title, plural(len(self.ids), "ligne"))

    @cached_property
    def position(self) -> dict[str, int]:
        """The place of each record, by id."""
        return {ident: at for at, ident in enumerate(self.ids)}

    @cached_property
    def by_row(self) -> dict[int, int]:
        """The place of each record, by the row where it was read."""
        return {row: at for at, row in enumerate(self.rows)}

    def column(self, field: str) -> Contents:
        """Return the contents of a field; blank where there is no such column."""
        found = self.fields.get(field)
        return found if found is not None else np.full(len(self.ids), None, dtype=object)

    def picked(self, places: Sequence[int]) -> Records:
        """Return some of the records, by their places."""
        fields = {name: contents[list(places)] for name, contents in self.fields.items()}
        return replace(
            self, ids=[self.ids[at] for at in places], rows=[self.rows[at] for at in places],
            fields=fields,
        )  # fmt: skip

    def record(self, at: int) -> dict[str, Content]:
        """Return what a record holds, by field."""
        return {field: contents[at] for field, contents in self.fields.items()}


@dataclass(frozen=True)
class State:
    """A plan at one moment, as one file tells it."""

    returned: Return
    sheets: dict[str, Records]

    def __repr__(self) -> str:
        return brief(
            self, self.returned.file, *(f"{k} {len(r.ids)}" for k, r in self.sheets.items())
        )

    @property
    def plan(self) -> Plan:
        """The declaration that it follows."""
        return self.returned.plan

    @cached_property
    def codes(self) -> dict[str, dict[str, str]]:
        """The id of the record of each code, as compared, that only one record has, by sheet."""
        found: dict[str, dict[str, str]] = {}
        for key, records in self.sheets.items():
            if CODE not in records.sheet:
                continue
            known: dict[str, str] = {}
            twice: set[str] = set()
            for code, ident in zip(records.column(CODE), records.ids, strict=True):
                if isinstance(code, str) and known.setdefault(as_code(code), ident) != ident:
                    twice.add(as_code(code))
            found[key] = {code: ident for code, ident in known.items() if code not in twice}
        return found


def fields_of(sheet: Sheet) -> tuple[Column, ...]:
    """Return the columns that are merged: those that people fill, but for what a return alone says.

    The columns that only the program writes are not.
    """
    if sheet.layout is Layout.FORM:
        return tuple(c for c in sheet.inputs if c.role not in OF_A_RETURN)
    both = Where.WHOLE if sheet.program else Where.BOTH
    return tuple(c for c in sheet.inputs if c.where in (both, Where.BOTH) and c.key != ID)


def state_of(returned: Return) -> State:
    """Return the state that a file tells, ids as they were read, links as they were written."""
    unread = {r.place: r for r in returned.readings if r.understood in ("", NO_VALUE)}
    sheets: dict[str, Records] = {}
    for sheet in _merged_sheets(returned.plan):
        table = returned.tables.get(sheet.key)
        if table is not None:
            sheets[sheet.key] = _records(sheet, table, unread)
    return State(returned, sheets)


def _merged_sheets(plan: Plan) -> Iterator[Sheet]:
    yield plan.form
    yield from plan.tables


def _records(sheet: Sheet, table: Table, unread: Mapping[Any, Any]) -> Records:
    size = len(table)
    fields = {
        column.key: _array(table.columns.get(column.key) or [None] * size)
        for column in fields_of(sheet)
    }
    for heading, cells in table.locals.items():
        fields[f"{LOCAL}{heading}"] = _array([None if cell == "" else cell for cell in cells])
    place = {row: at for at, row in enumerate(table.rows)}
    for (key, row, column_key), reading in unread.items():
        if key == sheet.key and column_key in fields and row in place:
            at = place[row]
            if fields[column_key][at] is None:
                fields[column_key][at] = Unread(reading.read, reading)
    return Records(sheet, _ids(sheet, table), list(table.rows), fields, table.missing)


def records_from(sheet: Sheet, rows: Sequence[tuple[str, Mapping[str, Content]]]) -> Records:
    """Return records of a sheet by their ids and what each holds; they stand in no file."""
    names = dict.fromkeys(name for _, record in rows for name in record)
    fields = {name: _array([record.get(name) for _, record in rows]) for name in names}
    ids = [ident for ident, _ in rows]
    return Records(sheet, ids, [0] * len(ids), fields)


def _ids(sheet: Sheet, table: Table) -> list[str]:
    if sheet.layout is Layout.FORM:
        return [FORM_ID]
    if ID in sheet:
        return [str(ident) for ident in table.columns[ID]]
    named = zip(*(table.columns[key] for key in sheet.identity), strict=True)
    return ["|".join(str(part or "") for part in parts) for parts in named]


def _array(cells: Sequence[Content]) -> Contents:
    array = np.empty(len(cells), dtype=object)
    array[:] = cells
    return array


def linked(
    state: State, before: State | None = None, known: Codes | None = None,
    as_sent: Collection[tuple[str, str]] = (),
) -> State:  # fmt: skip
    """Return a state whose links hold records instead of codes.

    A cell that is as it was `before` names the records that it named then: whoever changed a code
    did not change what it names. Codes are those of the state, else those that are `known`; the
    other way round in the rows that are as they were sent.
    """
    sheets = {}
    for key, records in state.sheets.items():
        links = [c for c in fields_of(records.sheet) if c.refers]
        earlier = before.sheets.get(key) if before is not None else None
        named = {}
        for column in links:
            named[column.key] = _named(state, records, column, earlier, known or {}, as_sent)
        sheets[key] = replace(records, fields=records.fields | named)
    return replace(state, sheets=sheets)


def _named(
    state: State, records: Records, column: Column, before: Records | None, known: Codes,
    as_sent: Collection[tuple[str, str]],
) -> Contents:  # fmt: skip
    texts = records.column(column.key)
    chosen = records.column(column.chosen_by) if column.chosen_by else None
    found = texts.copy()
    for at, text in enumerate(texts):
        if not isinstance(text, str):
            continue
        was = before.position.get(records.ids[at]) if before is not None else None
        then = before.column(column.key)[was] if before is not None and was is not None else None
        if isinstance(then, Linked) and [p.text for p in then.pieces] == pieces(text):
            found[at] = then
            continue
        targets = levels(records.sheet, column, chosen[at] if chosen is not None else None)
        spaces: tuple[Codes, Codes] = (state.codes, known)
        if (records.sheet.key, records.ids[at]) in as_sent:
            spaces = (known, state.codes)
        found[at] = Linked(tuple(_piece(code, targets, spaces) for code in pieces(text)))
    return found


def _piece(code: str, targets: Sequence[str], spaces: Sequence[Codes]) -> Piece:
    for codes in spaces:
        for target in targets:
            if ident := codes.get(target, {}).get(as_code(code)):
                return Piece(target, ident, code)
    return Piece("", code, code)
