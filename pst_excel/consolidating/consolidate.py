"""How the returns of the services bring a plan up to date, or make the first one.

The plan is what was written last, as people left it; each return is compared with what it was sent,
and its changes are merged with those of all others. The order of the returns changes nothing.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pst_excel.cells.readings import Confidence, Reading
from pst_excel.cells.values import Value
from pst_excel.consolidating.answering import Answering, answering
from pst_excel.consolidating.choosing import Archive
from pst_excel.consolidating.consolidation import Account, Consolidation
from pst_excel.consolidating.keeping import kept_heard, kept_history
from pst_excel.consolidating.origins import TO_DECIDE, Origins, Provenance, origins
from pst_excel.consolidating.reference import Reference, left_by, reference
from pst_excel.consolidating.remarks import absent_services, answered, remarks
from pst_excel.consolidating.starting import starting_state
from pst_excel.merging.assembly import Laid, laid_out
from pst_excel.merging.conflicts import Conflict, ConflictKind
from pst_excel.merging.docket import Entry, Word
from pst_excel.merging.draft import Draft
from pst_excel.merging.lists import Lists, new_entries, united_lists, with_decided
from pst_excel.merging.merge import settled
from pst_excel.merging.settlement import Settlement
from pst_excel.model.plan import Plan
from pst_excel.model.words.keys import ORIGIN
from pst_excel.model.words.roles import Role
from pst_excel.model.words.stages import Stage
from pst_excel.model.words.wording import listed
from pst_excel.returns.tables import Refusal, Return
from pst_excel.text.errors import UsageError
from pst_excel.text.spelling import fold


def consolidate(
    returns: Sequence[Return],
    plan: Plan,
    observed: dt.date,
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
    that was made of another plan: what people corrected and decided in it is taken up. Raises:
    UsageError when there is no return, or when they belong to several institutions; for a plan that
    was `named`, also when it is that of another.
    """
    if not returns and not isinstance(previous, Return):
        raise UsageError("aucun classeur lisible à consolider")
    _same_institution([*returns, previous] if named and isinstance(previous, Return) else returns)
    ordered = sorted(returns, key=lambda r: (fold(r.service), r.file, r.digest))
    plan = ordered[0].plan if ordered else previous.plan  # type: ignore[union-attr]
    kept, copies = _without_copies(ordered)
    start, forgotten = _start(previous, kept)
    kept, copies = _without_the_plan(kept, copies, start)
    archive = archive or Archive()
    known = _known(start, kept, archive, plan, replaced)
    heard = answering(kept, start, known.state, archive)
    still = [c for c in known.open if c.kind is not ConflictKind.ENTRY]
    last = left_by(replaced, archive.replaced, known) if replaced is not None else None
    answers = [*heard.answers, *([last] if last is not None else [])]
    settlement = settled(known.state, answers, known.draft, still)
    lists, proposed, decided = _lists(start, known, heard, kept, plan)
    absent = absent_services(answered(heard.chosen), plan, lists) if kept else []
    found = origins(settlement, answers, kept, known.state if start else None, absent,
                    replaced)  # fmt: skip
    laid = laid_out(settlement.draft, found.words, _form(start, plan, observed))
    merged = Return(
        f"{plan.short} consolidé", "", plan, laid.tables, lists,
        [*laid.readings, *_to_confirm(settlement, laid)],
        incomplete=start is None and bool(absent or refusals), before=start,
    )  # fmt: skip
    history, number = kept_history(
        replaced or start, [*known.entries, *decided, *heard.entries, *settlement.entries], observed
    )
    sources = Provenance(
        settlement, found, start, known.corrected, known.state.returned, known.entries
    )
    # What was decided once is never asked again.
    open_now = [c for c in [*settlement.conflicts, *proposed] if c.number not in number]
    conflicts = [_placed(conflict, sources) for conflict in open_now]
    _mark_open(laid, conflicts)
    return Consolidation(
        plan, observed, kept, sorted(refusals, key=lambda r: r.file), copies, merged,
        _rows(laid, found), conflicts, absent, known.state.returned if start else None, forgotten,
        stage, campaign, kept_heard(start, heard), history, sources,
        _account(known, settlement, conflicts, heard, lists, archive, decided),
        fresh=frozenset(one.returned.digest for one in heard.new),
    )  # fmt: skip


def _start(previous: Return | Refusal | None, kept: list[Return]) -> tuple[Return | None, str]:
    """Return the plan to start from, or why the one that is there is left.

    Where none is there, a whole plan among the returns of services is taken as it.
    """
    if isinstance(previous, Refusal):
        return None, previous.reason
    if previous is not None:
        if not kept or previous.whose == kept[0].whose:
            return previous, ""
        return None, (
            f"c’est celui d’une autre institution ou législature : {previous.institution}"
        )
    whole = [returned for returned in kept if not returned.service]
    if len(whole) == 1 and len(kept) > 1:
        kept.remove(whole[0])
        return whole[0], ""
    return None, ""


def _without_the_plan(
    kept: list[Return], copies: list[tuple[str, str]], start: Return | None
) -> tuple[list[Return], list[tuple[str, str]]]:
    """Leave out a copy of the plan itself among the returns, unless it is all there is."""
    same = [one for one in kept if start is not None and one.digest == start.digest]
    if start is None or not same or len(same) == len(kept):
        return kept, copies
    left = [one for one in kept if one not in same]
    return left, [*copies, *((one.file, start.file) for one in same)]


