"""How the words of many authors become one plan, and what is left to people to decide.

Equal changes pass, disjoint ones pass, a change of what nobody else touched passes. Of two that
contradict each other the plan's value stands and both are listed. A service changes its own rows;
what it changes elsewhere is proposed to whoever answers for them. A removal is always to be
decided. The order of the answers changes nothing. Source: the three-way merge by cell of versioned
databases, with people as those who decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pst_excel.merging.alignment import likely
from pst_excel.merging.answers import Answer, Basis, in_order
from pst_excel.merging.conflicts import Conflict, ConflictKind, Side
from pst_excel.merging.contents import Content, blank, plain, relinked, same
from pst_excel.merging.differences import ROW, Change, ChangeKind
from pst_excel.merging.docket import Docket, Entry, Word
from pst_excel.merging.draft import Draft, Record
from pst_excel.model.words.wording import listed
from pst_excel.returns.identity import derived
from pst_excel.returns.shared_rows import named
from pst_excel.text.spelling import fold

Said = tuple[Answer, Basis, Change]
Place = tuple[str, str, str]
"""A sheet, the id of a record, a field; ROW for the whole record."""


class Settlement:
    """The plan being merged with what everybody says of it."""

    def __init__(
        self, draft: Draft, answers: Iterable[Answer], open_before: Iterable[Conflict] = ()
    ) -> None:
        self.draft = draft
        self.answers = in_order(answers)
        self.docket = Docket(draft, open_before)
        self.origins: dict[Place, tuple[int, int]] = {}
        self.added: dict[tuple[str, str], int] = {}
        self._apart_ids: dict[int, dict[tuple[str, str], str]] = {}

    @property
    def conflicts(self) -> list[Conflict]:
        """What is to be decided, in the order of the plan, and where what stands was read."""
        return [
            c if c.ours.place else replace(c, ours=replace(c.ours, place=self.place_of(c)))
            for c in self.docket.conflicts
        ]

    def place_of(self, conflict: Conflict) -> str:
        """Say where what stands was read: in a return, else in the plan itself."""
        row = (conflict.key, conflict.id, ROW)
        found = self.origins.get((*row[:2], conflict.field)) or self.origins.get(row)
        if found is not None:
            answer, at = self.answers[found[0]], found[1]
        else:
            records = self.draft.start.sheets.get(conflict.key)
            place = records.position.get(conflict.id) if records is not None else None
            if records is None or place is None or not self.draft.start.returned.tables:
                return ""
            answer, at = Answer("", self.draft.start, ()), records.rows[place]
        change = Change(ChangeKind.CHANGED, conflict.key, conflict.id, conflict.field, row=at)
        return answer.place(change)

    @property
    def entries(self) -> list[Entry]:
        """What was done."""
        return self.docket.entries

    def settle(self) -> None:
        """Bring the plan up to date with the answers."""
        self._additions()
        self._fields()
        self._removals()

    def _additions(self) -> None:
        """Add the rows that are new; of one that several tell of, the others add what is blank."""
        said: dict[tuple[str, str], list[Said]] = {}
        for answer in self.answers:
            for basis, change in answer.of(fields=False):
                if change.kind is ChangeKind.ADDED:
                    word = answer, basis, change
                    said.setdefault((change.sheet, change.id), []).append(word)
        for words in said.values():
            for answer, basis, change in sorted(words, key=self._owner_first):
                record = answer.record(change)
                new = replace(change, id=self._apart(change, record))
                if new.id != change.id:
                    apart = self._apart_ids.setdefault(answer.source, {})
                    apart[change.sheet, change.id] = new.id
                if self.draft.get(new.sheet, new.id) is None:
                    self._add(answer, new, record)
                else:
                    self._told_again(answer, basis, new, record)
        for (sheet, ident), source in self.added.items():
            record = self.draft.records[sheet][ident]
            record.update((key, self._meant(source, held)) for key, held in record.items())

    def _meant(self, source: int, content: Content) -> Content:
        """Return a content that an answer gives, its own new rows named as they are kept."""
        return relinked(content, self._apart_ids.get(source, {}))

    def _owner_first(self, word: Said) -> bool:
        """Put first who answers for a row, as the row itself says."""
        answer, _, change = word
        owner = self.draft.plan[change.sheet].owner
        return not owner or fold(answer.author) not in named(
            text_of(answer.record(change).get(owner))
        )

    def _apart(self, change: Change, record: Record) -> str:
        """Return the id of a new row: another one where its code is that of another new row."""
        known = self.draft.get(change.sheet, change.id)
        name = self.draft.plan[change.sheet].named_by
        if known is None or (change.sheet, change.id) not in self.added:
            return change.id
        if likely(text_of(known.get(name)), text_of(record.get(name))):
            return change.id
        return derived(change.id, text_of(record.get(name)))

    def _add(self, answer: Answer, change: Change, record: Record) -> None:
        self.draft.records[change.sheet][change.id] = record
        self.added[change.sheet, change.id] = answer.source
        self.origins[change.sheet, change.id, ROW] = answer.source, change.row
        if change.sheet == self.draft.plan.form.key:
            return
        self.docket.enter(Word.ADDED, answer, change, "", "")
        if not answer.owns(change) and not answer.proposes:
            words = f"modifiée par {answer.author}, qui n’en répond pas"
            side = Side(answer.author, words, answer.place(change))
            self.docket.open(
                ConflictKind.GONE, change, (side,), "La ligne est prise : personne d’autre ne l’a."
            )

    def _told_again(self, answer: Answer, basis: Basis, change: Change, record: Record) -> None:
        """Compare a row that the plan has already with what is told of it."""
        known = self.draft.records[change.sheet][change.id]
        self.docket.heard(answer.author, change.sheet, change.id, ROW)
        for field, told in record.items():
            if blank(told) or same(told, known.get(field)):
                continue
            again = replace(change, kind=ChangeKind.CHANGED, field=field, after=told)
            if not answer.owns(change):
                self._dispute([(answer, basis, again)], ConflictKind.PROPOSAL)
            elif blank(known.get(field)):
                self._apply(answer, again, None)
            else:
                self._dispute([(answer, basis, again)], ConflictKind.FIELD)

    def _fields(self) -> None:
        """Settle what is said of each field of each row."""
        said: dict[Place, list[Said]] = {}
        for answer in self.answers:
            for basis, change in answer.of(fields=True):
                place = change.sheet, change.id, change.field
                said.setdefault(place, []).append((answer, basis, change))
        gone: dict[tuple[str, str], list[Said]] = {}
        for (sheet, ident, _), words in said.items():
            if self.draft.get(sheet, ident) is None:
                gone.setdefault((sheet, ident), []).extend(words)
            else:
                self._field(words)
        for words in gone.values():
            self._gone(words)

    def _field(self, words: Sequence[Said]) -> None:
        place = words[0][2]
        record = self.draft.records[place.sheet][place.id]
        now = record.get(place.field)
        words = [w for w in words if w[1] is not Basis.BACK or same(w[2].before, now)]
        if not words:
            return
        different = [w for w in words if w[0].owns(w[2]) and not same(w[2].after, now)]
        own = sum(answer.owns(change) for answer, _, change in words)
        if different:
            agreed = len(different) == own and len(_values(different)) == 1
            if agreed and any(_passes(basis, change, now) for _, basis, change in different):
                self._apply(different[0][0], different[0][2], now)
            else:
                self._dispute(different, ConflictKind.FIELD)
        now = record.get(place.field)
        for answer, _, change in words:
            if same(change.after, now):
                self.docket.heard(answer.author, place.sheet, place.id, place.field)
        proposed = [w for w in words if not w[0].owns(w[2]) and not same(w[2].after, now)]
        quoted = [word for word in proposed if word[1] is Basis.QUOTED]
        if quoted:
            self._dispute(quoted, ConflictKind.FIELD)
        proposed = [word for word in proposed if word not in quoted]
        if proposed:
            self._dispute(proposed, ConflictKind.PROPOSAL)

    def _apply(self, answer: Answer, change: Change, now: Content) -> None:
        meant = self._meant(answer.source, change.after)
        self.draft.records[change.sheet][change.id][change.field] = meant
        self.origins[change.sheet, change.id, change.field] = answer.source, change.row
        before, after = (
            self.draft.said(c, change.sheet, change.field) for c in (now, change.after)
        )
        self.docket.enter(Word.TAKEN, answer, change, before, after)

    def _dispute(self, words: Sequence[Said], kind: ConflictKind) -> None:
        """List what contradicts the plan's value, which stands."""
        place = words[0][2]
        others = tuple(self._side(answer, change) for answer, _, change in words)
        known = (Basis.SENT, Basis.BACK)
        sent = [answer.before(change) for answer, basis, change in words if basis in known]
        base = self.draft.said(sent[0], place.sheet, place.field) if sent else ""
        self.docket.open(kind, place, others, self._why(kind, words), base)

    def _side(self, answer: Answer, change: Change) -> Side:
        words = self.draft.said(change.after, change.sheet, change.field)
        return Side(answer.author, words, answer.place(change), change.after)

    def _why(self, kind: ConflictKind, words: Sequence[Said]) -> str:
        place = words[0][2]
        if kind is ConflictKind.PROPOSAL:
            if place.sheet == self.draft.plan.form.key:
                return "La référence tient : la cellule centrale tient cette feuille, et décide."
            owner = self.draft.owners(place.sheet, place.id) or "la cellule centrale"
            return f"La référence tient : la ligne appartient à {owner}, qui reçoit la proposition."
        if all(basis is Basis.BACK for _, basis, _ in words):
            return "La référence tient : ce retour dit à nouveau ce qui avait été envoyé."
        if all(basis is Basis.QUOTED for _, basis, _ in words):
            return "La référence tient : un envoi inconnu, peut-être plus récent, différait."
        if any(basis is not Basis.SENT for _, basis, _ in words):
            return "La référence tient : on ne sait pas ce que le service avait reçu."
        if len(_values(words)) > 1:
            return "La référence tient : plusieurs retours disent autre chose."
        return "La référence tient : elle a changé depuis l’envoi, et le retour aussi."

    def _gone(self, words: Sequence[Said]) -> None:
        """Put back a row that the plan has no more and that its service changed, to be decided."""
        own = [word for word in words if word[0].owns(word[2])]
        if not own:
            for answer, _, change in words:
                after = self.draft.said(change.after, change.sheet, change.field)
                self.docket.enter(Word.SET_ASIDE, answer, change, "la ligne n’est plus", after)
            return
        answer, _, place = own[0]
        record = answer.record(place)
        self.draft.records[place.sheet][place.id] = record
        self.origins[place.sheet, place.id, ROW] = answer.source, place.row
        others = {one.author: Side(one.author, f"changée par {one.author}", one.place(change))
                  for one, _, change in reversed(own)}  # fmt: skip
        self.docket.open(
            ConflictKind.GONE, replace(place, field=ROW), tuple(others.values()),
            "La ligne est remise : retirée du plan depuis l’envoi, elle revient changée.",
        )  # fmt: skip
        for one, basis, change in words:
            if one is not answer and not same(record.get(change.field), change.after):
                self._dispute([(one, basis, change)], ConflictKind.FIELD)

    def _removals(self) -> None:
        """Keep every row that its service removed, to be decided."""
        for answer in self.answers:
            for basis, change in answer.of(fields=False):
                record = self.draft.get(change.sheet, change.id)
                if change.kind is not ChangeKind.REMOVED or record is None:
                    continue
                if not answer.owns(change):
                    words = "retirée d’un classeur où elle était pour information"
                    name = self.draft.name(change.sheet, record)
                    self.docket.enter(Word.KEPT, answer, change, name, words)
                    continue
                sure = basis is Basis.SENT
                words = f"{'supprimée par' if sure else 'absente du retour de'} {answer.author}"
                why = "une suppression se décide." if sure else "avait-elle été envoyée ?"
                if hanging := self.draft.hanging(change.sheet, change.id):
                    why += f" Y tiennent : {listed(hanging)}."
                self.docket.open(
                    ConflictKind.REMOVAL, change,
                    (Side(answer.author, words, answer.place(change)),),
                    f"La ligne est gardée avec ses valeurs : {why}",
                )  # fmt: skip


def _values(words: Sequence[Said]) -> set[object]:
    """Return the different contents that are said; numbers, dates and texts can be told apart."""
    return {(type(change.after), change.after) for _, _, change in words}


def _passes(basis: Basis, change: Change, now: Content) -> bool:
    """Tell whether a change passes: the plan holds what was sent, or who says it states it."""
    if basis is Basis.SENT:
        return same(now, change.before)
    return basis is Basis.STATED or (basis is Basis.DOUBTED and blank(now))


def text_of(content: Content) -> str:
    """Return a content as a text; empty for a blank."""
    return "" if blank(content) else str(plain(content))
