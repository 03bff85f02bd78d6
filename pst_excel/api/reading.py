"""Workbooks read for the library: the returns, and those that serve the check of others."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pst_excel.pst import PST
from pst_excel.reading.guard.opening import kind_of
from pst_excel.reading.limits import Options
from pst_excel.returns.tables import Return
from pst_excel.text.errors import UnreadableFile, UsageError
from pst_excel.workers.loading import Loaded, Progress, load, read_alone

Paths = str | Path | Iterable[str | Path]


def read_files(
    paths: Paths,
    progress: Progress | None = None,
    workers: int | None = None,
    options: Options = Options(),
) -> Loaded:
    """Read workbooks and folders of workbooks.

    A file that cannot be read is a refusal, never an exception. `progress` is called with the name
    of each file read. Raises: UsageError when a path does not exist or a folder holds no workbook.
    """
    given = [paths] if isinstance(paths, str | Path) else list(paths)
    return load([Path(path) for path in given], PST, progress, workers, options)


def existing(path: str | Path, wanted: str = "un classeur") -> Path:
    """Return the path of a file that is there. Raises: UsageError, which says what is wanted."""
    file = Path(path)
    if not file.is_file():
        what = f"est {kind_of(file)}" if file.exists() else "n’existe pas"
        raise UsageError(f"« {path} » {what} ; donnez {wanted}")
    return file


def beside(path: str | Path | None, options: Options) -> Return | None:
    """Read a workbook that serves the check of others. Raises: UsageError."""
    if path is None:
        return None
    try:
        return read_alone(existing(path), PST, options)
    except UnreadableFile as error:
        raise UsageError(f"« {path} » : {error}") from error


def with_waivers(path: str | Path | None, options: Options) -> Return | None:
    """Read the workbook whose waivers hold for all. Raises: UsageError where it has none."""
    found = beside(path, options)
    if found is not None and not len(found.tables.get(PST.waivers, ())):
        raise UsageError(f"« {path} » ne contient aucune dérogation")
    return found
