"""What changed between two states of a plan: records added, removed, fields changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from pst_excel.merging.contents import Content, Linked, blank
from pst_excel.merging.states import Records, State
from pst_excel.model.schema import Sheet
from pst_excel.model.words.keys import CODE
from pst_excel.model.words.kinds import Need
from pst_excel.text.brief import brief

ROW = ""
"""The field of a change of a whole record."""


class ChangeKind(StrEnum):
    """What became of a record or of one of its fields."""

    ADDED = "ajoutée"
    REMOVED = "supprimée"
    RECODED = "recodée"
    MOVED = "déplacée"
    CHANGED = "changée"


@dataclass(frozen=True)
class Change:
    """One thing that changed: a record (`field` is ROW) or one of its fields, before and after.

    `row` is where it stands in the file of after, 0 for a record that is there no longer.
    """

    kind: ChangeKind
    sheet: str
    id: str
    field: str
    before: Content = None
    after: Content = None
    row: int = 0

    def __repr__(self) -> str:
        return brief(self, self.kind, self.sheet, self.id, self.field)


def changes(before: State, after: State) -> list[Change]:
    """Return what changed, sheet by sheet, record by record in the order of after, removals last.

    A sheet that after lacks says nothing of its records, nor a column without a heading of its
    field. Ids must be those of one plan (`aligned`), links resolved (`linked`).
    """
    found: list[Change] = []
    for key, records in after.sheets.items():
        earlier = before.sheets.get(key)
        if earlier is None:
            earlier = Records(records.sheet, [], [], {})
        found += _of_sheet(key, earlier, records)
    return found


def _of_sheet(key: str, before: Records, after: Records) -> Iterator[Change]:
    known = before.position
    added = [at for at, ident in enumerate(after.ids) if ident not in known]
    common = [at for at, ident in enumerate(after.ids) if ident in known]
    then = np.array([known[after.ids[at]] for at in common], dtype=np.intp)
    now = np.array(common, dtype=np.intp)
    placed: list[tuple[int, Change]] = [
        (at, Change(ChangeKind.ADDED, key, after.ids[at], ROW, row=after.rows[at])) for at in added
    ]
    for field in dict.fromkeys((*after.fields, *before.fields)):
        if field in after.missing or (field not in after.fields and field in before.sheet):
            continue
        was, becomes = before.column(field)[then], after.column(field)[now]
        for at in np.flatnonzero(was != becomes):
            place = common[at]
            if not (blank(was[at]) and blank(becomes[at])):
                kind = _kind(after.sheet, field, was[at], becomes[at])
                change = Change(kind, key, after.ids[place], field, was[at], becomes[at],
                                after.rows[place])  # fmt: skip
                placed.append((place, change))
    placed.sort(key=lambda pair: pair[0])
    yield from (change for _, change in placed)
    there = after.position
    for ident in before.ids:
        if ident not in there:
            yield Change(ChangeKind.REMOVED, key, ident, ROW)


def _kind(sheet: Sheet, field: str, was: Content, becomes: Content) -> ChangeKind:
    """Tell a change of code, and one of the records on which a row hangs, from any other."""
    if field == CODE and sheet.identity == (CODE,):
        return ChangeKind.RECODED
    if isinstance(was, Linked) or isinstance(becomes, Linked):
        hangs = sheet[field].need is Need.REQUIRED
        return ChangeKind.MOVED if hangs else ChangeKind.CHANGED
    return ChangeKind.CHANGED
