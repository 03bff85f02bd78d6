"""What the library makes, written where it is asked: whole, and what was there kept."""

from __future__ import annotations

from pathlib import Path

from pst_excel.api.outputs import output_for
from pst_excel.comparing.compare import Comparison
from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.returns.tables import Return
from pst_excel.workers.writing import check_target, set_aside, write_whole


def write(result: Consolidation | Comparison | Return, target: str | Path) -> Path | None:
    """Write a result where it is asked, in the form that the file's suffix names.

    A previous file is kept beside it; its new name is returned. Raises: OutputError.
    """
    path = Path(target)
    return save(path, output_for(type(result), path.suffix, path.name or str(path)).write(result))


def save(path: Path, data: bytes) -> Path | None:
    """Write a file whole; a different previous one is kept beside it and its new name returned."""
    check_target(path)
    kept = None
    if path.is_file() and path.read_bytes() != data:
        kept = set_aside(path)
    write_whole(path, data)
    return kept
