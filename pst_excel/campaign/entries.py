"""What a campaign remembers: one entry for each thing that was done, as data and nothing else."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias


class What(StrEnum):
    """The kinds of entries, as the names of their files say them."""

    CREATED = "creation"
    SENT = "envois"
    RECEIVED = "retours"
    HANDED_BACK = "rendus"
    CONSOLIDATED = "consolidation"
    DECIDED = "decision"
    REMINDED = "rappels"


class Verdict(StrEnum):
    """What was decided of a return."""

    ASIDE = "écarté"
    BACK = "repris"


class State(StrEnum):
    """What became of a file that came back."""

    RECEIVED = "reçu"
    REFUSED = "refusé"
    PLAN = "plan entier"


class Reminder(StrEnum):
    """Why a service is written to."""

    LATE = "en retard"
    SOON = "attendu"
    ERRORS = "à corriger"


def _of(kind: type) -> Any:
    return field(default=(), metadata={"of": kind})


@dataclass(frozen=True)
class Created:
    """The start: whose plan it is, the file from which it began, when returns are due, services.

    `carried` are the hashes of the copies that came along from archives near that file.
    """

    institution: str = ""
    owner: tuple[str, ...] = ()
    file: str = ""
    digest: str = ""
    due: str = ""
    services: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()


@dataclass(frozen=True)
class SentWorkbook:
    """A workbook that was sent: its id, the hash of its bytes, to which service, to come back.

    `contact` is whom the workbook names to write to: those who send it.
    """

    id: str
    digest: str
    service: str
    file: str
    due: str = ""
    contact: str = ""


@dataclass(frozen=True)
class Sent:
    """Workbooks that were sent together, and the services of the list at that time."""

    workbooks: tuple[SentWorkbook, ...] = _of(SentWorkbook)
    services: tuple[str, ...] = ()


@dataclass(frozen=True)
class Came:
    """A file that came back, by the hash of its bytes: whose it is, what it answers, what is in it.

    `service` is the one for which it counts, `told` the one that it names. `rank` is what tells the
    later of two returns of a service. `author` and `saved` are what the file says of who saved it
    last and when, `findings` the number of errors, warnings and hints, `errors` the first of the
    errors in words. `copy` is the name of its annotated copy, `copy_digest` the hash of it,
    `no_copy` why it can have none; `owner` tells whose it is as `Return.whose` does, `institution`
    in words; `remarks` are sentences on what is odd with it.
    """

    digest: str
    file: str
    state: str = State.RECEIVED
    reason: str = ""
    service: str = ""
    told: str = ""
    send: str = ""
    due: str = ""
    version: str = ""
    observed: str = ""
    saved: str = ""
    author: str = ""
    contact: str = ""
    rows: int = 0
    findings: tuple[int, ...] = (0, 0, 0)
    errors: tuple[str, ...] = ()
    rank: tuple[Any, ...] = ()
    institution: str = ""
    owner: tuple[str, ...] = ()
    copy: str = ""
    copy_digest: str = ""
    no_copy: str = ""
    remarks: tuple[str, ...] = ()
    fault: bool = False


@dataclass(frozen=True)
class Received:
    """Files that came back and were looked at together."""

    files: tuple[Came, ...] = _of(Came)


@dataclass(frozen=True)
class Copy:
    """The annotated copy of a return, by the hash of that one: its name and hash, or why none."""

    digest: str
    copy: str = ""
    copy_digest: str = ""
    no_copy: str = ""


@dataclass(frozen=True)
class HandedBack:
    """Copies that were written after their returns had been received: they could not be then."""

    copies: tuple[Copy, ...] = _of(Copy)


@dataclass(frozen=True)
class Followed:
    """How a row of the main sheet stands: its id, code, name, and the values that are followed."""

    id: str
    code: str
    name: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Consolidated:
    """A consolidation: its id, the hash of what it wrote and of what it began from, what it gave.

    `counted` are the hashes of the returns that it was made of, `figures` the headline figures by
    key and `labels` their names and units: `tiles` are the keys of those to be read first, `trend`
    of those whose course is drawn. `columns` and `kinds` are the headings of what is followed of
    each row and what they hold; `plan` is what people call the plan, `records` one row and several.
    `findings` are the numbers of errors, warnings and hints; `settled` the returns set aside after
    they were taken up, of which it takes account; `undoes` is the number of the consolidation
    before which it began anew, so that what that one took up is to be taken up again.
    """

    run: str
    digest: str
    base: str = ""
    institution: str = ""
    owner: tuple[str, ...] = ()
    observed: str = ""
    counted: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    rows: int = 0
    findings: tuple[int, ...] = (0, 0, 0)
    conflicts: int = 0
    figures: Mapping[str, float | None] = field(default_factory=dict)
    labels: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    followed: tuple[Followed, ...] = _of(Followed)
    settled: tuple[str, ...] = ()
    tiles: tuple[str, ...] = ()
    trend: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    plan: str = ""
    records: tuple[str, str] = ("", "")
    undoes: int = 0


@dataclass(frozen=True)
class Decided:
    """What was decided of a return, and why."""

    digest: str
    verdict: str
    reason: str = ""


@dataclass(frozen=True)
class Notice:
    """A message that was made ready: to which service, why, its file, the hash of its bytes."""

    service: str
    why: tuple[str, ...]
    file: str
    digest: str


@dataclass(frozen=True)
class Reminded:
    """Messages that were made ready, and the day of which they speak."""

    day: str
    notices: tuple[Notice, ...] = _of(Notice)


Entry: TypeAlias = Created | Sent | Received | HandedBack | Consolidated | Decided | Reminded
KINDS: dict[What, type[Entry]] = {
    What.CREATED: Created,
    What.SENT: Sent,
    What.RECEIVED: Received,
    What.HANDED_BACK: HandedBack,
    What.CONSOLIDATED: Consolidated,
    What.DECIDED: Decided,
    What.REMINDED: Reminded,
}


def kind_of(entry: Entry) -> What:
    """Return which kind an entry is of."""
    return next(what for what, kind in KINDS.items() if type(entry) is kind)


def data_of(entry: Entry) -> dict[str, Any]:
    """Return an entry as data that JSON holds."""
    return dataclasses.asdict(entry)


def entry_of(what: What, data: Mapping[str, Any]) -> Entry:
    """Return the entry of data; what this version does not know of is left.

    Raises: TypeError, ValueError for what is none.
    """
    made: Entry = _made(KINDS[what], data)
    return made


def _made(kind: type, data: Mapping[str, Any]) -> Any:
    known = {}
    for one in dataclasses.fields(kind):
        if one.name in data:
            value = data[one.name]
            inner = one.metadata.get("of")
            known[one.name] = (
                tuple(_made(inner, part) for part in value) if inner else _frozen(value)
            )
    return kind(**known)


def _frozen(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_frozen(part) for part in value)
    if isinstance(value, dict):
        return {key: _frozen(part) for key, part in value.items()}
    return value
