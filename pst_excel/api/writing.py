"""What the library makes, written where it is asked: whole, and what was there kept."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from pst_excel.api.arguments import PathLike, path_of, wrong
from pst_excel.api.outputs import OUTPUTS, output_for
from pst_excel.campaign.archive import Archive, Kept
from pst_excel.campaign.history import History
from pst_excel.comparing.compare import Comparison
from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.consolidating.ledgers import run_in
from pst_excel.excel.books import consolidated
from pst_excel.model.words.wording import plural
from pst_excel.reading.guard.opening import bytes_of
from pst_excel.returns.tables import Return
from pst_excel.text.brief import brief
from pst_excel.text.errors import OutputError, UnreadableFile
from pst_excel.tracing.versions import Versions
from pst_excel.updating.update import Updated, updated
from pst_excel.workers.files import archive_in
from pst_excel.workers.writing import check_target, save

Result: TypeAlias = Consolidation | Comparison | Versions | History | Return
_RESULTS = "ce que consolidate, compare, compare_versions ou Campaign.history rend, ou un retour"


@dataclass(frozen=True)
class Written:
    """A result that was written: where the previous file is now, and how a workbook was updated.

    `update` is there when the result brings a workbook up to date; `not_kept` says why no copy of
    it, or of the returns, could be kept in the archive.
    """

    previous: Path | None
    update: Updated | None = None
    not_kept: str = ""

    def __repr__(self) -> str:
        kept = f"précédent : {self.previous.name}" if self.previous is not None else ""
        return brief(self, kept or "écrit", self.not_kept)


def write(result: Result, target: PathLike) -> Path | None:
    """Write a result where it is asked, in the form that the file's suffix names.

    A previous file is kept beside it; its new name is returned. A consolidation that brings a
    workbook up to date is written in that workbook: what people put in it stays. Raises:
    UsageError, OutputError.
    """
    return write_over(result, target).previous


def write_over(result: Result, target: PathLike) -> Written:
    """Write a result as `write` does, and say what became of what people had put there.

    Raises: OutputError.
    """
    return keep(rendered(result, target))


@dataclass(frozen=True)
class Rendered:
    """The bytes of a result and where they go; how a workbook is updated, and what is archived."""

    target: Path
    data: bytes
    made_from: tuple[Path, ...] = ()
    update: Updated | None = None
    archived: Consolidation | None = None

    def __repr__(self) -> str:
        return brief(self, self.target.name, plural(len(self.data), "octet"))


def rendered(result: Result, target: PathLike) -> Rendered:
    """Return what `write_over` writes, before anything is written.

    Raises: UsageError, OutputError.
    """
    path = path_of(target, "target")
    if all(output.takes is not type(result) for output in OUTPUTS):
        raise wrong("result", result, _RESULTS, "écrivez par exemple write(consolidate(…), …)")
    output = output_for(type(result), path.suffix, path.name or str(path))
    check_target(path, _never_over(result))
    if output is not consolidated.OUTPUT or not isinstance(result, Consolidation):
        return Rendered(path, output.write(result), _sources(result))
    update = _updated(result, Archive(archive_in(path.parent)))
    if update is None:
        return Rendered(path, output.write(result), result.made_from, None, result)
    return Rendered(path, update.data, result.made_from, update, update.consolidation)


def _never_over(result: Result) -> list[Path]:
    """Return the files that a result is made of, but for the plan that it brings up to date."""
    if isinstance(result, Consolidation):
        return [file for file in result.files.values() if file != result.base_file]
    return [*result.made_from] if isinstance(result, Comparison | Versions) else []


def _sources(result: Result) -> tuple[Path, ...]:
    return () if isinstance(result, Return) else result.made_from


def keep(result: Rendered) -> Written:
    """Write a rendered result, a copy of it and of what it is made of kept in the archive.

    Raises: OutputError.
    """
    not_kept = ""
    if result.archived is not None:
        archive = Archive(archive_in(result.target.parent))
        not_kept = _archived(result.archived, result.data, archive)
    kept = save(result.target, result.data, result.made_from)
    return Written(kept, result.update, not_kept)


def _updated(result: Consolidation, archive: Archive) -> Updated | None:
    """Return the workbook that the result brings up to date; None where it made another.

    A plan that no consolidation wrote, as one that was filled by hand, is no such workbook. One
    that nobody touched since it was written, and in which nothing is new, stays as it is.
    """
    if result.base is None or result.base_file is None or not result.base.ledgers:
        return None
    data = bytes_of(result.base_file, result.limits)
    if hashlib.sha256(data).hexdigest() != result.base.digest:
        return None
    # A plan of which no return ever came names no run.
    same = run_in(result.base) in ("", result.run)
    if same and archive.holds(data, Kept.CONSOLIDATED, result.run):
        return Updated(data, True, result)
    return updated(data, result.base, result)


def _archived(result: Consolidation, data: bytes, archive: Archive) -> str:
    """Keep a copy of what is about to be written, and of the returns; say why it cannot be.

    What was refused is kept as well, as long as its bytes can be read: why not is said already.
    """
    refused = {refusal.file for refusal in result.refusals}
    reasons = []
    try:
        archive.keep(data, Kept.CONSOLIDATED, result.run, made_from=result.made_from)
        for name, file in result.files.items():
            try:
                returned = bytes_of(file, result.limits)
            except UnreadableFile as error:
                reasons += [] if name in refused else [f"« {name} » : {error}"]
                continue
            archive.keep(returned, Kept.RETURNS, suffix=file.suffix, made_from=[file])
    except OutputError as error:
        reasons.append(str(error))
    return " ; ".join(reasons)
