"""All that a campaign remembers, as plain values: who was asked, who answered, what came of it."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from pst_excel.campaign.entries import (
    Came,
    Consolidated,
    Notice,
    Received,
    SentWorkbook,
    State,
    Verdict,
    What,
    entry_of,
)
from pst_excel.model.words.wording import plural
from pst_excel.text.brief import brief
from pst_excel.text.spelling import fold


@dataclass(frozen=True)
class Decision:
    """What was last decided of a return, when."""

    verdict: str
    reason: str
    at: dt.datetime


@dataclass(frozen=True)
class Arrival:
    """A file that came back: what is known of it, when it was received, what was decided of it.

    `record` is the number of the record that tells it, whatever the clock said.
    """

    came: Came
    at: dt.datetime
    number: int
    decision: Decision | None = None
    record: int = 0

    def __repr__(self) -> str:
        return brief(self, self.came.file, f"{self.at:%d/%m/%Y}")

    @property
    def aside(self) -> bool:
        """Whether it was set aside."""
        return self.decision is not None and self.decision.verdict == Verdict.ASIDE

    @property
    def counts(self) -> bool:
        """Whether it may be consolidated: it was read, and nobody set it aside."""
        return self.came.state != State.REFUSED and not self.aside

    @property
    def rank(self) -> tuple[object, ...]:
        """What tells the later of two returns of a service; what cannot, the order they came in."""
        return (*self.came.rank, self.number)


@dataclass(frozen=True)
class Round:
    """A consolidation: its number, when, and what it gave."""

    number: int
    at: dt.datetime
    gave: Consolidated


@dataclass(frozen=True)
class Sending:
    """A workbook that was sent, and when; `record` is the number of the record that tells it."""

    workbook: SentWorkbook
    at: dt.datetime
    record: int = 0


@dataclass(frozen=True)
class Reminding:
    """A message that was made ready, and the day of which it speaks."""

    notice: Notice
    day: dt.date


@dataclass(frozen=True)
class Memory:
    """What is remembered of a campaign, each kind in the order in which it happened.

    `owner` is whose it is, as `Return.whose` tells it, `institution` in words: both empty until a
    plan or a return says them. `due` is the day of return that no send names another for, `began`
    the hash of the plan that it began from, `services` are those of the list, as the plan had them
    last. `reminders` are the messages to the services; `lacking` names the records that are no
    longer sound.
    """

    institution: str = ""
    owner: tuple[str, ...] = ()
    due: dt.date | None = None
    began: str = ""
    services: tuple[str, ...] = ()
    sends: tuple[Sending, ...] = ()
    arrivals: tuple[Arrival, ...] = ()
    rounds: tuple[Round, ...] = ()
    reminders: tuple[Reminding, ...] = ()
    lacking: tuple[str, ...] = ()

    def __repr__(self) -> str:
        counts = (
            plural(len(self.sends), "classeur envoyé", "classeurs envoyés"),
            plural(len(self.arrivals), "retour"),
        )
        return brief(self, self.institution, *counts, plural(len(self.rounds), "consolidation"))

    @property
    def reminded(self) -> dict[str, dt.date]:
        """When each service was last written to, by its folded name."""
        return {fold(one.notice.service): one.day for one in self.reminders}

    @property
    def plan(self) -> str:
        """What people call the plan."""
        named = (one.gave.plan for one in reversed(self.rounds) if one.gave.plan)
        return next(named, "plan")

    def by_digest(self) -> dict[str, Arrival]:
        """Return what came back by the hash of its bytes."""
        return {one.came.digest: one for one in self.arrivals}

    @property
    def waiting(self) -> list[Arrival]:
        """The returns that count and that no consolidation has taken up yet."""
        taken = self.taken()
        return [one for one in self.arrivals if one.counts and one.came.digest not in taken]

    def taken(self, *undone: int) -> dict[str, int]:
        """Return the first consolidation that took up each return, by the hash of that one.

        Those that a later one undoes took nothing up, nor those that are said to be `undone`.
        """
        gone = {*undone, *(one.gave.undoes for one in self.rounds)}
        found: dict[str, int] = {}
        for one in self.rounds:
            if one.number not in gone:
                for digest in one.gave.counted:
                    found.setdefault(digest, one.number)
        return found


def remembered(base: sqlite3.Connection, lacking: Iterable[str]) -> Memory:
    """Return what a register holds."""
    rounds = _rounds(base)
    created = base.execute("SELECT institution, owner, due, digest FROM campaign").fetchall()
    known = [(one.gave.institution, one.gave.owner) for one in reversed(rounds)]
    known += [(name, tuple(json.loads(owner))) for name, owner, *_ in created]
    arrivals = _arrivals(base)
    known += [(one.came.institution, one.came.owner) for one in arrivals if one.counts]
    due = next((day for _, _, day, _ in created if day), "")
    return Memory(
        next((name for name, _ in known if name), ""),
        next((owner for _, owner in known if any(owner)), ()),
        dt.date.fromisoformat(due) if due else None,
        next((digest for *_, digest in created if digest), ""),
        _services(base),
        _sends(base),
        arrivals,
        rounds,
        _reminders(base),
        tuple(lacking),
    )


def _services(base: sqlite3.Connection) -> tuple[str, ...]:
    query = """SELECT service FROM services WHERE record = (
        SELECT record FROM services JOIN records ON record = name
        ORDER BY number DESC, name DESC LIMIT 1) ORDER BY place"""
    return tuple(service for (service,) in base.execute(query))


def _sends(base: sqlite3.Connection) -> tuple[Sending, ...]:
    query = """SELECT id, digest, service, file, due, contact, at, number
        FROM sends JOIN records ON record = name ORDER BY number, name, sends.rowid"""
    return tuple(
        Sending(SentWorkbook(*parts), dt.datetime.fromisoformat(at), record)
        for *parts, at, record in base.execute(query)
    )


def _arrivals(base: sqlite3.Connection) -> tuple[Arrival, ...]:
    decided = {
        digest: Decision(verdict, reason, dt.datetime.fromisoformat(at))
        for digest, verdict, reason, at in base.execute(
            """SELECT digest, verdict, reason, at FROM decisions JOIN records ON record = name
            ORDER BY number, name"""
        )
    }
    query = """SELECT entry, at, number FROM returns JOIN records ON record = name
        ORDER BY number, name, returns.rowid"""
    found = []
    for number, (data, at, record) in enumerate(base.execute(query), start=1):
        made = entry_of(What.RECEIVED, {"files": [json.loads(data)]})
        assert isinstance(made, Received)
        (came,) = made.files
        when = dt.datetime.fromisoformat(at)
        found.append(Arrival(came, when, number, decided.get(came.digest), record))
    return tuple(found)


def _rounds(base: sqlite3.Connection) -> tuple[Round, ...]:
    query = """SELECT consolidations.number, at, entry FROM consolidations
        JOIN records ON record = name ORDER BY consolidations.number"""
    found = []
    for number, at, data in base.execute(query):
        made = entry_of(What.CONSOLIDATED, json.loads(data))
        assert isinstance(made, Consolidated)
        found.append(Round(number, dt.datetime.fromisoformat(at), made))
    return tuple(found)


def _reminders(base: sqlite3.Connection) -> tuple[Reminding, ...]:
    query = """SELECT service, why, file, digest, day FROM reminders JOIN records ON record = name
        ORDER BY number, name, reminders.rowid"""
    return tuple(
        Reminding(Notice(service, tuple(json.loads(why)), file, digest), dt.date.fromisoformat(day))
        for service, why, file, digest, day in base.execute(query)
    )
