"""The returns heard: the latest of each service, once, against what it was sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pst_excel.checking.waivers import limited
from pst_excel.consolidating.choosing import Archive, Chosen, chosen, digests
from pst_excel.consolidating.ledgers import heard_in
from pst_excel.merging.answers import Answer
from pst_excel.merging.contents import Content, blank, same
from pst_excel.merging.differences import ROW, Change, ChangeKind
from pst_excel.merging.docket import Docket, Entry, Word
from pst_excel.merging.draft import Draft
from pst_excel.merging.hearing import hear
from pst_excel.merging.known_rows import KnownRows, Row
from pst_excel.merging.lists import SaidBy
from pst_excel.merging.states import State, state_of
from pst_excel.returns.shared_rows import named
from pst_excel.returns.tables import Return
from pst_excel.text.spelling import fold


@dataclass(frozen=True)
class Answering:
    """What the returns say: all of those that count, and those among them that are new.

    An answer that was taken up in an earlier run says nothing more. `late` are those that came when
    a later one of their service had been taken up. `entries` tell what the older returns of a
    service said otherwise than its latest.
    """

    answers: list[Answer]
    chosen: list[Chosen]
    new: list[Chosen]
    late: list[Chosen]
    entries: list[Entry]

    @property
    def said(self) -> list[SaidBy]:
        """All that is heard for the first time, older answers before the latest."""
        new = [*self.late, *(one for last in self.new for one in (*last.older, last))]
        return [(one.author, one.returned, one.send) for one in new]


def answering(
    returns: Sequence[Return], start: Return | None, plan: State, archive: Archive
) -> Answering:
    """Return what the returns say to a plan."""
    heard = heard_in(start) if start is not None else []
    counting = chosen(returns, archive, heard, plan)
    already = digests(heard)
    # Where no service answers, a whole plan is not one more opinion: it is the plan.
    services = any(one.author for one in counting)
    known = KnownRows(_states(returns, plan, archive), plan.codes)
    expected = _expected(plan)
    answers, entries, new, late = [], [], [], []
    for one in counting:
        said = _heard(one, plan, known, expected)
        if not one.author:
            said = replace(said, proposes=services, author=f"{plan.plan.short} complet")
        older = [other for other in one.older if other.returned.digest not in already]
        for other in older:
            entries += _superseded(_heard(other, plan, known, expected), said, plan)
        if one.returned.digest not in already:
            new.append(one)
        else:
            said = replace(said, changes=())
        late += [other for other in older if one.returned.digest in already]
        answers.append(said)
    return Answering(answers, counting, new, late, entries)


def _states(returns: Sequence[Return], plan: State, archive: Archive) -> Iterator[State]:
    if plan.returned.tables:
        yield plan
    yield from map(state_of, archive.sends)
    yield from map(state_of, filter(None, [archive.written]))
    yield from map(state_of, returns)


def _heard(one: Chosen, plan: State, known: KnownRows, expected: dict[str, list[Row]]) -> Answer:
    mine = expected.get(fold(one.author), ())
    return hear(limited(one.returned), plan, one.base, known, one.author, mine, one.sent)


def _expected(plan: State) -> dict[str, list[Row]]:
    """Return the rows for which each service answers alone or with others."""
    draft = Draft(plan)
    rows: dict[str, list[Row]] = {}
    for sheet in plan.plan.tables:
        if sheet.owner and not sheet.program:
            for ident in draft.records[sheet.key]:
                for owner in named(draft.owners(sheet.key, ident)):
                    rows.setdefault(owner, []).append((sheet.key, ident))
    return rows


def _superseded(older: Answer, latest: Answer, plan: State) -> list[Entry]:
    """Tell what an older return says that the latest of its service does not."""
    docket = Docket(Draft(plan))
    said = {(c.sheet, c.id, c.field): c for _, c in latest.changes}
    for _, change in older.changes:
        if change.kind is ChangeKind.ADDED:
            for field, content in older.record(change).items():
                now = _now(latest, change, field)
                if not blank(content) and not same(content, now):
                    told = replace(change, field=field, after=content)
                    _tell(docket, older, told, now)
        elif change.field != ROW:
            last = said.get((change.sheet, change.id, change.field))
            if last is None or not same(last.after, change.after):
                now = last.after if last else _now(latest, change, change.field)
                _tell(docket, older, change, now)
    return docket.entries


def _now(latest: Answer, change: Change, field: str) -> Content:
    """Return what the latest return holds in a field of a record; None where it has no such row."""
    records = latest.state.sheets.get(change.sheet)
    at = records.position.get(change.id) if records is not None else None
    return records.column(field)[at] if records is not None and at is not None else None


def _tell(docket: Docket, older: Answer, change: Change, now: Content) -> None:
    said = docket.draft.said
    docket.enter(
        Word.SUPERSEDED, older, change, said(change.after, change.sheet, change.field),
        said(now, change.sheet, change.field),
    )  # fmt: skip
