"""The annotated copies of returns, handed back at once, or later where their place was not free."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pst_excel.annotating.annotate import OUTPUT, Annotation, tasks
from pst_excel.api.annotating import copies_of
from pst_excel.api.checking import run_check
from pst_excel.api.reading import read_files
from pst_excel.campaign.archive import return_file
from pst_excel.campaign.copies import names_of, owed
from pst_excel.campaign.entries import Copy, HandedBack
from pst_excel.checking.report import Report
from pst_excel.model.words.wording import plural
from pst_excel.reading.limits import Options
from pst_excel.rounds.workplace import Workplace, digest_of, without_known
from pst_excel.text.brief import brief
from pst_excel.text.errors import OutputError
from pst_excel.workers.loading import Loaded
from pst_excel.workers.writing import make_folder, save


@dataclass(frozen=True)
class Handed:
    """What was handed back: for each return a copy, or the reason why there can be none.

    `later` are the files of those whose copy could not be written now, and why.
    """

    annotations: tuple[Annotation, ...] = ()
    later: tuple[tuple[str, str], ...] = ()

    def __repr__(self) -> str:
        return brief(self, plural(len(self.annotations), "copie"), f"{len(self.later)} plus tard")

    def copy(self, file: str, digest: str) -> Copy | None:
        """Return what is written down of the copy of a return; None where it comes later."""
        found = next((one for one in self.annotations if one.file == file), None)
        if found is None:
            return None
        if found.reason:
            return Copy(digest, no_copy=found.reason)
        return Copy(digest, found.name, digest_of(found.data))


def hand_back(
    work: Workplace,
    loaded: Loaded,
    report: Report,
    services: Sequence[str],
    options: Options = Options(),
) -> Handed:
    """Write the annotated copy of each return of some services.

    One whose place is not free keeps no other from being written.
    """
    if not loaded.returns:
        return Handed()
    files = [one.file for one in loaded.returns]
    findings = [one for one in report.findings if one.file in files]
    asked = tasks(loaded.returns, loaded.files, findings, report.observed)
    names = names_of(work.register.memory, files, services)
    asked = [replace(one, name=name) for one, name in zip(asked, names, strict=True)]
    # A finding may quote what another file of the batch holds.
    made_from = [*loaded.made_from, *report.made_from]
    made: list[Annotation] = []
    later: list[tuple[str, str]] = []
    for one in copies_of(asked, options=options):
        reason = "" if one.reason else _not_written(work.layout.handed_back, one, made_from)
        if reason:
            later.append((one.file, reason))
        else:
            made.append(one)
    # Those that people changed since they were handed back are left beside the new ones.
    ours_before = {one.came.copy_digest for one in work.register.memory.arrivals}
    without_known(work.layout.handed_back, ours_before)
    return Handed(tuple(made), tuple(later))


def _not_written(folder: Path, one: Annotation, made_from: Sequence[Path]) -> str:
    """Write a copy, or say why it cannot be."""
    try:
        make_folder(folder, made_from)
        save(folder / one.name, OUTPUT.write(one), made_from)
    except OutputError as error:
        return str(error)
    return ""


def hand_back_owed(work: Workplace, options: Options = Options()) -> Handed:
    """Write the copies that could not be written when their returns were received.

    Those whose place is still not free are left for the next time, and so are all but one of those
    of one name. Raises: OutputError, UsageError.
    """
    arrivals = {one.came.file: one for one in owed(work.register.memory)}
    kept = {
        file: arrivals[name]
        for name in arrivals
        if (file := return_file(work.archives, arrivals[name].came.digest, options)) is not None
    }
    if not kept:
        return Handed()
    names = {file: one.came.file for file, one in kept.items()}
    loaded = read_files([*kept], options=options).named(names)
    if not loaded.returns:
        return Handed()
    report, loaded = run_check(loaded, None, None, None, None, options)
    services = [arrivals[one.file].came.service for one in loaded.returns]
    handed = hand_back(work, loaded, report, services, options)
    copies = [handed.copy(one.file, one.digest) for one in loaded.returns]
    written = tuple(one for one in copies if one is not None)
    if written:
        work.register.record(HandedBack(written), loaded.files.values())
    return handed
