"""Two plans compared, three merged: what programs ask, free of Excel."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pst_excel.merging.alignment import Realigned, aligned
from pst_excel.merging.answers import Answer
from pst_excel.merging.assembly import laid_out
from pst_excel.merging.codes import part_codes
from pst_excel.merging.conflicts import Conflict, Conflicts
from pst_excel.merging.differences import Change, changes
from pst_excel.merging.docket import Entry
from pst_excel.merging.draft import Draft
from pst_excel.merging.hearing import hear
from pst_excel.merging.lists import new_entries
from pst_excel.merging.settlement import Settlement
from pst_excel.merging.states import OF_A_RETURN, State, linked, state_of
from pst_excel.model.words.keys import ORIGIN
from pst_excel.model.words.wording import plural
from pst_excel.returns.tables import Return
from pst_excel.text.brief import brief


@dataclass(frozen=True)
class Merge:
    """One plan made of three: the plan, what is to be decided, what was taken from the return.

    `told` are the rows of the return whose hidden ids had to be put right.
    """

    plan: Return
    conflicts: Conflicts
    entries: list[Entry]
    told: list[Realigned]

    def __repr__(self) -> str:
        counts = plural(len(self.entries), "valeur reprise", "valeurs reprises")
        return brief(self, plural(len(self.conflicts), "conflit"), counts)


@dataclass(frozen=True)
class Difference:
    """What changed from one plan to another, with the two states that hold what it speaks of."""

    before: State
    after: State
    changes: list[Change]
    told: list[Realigned]

    def __repr__(self) -> str:
        files = f"{self.before.returned.file} → {self.after.returned.file}"
        return brief(self, files, plural(len(self.changes), "changement"))


def merge(base: Return | None, theirs: Return, ours: Return) -> Merge:
    """Merge a return with the plan as it has become: by identity, field by field.

    `base` is what the return was sent, None where that is not known; `theirs` what came back,
    `ours` the plan now. Equal and disjoint changes pass; of two that contradict each other that of
    `ours` stands and the conflict is listed; a row that is gone from `theirs` stays, to be decided.
    The inputs are left alone.
    """
    now = linked(state_of(ours))
    sent = linked(state_of(base)) if base is not None else None
    answer = hear(theirs, now, sent)
    settlement = settled(now, [answer])
    form = {role: ours.identity(role) for role in OF_A_RETURN}
    laid = laid_out(settlement.draft, lambda sheet, ident: _origin(now, sheet, ident), form)
    plan = replace(ours, tables=laid.tables, readings=laid.readings)
    proposed = new_entries(ours.lists, [(answer.author, theirs, base)], ours.plan)
    conflicts = Conflicts([*settlement.conflicts, *proposed])
    return Merge(plan, conflicts, settlement.entries, list(answer.told))


def settled(
    ours: State, answers: Iterable[Answer], draft: Draft | None = None,
    open_before: Iterable[Conflict] = (),
) -> Settlement:  # fmt: skip
    """Return a plan merged with what its authors say; with a draft, one already begun."""
    settlement = Settlement(draft or Draft(ours), answers, open_before)
    settlement.settle()
    part_codes(settlement)
    return settlement


def difference(before: Return, after: Return) -> Difference:
    """Compare two states of a plan by identity and by field.

    What was added, dropped, moved, given another code, changed: one `Change` each. Rows without an
    id are recognised by code and name.
    """
    then = linked(state_of(before))
    state, told = aligned(state_of(after), then, "")
    now = linked(state, then, then.codes)
    return Difference(then, now, changes(then, now), told)


def _origin(state: State, sheet: str, ident: str) -> str:
    table, records = state.returned.tables.get(sheet), state.sheets.get(sheet)
    if table is None or records is None or ident not in records.position:
        return ""
    cells = table.columns.get(ORIGIN)
    return str((cells[records.position[ident]] if cells else None) or "")
