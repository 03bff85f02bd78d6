"""How a campaign stands: service by service, who was asked, who answered, who is late."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from pst_excel.campaign.entries import State
from pst_excel.campaign.memory import Arrival, Memory, Sending
from pst_excel.model.words.wording import date
from pst_excel.text.brief import brief
from pst_excel.text.spelling import fold


class Stand(StrEnum):
    """How a service stands."""

    ANSWERED = "reçu"
    LATE = "en retard"
    AWAITED = "attendu"
    NEVER_ASKED = "rien envoyé"
    GONE = "hors de la liste"


@dataclass(frozen=True)
class ServiceStanding:
    """How a service stands: its last send, the return that counts, all that it ever sent back.

    `days` are those of lateness: until today where it has not answered, until it came where it has;
    0 where it is not late. `listed` tells whether the plan has the service in its list.
    """

    service: str
    stand: Stand
    due: dt.date | None = None
    days: int = 0
    sent: Sending | None = None
    counts: Arrival | None = None
    arrivals: tuple[Arrival, ...] = ()
    listed: bool = True
    reminded: dt.date | None = None

    def __repr__(self) -> str:
        return brief(self, self.service, self.stand, self.due and f"attendu le {date(self.due)}")

    @property
    def never(self) -> bool:
        """Whether it was asked and has never sent anything back."""
        return self.sent is not None and not self.arrivals

    @property
    def errors(self) -> int:
        """How many errors are in the return that counts."""
        return self.counts.came.findings[0] if self.counts is not None else 0


@dataclass(frozen=True)
class Standing:
    """How a campaign stands on a day: the services, and what came from none.

    `others` are the files that came from no service: plans, and what cannot be read.
    """

    memory: Memory
    today: dt.date
    services: tuple[ServiceStanding, ...]
    others: tuple[Arrival, ...] = ()

    def __repr__(self) -> str:
        stands = Counter(one.stand for one in self.services)
        return brief(
            self, date(self.today), *(f"{stand} : {count}" for stand, count in stands.items())
        )

    @property
    def waiting(self) -> list[Arrival]:
        """The returns that no consolidation has taken up yet."""
        return self.memory.waiting

    @property
    def taken(self) -> dict[str, int]:
        """The first consolidation that took up each return, by its hash."""
        return self.memory.taken()

    def having(self, *stands: Stand) -> list[ServiceStanding]:
        """Return the services that stand so."""
        return [one for one in self.services if one.stand in stands]


def standing(memory: Memory, today: dt.date) -> Standing:
    """Return how a campaign stands on a day."""
    sends: dict[str, list[Sending]] = {}
    for one in memory.sends:
        sends.setdefault(fold(one.workbook.service), []).append(one)
    arrivals: dict[str, list[Arrival]] = {}
    for came in memory.arrivals:
        refused = came.came.state == State.REFUSED
        arrivals.setdefault("" if refused else fold(came.came.service), []).append(came)
    names = _services(memory)
    listed = {fold(name) for name in memory.services}
    services = [
        _service(
            name,
            sends.get(key, []),
            arrivals.get(key, []),
            memory,
            today,
            not listed or key in listed,
        )
        for key, name in names.items()
    ]
    return Standing(memory, today, tuple(services), tuple(arrivals.get("", ())))


def _services(memory: Memory) -> dict[str, str]:
    """Return the services by their folded names: of the list, then those that are met."""
    met: Iterable[str] = (
        *memory.services,
        *(one.workbook.service for one in memory.sends),
        *(one.came.service for one in memory.arrivals if one.came.state != State.REFUSED),
    )
    found: dict[str, str] = {}
    for name in met:
        if name:
            found.setdefault(fold(name), name)
    return found


def _service(
    name: str, sends: list[Sending], arrivals: list[Arrival], memory: Memory, today: dt.date,
    listed: bool,
) -> ServiceStanding:  # fmt: skip
    sent = sends[-1] if sends else None
    due = _day(sent.workbook.due) if sent else None
    due = due or memory.due
    valid = sorted((one for one in arrivals if one.counts), key=lambda one: one.rank)
    counts = valid[-1] if valid else None
    answers = [one for one in valid if _answers(one, sent)]
    reminded = memory.reminded.get(fold(name))
    if answers:
        first = min(answers, key=lambda one: one.number)
        stand, days = Stand.ANSWERED, (first.at.date() - due).days if due else 0
    elif sent is None and memory.sends:
        stand, days = Stand.NEVER_ASKED, 0
    else:
        days = (today - due).days if due else 0
        stand = Stand.LATE if days > 0 else Stand.AWAITED
        if not listed:  # it was renamed or removed since it was asked: nobody is waited for
            stand, days = Stand.GONE, 0
    return ServiceStanding(
        name, stand, due, max(days, 0), sent, counts, tuple(arrivals), listed, reminded
    )


def _answers(arrival: Arrival, sent: Sending | None) -> bool:
    """Tell whether a return answers the last send of its service, or came after it without one."""
    if sent is None:
        return True
    came = arrival.came
    if came.state == State.PLAN:
        return False
    if came.send:
        return came.send == sent.workbook.id or (bool(came.due) and came.due >= sent.workbook.due)
    return (arrival.record, arrival.at) >= (sent.record, sent.at)  # a clock may go back


def _day(iso: str) -> dt.date | None:
    return dt.date.fromisoformat(iso) if iso else None
