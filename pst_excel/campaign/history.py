"""How a campaign went: a line for each consolidation, how each row stood at it, what changed last.

Nothing but what the consolidations wrote down of themselves is needed, the plan least of all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pst_excel.campaign.entries import Followed
from pst_excel.campaign.memory import Memory, Round
from pst_excel.model.words.wording import guess, plural
from pst_excel.text.brief import brief
from pst_excel.text.errors import UsageError
from pst_excel.text.spelling import fold, natural


@dataclass(frozen=True)
class Measure:
    """A headline figure: its key, what it is called, its unit."""

    key: str
    label: str
    unit: str


@dataclass(frozen=True)
class Line:
    """A consolidation: its number, when, of which day, of how many returns, what it gave.

    `absent` are the services without a return, `findings` the numbers of errors, warnings and
    hints, `figures` the headline figures by key, None where unknown.
    """

    number: int
    at: dt.datetime
    observed: dt.date | None
    returns: int
    absent: tuple[str, ...]
    rows: int
    findings: tuple[int, ...]
    conflicts: int
    figures: Mapping[str, float | None]
    digest: str


@dataclass(frozen=True)
class Track:
    """A row over time: how it stood at each consolidation that has it, by number.

    Its values are in the order of the columns of the history.
    """

    id: str
    stood: Mapping[int, Followed]

    @property
    def last(self) -> Followed:
        """How it stood last."""
        return self.stood[max(self.stood)]


@dataclass(frozen=True)
class Column:
    """What is followed of each row: its heading, the kind of what it holds."""

    heading: str
    kind: str


@dataclass(frozen=True)
class Change:
    """A row that changed: how it stood before and after, None where it was not there.

    `moved` are the columns that changed with their values before and after, where it was in both.
    """

    before: Followed | None
    after: Followed | None
    moved: tuple[tuple[Column, str, str], ...] = ()

    @property
    def row(self) -> Followed:
        """The row as it stood last."""
        row = self.after or self.before
        assert row is not None
        return row


@dataclass(frozen=True)
class Since:
    """What the last consolidation changed: it, the one before it, the rows in natural order."""

    before: Line
    after: Line
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class History:
    """All that is told of the consolidations of a campaign, the oldest first.

    `records` are what one row and several are called; `measures` the headline figures, of which
    `tiles` are to be read first and `trend` are drawn; `columns` what is followed of each row.
    `made_from` is what it was read in.
    """

    institution: str = ""
    plan: str = ""
    records: tuple[str, str] = ("", "")
    measures: tuple[Measure, ...] = ()
    tiles: tuple[Measure, ...] = ()
    trend: tuple[Measure, ...] = ()
    columns: tuple[Column, ...] = ()
    lines: tuple[Line, ...] = ()
    tracks: tuple[Track, ...] = ()
    made_from: tuple[Path, ...] = ()

    def __repr__(self) -> str:
        return brief(self, self.institution, plural(len(self.lines), "consolidation"))

    @cached_property
    def since(self) -> Since | None:
        """What the last consolidation changed; None where there is none before it."""
        if len(self.lines) < 2:
            return None
        before, after = self.lines[-2:]
        changes = (
            self._change(one.stood.get(before.number), one.stood.get(after.number))
            for one in self.tracks
        )
        return Since(before, after, tuple(change for change in changes if change is not None))

    def _change(self, before: Followed | None, after: Followed | None) -> Change | None:
        if before is None or after is None:
            return None if before is after else Change(before, after)
        pairs = zip(self.columns, before.values, after.values, strict=True)
        moved = tuple((column, old, new) for column, old, new in pairs if old != new)
        return Change(before, after, moved) if moved else None

    def of(self, code: str) -> list[Track]:
        """Return the rows that a code names now, else those that it ever named.

        Raises: UsageError where it never named any.
        """
        wanted = fold(code)
        now = [one for one in self.tracks if fold(one.last.code) == wanted]
        ever = now or [
            one for one in self.tracks
            if any(wanted == fold(stood.code) for stood in one.stood.values())
        ]  # fmt: skip
        if not ever:
            codes = [one.last.code for one in self.tracks if one.last.code]
            raise UsageError(
                f"aucune ligne suivie n’a eu le code « {code} »{guess(code, codes)} ; la liste est"
                " dans le classeur : pst-excel campagne historique -o historique.xlsx"
            )
        return ever


def history(memory: Memory, followed: Iterable[tuple[int, Followed]] = ()) -> History:
    """Return how a campaign went, given how the rows stood at each consolidation, by its number."""
    if not memory.rounds:
        return History(memory.institution, memory.plan)
    last = memory.rounds[-1].gave
    measures = _measures(memory.rounds)
    kinds = last.kinds or ("",) * len(last.columns)
    columns = tuple(Column(*pair) for pair in zip(last.columns, kinds, strict=True))
    return History(
        memory.institution, memory.plan, last.records, tuple(measures.values()),
        tuple(measures[key] for key in last.tiles or last.figures),
        tuple(measures[key] for key in last.trend if key in measures),
        columns, tuple(map(_line, memory.rounds)), _tracks(memory.rounds, columns, followed),
    )  # fmt: skip


def _measures(rounds: Iterable[Round]) -> dict[str, Measure]:
    """Return every figure that was ever told, those of the last consolidation first."""
    found: dict[str, Measure] = {}
    for one in reversed(list(rounds)):
        for key in one.gave.figures:
            label, unit = one.gave.labels.get(key, (key, ""))
            found.setdefault(key, Measure(key, label, unit))
    return found


def _line(one: Round) -> Line:
    gave = one.gave
    observed = dt.date.fromisoformat(gave.observed) if gave.observed else None
    return Line(
        one.number, one.at, observed, len(gave.counted), gave.absent, gave.rows, gave.findings,
        gave.conflicts, gave.figures, gave.digest,
    )  # fmt: skip


def _tracks(
    rounds: Iterable[Round], columns: tuple[Column, ...], followed: Iterable[tuple[int, Followed]]
) -> tuple[Track, ...]:
    """Return the rows over time, in the natural order of the codes that they have now.

    Each consolidation has columns of its own: what the last one does not follow is left.
    """
    headings = tuple(column.heading for column in columns)
    then = {one.number: one.gave.columns for one in rounds}
    found: dict[str, dict[int, Followed]] = {}
    for number, row in followed:
        if then[number] != headings:
            values = dict(zip(then[number], row.values, strict=False))
            held = tuple(values.get(heading, "") for heading in headings)
            row = Followed(row.id, row.code, row.name, held)
        found.setdefault(row.id, {})[number] = row
    tracks = [Track(ident, stood) for ident, stood in found.items()]
    return tuple(sorted(tracks, key=lambda one: (natural(one.last.code), one.id)))
