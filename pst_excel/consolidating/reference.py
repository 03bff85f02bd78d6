"""The plan that is brought up to date: as people left it, with what they corrected and decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pst_excel.cells.parsing import parse
from pst_excel.consolidating.ledgers import CELL, conflicts_in
from pst_excel.merging.alignment import Realigned, aligned
from pst_excel.merging.answers import Answer, Basis
from pst_excel.merging.conflicts import Conflict, ConflictKind
from pst_excel.merging.contents import LOCAL, Content, Linked, Piece, Unread, blank
from pst_excel.merging.decisions import decided
from pst_excel.merging.differences import ROW, Change, ChangeKind, changes
from pst_excel.merging.docket import Docket, Entry, Word
from pst_excel.merging.draft import Draft
from pst_excel.merging.hearing import hear
from pst_excel.merging.states import State, linked, state_of
from pst_excel.model.words.keys import ID
from pst_excel.returns.links import levels, pieces
from pst_excel.returns.tables import Return
from pst_excel.text.spelling import as_code, fold


@dataclass(frozen=True)
class Reference:
    """The plan before the returns are heard: its state, what was corrected and decided in it.

    `draft` has the decisions; `open` is what they leave to be decided; `entries` tell what was
    done; `told` are rows whose ids had to be put right; `written` is the state in which the program
    left it, where that is known.
    """

    state: State
    draft: Draft
    corrected: tuple[Change, ...]
    open: list[Conflict]
    entries: list[Entry]
    told: tuple[Realigned, ...] = ()
    written: State | None = None


def reference(plan: Return, written: Return | None, replaced: Return | None = None) -> Reference:
    """Return a plan with what people did in it since it was `written`, where that is known.

    What they decided in the result that is `replaced` is done as well.
    """
    before = linked(state_of(written)) if written is not None else None
    state, told = aligned(state_of(plan), before, "")
    state = linked(_with_ids(state), before)
    draft = Draft(state)
    corrected = tuple(changes(before, state)) if before is not None else ()
    entries = _corrections(draft, state, before, corrected)
    known = _not_lost(conflicts_in(plan), written)
    if replaced is not None:
        known += [c for c in conflicts_in(replaced) if c.decision or c.value]
    fields = [c for c in known if c.kind is not ConflictKind.ENTRY]
    settled, still = _settled_by_hand(fields, corrected)
    still, done = decided(draft, still, _Parser(draft, plan))
    entries += [entry for conflict in settled for entry in _by_hand(conflict)] + done
    still += [c for c in known if c.kind is ConflictKind.ENTRY]
    return Reference(state, draft, corrected, still, entries, tuple(told), before)


def _with_ids(state: State) -> State:
    """Return a state whose file has the ids that its rows were found to have."""
    tables = dict(state.returned.tables)
    for key, records in state.sheets.items():
        if ID in records.sheet:
            table = tables[key]
            tables[key] = replace(table, columns=table.columns | {ID: [*records.ids]})
    return replace(state, returned=replace(state.returned, tables=tables))


def _corrections(
    draft: Draft, state: State, before: State | None, corrected: Sequence[Change]
) -> list[Entry]:
    """Tell what people changed by hand; of a row that they removed, all that it held."""
    if before is None:
        return []
    docket, author = Docket(draft), Answer(CELL, state, ())
    for change in corrected:
        if change.kind is ChangeKind.REMOVED:
            records = before.sheets[change.sheet]
            record = records.record(records.position[change.id])
            docket.enter_removed(author, change, record)
        elif change.kind is ChangeKind.ADDED:
            record = draft.records[change.sheet][change.id]
            if not draft.plan[change.sheet].program:
                docket.enter(Word.CORRECTED, author, change, "", draft.name(change.sheet, record))
            else:  # a line of the program's own, of which only what people wrote is new
                for field in (f for f in record if not blank(record[f])):
                    words = draft.said(record[field], change.sheet, field)
                    docket.enter(Word.CORRECTED, author, replace(change, field=field), "", words)
        else:
            both = (change.before, change.after)
            was, becomes = (draft.said(held, change.sheet, change.field) for held in both)
            docket.enter(Word.CORRECTED, author, change, was, becomes)
    return docket.entries


def _not_lost(conflicts: list[Conflict], written: Return | None) -> list[Conflict]:
    """Return what is to be decided, with what somebody took out of the sheet without deciding."""
    here = {conflict.number for conflict in conflicts}
    lost = conflicts_in(written) if written is not None else []
    again = "Cette ligne avait été retirée de la feuille sans décision."
    return conflicts + [
        replace(c, remark=again, decision="", value="", reason="")
        for c in lost
        if c.number not in here
    ]


def _settled_by_hand(
    conflicts: Iterable[Conflict], corrected: Iterable[Change]
) -> tuple[list[Conflict], list[Conflict]]:
    """Part what people settled by writing in the plan itself from what is still to be decided."""
    places = {(c.sheet, c.id, c.field) for c in corrected}
    gone = {(c.sheet, c.id) for c in corrected if c.kind is ChangeKind.REMOVED}
    settled, still = [], []
    for conflict in conflicts:
        by_hand = (conflict.key, conflict.id, conflict.field) in places and conflict.field != ROW
        if not conflict.decision and (by_hand or (conflict.key, conflict.id) in gone):
            settled.append(conflict)
        else:
            still.append(conflict)
    return settled, still


def _by_hand(conflict: Conflict) -> list[Entry]:
    """Tell what was to be decided, one line for each who said something."""
    return [
        Entry(Word.DECIDED, conflict.sheet, conflict.name, conflict.column, side.said,
              "corrigé à la main dans le plan", side.author, side.place, "", conflict.number,
              conflict.key, conflict.id, conflict.field)
        for side in conflict.others
    ]  # fmt: skip


class _Parser:
    """What a text that people decided means, by the column in which it is to stand."""

    def __init__(self, draft: Draft, plan: Return) -> None:
        self.draft, self.plan = draft, plan

    def __call__(self, sheet: str, field: str, text: str) -> Content:
        declared = self.plan.plan[sheet]
        if field not in declared or field.startswith(LOCAL):
            return text
        column = declared[field]
        read = parse([text], column, self._spellings(), last_year=self.plan.plan.last_year)
        value = read.values[0]
        if value is None:
            return Unread(text)
        if not column.refers:
            return value
        return Linked(tuple(self._piece(code, levels(declared, column)) for code in pieces(value)))

    def _piece(self, code: str, targets: tuple[str, ...]) -> Piece:
        for target in targets:
            for ident in self.draft.records[target]:
                if as_code(self.draft.code(target, ident) or "") == as_code(code):
                    return Piece(target, ident, code)
        return Piece("", code, code)

    def _spellings(self) -> Mapping[str, Mapping[str, str]]:
        lists = self.plan.lists
        return {
            v.key: v.by_spelling | {fold(label): label for label in lists.get(v.key, ())}
            for v in self.plan.plan.vocabularies
        }


def left_by(replaced: Return, written: Return | None, known: Reference) -> Answer:
    """Return what people left in a result that is replaced: the word of the central cell.

    Where what was written is not known, that is their part of the sheets of the program, and the
    waivers.
    """
    if written is not None:
        before = linked(state_of(written))
        state, told = aligned(state_of(replaced), before, CELL)
        state = linked(state, before)
        said = tuple((Basis.SENT, change) for change in changes(before, state))
        return Answer(CELL, state, said, frozenset(), tuple(told))
    plan = replaced.plan
    tables = {
        sheet.key: replaced.tables[sheet.key]
        for sheet in plan.tables
        if (sheet.program or sheet.key == plan.waivers) and sheet.key in replaced.tables
    }
    heard = hear(replace(replaced, tables=tables), known.state, author=CELL)
    return replace(heard, lent=frozenset(), proposes=False)
