"""A workbook modernised in a process that may die: read, looked at and made anew, or refused."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from operator import attrgetter
from pathlib import Path

from pst_excel.model.outputs import Output
from pst_excel.model.plan import Plan
from pst_excel.model.words.wording import plural
from pst_excel.reading.guard.opening import bytes_of
from pst_excel.reading.limits import Options
from pst_excel.reading.reader import read_bytes
from pst_excel.text.brief import brief
from pst_excel.upgrading.old_layout import look
from pst_excel.upgrading.upgrade import Upgrade, upgrade
from pst_excel.upgrading.workbook import write_modernised
from pst_excel.workers.loading import alone


@dataclass(frozen=True)
class Modernised:
    """What became of a workbook, and the new one; no bytes where it is as it should be."""

    upgrade: Upgrade
    data: bytes = b""

    def __repr__(self) -> str:
        return brief(self, self.upgrade.file, plural(len(self.data), "octet"))


def modernised(path: Path, plan: Plan, options: Options) -> Modernised:
    """Make a filled workbook one of today's template, in another process and within the limits.

    Raises: UsageError as `upgrade`, UnreadableFile, also when the file kills the process, and
    ProgramFault.
    """
    work = partial(_modernised, plan=plan, options=options)
    return alone(work, path, options.limits, "de moderniser")


def _modernised(path: Path, plan: Plan, options: Options) -> Modernised:
    data = bytes_of(path, options.limits)
    found = read_bytes(data, path.name, plan, options)
    source = look(data, options.limits).without_lent(found)
    result = upgrade(found, source)
    if not result.needed:
        return Modernised(result)
    workbook, changes = write_modernised(result, data, source)
    return Modernised(replace(result, changes=changes), workbook)


OUTPUT = Output(
    "modernisation",
    ".xlsx",
    "Un classeur d’un ancien modèle, refait sur celui d’aujourd’hui.",
    Modernised,
    attrgetter("data"),
)
