"""Which record of what was sent each row of a return is, whatever became of its hidden id.

Ids are trusted unless the rows say otherwise: a row whose code and name are those of another
record is that record (half of the columns were sorted); one without an id is the record of its
code and name that nothing else claims (the sheet was built anew by paste); what is left is new.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pst_excel.cells.values import as_text
from pst_excel.merging.contents import Content, blank, plain
from pst_excel.merging.states import Records, State
from pst_excel.model.words.keys import CODE, ID, STAMP
from pst_excel.model.words.kinds import Layout
from pst_excel.returns.identity import derived
from pst_excel.returns.tables import Table
from pst_excel.text.spelling import fold

SAME_NAME = 0.7  # below this likeness, two names under one code are two records
Key = tuple[str, ...]


@dataclass(frozen=True)
class Realigned:
    """A row whose id was not that of its record: where it is, and why it is known to be that."""

    sheet: str
    row: int
    id: str
    reason: str


SWAPPED = "son identifiant était celui d’une autre ligne : reconnue à son code et à son nom"
FOUND = "sans identifiant : reconnue à son code et à son nom"
COPIED = "copie d’une autre ligne : c’est une ligne nouvelle"


def aligned(state: State, before: State | None, sender: str) -> tuple[State, list[Realigned]]:
    """Return a state whose ids are those of the records `before`; new rows have their sender's.

    Two senders' rows are two records whatever they hold; a sender's new row has the same id on
    every run. Without a state before, codes tell which row is which.
    """
    told: list[Realigned] = []
    sheets = {}
    for key, records in state.sheets.items():
        earlier = before.sheets.get(key) if before is not None else None
        if records.sheet.layout is Layout.FORM or ID not in records.sheet:
            sheets[key] = records
            continue
        ids, found = _Aligner(records, earlier, state.returned.tables[key], sender).ids()
        sheets[key] = replace(records, ids=ids)
        # A row that was new in what its sender said before still has no id: he never had one.
        new = _new_in(before, key) if before is not None else frozenset()
        told += [row for row in found if row.id not in new]
    return replace(state, sheets=sheets), told


def _new_in(state: State, key: str) -> frozenset[str]:
    """Return the ids of the rows of a sheet that came without one in a workbook that was sent."""
    records, table = state.sheets.get(key), state.returned.tables.get(key)
    if records is None or table is None or not any(table.columns.get(STAMP) or ()):
        return frozenset()
    pairs = zip(records.ids, records.rows, strict=True)
    return frozenset(ident for ident, row in pairs if row in table.new_rows)


class _Aligner:
    """The rows of one sheet beside the records of before."""

    def __init__(self, records: Records, before: Records | None, table: Table, sender: str) -> None:
        self.records, self.before, self.sender = records, before, sender
        self.sheet = records.sheet
        self.stamps = table.columns.get(STAMP) or [None] * len(table)
        self.new = [at for at, row in enumerate(records.rows) if row in table.new_rows]
        self.told: list[Realigned] = []

    def ids(self) -> tuple[list[str], list[Realigned]]:
        """Return the id of each row, and what had to be told from the rows themselves."""
        ids = list(self.records.ids)
        if self.before is not None:
            self._put_back(ids, self.before)
            self._recognise(ids, self.before)
        times, taken = Counter(self.stamps), Counter(ids)
        for at in self.new:
            taken[ids[at]] -= 1
            ids[at] = self._fresh(taken, at)
            taken[ids[at]] += 1
            if self.stamps[at] and times[self.stamps[at]] > 1:
                self._tell(at, ids[at], COPIED)
        return ids, self.told

    def _put_back(self, ids: list[str], before: Records) -> None:
        """Give back their ids to rows that hold, code and name, another record of before."""
        new = set(self.new)
        moved = [at for at in _otherwise(self.records, before) if at not in new]
        if not moved:
            return
        known, wanted = _unique(keys_of(before), before.ids), list(ids)
        for at, key in zip(moved, keys_of(self.records.picked(moved)), strict=True):
            wanted[at] = known.get(key, ids[at])
        changed = [at for at in range(len(ids)) if wanted[at] != ids[at]]
        times = Counter(wanted)
        if changed and all(times[wanted[at]] == 1 for at in changed):
            for at in changed:
                ids[at] = wanted[at]
                self._tell(at, ids[at], SWAPPED)

    def _recognise(self, ids: list[str], before: Records) -> None:
        """Find, for the rows without an id, the records of before that no row claims."""
        for tell_apart in (keys_of, _codes):
            if not self.new:
                return
            new = set(self.new)
            claimed = {ident for at, ident in enumerate(ids) if at not in new}
            free = [at for at, ident in enumerate(before.ids) if ident not in claimed]
            theirs, mine = tell_apart(before), tell_apart(self.records)
            known = _unique([theirs[at] for at in free], [before.ids[at] for at in free])
            times = Counter(mine[at] for at in self.new)
            for at in self.new:
                ident = known.get(mine[at])
                if ident and times[mine[at]] == 1 and self._like(before, ident, at):
                    ids[at] = ident
                    new.remove(at)
                    self._tell(at, ident, FOUND)
            self.new = [at for at in self.new if at in new]

    def _like(self, before: Records, ident: str, at: int) -> bool:
        name = self.sheet.named_by
        earlier = before.column(name)[before.position[ident]]
        return likely(_said(earlier), _said(self.records.column(name)[at]))

    def _fresh(self, taken: Mapping[str, int], at: int) -> str:
        """Return the id of a new row: its own, told from those of other senders."""
        before = self.before.position if self.before is not None else {}
        ident, rank = self.records.ids[at], 0
        if self.sender:
            ident = derived(self.records.ids[at], fold(self.sender))
        while taken.get(ident) or ident in before:
            ident, rank = derived(self.records.ids[at], fold(self.sender), str(rank)), rank + 1
        return ident

    def _tell(self, at: int, ident: str, reason: str) -> None:
        self.told.append(Realigned(self.sheet.key, self.records.rows[at], ident, reason))


def _otherwise(records: Records, before: Records) -> list[int]:
    """Return the rows whose code, name or identity is not what the record of their id had."""
    common = [at for at, ident in enumerate(records.ids) if ident in before.position]
    then = [before.position[records.ids[at]] for at in common]
    found: set[int] = set()
    for name in dict.fromkeys((*records.sheet.identity, records.sheet.named_by)):
        pairs = zip(common, records.column(name)[common], before.column(name)[then], strict=True)
        found.update(
            at for at, mine, theirs in pairs
            if mine is not theirs and mine != theirs and _said(mine) != _said(theirs)
        )  # fmt: skip
    return sorted(found)


def keys_of(records: Records) -> list[Key]:
    """Return what tells each record from the others without its id: its identity and its name."""
    names = (*records.sheet.identity, records.sheet.named_by)
    columns = [records.column(name) for name in dict.fromkeys(names)]
    return [tuple(map(_said, cells)) for cells in zip(*columns, strict=True)]


def _codes(records: Records) -> list[Key]:
    """Return the code of each record of a sheet where codes tell them apart; else nothing."""
    if records.sheet.identity != (CODE,):
        return [()] * len(records.ids)
    return [(_said(code),) for code in records.column(CODE)]


def _said(content: Content) -> str:
    return "" if blank(content) else fold(as_text(plain(content)))


def _unique(keys: Sequence[Key], ids: Sequence[str]) -> dict[Key, str]:
    """Return the id of each key that says something and that one record alone has."""
    times = Counter(keys)
    return {key: ident for key, ident in zip(keys, ids, strict=True)
            if times[key] == 1 and any(key)}  # fmt: skip


def likely(one: str, other: str) -> bool:
    """Tell whether two names are those of one record, reworded at most."""
    if not (one and other):
        return True
    return difflib.SequenceMatcher(None, fold(one), fold(other)).ratio() >= SAME_NAME
