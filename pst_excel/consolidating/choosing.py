"""Which return of each service counts, and what it had before its eyes: its send, its last word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from pst_excel.consolidating.ledgers import Heard, run_in
from pst_excel.merging.alignment import aligned
from pst_excel.merging.states import State, linked, state_of
from pst_excel.model.words.keys import ID, STAMP
from pst_excel.model.words.roles import Role
from pst_excel.returns.long_texts import whole_again
from pst_excel.returns.shared_rows import shared_out
from pst_excel.returns.tables import Return
from pst_excel.text.spelling import fold, natural

Stamped = tuple[str, str, str]


@dataclass(frozen=True)
class Archive:
    """What was kept: the workbooks sent, the returns of earlier runs, the plan as last written.

    `plans` are earlier results that came back among the returns, as they were written, by the id
    of their run. `replaced` is the result that is to be replaced as it was written, where the plan
    is another. `refused` tells what could not be read again, `made_from` the files
    that were.
    """

    sends: Sequence[Return] = ()
    answers: Sequence[Return] = ()
    written: Return | None = None
    plans: Mapping[str, Return] = field(default_factory=dict)
    replaced: Return | None = None
    refused: tuple[str, ...] = ()
    made_from: tuple[Path, ...] = ()

    def whole(self, texts: Mapping[str, str]) -> Archive:
        """Return the archive in which texts that were cut to fit in a cell are whole again."""
        return replace(
            self,
            written=whole_again(self.written, texts),
            replaced=whole_again(self.replaced, texts),
            plans={run: whole_again(plan, texts) for run, plan in self.plans.items()},
        )


@dataclass(frozen=True)
class Chosen:
    """A return that counts: its author, the state that it is compared with, from where that is.

    `send` is what it answers, None where that is not known, and `sent` its state; `older` are the
    returns of the same service that it replaces, the oldest first.
    """

    returned: Return
    author: str
    base: State | None
    send: Return | None
    sent: State | None = None
    older: tuple[Chosen, ...] = field(default=())


def chosen(
    returns: Iterable[Return], archive: Archive, heard: Sequence[Heard], plan: State
) -> list[Chosen]:
    """Return the latest return of each service, with what it is compared with."""
    sends = Sends(archive.sends)
    there = list(returns)
    kept = {answer.digest: answer for answer in (*archive.answers, *there)}
    by_author: dict[str, list[Chosen]] = {}
    for returned in there:
        send = sends.of(returned)
        # A workbook that says no service, or another's, is that of whom it was sent to.
        author = (send.service if send is not None else "") or returned.service
        state = linked(state_of(send)) if send is not None else None
        one = Chosen(returned, author, None, send, state)
        by_author.setdefault(fold(author) or f"|{returned.file}", []).append(one)
    found = []
    for same in by_author.values():
        ordered = sorted(same, key=lambda one: latest(one.returned, one.send))
        *older, last = (
            replace(one, base=_base(one, kept, heard, plan, archive.plans)) for one in ordered
        )
        found.append(replace(last, older=tuple(older)))
    return sorted(found, key=lambda one: (fold(one.author), one.returned.file))


def latest(returned: Return, send: Return | None) -> tuple[object, ...]:
    """Return what tells the later of two returns of a service: send, when it was saved, changes.

    Then the name of the file: « v2 » comes after nothing, 10 after 9.
    """
    sent = _date((send or returned).identity(Role.DUE)) or _date(returned.identity(Role.OBSERVED))
    return sent, returned.saved, _changed(returned), natural(returned.file), returned.digest


def _date(value: object) -> str:
    return value.isoformat() if isinstance(value, dt.date) else ""


def _changed(returned: Return) -> int:
    """Count the cells that hold something: of two workbooks saved together, the fuller is later."""
    return sum(
        value is not None
        for table in returned.tables.values()
        for values in table.columns.values()
        for value in values
    )


class Sends:
    """The workbooks that were sent, found by the id that a return names, else by its stamps."""

    def __init__(self, sends: Iterable[Return]) -> None:
        self.known = list(sends)
        self._by_id = {send.send: send for send in reversed(self.known) if send.send}

    @cached_property
    def _stamps(self) -> list[frozenset[Stamped]]:
        return [stamped(send) for send in self.known]

    def of(self, returned: Return) -> Return | None:
        """Return what a return answers; None where no send has all its stamps."""
        if returned.send in self._by_id:
            return self._by_id[returned.send]
        mine, due = stamped(returned), returned.identity(Role.DUE)
        if not mine:
            return None
        holding = [
            (fold(send.service) != fold(returned.service), len(theirs), at)
            for at, (send, theirs) in enumerate(zip(self.known, self._stamps, strict=True))
            if mine <= theirs and due in (None, send.identity(Role.DUE))
        ]
        return self.known[min(holding)[2]] if holding else None


def stamped(returned: Return) -> frozenset[Stamped]:
    """Return the rows of a workbook that were sent, with the stamps that they then had."""
    found: set[Stamped] = set()
    for key, table in returned.tables.items():
        stamps, ids = table.columns.get(STAMP), table.columns.get(ID)
        if stamps and ids:
            found.update(
                (key, str(ident), str(stamp))
                for ident, stamp, row in zip(ids, stamps, table.rows, strict=True)
                if stamp and row not in table.new_rows
            )
    return frozenset(found)


def _base(
    one: Chosen, kept: Mapping[str, Return], heard: Sequence[Heard], plan: State,
    plans: Mapping[str, Return],
) -> State | None:  # fmt: skip
    """Return the state with which a return is compared: its last answer to the send, or the send.

    The last answer that was taken up, where it was kept; so what was said once is not said again.
    """
    if not one.author and (written := plans.get(run_in(one.returned))) is not None:
        return linked(state_of(written))
    sent = one.send.send if one.send is not None else one.returned.send
    mine = [known for known in heard if fold(known.service) == fold(one.author)
            and known.send == sent and known.digest in kept]  # fmt: skip
    if not mine:
        return one.sent
    last = kept[mine[-1].digest]
    own = shared_out(last)
    before = one.sent or (None if own else plan)
    state, _ = aligned(state_of(last), before, one.author if own else "")
    return linked(state, before, plan.codes)


def digests(heard: Iterable[Heard]) -> Collection[str]:
    """Return the digests of the returns that were taken up already."""
    return {one.digest for one in heard}
