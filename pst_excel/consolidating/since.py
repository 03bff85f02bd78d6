"""What changed since the previous consolidation: who became what, what moved, what is new or gone.

It is what the plan's records were when they were last written against what they are now, whoever
changed them: a service, a decision, a hand in the plan itself, or the days that passed.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from pst_excel.cells.values import Value, as_text, is_date, is_number
from pst_excel.consolidating.authors import authors_of
from pst_excel.merging.contents import Content, Unread, blank, plain, said
from pst_excel.merging.differences import ROW, ChangeKind, changes
from pst_excel.merging.docket import Entry
from pst_excel.merging.draft import Draft, Record
from pst_excel.merging.states import Records, State, records_from
from pst_excel.model.following import Shift, Turn
from pst_excel.model.formulas import Expression, Scope
from pst_excel.model.words.keys import CODE
from pst_excel.model.words.kinds import Layout
from pst_excel.model.words.roles import Role
from pst_excel.model.words.wording import plural
from pst_excel.returns.frames import typed
from pst_excel.returns.tables import Return
from pst_excel.text.spelling import natural


@dataclass(frozen=True)
class Moved:
    """What became of one record: which, whose, what it was and is in words, who said so.

    Nobody said it, where only days passed.
    """

    id: str
    code: str
    name: str
    service: str
    before: str
    after: str
    author: str


@dataclass(frozen=True)
class Block:
    """Records of the main sheet that have one thing in common, the most important first.

    `counts` say how many, `undone` how many others are it no more, which are not among the `lines`;
    `unsaid` is what is told of a line that nobody said.
    """

    title: str
    counts: tuple[str, ...]
    lines: tuple[Moved, ...]
    undone: str = ""
    unsaid: str = ""


@dataclass(frozen=True)
class Answers:
    """The services that answer for the first time, those that answer again, those that do not."""

    first: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()


@dataclass(frozen=True)
class Since:
    """What changed since a plan: the one of the previous consolidation, else that of the start.

    `file` is where that stood, `observed` its date, `written` whether a consolidation wrote it.
    `counts` are all the changes there are, by sheet and kind.
    """

    file: str
    observed: dt.date | None
    written: bool
    blocks: tuple[Block, ...]
    counts: Mapping[str, Counter[ChangeKind]]
    answers: Answers

    @property
    def told(self) -> tuple[str, ...]:
        """How many records there are of each block, in words."""
        return tuple(words for block in self.blocks for words in block.counts)

    @property
    def total(self) -> int:
        """How many changes there are."""
        return sum(count.total() for count in self.counts.values())


def since(
    previous: Return, before: State, draft: Draft, entries: Iterable[Entry], observed: dt.date,
    answers: Answers, written: bool,
) -> Since:  # fmt: skip
    """Return what changed from a state of a plan to a draft of it, observed at a date.

    `previous` is the plan of which the state is that; `entries` are what this run did.
    """
    then = previous.identity(Role.OBSERVED)
    day = then if isinstance(then, dt.date) else None
    telling = _Telling(before, draft, entries, (day or observed, observed))
    return Since(previous.file, day, written, tuple(telling.blocks()), telling.counts, answers)


class _Telling:
    """The two states of the main sheet, to say what became of its records."""

    def __init__(
        self, before: State, draft: Draft, entries: Iterable[Entry], days: Sequence[dt.date]
    ) -> None:
        self.plan, self.main, self.draft = draft.plan, draft.plan.main, draft
        now = {
            key: records_from(self.plan[key], list(records.items()))
            for key, records in draft.records.items()
        }
        self.sides = [
            side.sheets.get(self.main.key) or records_from(self.main, [])
            for side in (before, State(before.returned, now))
        ]
        self.days, self.authors = days, authors_of(entries)
        self.counts: dict[str, Counter[ChangeKind]] = {}
        for change in changes(before, State(before.returned, now)):
            self.counts.setdefault(change.sheet, Counter())[change.kind] += 1

    @cached_property
    def both(self) -> list[str]:
        """The ids of the records that are in both, in the order of their codes."""
        then, now = (side.position for side in self.sides)
        return sorted((ident for ident in now if ident in then), key=self._order)

    def _order(self, ident: str) -> tuple[object, ...]:
        return natural(self._text(self._record(ident), CODE)), ident

    def blocks(self) -> Iterator[Block]:
        """Give the blocks that say something, the most important first."""
        for told in self.plan.told:
            block = self._turn(told) if isinstance(told, Turn) else self._shift(told)
            if block.counts or block.undone:
                yield block
        gender = "" if self.main.naming.masculine else "e"
        then, now = (side.position for side in self.sides)
        for ids, word, at in ((now.keys() - then, "ajouté", 1), (then.keys() - now, "retiré", 0)):
            if ids:
                one, several = self.main.records
                count = plural(len(ids), f"{one} {word}{gender}", f"{several} {word}{gender}s")
                lines = (
                    self._moved(i, self.plan.followed, at) for i in sorted(ids, key=self._order)
                )
                yield Block(f"{word.capitalize()}{gender}s", (count,), tuple(lines))

    def _turn(self, turn: Turn) -> Block:
        was, becomes = (self._where(at, turn.where) for at in range(2))
        new = [i for i in self.both if i in becomes and i not in was]
        gone = sum(i in was and i not in becomes for i in self.both)
        counts = (plural(len(new), *turn.words),) if new else ()
        undone = plural(gone, *turn.undone) if gone and turn.undone else ""
        lines = tuple(self._moved(ident, turn.shown) for ident in new)
        return Block(turn.title, counts, lines, undone, turn.unsaid)

    def _where(self, at: int, where: Expression) -> set[str]:
        """Return the ids of the records for which a condition holds, in the first or second state.

        It is that of the day at which the state was observed.
        """
        ids = self.sides[at].ids
        if not ids:
            return set()
        parameters = self.plan.form.keyed({Role.OBSERVED: pd.Timestamp(self.days[at])})
        held = where.evaluate(Scope({self.main.key: self._frames[at]}, self.main.key, parameters))
        return {ident for ident, holds in zip(ids, held, strict=True) if holds}

    @cached_property
    def _frames(self) -> list[pd.DataFrame]:
        """The records of the two states as conditions on their own row take them."""
        return [_frame(side) for side in self.sides]

    def _shift(self, shift: Shift) -> Block:
        steps = {}
        for ident in self.both:
            was, becomes = (_size(record.get(shift.column)) for record in self._pair(ident))
            if was is not None and becomes is not None and was != becomes:
                steps[ident] = becomes - was
        up = sorted((i for i in steps if steps[i] > 0), key=lambda i: -steps[i])
        down = sorted((i for i in steps if steps[i] < 0), key=lambda i: steps[i])
        sides = ((up, shift.up), (down, shift.down))
        counts = [plural(len(ids), *words) for ids, words in sides if ids]
        lines = (self._moved(ident, (shift.column,)) for ident in (*up, *down))
        return Block(shift.title, tuple(counts), tuple(lines))

    def _pair(self, ident: str) -> list[Record]:
        """Return what a record was and is; nothing where it was not or is no more."""
        return [
            side.record(side.position[ident]) if ident in side.position else {}
            for side in self.sides
        ]

    def _record(self, ident: str) -> Record:
        """Return what a record is, else what it was."""
        was, becomes = self._pair(ident)
        return becomes or was

    def _moved(self, ident: str, shown: Sequence[str], only: int | None = None) -> Moved:
        """Say what became of a record, by columns that are shown of it."""
        told = [
            " · ".join(self._text(record, key) for key in shown if not blank(record.get(key)))
            for record in self._pair(ident)
        ]
        record, key = self._record(ident), self.main.key
        places = [(key, ident, field) for field in (ROW, *shown)]
        return Moved(
            ident, self._text(record, CODE), self._text(record, self.main.named_by),
            self._text(record, self.main.owner), told[0] if only != 1 else "",
            told[1] if only != 0 else "", next(filter(None, map(self.authors.get, places)), ""),
        )  # fmt: skip

    def _text(self, record: Record, key: str) -> str:
        content = record.get(key)
        return "" if blank(content) else said(content, self.main, key, self.draft.code)


def _frame(records: Records) -> pd.DataFrame:
    """Return the records of a sheet as conditions on their own row take them."""
    sheet = records.sheet
    inputs = sheet.inputs if sheet.layout is Layout.TABLE else ()
    return pd.DataFrame({c.key: typed(c, [*map(_value, records.column(c.key))]) for c in inputs})


def _value(content: Content) -> Value:
    value = plain(content)
    if blank(value) or isinstance(content, Unread):
        return None
    return value if is_number(value) or is_date(value) else as_text(value)


def _size(content: Content) -> float | None:
    """Return what orders a date or a number; None for what is neither."""
    value = _value(content)
    if is_date(value):
        return value.toordinal()
    return value if is_number(value) else None
