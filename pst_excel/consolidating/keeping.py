"""What a run adds to what the plan keeps: who was heard, what was done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from pst_excel.consolidating.answering import Answering
from pst_excel.consolidating.choosing import Chosen
from pst_excel.consolidating.ledgers import (
    HISTORY_COLUMNS,
    NUMBER,
    Heard,
    HistoryLine,
    heard_in,
    history_in,
)
from pst_excel.consolidating.rounds import Rounds
from pst_excel.merging.docket import Entry
from pst_excel.model.words.roles import Role
from pst_excel.model.words.wording import date
from pst_excel.returns.tables import Return

_NUMBER = [name for name, _ in HISTORY_COLUMNS].index(NUMBER)


def kept_heard(start: Return | None, heard: Answering) -> list[Heard]:
    """Return who was heard up to now, in order, each content once; older answers count as heard."""
    known = heard_in(start) if start is not None else []
    # One that is older than what was taken up already is no last word: it stands before.
    late = [_heard(one) for one in heard.late]
    new = [_heard(one) for latest in heard.new for one in (*latest.older, latest)]
    return list({one.digest: one for one in (*late, *known, *new)}.values())


def _heard(one: Chosen) -> Heard:
    observed = one.returned.identity(Role.OBSERVED)
    day = date(observed) if isinstance(observed, dt.date) else ""
    send = one.send.send if one.send is not None else one.returned.send
    return Heard(one.author, one.returned.file, day, send, one.returned.digest)


def kept_history(
    start: Return | None, entries: Iterable[Entry], observed: dt.date, rounds: Rounds
) -> tuple[list[HistoryLine], frozenset[str]]:
    """Return the history with what this run did, and the numbers of all that was ever decided."""
    known = history_in(start) if start is not None else []
    number = str(rounds.number)
    known += [
        (number, date(observed), str(e.what), e.sheet, e.name, e.column, e.before, e.after,
         e.author, e.place, e.reason, e.number, e.key, e.id, e.field)
        for e in entries
    ]  # fmt: skip
    return known, frozenset(line[_NUMBER] for line in known if line[_NUMBER])
