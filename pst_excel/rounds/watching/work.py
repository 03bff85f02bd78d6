"""The pieces of work of who watches a campaign, each done in a process of its own.

They give what happened as plain values. An error of the campaign itself is raised as a UsageError:
it has to be mended by people; what may pass by itself is an OutputError.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from pst_excel.campaign.layout import Layout
from pst_excel.model.words.wording import plural
from pst_excel.pst import PST
from pst_excel.reading.limits import Options
from pst_excel.rounds.handing_back import Handed, hand_back_owed
from pst_excel.rounds.receiving import Reception, receive
from pst_excel.rounds.uniting import United, unite
from pst_excel.rounds.watching.happenings import Happening, What
from pst_excel.rounds.workplace import Workplace, working
from pst_excel.text.errors import OutputError, UnreadableFile, UsageError


def take_in(
    layout: Layout, options: Options, files: Sequence[Path], hold: Sequence[Path]
) -> list[Happening]:
    """Receive files; those on hold are not refused yet. Raises: PstError."""
    with working(layout) as work, _passing():
        remark = work.clock
        try:
            reception = receive(work, options, files, hold=hold)
        except UsageError:
            left = [file for file in files if file.exists()]
            if len(left) == len(files):
                raise
            reception = receive(work, options, left, hold=hold)  # some were removed meanwhile
        return [
            *([Happening(What.REMARK, reason=remark)] if remark else []),
            *_received(reception, {file.name for file in hold}),
        ]


def hand_back(layout: Layout, options: Options) -> list[Happening]:
    """Write the copies that are still to be written. Raises: PstError."""
    with working(layout) as work, _passing():
        return [*_owed(hand_back_owed(work, options))]


def bring_up_to_date(layout: Layout, options: Options) -> list[Happening]:
    """Consolidate what came and was not taken up, if there is any left. Raises: PstError."""
    with working(layout) as work:
        if not work.register.memory.waiting:
            return []
        try:
            return [*_united(work, unite(work, options=options))]
        except (UsageError, UnreadableFile) as error:
            return [Happening(What.NOT_UNITED, layout.plan.name, str(error))]


@contextlib.contextmanager
def _passing() -> Iterator[None]:
    """Take what stops a work on files for something that may pass: the campaign is sound."""
    try:
        yield
    except (UsageError, UnreadableFile) as error:
        raise OutputError(str(error)) from error


def _received(reception: Reception, hold: set[str]) -> Iterator[Happening]:
    yield from _owed(reception.owed)
    for one in reception.came:
        yield Happening(What.CAME, one.file, one.reason, came=one, rows=_rows(one.rows))
    yield from _not_handed(reception.handed)
    for name, before in reception.copies:
        yield Happening(What.SAME, name, other=before)
    for name, reason in reception.waiting:
        what = What.NOT_YET if Path(name).name in hold else What.LEFT
        yield Happening(what, name, reason)


def _owed(handed: Handed) -> Iterator[Happening]:
    for one in handed.annotations:
        if not one.reason:
            yield Happening(What.HANDED_BACK, one.file, other=one.name)
    yield from _not_handed(handed)


def _not_handed(handed: Handed) -> Iterator[Happening]:
    for one in handed.annotations:
        if one.reason:
            yield Happening(What.NOT_ANNOTATED, one.file, one.reason)
    for name, reason in handed.later:
        yield Happening(What.COPY_LATER, name, reason)


def _united(work: Workplace, united: United) -> Iterator[Happening]:
    for remark in united.remarks:
        yield Happening(What.REMARK, reason=remark)
    for refusal in united.result.refusals:
        yield Happening(What.NOT_UNITED, refusal.file, refusal.reason)
    gave = united.round.gave
    if not united.again:
        yield Happening(
            What.UNITED, work.layout.plan.name, number=united.round.number, rows=_rows(gave.rows),
            to_decide=gave.conflicts,
        )  # fmt: skip


def _rows(count: int) -> str:
    return plural(count, *PST.main.records)
