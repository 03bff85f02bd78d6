"""The copies of the archive compared with what is remembered: put back, given back, or told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from pst_excel.campaign.archive import (
    Kept,
    kept_in,
    plan_file,
    read_kept,
    return_file,
    sent_file,
    short,
)
from pst_excel.campaign.archive import is_sound as is_sound_copy
from pst_excel.campaign.entries import Sent, SentWorkbook
from pst_excel.campaign.memory import Memory
from pst_excel.model.words.roles import Role
from pst_excel.pst import PST
from pst_excel.reading.guard.opening import bytes_of
from pst_excel.reading.limits import Options
from pst_excel.returns.tables import Return
from pst_excel.rounds.workplace import Workplace, digest_of
from pst_excel.text.errors import UnreadableFile
from pst_excel.workers.files import SUFFIXES
from pst_excel.workers.writing import save

_FINDERS = {
    Kept.SENDS: sent_file,
    Kept.RETURNS: return_file,
    Kept.CONSOLIDATED: plan_file,
    Kept.PLANS: plan_file,
}


@dataclass(frozen=True)
class Wanted:
    """A copy that the archive is to hold, and what it is in words."""

    kind: Kept
    digest: str
    words: str
    ident: str = ""
    suffix: str = SUFFIXES[0]


@dataclass(frozen=True)
class Restored:
    """What became of the copies.

    `back` are those that were archived again, each with the file in which it was found; `lost`
    those that are nowhere any more. Of the copies that no record names: `given_back` are returns,
    each with the file among the returns that will be received; `sent` the workbooks that are
    recorded as sent; `unnamed` those of which nothing is known.
    """

    back: tuple[tuple[str, str], ...] = ()
    lost: tuple[str, ...] = ()
    given_back: tuple[str, ...] = ()
    sent: tuple[str, ...] = ()
    unnamed: tuple[str, ...] = ()


def wanted(memory: Memory) -> list[Wanted]:
    """Return the copies that the archive of a campaign is to hold, once each."""
    copies = [
        Wanted(Kept.SENDS, one.workbook.digest, f"l’envoi « {one.workbook.file} »", one.workbook.id)
        for one in memory.sends
    ]
    for came in (one.came for one in memory.arrivals):
        words = f"le retour « {came.file} »"
        copies.append(Wanted(Kept.RETURNS, came.digest, words, "", Path(came.file).suffix))
    for one in memory.rounds:
        words = f"la consolidation n° {one.number}"
        copies.append(Wanted(Kept.CONSOLIDATED, one.gave.digest, words, one.gave.run))
    for one in memory.rounds:
        words = f"le plan d’avant la consolidation n° {one.number}"
        copies.append(Wanted(Kept.PLANS, one.gave.base, words))
    copies.append(Wanted(Kept.PLANS, memory.began, "le plan de départ"))
    return [*{one.digest: one for one in reversed(copies) if one.digest}.values()][::-1]


def restore(work: Workplace, carried: Iterable[str], options: Options = Options()) -> Restored:
    """Put back the copies that the archive has lost, from what lies in the folders of the campaign.

    `carried` are the hashes of copies that no record has to name. Raises: OutputError.
    """
    needed = wanted(work.register.memory)
    lacking = [one for one in needed if not _is_kept(work, one, options)]
    lying = _lying(work, options) if lacking else {}
    back, lost = [], []
    for one in lacking:
        file = lying.get(one.digest)
        if file is None:
            lost.append(one.words)
            continue
        data = bytes_of(file, options.limits)
        work.archive.keep(data, one.kind, one.ident, one.suffix, made_from=[file])
        back.append((one.words, file.relative_to(work.layout.folder).as_posix()))
    known = {short(digest) for digest in (*(one.digest for one in needed), *carried)}
    return replace(_unnamed(work, known, options), back=tuple(back), lost=tuple(lost))


def _is_kept(work: Workplace, one: Wanted, options: Options) -> bool:
    file = _FINDERS[one.kind](work.archives, one.digest, options)
    return file is not None and is_sound_copy(file, options)


def _lying(work: Workplace, options: Options) -> dict[str, Path]:
    """Return every workbook in the folder of the campaign by the hash of its bytes."""
    found: dict[str, Path] = {}
    for file in sorted(work.layout.folder.rglob("*")):
        if file.suffix.lower() in SUFFIXES and file.is_file():
            try:
                found.setdefault(digest_of(bytes_of(file, options.limits)), file)
            except UnreadableFile:
                continue
    return found


def _unnamed(work: Workplace, known: set[str], options: Options) -> Restored:
    """Return what is done of the copies that no record names: a run was stopped before it."""
    folder = work.layout.archive
    unnamed = {
        kind: {
            key: file for key, file in kept_in(folder, kind, options).items() if key not in known
        }
        for kind in (Kept.SENDS, Kept.RETURNS, Kept.CONSOLIDATED)
    }
    sent, strangers = _recorded(work, [*unnamed[Kept.SENDS].values()], options)
    given_back = [_given_back(work, file, options) for file in unnamed[Kept.RETURNS].values()]
    strangers += [f"{Kept.CONSOLIDATED}/{one.name}" for one in unnamed[Kept.CONSOLIDATED].values()]
    return Restored((), (), tuple(given_back), tuple(sent), tuple(strangers))


def _recorded(work: Workplace, files: list[Path], options: Options) -> tuple[list[str], list[str]]:
    """Write down as sent the workbooks that say enough; return what they are, and the others."""
    found: list[SentWorkbook] = []
    strangers = []
    names = {digest: file.name for digest, file in _lying_in(work.layout.sends, options).items()}
    for file, one in read_kept(files, PST, None, options).items():
        if not isinstance(one, Return) or not one.send or not one.service:
            strangers.append(f"{Kept.SENDS}/{file.name}")
            continue
        due = one.identity(Role.DUE)
        day = due.isoformat() if hasattr(due, "isoformat") else ""
        name = names.get(one.digest, file.name)
        found.append(SentWorkbook(one.send, one.digest, one.service, name, day))
    if found:
        work.register.record(Sent(tuple(found)), [work.layout.mark])
    return [f"{one.service} ({one.file})" for one in found], strangers


def _given_back(work: Workplace, file: Path, options: Options) -> str:
    """Return the name of a return among the others, put there again where it does not lie."""
    data = bytes_of(file, options.limits)
    there = _lying_in(work.layout.returns, options).get(digest_of(data))
    if there is not None:
        return there.name
    target = work.layout.returns / f"retour-retrouve-{file.name}"
    save(target, data, [file])
    return target.name


def _lying_in(folder: Path, options: Options) -> dict[str, Path]:
    found = {}
    for file in sorted(folder.rglob("*")):
        if file.suffix.lower() in SUFFIXES and file.is_file():
            try:
                found[digest_of(bytes_of(file, options.limits))] = file
            except UnreadableFile:
                continue
    return found
