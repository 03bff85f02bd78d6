"""A campaign as its people play it, and what must hold of it whatever they do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from pst_excel.consolidating import ledgers
from pst_excel.consolidating.choosing import Archive
from pst_excel.consolidating.consolidate import consolidate
from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.consolidating.ledgers import conflicts_in, heard_in
from pst_excel.distributing.prepare import prepare
from pst_excel.merging.alignment import aligned
from pst_excel.merging.conflicts import ConflictKind
from pst_excel.merging.contents import blank, label_of, plain, said, same
from pst_excel.merging.draft import Draft
from pst_excel.merging.states import State, linked, state_of
from pst_excel.model.words.keys import CODE, ID, ORIGIN
from pst_excel.model.words.kinds import Layout
from pst_excel.pst import PST
from pst_excel.returns.shared_rows import lent
from pst_excel.returns.tables import Return
from pst_excel.testing import opened, sent_back
from pst_excel.text.spelling import fold
from support import OBSERVED, town
from support.rounds import as_read, written

PLAN = (
    town("Travaux", "Finances", "Culture")
    + """
Constat
code | intitule      | liens
C1   | Trop de trous | 1.1.1

OS
code | intitule
1    | Rouler

OO
code | code_os | intitule      | services
1.1  | 1       | Rouler mieux  | Travaux; Finances
1.2  | 1       | Rouler partout | Culture

Actions
code  | code_oo | intitule        | service_pilote | services_partenaires | avancement
1.1.1 | 1.1     | Boucher un trou | Travaux        | Finances; Culture    | 10
1.1.2 | 1.1     | Payer le trou   | Finances       |                      | 20
1.1.3 | 1.1     | Peindre la rue  | Travaux        |                      |
1.2.1 | 1.2     | Chanter         | Culture        | Travaux              | 30

Indicateurs
code | niveau | code_lie | libelle
I1   | Action | 1.1.1    | Trous bouchés
I2   | OS     | 1        | Vélos

Budget
code | niveau | code_lie | exercice | libelle | prevu
     | Action | 1.1.1    | 2026     | Goudron | 1000
     | Action | 1.2.1    | 2026     | Micros  | 500
