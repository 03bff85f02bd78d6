"""What the library makes, written where it is asked: whole, and what was there kept."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from pst_excel.api.outputs import output_for
from pst_excel.comparing.compare import Comparison
from pst_excel.consolidating.consolidate import Consolidation
from pst_excel.excel.books import consolidated
from pst_excel.returns.tables import Return
from pst_excel.updating.update import Updated, updated
from pst_excel.workers.writing import check_target, set_aside, write_whole


@dataclass(frozen=True)
class Written:
    """A result that was written: where the previous file is now, and how a workbook was updated.

    `update` is there when the result replaces the very workbook that it was made from.
    """

    previous: Path | None
    update: Updated | None = None


def write(result: Consolidation | Comparison | Return, target: str | Path) -> Path | None:
    """Write a result where it is asked, in the form that the file's suffix names.

    A previous file is kept beside it; its new name is returned. A consolidation made from the very
    workbook that is there is written in it: what people put in it stays. Raises: OutputError.
    """
    return write_over(result, target).previous


def write_over(result: Consolidation | Comparison | Return, target: str | Path) -> Written:
    """Write a result as `write` does, and say what became of what people had put there.

    Raises: OutputError.
    """
    path = Path(target)
    output = output_for(type(result), path.suffix, path.name or str(path))
    update = _updated(result, path) if output is consolidated.OUTPUT else None
    return Written(save(path, output.write(result) if update is None else update.data), update)


def _updated(result: object, path: Path) -> Updated | None:
    """Return the workbook that is there, up to date; None unless the result was made from it."""
    if not isinstance(result, Consolidation) or result.base is None or not path.is_file():
        return None
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != result.base.digest:
        return None
    return updated(data, result.base, result)


def save(path: Path, data: bytes) -> Path | None:
    """Write a file whole; a different previous one is kept beside it and its new name returned."""
    check_target(path)
    kept = None
    if path.is_file() and path.read_bytes() != data:
        kept = set_aside(path)
    write_whole(path, data)
    return kept
