"""What the library makes, written where it is asked: whole, and what was there kept."""

from __future__ import annotations

from pathlib import Path

from pst_excel.api.outputs import output_for
from pst_excel.campaign.archive import Archive, Kept
from pst_excel.comparing.compare import Comparison
from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.returns.tables import Return
from pst_excel.text.errors import OutputError
from pst_excel.tracing.versions import Versions
from pst_excel.workers.files import ARCHIVE
from pst_excel.workers.writing import check_target, set_aside, write_whole


def write(
    result: Consolidation | Comparison | Versions | Return, target: str | Path
) -> Path | None:
    """Write a result where it is asked, in the form that the file's suffix names.

    A previous file is kept beside it; its new name is returned. Raises: OutputError.
    """
    path = Path(target)
    if isinstance(result, Consolidation) and path.suffix.lower() != ".json":
        return _write_plan(result, path)
    return save(path, output_for(type(result), path.suffix, path.name or str(path)).write(result))


def _write_plan(plan: Consolidation, path: Path) -> Path | None:
    """Write a plan, after a copy of it and of the returns that it took up was kept beside it."""
    data = output_for(Consolidation, path.suffix, path.name or str(path)).write(plan)
    check_target(path)
    archive = Archive(path.parent / ARCHIVE)
    try:
        archive.keep(data, Kept.CONSOLIDATED, plan.run)
        for file in plan.files.values():
            archive.keep(file.read_bytes(), Kept.RETURNS, suffix=file.suffix)
    except (OSError, OutputError) as error:
        plan.not_kept = str(error)
    return save(path, data)


def save(path: Path, data: bytes) -> Path | None:
    """Write a file whole; a different previous one is kept beside it and its new name returned."""
    check_target(path)
    kept = None
    if path.is_file() and path.read_bytes() != data:
        kept = set_aside(path)
    write_whole(path, data)
    return kept