"""
)
"""A plan of three services, with rows of each, rows of several, and rows that nobody receives."""

Told = tuple[str, str, str]
"""A value as people see it: the title of its sheet, the heading of its column, its words."""


@cache
def first_plan() -> Return:
    """Return the plan from which campaigns start."""
    return written(PLAN)


@dataclass
class Copy:
    """A workbook at a service, and what it was when it was sent."""

    send: Return
    filled: Return


@dataclass
class Campaign:
    """A campaign: the plan, what was written last, what was sent, what came back."""

    plan: Return = field(default_factory=lambda: opened(first_plan()))
    written: Return | None = field(default_factory=first_plan)
    sends: list[Return] = field(default_factory=list)
    copies: list[Copy] = field(default_factory=list)
    folder: dict[str, Return] = field(default_factory=dict)
    kept: dict[str, Return] = field(default_factory=dict)
    clock: int = 0

    def send(self) -> None:
        """Share out the plan as it stands: each service has one more workbook."""
        self.clock += 1
        due = dt.date(2027, 1, 1) + dt.timedelta(days=self.clock)
        for envelope in prepare(sent_back(self.plan), due=due).workbooks:
            send = envelope.content
            self.sends.append(send)
            self.copies.append(Copy(send, opened(send)))

    def answer(self, copy: Copy, file: str = "") -> None:
        """Put a workbook among the returns, as it is now."""
        self.clock += 1
        file = file or f"{copy.send.service}_{self.clock}.xlsx"
        saved = f"2027-01-01T{self.clock:06}"
        self.folder[file] = sent_back(copy.filled, file, saved)

    def consolidated(self, returns: Iterable[Return] | None = None) -> Consolidation:
        """Return what a run makes of the plan and the returns; nothing is written."""
        start = sent_back(self.plan)
        returns = list(self.folder.values() if returns is None else returns)
        there = {one.digest for one in returns}
        services = {fold(one.service) for one in returns}
        last = {(fold(one.service), one.send): one.digest for one in heard_in(start)}
        answers = [self.kept[digest] for (service, _), digest in last.items()
                   if service in services and digest not in there]  # fmt: skip
        sends = [send for send in self.sends if send.send in {one.send for one in returns}]
        archive = Archive(sends, answers, self.written)
        return consolidate(returns, PST, OBSERVED, previous=start, archive=archive)

    def told(self) -> set[Told]:
        """Return what everybody says: the plan as people left it, returns but for what was sent."""
        sent = {send.send: send for send in self.sends}
        found = set(told_in(sent_back(self.plan)))
        for one in self.folder.values():
            found |= set(told_in(one)) - set(told_in(sent[one.send]))
        return found

    def write(self, result: Consolidation) -> None:
        """Write the result of a run: it is the plan, and what is known to have been written."""
        self.kept |= {one.digest: one for one in self.folder.values()}
        self.written = as_read(result)
        self.plan = opened(self.written)


def told_in(filled: Return) -> Iterator[Told]:
    """Give every value of a workbook that is merged; codes and links, which may change, apart."""
    state = linked(state_of(filled))
    for key, records in state.sheets.items():
        if records.sheet.layout is Layout.TABLE:
            for name, cells in records.fields.items():
                if name != CODE and not (name in records.sheet and records.sheet[name].refers):
                    for content in cells:
                        if not blank(content):
                            yield _told(filled, key, name, said(content, records.sheet, name))

    lists = filled.plan.lists.title
    for key, labels in filled.lists.items():
        yield from ((lists, filled.plan.vocabulary(key).label, label) for label in labels)


def _told(filled: Return, key: str, name: str, words: str) -> Told:
    return filled.plan[key].title, label_of(filled.plan[key], name), words


def said_by(filled: Return, by_words: bool = False) -> dict[tuple[str, ...], list[str]]:
    """Return what each cell of a workbook holds, by sheet, id and field; by its words alone."""
    found: dict[tuple[str, ...], list[str]] = {}
    for key, records in state_of(filled).sheets.items():
        for name, cells in records.fields.items():
            for ident, content in zip(records.ids, cells, strict=True):
                if records.sheet.layout is Layout.TABLE and not blank(content):
                    place = (key, name) if by_words else (key, ident, name)
                    found.setdefault(place, []).append(said(content, records.sheet, name))
    return {place: sorted(words) for place, words in found.items()}


def kept_in(plan: Return) -> set[Told]:
    """Return every value that a plan holds, leaves to be decided or tells of."""
    found = set(told_in(plan))
    for conflict in conflicts_in(plan):
        words = [conflict.base, conflict.ours.said, *(side.said for side in conflict.others)]
        found |= {(conflict.sheet, conflict.column, text) for text in words}
    for line in plan.ledgers["Historique"]:
        where = str(line.get("Feuille", "")), str(line.get("Colonne", ""))
        found |= {(*where, str(line.get(side, ""))) for side in ("Avant", "Après", ledgers.ELEMENT)}
    return found


def tables_of(filled: Return, origin: bool = False) -> dict[str, object]:
    """Return all that a plan holds, to be compared; where its rows were read too, if asked.

    Under one code for two rows, who answers for what hangs on it cannot be told: nor whether it is
    as it was sent last.
    """
    apart = set() if origin and not _ambiguous(filled) else {ORIGIN}
    held: dict[str, object] = {"": filled.lists}
    for key, table in filled.tables.items():
        columns = {name: cells for name, cells in table.columns.items() if name not in apart}
        held[key] = table.rows, columns, table.locals
    return held


def _ambiguous(filled: Return) -> bool:
    codes = [code for key in ("oo", "actions") for code in filled.tables[key].columns[CODE] if code]
    return len(set(codes)) < len(codes)


def asked(result: Consolidation) -> list[tuple[object, ...]]:
    """Return what people read of what is to be decided."""
    return [
        (c.number, c.kind, c.sheet, c.name, c.column, c.base, c.kept, c.other, c.other_from, c.why,
         c.decision, c.value, c.reason, c.remark, c.choices)
        for c in result.conflicts
    ]  # fmt: skip


def owned(answer: State, send: Return, sheet: str) -> set[str]:
    """Return the rows of a sheet of an answer that were not lent to its service."""
    was = send.tables[sheet]
    pairs = zip(was.columns[ID], lent(was), strict=True)
    return set(answer.sheets[sheet].ids) - {str(ident) for ident, is_lent in pairs if is_lent}


def _heard(answer: Return, send: Return) -> State:
    sent = linked(state_of(send))
    return linked(aligned(state_of(answer), sent, send.service)[0], sent)


def strange_changes(campaign: Campaign, result: Consolidation) -> list[str]:
    """Return the contents of a result that changed without its owner, a decision, a hand."""
    start = sent_back(campaign.plan)
    then = linked(state_of(campaign.written)) if campaign.written is not None else None
    before = linked(aligned(state_of(start), then, "")[0], then)
    after = linked(state_of(as_read(result)), before)
    codes = Draft(after)
    by_id = {send.send: send for send in campaign.sends}
    answers = [(_heard(one, by_id[one.send]), by_id[one.send]) for one in campaign.folder.values()]
    decided = {(c.key, c.id) for c in conflicts_in(start) if c.decision or c.value}
    recoded = {(c.key, c.id) for c in result.conflicts if c.kind is ConflictKind.CODE}
    strange = []
    for key, records in before.sheets.items():
        if records.sheet.program or records.sheet.layout is Layout.FORM:
            continue
        own = [(state, owned(state, send, key)) for state, send in answers]
        for at, ident in enumerate(records.ids):
            if (key, ident) in decided:
                continue
            now = _record(after, key, ident)
            if now is None:
                strange.append(f"{key} {ident}: gone")
                continue
            for name, content in records.record(at).items():
                told = [_record(state, key, ident) for state, mine in own if ident in mine]
                if (
                    not same(content, now.get(name))
                    and plain(content, codes.code) != plain(now.get(name))
                    and not (name == CODE and (key, ident) in recoded)
                    and not any(
                        r and plain(r.get(name), codes.code) == plain(now.get(name)) for r in told
                    )
                ):
                    strange.append(f"{key} {ident} {name}: {content} → {now.get(name)}")
    return strange


def _record(state: State, key: str, ident: str) -> dict[str, object] | None:
    records = state.sheets.get(key)
    if records is None or ident not in records.position:
        return None
    return dict(records.record(records.position[ident]))
