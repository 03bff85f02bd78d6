"""What is to be decided and what was done, gathered while a plan is merged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from pst_excel.merging.answers import Answer
from pst_excel.merging.conflicts import Conflict, ConflictKind, Side
from pst_excel.merging.contents import LOCAL, Content, blank, same
from pst_excel.merging.differences import ROW, Change
from pst_excel.merging.draft import Draft, Record
from pst_excel.model.words.kinds import Kind
from pst_excel.model.words.wording import BLANK
from pst_excel.text.brief import brief
from pst_excel.text.spelling import fold, natural

ENTIRE, TWICE = "Ligne entière", "Code utilisé deux fois"
_NOBODY = Side("", "", "")
NO_MORE = "la ligne n’est plus dans le plan"
_WHOLE_ROW = "la ligne, avec ses valeurs"


class Word(StrEnum):
    """What became of what somebody said, as the history tells it."""

    ADDED = "ligne ajoutée"
    TAKEN = "repris du retour"
    RECODED = "nouveau code proposé"
    SET_ASIDE = "écarté"
    SENT = "valeur de l’envoi"
    KEPT = "ligne gardée"
    DECIDED = "décision appliquée"
    REMOVED = "ligne supprimée"
    CORRECTED = "correction de la cellule centrale"
    SUPERSEDED = "remplacé par une réponse plus récente"


@dataclass(frozen=True)
class Entry:
    """One line of the history: what became of a content, before and after, who said it, where.

    `sheet` and `column` are what people see of them, `key` and `field` those of the plan, with the
    `id` of the record; `number` is that of the conflict that it decides.
    """

    what: str
    sheet: str
    name: str
    column: str
    before: str
    after: str
    author: str
    place: str
    reason: str = ""
    number: str = ""
    key: str = ""
    id: str = ""
    field: str = ""

    def __repr__(self) -> str:
        return brief(self, self.what, self.name, self.column, f"{self.before} → {self.after}")


def set_aside(
    what: Word, conflict: Conflict, sides: Iterable[Side], after: str, reason: str = ""
) -> list[Entry]:
    """Tell what was said of a field, and sent, where it neither stands nor is asked any more."""
    if conflict.field == ROW:
        return []
    told = [(what, side) for side in sides]
    if conflict.base not in ("", BLANK):
        told.append((Word.SENT, Side("", conflict.base, "")))
    return [
        Entry(word, conflict.sheet, conflict.name, conflict.column, side.said, after, side.author,
              side.place, reason)
        for word, side in told
        if side.said != after
    ]  # fmt: skip


class Docket:
    """The conflicts that are open, those of before among them, and the entries of the history."""

    def __init__(self, draft: Draft, before: Iterable[Conflict] = ()) -> None:
        self.draft = draft
        self.entries: list[Entry] = []
        self._open = {conflict.about: conflict for conflict in before}

    @property
    def conflicts(self) -> list[Conflict]:
        """What is to be decided, with what stands now, in the order of the plan."""
        known = [conflict for conflict in map(self._now, self._open.values()) if conflict]
        return sorted(known, key=self._rank)

    def _rank(self, conflict: Conflict) -> tuple[object, ...]:
        plan = self.draft.plan
        sheets = [sheet.key for sheet in plan]
        fields = [c.key for c in plan[conflict.key].columns] if conflict.key in plan else []
        at = fields.index(conflict.field) if conflict.field in fields else len(fields)
        sheet = sheets.index(conflict.key) if conflict.key in plan else -1
        first = "" if conflict.field == ROW else conflict.column
        return sheet, natural(conflict.name), conflict.id, bool(first), at, first, conflict.number

    def open(
        self, kind: ConflictKind, place: Change, others: tuple[Side, ...], why: str, base: str = "",
        ours: Side = _NOBODY,
    ) -> None:  # fmt: skip
        """List something to be decided; of what is listed already, the last word of each counts."""
        record = self.draft.get(place.sheet, place.id) or {}
        column = ENTIRE if place.field == ROW else self.draft.label(place.sheet, place.field)
        column = TWICE if kind is ConflictKind.CODE else column
        conflict = Conflict(
            self.draft.plan[place.sheet].title, place.id, self.draft.name(place.sheet, record),
            column, ours, others, kind, place.sheet, place.field, base, why,
            joins=self._is_text(place),
        )  # fmt: skip
        known = self._open.get(conflict.about)
        if known is not None:
            for side in others:
                self._supersede(known, side.author, side.said)
        self._open[conflict.about] = known.joined(conflict) if known is not None else conflict

    def _is_text(self, place: Change) -> bool:
        """Tell whether a field holds free text, where two values may stand together."""
        sheet = self.draft.plan[place.sheet]
        if place.field not in sheet:
            return place.field.startswith(LOCAL)
        return sheet[place.field].kind is Kind.TEXT

    def heard(self, author: str, sheet: str, ident: str, field: str) -> None:
        """Take off what an author said before of a place: he now says what stands."""
        for about, known in list(self._open.items()):
            if about[1:] == (sheet, ident, field or ENTIRE):
                record = self.draft.get(sheet, ident) or {}
                self._supersede(known, author, self.draft.said(record.get(field), sheet, field))
                del self._open[about]
                if (left := known.without(author)) is not None:
                    self._open[about] = left

    def _supersede(self, known: Conflict, author: str, now: str) -> None:
        """Tell what an author said before and says no more."""
        earlier = [s for s in known.others if fold(s.author) == fold(author) and s.said != now]
        if earlier:
            self.entries += set_aside(Word.SUPERSEDED, known, earlier, now)

    def enter(self, what: str, answer: Answer, change: Change, before: str, after: str) -> None:
        """Add a line to the history."""
        record = self.draft.get(change.sheet, change.id) or {}
        column = ENTIRE if change.field == ROW else self.draft.label(change.sheet, change.field)
        self.entries.append(
            Entry(what, self.draft.plan[change.sheet].title, self.draft.name(change.sheet, record),
                  column, before, after, answer.author, answer.place(change), key=change.sheet,
                  id=change.id, field=change.field)
        )  # fmt: skip

    def enter_removed(self, answer: Answer, change: Change, record: Record) -> None:
        """Add to the history a row that is removed, with all that it held."""
        name, sheet = self.draft.name(change.sheet, record), self.draft.plan[change.sheet].title
        for field, content in record.items():
            if not blank(content):
                self.entries.append(
                    Entry(Word.REMOVED, sheet, name, self.draft.label(change.sheet, field),
                          self.draft.said(content, change.sheet, field), "", answer.author,
                          answer.place(change), key=change.sheet, id=change.id, field=field)
                )  # fmt: skip

    def _now(self, conflict: Conflict) -> Conflict | None:
        """Return what is to be decided with what stands now; None once nothing is."""
        if conflict.kind is ConflictKind.ENTRY:
            return conflict
        record = self.draft.get(conflict.key, conflict.id)
        if record is None:
            return None
        conflict = replace(conflict, name=self.draft.name(conflict.key, record))
        if conflict.field == ROW:
            return replace(conflict, ours=replace(conflict.ours, said=_WHOLE_ROW))
        now = record.get(conflict.field)
        if conflict.kind is ConflictKind.CODE:  # somebody chose another code: it is decided
            return conflict if same(now, conflict.ours.content) else None
        left = tuple(side for side in conflict.others if not same(side.content, now))
        return self._with(replace(conflict, others=left), now) if left else None

    def _with(self, conflict: Conflict, now: Content) -> Conflict:
        words = self.draft.said(now, conflict.key, conflict.field)
        return replace(conflict, ours=replace(conflict.ours, said=words, content=now))
