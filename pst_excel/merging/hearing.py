"""How a return is heard: beside what it was sent, where that is known, else row by row."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from pst_excel.merging.alignment import aligned
from pst_excel.merging.answers import Answer, Basis
from pst_excel.merging.contents import Content, blank, same
from pst_excel.merging.differences import ROW, Change, ChangeKind, changes
from pst_excel.merging.known_rows import KnownRows, Row
from pst_excel.merging.states import FORM_ID, State, linked, records_from, state_of
from pst_excel.model.plan import Plan
from pst_excel.model.words.keys import STAMP
from pst_excel.model.words.roles import Role
from pst_excel.returns.shared_rows import lent, named, shared_out
from pst_excel.returns.tables import Return
from pst_excel.text.spelling import fold


def hear(
    returned: Return, ours: State, base: State | None = None, known: KnownRows | None = None,
    author: str = "", expected: Collection[Row] = (), sent: State | None = None,
) -> Answer:  # fmt: skip
    """Return what a return says to the plan as it is.

    `base` is what it was sent, or what it said last time, with its ids and links; without it, each
    row is compared with what is `known` of it by its stamp, else with the plan itself. The rows of
    the plan that are `expected` in a workbook that was sent are said to be gone when they are not
    there. `sent` tells which rows were lent, where it is another state than the base.
    """
    who = author or returned.service
    if base is not None:
        return _against(base, returned, ours, who, sent)
    answer = _row_by_row(returned, ours, known or KnownRows([ours]), who)
    if not shared_out(returned):
        return answer
    there = answer.state.sheets
    gone = [(key, i) for key, i in expected if key in there and i not in there[key].position]
    removed = [
        (Basis.DOUBTED, Change(ChangeKind.REMOVED, key, ident, ROW)) for key, ident in sorted(gone)
    ]
    return replace(answer, changes=(*answer.changes, *removed))


def _against(base: State, returned: Return, ours: State, author: str, sent: State | None) -> Answer:
    state, told = aligned(state_of(returned), base, author)
    state = linked(state, base, ours.codes)
    said = tuple(_weighed(changes(base, state), state, sent or base))
    lent_rows = _lent(state, sent or base, ours, author)
    return Answer(author, state, said, lent_rows, tuple(told), not author, sent=sent)


def _weighed(said: Iterable[Change], state: State, sent: State) -> Iterator[tuple[Basis, Change]]:
    """Give changes with what they are worth: what was sent, said again, may be an older copy."""
    for change in said:
        records = sent.sheets.get(change.sheet)
        at = records.position.get(change.id) if records is not None else None
        if records is None or at is None or change.kind is ChangeKind.REMOVED:
            yield Basis.SENT, change
        elif change.field:
            back = same(records.column(change.field)[at], change.after)
            yield (Basis.BACK if back else Basis.SENT), change
        else:  # a row that his last answer left out, and that is there again
            yield from ((Basis.SENT, one) for one in _of_row(change, records.record(at), state))


def _of_row(change: Change, before: Mapping[str, Content], state: State) -> Iterator[Change]:
    """Give the fields of a row that are not what they were."""
    records = state.sheets[change.sheet]
    for field, after in records.record(records.position[change.id]).items():
        if field not in records.missing and not same(before.get(field), after):
            yield replace(change, kind=ChangeKind.CHANGED, field=field, before=before.get(field),
                          after=after)  # fmt: skip


def _row_by_row(returned: Return, ours: State, known: KnownRows, author: str) -> Answer:
    sent = shared_out(returned)
    # A workbook that was made by hand has no ids: codes and names tell its rows.
    state, told = aligned(state_of(returned), None if sent else ours, author if sent else "")
    untouched = known.stamps(returned).untouched(state)
    quoted = untouched if _newer(returned, ours.returned) else frozenset()
    base = _but(known.sent(state), quoted)
    plan = _rows_of(ours, state)
    state = linked(state, _both(base, plan), ours.codes)
    said: list[tuple[Basis, Change]] = []
    for change in changes(base, state):
        exact = change.id in base.sheets[change.sheet].position
        if exact and change.kind is not ChangeKind.ADDED:
            said.append((Basis.SENT, change))
    here = _without(state, base)
    for change in changes(plan, here):
        if change.kind is ChangeKind.ADDED:
            said.append((Basis.STATED, change))
        elif change.kind is not ChangeKind.REMOVED and not blank(change.after):
            doubted = Basis.QUOTED if (change.sheet, change.id) in quoted else Basis.DOUBTED
            said.append((doubted if sent else Basis.STATED, change))
    lent_rows = _lent(state, ours, ours, author)
    return Answer(author, state, tuple(said), lent_rows, tuple(told) if sent else (), not author)


def _newer(returned: Return, plan: Return) -> bool:
    """Tell whether a workbook may have been sent from a later state of the plan than this one.

    What nobody touched in it may then be what the plan had become: it is listed, and not taken.
    """
    sent = returned.identity(Role.DUE) or returned.identity(Role.OBSERVED)
    then = plan.identity(Role.OBSERVED)
    return sent is not None and then is not None and bool(sent > then)


def _rows_of(ours: State, state: State) -> State:
    """Return the plan, but for the rows that a return does not have."""
    sheets = {}
    for key, records in state.sheets.items():
        if (mine := ours.sheets.get(key)) is not None:
            places = (mine.position.get(ident) for ident in records.ids)
            sheets[key] = mine.picked([at for at in places if at is not None])
    return replace(ours, sheets=sheets)


def _both(base: State, plan: State) -> State:
    """Return what is known of rows: what they were sent as, else what the plan holds of them."""
    sheets = {}
    for key, sent in base.sheets.items():
        parts = [plan.sheets[key], sent] if key in plan.sheets else [sent]
        rows = {i: part.record(at) for part in parts for i, at in part.position.items()}
        sheets[key] = records_from(sent.sheet, list(rows.items()))
    return replace(plan, sheets=sheets)


def _but(state: State, rows: Collection[Row]) -> State:
    """Return a state without some of its rows."""
    if not rows:
        return state
    sheets = {}
    for key, records in state.sheets.items():
        kept = [at for at, ident in enumerate(records.ids) if (key, ident) not in rows]
        sheets[key] = records.picked(kept)
    return replace(state, sheets=sheets)


def _without(state: State, base: State) -> State:
    """Return a state without the rows of which it is known what they were."""
    sheets = {}
    for key, records in state.sheets.items():
        there = base.sheets[key].position
        kept = [at for at, ident in enumerate(records.ids) if ident not in there]
        sheets[key] = records if len(kept) == len(records.ids) else records.picked(kept)
    return replace(state, sheets=sheets)


def _lent(state: State, base: State, ours: State, author: str) -> frozenset[Row]:
    """Return the rows for which the author of a return does not answer.

    Those that were lent to him, and of those that he was not sent the ones of another. The form is
    the central cell's, and so is a waiver that it wrote for all.
    """
    plan = state.plan
    rows: set[Row] = {(plan.form.key, FORM_ID)}
    sent = next((told for told in (base, state) if shared_out(told.returned)), None)
    for key, records in state.sheets.items():
        if not plan[key].program and key != plan.form.key:
            if sent is not None and key in sent.sheets:
                rows.update((key, ident) for ident in _marked(sent, key))
            known = _not_new(base, key) if base is sent and key in base.sheets else ()
            others = _of_others(ours, key, records.ids, author)
            rows.update((key, ident) for ident in others if ident not in known)
    return frozenset(rows)


def _not_new(sent: State, key: str) -> set[str]:
    """Return the rows of a sheet that came with their ids: it is known of them if they are lent."""
    new, records = sent.returned.tables[key].new_rows, sent.sheets[key]
    return {i for i, row in zip(records.ids, records.rows, strict=True) if row not in new}


def _marked(sent: State, key: str) -> Iterator[str]:
    """Give the rows of a sheet that a workbook says are lent, and the waivers of all."""
    table, ids = sent.returned.tables[key], sent.sheets[key].ids
    yield from (ident for ident, is_lent in zip(ids, lent(table), strict=True) if is_lent)
    if key == sent.plan.waivers and (owner := _owner(sent.plan, key)):
        for ident, service, stamp in zip(
            ids, sent.sheets[key].column(owner), table.columns[STAMP], strict=True
        ):
            if blank(service) and stamp:
                yield ident


def _of_others(ours: State, key: str, ids: list[str], author: str) -> Iterator[str]:
    """Give, of some rows, those of the plan whose owner is another."""
    owner, records = _owner(ours.plan, key), ours.sheets.get(key)
    if not owner or records is None:
        return
    names = records.column(owner)
    for ident in ids:
        at = records.position.get(ident)
        if at is not None and names[at] and fold(author) not in named(str(names[at])):
            yield ident


def _owner(plan: Plan, key: str) -> str:
    """Return the field that says whose a row is; of a waiver, to whom it is limited."""
    limited = plan[key].by_role.get(Role.SERVICE) if key == plan.waivers else None
    return limited.key if limited is not None else plan[key].owner