def _known(
    start: Return | None, kept: Sequence[Return], archive: Archive, plan: Plan,
    replaced: Return | None,
) -> Reference:  # fmt: skip
    """Return the plan before the returns are heard; the one that was sent, where none is given."""
    if start is not None:
        return reference(start, archive.written, replaced)
    state = starting_state([*archive.sends, *kept], plan)
    return Reference(state, Draft(state), (), [], [])


def _lists(
    start: Return | None, known: Reference, heard: Answering, kept: Sequence[Return], plan: Plan
) -> tuple[Lists, list[Conflict], list[Entry]]:
    if start is None:
        return united_lists(kept, plan), [], []
    before = [c for c in known.open if c.kind is ConflictKind.ENTRY]
    lists, still, done = with_decided(dict(start.lists), before)
    asked = {conflict.about for conflict in still}
    decided = {(c.field, c.id) for c in before} - {(c.field, c.id) for c in still}
    new = [c for c in new_entries(lists, heard.said, plan)
           if c.about not in asked and (c.field, c.id) not in decided]  # fmt: skip
    return lists, [*still, *new], done


def _mark_open(laid: Laid, conflicts: Iterable[Conflict]) -> None:
    """Say of each row, beside where it comes from, that something about it is to be decided."""
    for place in dict.fromkeys((c.key, c.id) for c in conflicts):
        table = laid.tables.get(place[0])
        if table is not None and ORIGIN in table.columns and place[1] in laid.ids[place[0]]:
            at = laid.ids[place[0]].index(place[1])
            told = table.columns[ORIGIN][at]
            table.columns[ORIGIN][at] = f"{told or ''}{TO_DECIDE}".removeprefix(" · ")


def _placed(conflict: Conflict, sources: Provenance) -> Conflict:
    """Return what is to be decided with the place where what stands was first read."""
    place = sources.words(conflict.key, conflict.id, conflict.field)
    if not place or conflict.kind is ConflictKind.CODE:
        return conflict
    return replace(conflict, ours=replace(conflict.ours, place=place))


def _form(start: Return | None, plan: Plan, observed: dt.date) -> dict[Role, Value]:
    """Return the fields of the identification that say when and how this plan was made."""
    known: dict[Role, Value] = {Role.VERSION: plan.version, Role.OBSERVED: observed}
    if start is not None:
        known[Role.CONTACT] = start.identity(Role.CONTACT)
    return known


def _to_confirm(settlement: Settlement, laid: Laid) -> list[Reading]:
    """Return the readings of the returns that are to be confirmed and whose value stands."""
    found: dict[tuple[str, int, str], Reading] = {}
    for answer in settlement.answers:
        for reading in answer.state.returned.readings:
            sheet, row, key = reading.place
            records = answer.state.sheets.get(sheet)
            if reading.confidence is not Confidence.TO_CONFIRM or records is None:
                continue
            if row in records.rows and key in records.fields:
                at = records.rows.index(row)
                stands = settlement.draft.records[sheet].get(records.ids[at], {}).get(key)
                if stands is not None and stands == records.fields[key][at]:
                    table = laid.tables[sheet]
                    place = laid.row(sheet, records.ids[at])
                    found[sheet, place, key] = reading.at(table.subject(place, key))
    return [found[place] for place in sorted(found)]


def _rows(laid: Laid, found: Origins) -> dict[str, list[tuple[int, int]]]:
    return {key: [found.at(key, ident) for ident in ids] for key, ids in laid.ids.items()}


def _account(
    known: Reference, settlement: Settlement, conflicts: Sequence[Conflict], heard: Answering,
    lists: Lists, archive: Archive, decided: Sequence[Entry],
) -> Account:  # fmt: skip
    words = Counter(str(entry.what) for entry in settlement.entries)
    done = {e.number for e in (*known.entries, *decided) if e.what == Word.DECIDED}
    before = {conflict.number for conflict in known.open}
    return Account(
        words[Word.TAKEN], words[Word.ADDED], len(known.corrected), len(done),
        sum(conflict.number not in before for conflict in conflicts),
        remarks(heard, known, conflicts, lists, archive.refused),
    )  # fmt: skip


def _same_institution(returns: Sequence[Return]) -> None:
    owners: dict[tuple[str, ...], list[Return]] = {}
    for returned in returns:
        key = returned.whose
        if any(key):
            owners.setdefault(key, []).append(returned)
    if len(owners) > 1:
        names = [
            f"{group[0].institution} ({', '.join(sorted(r.file for r in group)[:3])}"
            f"{' …' if len(group) > 3 else ''})"
            for group in sorted(owners.values(), key=lambda g: (-len(g), g[0].file))
        ]
        raise UsageError(
            f"les classeurs viennent de plusieurs institutions ou législatures : {listed(names)}."
            f" Mettez de côté ceux qui n’appartiennent pas à ce {returns[0].plan.short}, ou"
            f" corrigez leur feuille « {returns[0].plan.form.title} »"
        )


def _without_copies(returns: Iterable[Return]) -> tuple[list[Return], list[tuple[str, str]]]:
    """Return each content once, under its shortest name, and the copies with what they copy."""
    ordered = list(returns)
    kept: dict[str, Return] = {}
    for returned in sorted(ordered, key=lambda r: (len(r.file), r.file)):
        kept.setdefault(returned.digest, returned)
    copies = [(r.file, kept[r.digest].file) for r in ordered if kept[r.digest] is not r]
    return [returned for returned in ordered if kept[returned.digest] is returned], copies
