"""What comes back: found in the folder of the returns, checked, annotated, kept, written down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pst_excel.api.checking import run_check
from pst_excel.api.reading import read_files
from pst_excel.campaign.archive import Kept, read_kept, send_file
from pst_excel.campaign.entries import Came, Received, State
from pst_excel.checking.report import Report
from pst_excel.model.words.wording import plural
from pst_excel.pst import PST
from pst_excel.reading.guard.opening import bytes_of, holds
from pst_excel.reading.limits import Options
from pst_excel.returns.tables import Return
from pst_excel.rounds.arrivals import Telling, refused, unknown_sends
from pst_excel.rounds.handing_back import Handed, hand_back, hand_back_owed
from pst_excel.rounds.workplace import Workplace, digest_of
from pst_excel.text.brief import brief
from pst_excel.text.errors import UnreadableFile
from pst_excel.workers.files import resolved, workbooks
from pst_excel.workers.loading import Loaded, Progress
from pst_excel.workers.writing import save


@dataclass(frozen=True)
class Reception:
    """What was received now.

    `came` are the files that came for the first time, as they are written down; `copies` the names
    of those whose content came before, with the name that it then had; `waiting` those that cannot
    be read at this moment, with the reason. `handed` are the copies that are handed back of them,
    `owed` those of files that came before and whose copy could not be written then.
    """

    came: tuple[Came, ...] = ()
    copies: tuple[tuple[str, str], ...] = ()
    waiting: tuple[tuple[str, str], ...] = ()
    handed: Handed = field(default_factory=Handed)
    owed: Handed = field(default_factory=Handed)
    report: Report | None = None

    def __repr__(self) -> str:
        counts = plural(len(self.came), "retour"), plural(len(self.copies), "copie")
        return brief(
            self, *counts, plural(len(self.waiting), "fichier en attente", "fichiers en attente")
        )

    @property
    def faults(self) -> list[bool]:
        """Of each file that was left out, whether the program failed on it."""
        left_out = [one.fault for one in self.came if one.state == State.REFUSED]
        return [*left_out, *(False for _ in self.waiting)]

    @property
    def errors(self) -> int:
        """How many errors there are in what came."""
        return sum(one.findings[0] for one in self.came)


@dataclass
class _Found:
    """What lies in the folder of the returns: contents that are new, copies, what is not ready."""

    fresh: dict[Path, str] = field(default_factory=dict)
    copies: list[tuple[str, str]] = field(default_factory=list)
    waiting: list[tuple[str, str]] = field(default_factory=list)


def bring(
    work: Workplace, files: Iterable[str | Path], options: Options = Options()
) -> list[tuple[str, str]]:
    """Copy files into the folder of the returns, under their names; none takes another's place.

    Return the names of those that cannot be read at this moment, with the reason. Raises:
    UsageError, OutputError.
    """
    unread = []
    for file in workbooks(map(Path, files)):
        if resolved(work.layout.returns) in resolved(file).parents:
            continue
        try:
            data = bytes_of(file, options.limits)
        except UnreadableFile as error:
            unread.append((file.name, str(error)))
            continue
        target = _free(work.layout.returns, file, data)
        if target is not None:
            save(target, data, [file])
    return unread


def _free(folder: Path, file: Path, data: bytes) -> Path | None:
    """Return where a file can be copied; None where what it holds is there already."""
    number, target = 1, folder / file.name
    while target.exists():
        if holds(target, data):
            return None
        number += 1
        target = folder / f"{file.stem} ({number}){file.suffix}"
    return target


def receive(
    work: Workplace,
    options: Options = Options(),
    only: Sequence[Path] | None = None,
    progress: Progress | None = None,
    hold: Collection[Path] = (),
) -> Reception:
    """Take in what lies in the folder of the returns, or `only` some of its files.

    The originals stay where they are; a copy of each goes to the archive before anything is written
    down of it. Those on `hold` are not refused where they cannot be read: they are left for another
    time. Raises: UsageError, OutputError.
    """
    owed = hand_back_owed(work, options)
    files = workbooks([work.layout.returns], may_be_empty=True) if only is None else list(only)
    found = _looked_at(work, files, options)
    if not found.fresh:
        return Reception(copies=tuple(found.copies), waiting=tuple(found.waiting), owed=owed)
    loaded = read_files([*found.fresh], progress, options=options)
    report, loaded = run_check(loaded, None, None, None, None, options)
    came = _told(work, loaded, report, found, options)
    came = _without_held(loaded, came, hold, found)
    came = [one for one in came if _archived(work, one, loaded.files[one.file], options, found)]
    handed = _handed_back(work, loaded, came, report, options)
    came = [_with_copy(one, handed) for one in came]
    if came:
        work.register.record(Received(tuple(came)), loaded.files.values())
    return Reception(tuple(came), tuple(found.copies), tuple(found.waiting), handed, owed, report)


def _looked_at(work: Workplace, files: Iterable[Path], options: Options) -> _Found:
    """Return the files whose content never came, by their hash; tell the others apart."""
    found = _Found()
    known = {one.came.digest: one.came.file for one in work.register.memory.arrivals}
    for file in files:
        try:
            digest = digest_of(bytes_of(file, options.limits))
        except UnreadableFile as error:
            found.waiting.append((file.name, str(error)))
            continue
        if digest in known:
            if known[digest] != file.name:
                found.copies.append((file.name, known[digest]))
            continue
        known[digest] = file.name
        found.fresh[file] = digest
    return found


def _told(
    work: Workplace, loaded: Loaded, report: Report, found: _Found, options: Options
) -> list[Came]:
    """Return what is written down of each file, in the order in which they were found."""
    memory = work.register.memory
    asked = {
        send: send_file(work.archives, send, options)
        for send in unknown_sends(loaded.returns, memory)
    }
    kept = read_kept([file for file in asked.values() if file], PST, None, options)
    sent = {one.send: one for one in kept.values() if isinstance(one, Return) and one.send in asked}
    memory = replace(memory, owner=memory.owner or _first_owner(loaded.returns))
    telling = Telling(memory, report, sent, tuple(file.name for file in found.fresh))
    told: dict[str, Came] = {one.file: telling.came(one) for one in loaded.returns}
    for refusal in loaded.refusals:
        told[refusal.file] = refused(refusal, found.fresh[loaded.files[refusal.file]])
    order = {file: at for at, file in enumerate(found.fresh)}
    return sorted(told.values(), key=lambda one: order[loaded.files[one.file]])


def _first_owner(returns: Sequence[Return]) -> tuple[str, ...]:
    """Return whose most returns are, where the campaign does not know whose it is yet."""
    said = Counter(tuple(one.whose) for one in returns if any(one.owner) and one.says_years)
    return said.most_common(1)[0][0] if said else ()


def _without_held(
    loaded: Loaded, came: Sequence[Came], hold: Collection[Path], found: _Found
) -> list[Came]:
    """Leave the files that cannot be read for another time, where that is asked."""
    held = {one.file: one.reason for one in loaded.refusals
            if not one.fault and loaded.files[one.file] in hold}  # fmt: skip
    found.waiting += held.items()
    return [one for one in came if one.file not in held]


def _archived(work: Workplace, one: Came, file: Path, options: Options, found: _Found) -> bool:
    """Keep what came; a file that changed since it was read is left for the next time."""
    try:
        data = bytes_of(file, options.limits)
    except UnreadableFile as error:
        found.waiting.append((one.file, str(error)))
        return False
    if digest_of(data) != one.digest:
        found.waiting.append((one.file, "le fichier change encore ; il sera lu au passage suivant"))
        return False
    work.archive.keep(data, Kept.RETURNS, suffix=file.suffix, made_from=[file])
    return True


def _handed_back(
    work: Workplace, loaded: Loaded, came: Sequence[Came], report: Report, options: Options
) -> Handed:
    wanted = {one.file: one.service for one in came if one.state != State.REFUSED}
    ours = replace(loaded, returns=[one for one in loaded.returns if one.file in wanted])
    return hand_back(work, ours, report, list(wanted.values()), options)


def _with_copy(one: Came, handed: Handed) -> Came:
    """Return a file that came with what is known of its annotated copy."""
    copy = handed.copy(one.file, one.digest)
    if copy is None:
        return one
    return replace(one, copy=copy.copy, copy_digest=copy.copy_digest, no_copy=copy.no_copy)
