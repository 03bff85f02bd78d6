"""How the returns of the services bring a plan up to date, or make the first one.

The plan is what was written last, as people left it; each return is compared with what it was sent,
and its changes are merged with those of all others. The order of the returns changes nothing.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pst_excel.cells.readings import Confidence, Reading
from pst_excel.cells.values import Value
from pst_excel.consolidating.answering import Answering, answering
from pst_excel.consolidating.choosing import Archive
from pst_excel.consolidating.consolidation import Account, Consolidation
from pst_excel.consolidating.gathering import Gathered, gathered
from pst_excel.consolidating.keeping import kept_heard, kept_history
from pst_excel.consolidating.last_time import since_last_time
from pst_excel.consolidating.origins import TO_DECIDE, Origins, Provenance, origins
from pst_excel.consolidating.reference import Reference, left_by, reference
from pst_excel.consolidating.remarks import absent_services, answered, remarks
from pst_excel.consolidating.rounds import rounds_in
from pst_excel.consolidating.starting import starting_state
from pst_excel.merging.assembly import Laid, laid_out
from pst_excel.merging.conflicts import Conflict, ConflictKind, Conflicts
from pst_excel.merging.contents import Unread
from pst_excel.merging.docket import Entry, Word
from pst_excel.merging.draft import Draft
from pst_excel.merging.lists import Lists, new_entries, united_lists, with_decided
from pst_excel.merging.merge import settled
from pst_excel.merging.settlement import Settlement
from pst_excel.model.findings import Finding
from pst_excel.model.plan import Plan
from pst_excel.model.words.keys import ORIGIN
from pst_excel.model.words.roles import Role
from pst_excel.model.words.stages import Stage
from pst_excel.returns.long_texts import ELSEWHERE, too_long, whole_again, wholes
from pst_excel.returns.tables import Refusal, Return


def consolidate(
    returns: Sequence[Return],
    plan: Plan,
    observed: dt.date | None = None,
    refusals: Sequence[Refusal] = (),
    previous: Return | Refusal | None = None,
    stage: Stage | None = None,
    campaign: Return | None = None,
    archive: Archive | None = None,
    replaced: Return | None = None,
    named: bool = False,
) -> Consolidation:
    """Bring a plan up to date with the returns of the services of one institution.

    `previous` is that plan: all that people wrote in it stays, and their decisions are applied;
    without it the plan starts from the one that stands among the returns, else from what was sent.
    `archive` holds what was sent, and what was taken up and written before. `replaced` is a result
    that was made of another plan: what people corrected and decided in it is taken up. It is
    observed at the latest date that the returns give, unless one is given. Raises: UsageError when
    there is no return, or when nothing says to which of several institutions it belongs; for a plan
    that was `named`, also when it is that of another.
    """
    archive = archive or Archive()
    texts = wholes([*returns, *archive.answers])
    previous, replaced = whole_again(previous, texts), whole_again(replaced, texts)
    archive = archive.whole(texts)
    given = gathered(returns, previous, named)
    observed = observed or given.observed
    refusals = sorted([*refusals, *given.strangers], key=lambda refusal: refusal.file)
    known = _known(given, archive, replaced)
    heard = answering(given.kept, given.start, known.state, archive)
    settlement = _settled(known, heard, replaced, archive)
    lists, proposed, decided = _lists(given, known, heard)
    absent = absent_services(answered(heard.chosen), given.plan, lists) if given.kept else []
    state = known.state if given.start is not None else None
    found = origins(settlement, settlement.answers, given.kept, state, absent, replaced)
    laid = laid_out(settlement.draft, found.words, _form(given, observed))
    entries = [*known.entries, *decided, *heard.entries, *settlement.entries]
    rounds = rounds_in(replaced or given.start, archive.replaced if replaced else archive.written)
    history, numbers = kept_history(replaced or given.start, entries, observed, rounds)
    sources = Provenance(settlement, found, given.start, known)
    conflicts = _asked([*settlement.conflicts, *proposed], numbers, sources)
    _mark_open(laid, conflicts)
    said = remarks(heard, known, conflicts, lists, archive.refused)
    waiting = state is None and bool(absent or refusals)
    unsure = _to_confirm(settlement, laid)
    merged = _merged(given, laid, lists, unsure, _too_long(laid, given.plan, sources), waiting)
    return Consolidation(
        given.plan, observed, given.kept, refusals, given.copies,
        merged, _rows(laid, found), conflicts, absent, state.returned if state else None,
        given.forgotten, stage, campaign, kept_heard(given.start, heard), history, sources,
        _account(known, entries, conflicts, said),
        fresh=frozenset(one.returned.digest for one in heard.new), rounds=rounds,
        since=since_last_time(known, archive, replaced, heard, settlement.draft, entries, observed,
                              absent) if given.start is not None else None,
    )  # fmt: skip


def _known(given: Gathered, archive: Archive, replaced: Return | None) -> Reference:
    """Return the plan before the returns are heard; the one that was sent, where none is given."""
    if given.start is not None:
        return reference(given.start, archive.written, replaced)
    state = starting_state([*archive.sends, *given.kept], given.plan)
    return Reference(state, Draft(state), (), [], [])


def _settled(
    known: Reference, heard: Answering, replaced: Return | None, archive: Archive
) -> Settlement:
    """Return the plan merged with what all say, the result that is replaced among them."""
    still = [c for c in known.open if c.kind is not ConflictKind.ENTRY]
    left = [left_by(replaced, archive.replaced, known)] if replaced is not None else []
    return settled(known.state, [*heard.answers, *left], known.draft, still)


def _lists(
    given: Gathered, known: Reference, heard: Answering
) -> tuple[Lists, list[Conflict], list[Entry]]:
    """Return the lists, the entries that are to be decided, what was decided of others."""
    if given.start is None:
        return united_lists(given.kept, given.plan), [], []
    before = [c for c in known.open if c.kind is ConflictKind.ENTRY]
    lists, still, done = with_decided(dict(given.start.lists), before)
    asked = {conflict.about for conflict in still}
    decided = {(c.field, c.id) for c in before} - {(c.field, c.id) for c in still}
    new = [c for c in new_entries(lists, heard.said, given.plan)
           if c.about not in asked and (c.field, c.id) not in decided]  # fmt: skip
    return lists, [*still, *new], done


def _merged(
    given: Gathered, laid: Laid, lists: Lists, to_confirm: list[Reading],
    findings: Iterable[Finding], incomplete: bool,
) -> Return:  # fmt: skip
    """Return the plan as a return of its own, beside the one that it brings up to date."""
    return Return(
        f"{given.plan.short} consolidé", "", given.plan, laid.tables, lists,
        [*laid.readings, *to_confirm], findings=[*findings], incomplete=incomplete,
        before=given.start,
    )  # fmt: skip


def _too_long(laid: Laid, plan: Plan, sources: Provenance) -> Iterator[Finding]:
    """Say which texts of the plan its workbook cannot hold, and where each stands whole."""
    for key, table in laid.tables.items():
        ids = laid.ids.get(key)

        def where(at: int, field: str, key: str = key, ids: Sequence[str] | None = ids) -> str:
            return sources.words(key, ids[at], field) if ids else ELSEWHERE

        yield from too_long(plan[key], table, where)


def _asked(
    conflicts: Iterable[Conflict], decided: frozenset[str], sources: Provenance
) -> Conflicts:
    """Return what is to be decided: what was decided once is never asked again."""
    asked = (conflict for conflict in conflicts if conflict.number not in decided)
    return Conflicts(_placed(conflict, sources) for conflict in asked)


def _mark_open(laid: Laid, conflicts: Iterable[Conflict]) -> None:
    """Say of each row, beside where it comes from, that something about it is to be decided."""
    for place in dict.fromkeys((c.key, c.id) for c in conflicts):
        table = laid.tables.get(place[0])
        at = laid.place(*place)
        if table is not None and ORIGIN in table.columns and at is not None:
            told = table.columns[ORIGIN][at]
            table.columns[ORIGIN][at] = f"{told or ''}{TO_DECIDE}".removeprefix(" · ")


def _placed(conflict: Conflict, sources: Provenance) -> Conflict:
    """Return what is to be decided with the place where what stands was first read."""
    place = sources.words(conflict.key, conflict.id, conflict.field)
    if not place or conflict.kind is ConflictKind.CODE:
        return conflict
    return replace(conflict, ours=replace(conflict.ours, place=place))


def _form(given: Gathered, observed: dt.date) -> dict[Role, Value]:
    """Return the fields of the identification that say when and how this plan was made."""
    known: dict[Role, Value] = {Role.VERSION: given.plan.version, Role.OBSERVED: observed}
    if given.start is not None:
        known[Role.CONTACT] = given.start.identity(Role.CONTACT)
    return known


def _to_confirm(settlement: Settlement, laid: Laid) -> list[Reading]:
    """Return the readings of the returns that are to be confirmed and whose value stands.

    A text that gave no value comes with the plan itself, as all that was not understood.
    """
    found: dict[tuple[str, int, str], Reading] = {}
    for answer in settlement.answers:
        for reading in answer.state.returned.readings:
            sheet, row, key = reading.place
            records = answer.state.sheets.get(sheet)
            if reading.confidence is not Confidence.TO_CONFIRM or records is None:
                continue
            at = records.by_row.get(row)
            if at is not None and key in records.fields:
                stands = settlement.draft.records[sheet].get(records.ids[at], {}).get(key)
                given = stands is not None and not isinstance(stands, Unread)
                if given and stands == records.fields[key][at]:
                    table = laid.tables[sheet]
                    place = laid.row(sheet, records.ids[at])
                    found[sheet, place, key] = reading.at(table.subject(place, key))
    return [found[place] for place in sorted(found)]


def _rows(laid: Laid, found: Origins) -> dict[str, list[tuple[int, int]]]:
    return {key: [found.at(key, ident) for ident in ids] for key, ids in laid.ids.items()}


def _account(
    known: Reference, entries: Sequence[Entry], conflicts: Sequence[Conflict],
    sentences: tuple[str, ...],
) -> Account:  # fmt: skip
    words = Counter(str(entry.what) for entry in entries)
    done = {entry.number for entry in entries if entry.what == Word.DECIDED}
    before = {conflict.number for conflict in known.open}
    new = sum(conflict.number not in before for conflict in conflicts)
    return Account(
        words[Word.TAKEN], words[Word.ADDED], len(known.corrected), len(done), new, sentences
    )
