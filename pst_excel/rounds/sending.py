"""The workbooks that go to the services: made of the plan as it is, kept, written down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pst_excel.api.distributing import WriteProgress, prepare
from pst_excel.campaign.archive import sent_file
from pst_excel.campaign.entries import Sent, SentWorkbook
from pst_excel.campaign.layout import PLAN
from pst_excel.campaign.memory import Memory
from pst_excel.cells.values import as_text
from pst_excel.distributing.prepare import Preparation
from pst_excel.model.words.roles import Role
from pst_excel.model.words.wording import date, plural
from pst_excel.reading.guard.opening import bytes_of
from pst_excel.reading.limits import Options
from pst_excel.returns.tables import Return
from pst_excel.rounds.workplace import Workplace, digest_of, without_known
from pst_excel.text.brief import brief
from pst_excel.text.errors import OutputError, UsageError
from pst_excel.text.spelling import fold
from pst_excel.workers.files import workbooks


@dataclass(frozen=True)
class Sending:
    """What was made ready to be sent.

    `again` are the services whose workbook is the same as it was; `left` are the files of earlier
    sends that people changed in the folder of the sends, where they stay; `waiting` those of
    returns that no consolidation has taken up: what they say is in none of these workbooks.
    """

    preparation: Preparation
    again: tuple[str, ...] = ()
    left: tuple[Path, ...] = ()
    waiting: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return brief(
            self, plural(len(self.preparation.workbooks), "classeur"), f"{len(self.again)} déjà là"
        )


def send(
    work: Workplace,
    services: str | Iterable[str] = (),
    due: dt.date | None = None,
    options: Options = Options(),
    progress: WriteProgress | None = None,
) -> Sending:
    """Write a prefilled workbook for each service, or for some, in the folder of the sends.

    Those of earlier sends to the same services leave that folder: the archive has them. They are to
    come back by `due`, else by the day of the campaign. Raises: UsageError, OutputError,
    UnreadableFile.
    """
    layout, memory = work.layout, work.register.memory
    if not layout.plan.is_file():
        raise UsageError(
            f"il n’y a pas encore de « {layout.plan.name} » à répartir ; consolidez d’abord les"
            " retours, ou posez-y votre plan sous ce nom",
            file=layout.plan,
        )
    chosen = [services] if isinstance(services, str) else list(services)
    day = due or _due(memory)
    _check_day(day, memory)
    preparation, _ = prepare(
        layout.plan, layout.sends, chosen, day, True, options=options, progress=progress
    )
    if preparation.not_kept:
        raise OutputError(f"les envois ne peuvent pas être archivés : {preparation.not_kept}")
    sent = [_sent(work, workbook.file, workbook.content, options)
            for workbook in preparation.workbooks]  # fmt: skip
    known = {one.workbook for one in memory.sends}
    new = [one for one in sent if one not in known]
    content = preparation.workbooks[0].content
    vocabulary = content.plan.services
    listed = content.lists.get(vocabulary.key, ()) if vocabulary is not None else ()
    if new:
        work.register.record(Sent(tuple(new), tuple(listed)), [layout.plan])
    left = _cleared(work, sent, options, every=not chosen)
    again = tuple(one.service for one in sent if one in known)
    waiting = tuple(one.came.file for one in memory.waiting)
    return Sending(preparation, again, tuple(left), waiting)


def _due(memory: Memory) -> dt.date | None:
    """Return the day of return of the last send, else that of the campaign."""
    days = [one.workbook.due for one in memory.sends if one.workbook.due]
    return dt.date.fromisoformat(days[-1]) if days else memory.due


def _check_day(day: dt.date | None, memory: Memory) -> None:
    """Look whether a send comes after those before it. Raises: UsageError.

    Of two returns of a service, the one that answers the later send counts, by the day of return.
    """
    last = max((one.workbook.due for one in memory.sends), default="")
    if day is not None and last and day < dt.date.fromisoformat(last):
        raise UsageError(
            f"un envoi à rendre pour le {date(day)} viendrait après celui du"
            f" {date(dt.date.fromisoformat(last))}, et ses retours passeraient pour plus anciens ;"
            " donnez une date plus tardive avec --echeance. Si c’est la date d’avant qui était"
            " fausse, recommencez une campagne à partir de"
            f" « {PLAN} » : pst-excel campagne creer DOSSIER --depuis {PLAN}"
        )


def _sent(work: Workplace, name: str, content: Return, options: Options) -> SentWorkbook:
    data = bytes_of(work.layout.sends / name, options.limits)
    due = content.identity(Role.DUE)
    day = due.isoformat() if isinstance(due, dt.date) else ""
    contact = as_text(content.identity(Role.CONTACT) or "")
    return SentWorkbook(content.send, digest_of(data), content.service, name, day, contact)


def _cleared(
    work: Workplace, sent: list[SentWorkbook], options: Options, every: bool
) -> list[Path]:
    """Take away what the folder holds of earlier sends to these services, or to `every` one.

    What people changed of it stays, and is returned.
    """
    folder, memory = work.layout.sends, work.register.memory
    ours = {fold(one.service) for one in sent}
    names = {one.file for one in sent}
    earlier = {one.workbook.digest: one.workbook for one in memory.sends}
    left = without_known(folder, {*earlier})
    for file in workbooks([folder], may_be_empty=True):
        if file.name in names:
            continue
        known = earlier.get(digest_of(bytes_of(file, options.limits)))
        if known is None:
            left.append(file)
        elif (every or fold(known.service) in ours) and sent_file(
            work.archives, known.digest, options
        ):
            file.unlink()
    return left
