"""Returns handed back: which copies are made, under which names, and why some cannot be."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from operator import attrgetter
from pathlib import Path

from pst_excel.annotating.workbook import annotated
from pst_excel.checking.rounds import FindingState
from pst_excel.model.findings import Finding, Severity
from pst_excel.model.outputs import Output
from pst_excel.model.words.wording import plural
from pst_excel.ooxml.errors import NotAWorkbook, PatchError
from pst_excel.reading.guard.opening import bytes_of
from pst_excel.reading.limits import Limits
from pst_excel.returns.tables import Return
from pst_excel.text.brief import brief
from pst_excel.text.errors import ProgramFault, UnreadableFile
from pst_excel.text.filenames import copy_names
from pst_excel.workers.faults import tried


@dataclass(frozen=True)
class Task:
    """A return to hand back: where it was read from, what is found in it, the name of its copy.

    `observed` is the day of the state that was checked; where it is None, the one that it says.
    """

    returned: Return
    path: Path
    findings: Sequence[Finding]
    name: str
    observed: dt.date | None = None

    def __repr__(self) -> str:
        return brief(self, self.name)


@dataclass(frozen=True)
class Annotation:
    """What became of a return: the name and the bytes of its copy, or the reason why there is none.

    `points` counts what is listed in it by state; what is solved is not to be looked at any more.
    `found` is the number of findings that the check counts, of which several may be one line.
    `again` when nothing changed in it since it was annotated; `fault` when the program failed on
    it.
    """

    file: str
    name: str
    reason: str = ""
    points: Counter[FindingState] = field(default_factory=Counter)
    found: int = 0
    again: bool = False
    data: bytes = b""
    fault: bool = False

    def __repr__(self) -> str:
        return brief(self, self.name, self.reason or f"{plural(self.found, 'remarque')}")


def tasks(
    returns: Iterable[Return],
    files: dict[str, Path],
    findings: Iterable[Finding],
    observed: dt.date | None = None,
) -> list[Task]:
    """Return what is to be handed back, each under the name of its file.

    Two files of one name in two folders are told apart by their folders; no two copies have one
    name, on a system that ignores case or the way of writing accents either.
    """
    every = list(returns)
    by_file: dict[str, list[Finding]] = {returned.file: [] for returned in every}
    for finding in findings:
        by_file[finding.file].append(finding)
    names = copy_names([returned.file for returned in every])
    return [
        Task(returned, files[returned.file], by_file[returned.file], name, observed)
        for returned, name in zip(every, names, strict=True)
    ]


def annotation(task: Task, limits: Limits) -> Annotation:
    """Annotate a return within the limits, or say why it cannot be."""
    try:
        return tried(partial(_annotation, task, limits), limits, "d’annoter")
    except UnreadableFile as error:
        return refused(task, str(error), isinstance(error, ProgramFault))


def _annotation(task: Task, limits: Limits) -> Annotation:
    returned = task.returned
    try:
        data = bytes_of(task.path, limits)
        if hashlib.sha256(data).hexdigest() != returned.digest:
            return refused(task, "le fichier a changé pendant le contrôle ; recommencez")
        copy, this_round = annotated(returned, task.findings, data, task.observed)
    except UnreadableFile as error:
        return refused(task, str(error))
    except NotAWorkbook as error:
        remedy = "seuls les .xlsx et .xlsm s’annotent ; enregistrez-le en .xlsx dans Excel"
        return refused(task, f"{error} : {remedy}")
    except PatchError as error:
        return refused(task, f"{error} ; ses remarques sont à l’écran")
    found = sum(finding.severity is not Severity.TRIAL for finding in task.findings)
    return Annotation(
        returned.file, task.name, "", this_round.counts(), found, this_round.again, copy
    )


def refused(task: Task, reason: str, fault: bool = False) -> Annotation:
    """Return what stands for the annotation of a return that has no copy."""
    return Annotation(task.returned.file, task.name, reason, fault=fault)


OUTPUT = Output(
    "annotation",
    ".xlsx",
    "Le classeur d’un service, ses cellules douteuses marquées et expliquées.",
    Annotation,
    attrgetter("data"),
)
