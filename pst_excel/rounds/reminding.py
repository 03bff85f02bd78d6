"""The messages to the services, made ready in their folder: written, left, taken away, remembered.

Nothing is ever sent from here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from pst_excel.campaign.archive import sent_file
from pst_excel.campaign.entries import Came, Notice, Reminded, Reminder, SentWorkbook
from pst_excel.campaign.layout import Layout
from pst_excel.campaign.reminders import Case, cases, letter
from pst_excel.campaign.standing import Standing, standing
from pst_excel.model.words.wording import date, plural
from pst_excel.reading.guard.opening import bytes_of
from pst_excel.reading.limits import Options
from pst_excel.rounds.drafts import SUFFIX, Attached, draft
from pst_excel.rounds.workplace import Workplace, digest_of, without_known
from pst_excel.text.brief import brief
from pst_excel.text.errors import UnreadableFile
from pst_excel.text.filenames import distinct
from pst_excel.workers.files import workbooks
from pst_excel.workers.writing import make_folder, save_all

_PREFIX = "rappel"


@dataclass(frozen=True)
class Message:
    """A message to a service: why, its file, the address that it has, what is odd with it.

    `recent` is the day on which the service was written to shortly before.
    """

    case: Case
    notice: Notice
    to: str
    recent: dt.date | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reminding:
    """What became of the messages of a day.

    `written` are new, or say something else than before; `again` lie there as they were; those of
    `edited` people changed in the folder, where they stay. `gone` are the files that were taken
    away because they apply no longer, `kept` those that people changed. `unseen` are the files
    among the returns that nobody looked at yet: who sent them may be written to in vain.
    """

    today: dt.date
    written: tuple[Message, ...] = ()
    again: tuple[Message, ...] = ()
    edited: tuple[Message, ...] = ()
    gone: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()

    def __repr__(self) -> str:
        counts = plural(len(self.written), "message"), f"{len(self.again)} déjà là"
        return brief(self, date(self.today), *counts)


@dataclass(frozen=True)
class _Draft:
    message: Message
    file: Path
    data: bytes


def remind(
    work: Workplace,
    before: int | None = None,
    today: dt.date | None = None,
    options: Options = Options(),
) -> Reminding:
    """Make a message ready for each service that is late or has errors in what counts of it.

    With `before`, also for those whose return is due within so many days. What the program wrote
    there before and applies no longer is taken away. Raises: OutputError.
    """
    layout, memory = work.layout, work.register.memory
    found = standing(memory, today or dt.date.today())
    drafts = list(_drafts(layout, found, before, options))
    digests = {one.notice.digest for one in memory.reminders}
    edited = [one for one in drafts if _is_edited(one, digests)]
    again = [one for one in drafts if one not in edited and _lies_there(one)]
    fresh = [one for one in drafts if one not in edited and one not in again]
    if fresh:
        make_folder(layout.reminders, [layout.mark])
        save_all([(one.file, one.data) for one in fresh], [layout.mark])
    new = [one.message.notice for one in (*again, *fresh)
           if one.message.notice.digest not in digests]  # fmt: skip
    if new:
        work.register.record(Reminded(found.today.isoformat(), tuple(new)), [layout.mark])
    gone, kept = _cleared(work, {one.file.name for one in drafts})
    return Reminding(
        found.today, _messages(fresh), _messages(again), _messages(edited), gone, kept,
        tuple(_unseen(work, options)),
    )  # fmt: skip


def _messages(drafts: Iterable[_Draft]) -> tuple[Message, ...]:
    return tuple(one.message for one in drafts)


def _drafts(
    layout: Layout, found: Standing, before: int | None, options: Options
) -> Iterator[_Draft]:
    """Give the message of each service to write to; its file has the same name on every day."""
    every = [one.service for one in found.services]
    names = dict(zip(every, distinct([_PREFIX], every, "", SUFFIX), strict=True))
    for case in cases(found, before):
        name = names[case.standing.service]
        files, remarks = _attached(layout, case, options)
        said = letter(case, Reminder.LATE in files or Reminder.SOON in files,
                      Reminder.ERRORS in files)  # fmt: skip
        data = draft(said, list(files.values()))
        notice = Notice(case.standing.service, case.why, name, digest_of(data))
        message = Message(case, notice, said.to, case.recent, tuple(remarks))
        yield _Draft(message, layout.reminders / name, data)


def _attached(
    layout: Layout, case: Case, options: Options
) -> tuple[dict[Reminder, Attached], list[str]]:
    """Return the files that go with a message, by why they do; say which cannot be found."""
    files: dict[Reminder, Attached] = {}
    remarks: list[str] = []
    sent, counts = case.standing.sent, case.standing.counts
    for why in case.why:
        if why is not Reminder.ERRORS and sent is not None:
            data = _sent(layout, sent.workbook, options)
            name, place = sent.workbook.file, layout.sends.name
        elif why is Reminder.ERRORS and counts is not None and counts.came.copy:
            data = _copy(layout, counts.came, options)
            name, place = counts.came.copy, layout.handed_back.name
        else:
            continue
        if data is None:
            remarks.append(f"« {name} » n’est plus dans « {place} » : il n’y est pas joint")
        else:
            files[why] = Attached(_apart(name, files.values()), data)
    return files, remarks


def _apart(name: str, others: Iterable[Attached]) -> str:
    """Return a name that no other file of the message has."""
    path = PurePath(name)
    taken = {one.name for one in others}
    return f"{path.stem}_annote{path.suffix}" if name in taken else name


def _sent(layout: Layout, sent: SentWorkbook, options: Options) -> bytes | None:
    """Return the workbook that a service was sent: from the folder of the sends, or the archive."""
    there = _of(layout.sends / PurePath(sent.file).name, sent.digest, options)
    kept = sent_file([layout.archive], sent.digest, options) if there is None else None
    return there if kept is None else _of(kept, sent.digest, options)


def _copy(layout: Layout, came: Came, options: Options) -> bytes | None:
    """Return the annotated copy of a return, unless it was changed since."""
    return _of(layout.handed_back / PurePath(came.copy).name, came.copy_digest, options)


def _of(file: Path, digest: str, options: Options) -> bytes | None:
    """Return what a file holds, if that is what has this hash."""
    try:
        data = bytes_of(file, options.limits)
    except UnreadableFile:
        return None
    return data if digest_of(data) == digest else None


def _lies_there(one: _Draft) -> bool:
    return one.file.is_file() and one.file.read_bytes() == one.data


def _is_edited(one: _Draft, digests: set[str]) -> bool:
    """Tell whether another message lies under its name than the program wrote."""
    if not one.file.is_file() or _lies_there(one):
        return False
    return digest_of(one.file.read_bytes()) not in digests


def _cleared(work: Workplace, names: set[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Take away the messages that apply no longer; return their names, and those people changed."""
    folder, reminders = work.layout.reminders, work.register.memory.reminders
    if not folder.is_dir():
        return (), ()
    digests = {one.notice.digest for one in reminders}
    without_known(folder, digests)
    gone, kept = [], []
    for name in sorted({one.notice.file for one in reminders} - names):
        file = folder / name
        if not file.is_file():
            continue
        if digest_of(file.read_bytes()) in digests:
            file.unlink()
            gone.append(name)
        else:
            kept.append(name)
    return tuple(gone), tuple(kept)


def _unseen(work: Workplace, options: Options) -> Iterator[str]:
    """Give the files among the returns whose content never came."""
    known = set(work.register.memory.by_digest())
    for file in workbooks([work.layout.returns], may_be_empty=True):
        try:
            seen = digest_of(bytes_of(file, options.limits)) in known
        except UnreadableFile:
            seen = False
        if not seen:
            yield file.name
