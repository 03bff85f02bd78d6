"""Workbooks read for the library: the returns, and those that serve the check of others."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeAlias

from pst_excel.api.arguments import (
    PathLike,
    Paths,
    options_of,
    path_of,
    paths_of,
    several,
    workers_of,
    wrong,
)
from pst_excel.api.progress import Showing, shown
from pst_excel.pst import PST
from pst_excel.reading.guard.opening import kind_of
from pst_excel.reading.limits import Options
from pst_excel.returns.tables import Return
from pst_excel.text.errors import UnreadableFile, UsageError
from pst_excel.workers.files import workbooks
from pst_excel.workers.loading import Loaded, load, read_alone

Returns: TypeAlias = Loaded | Return | Paths | Iterable[Return]
"""What functions on returns take: what `read_files` gives, returns, or the paths to read."""
_RETURNS = "ce que read_files rend, des chemins de classeurs ou de dossiers, ou des retours"


def read_files(
    paths: Paths,
    progress: Showing = None,
    workers: int | None = None,
    options: Options = Options(),
) -> Loaded:
    """Read workbooks and folders of workbooks.

    A file that cannot be read is a refusal, never an exception. `progress` is called with the name
    of each file read; `True` draws a bar in a notebook or on a terminal. Raises: UsageError when a
    path does not exist or a folder holds no workbook.
    """
    given, count, chosen = paths_of(paths, "paths"), workers_of(workers), options_of(options)
    with shown(progress, "Lecture", lambda: len(workbooks(given))) as step:
        return load(given, PST, step, count, chosen)


def loaded_of(given: Any, options: Options, progress: Showing = None) -> Loaded:
    """Return what was read, or read it where paths are given; returns are taken as they are.

    Raises: UsageError.
    """
    if isinstance(given, Loaded):
        return given
    if isinstance(given, Return):
        return Loaded([given], [])
    if isinstance(given, str | os.PathLike):
        return read_files(given, progress, None, options)
    found = several(given)
    if found is None or isinstance(given, dict):
        remedy = "son contrôle est dans .report" if hasattr(given, "report") else ""
        raise wrong("loaded", given, _RETURNS, remedy)
    if found and all(isinstance(one, Return) for one in found):
        return Loaded(found, [])
    if found and all(isinstance(one, str | os.PathLike) for one in found):
        return read_files(found, progress, None, options)
    for at, one in enumerate(found):
        if not isinstance(one, Return | str | os.PathLike):
            raise wrong(f"loaded[{at}]", one, "un chemin ou un retour", f"donnez {_RETURNS}")
    what = "une liste qui mêle chemins et retours" if found else "une liste vide"
    raise UsageError(f"loaded : {what} ; donnez {_RETURNS}")


def return_of(given: Any, name: str) -> Return:
    """Return one return: itself, the plan of a consolidation, or what a path leads to.

    Raises: UsageError; UnreadableFile.
    """
    if isinstance(given, Return):
        return given
    if isinstance(merged := getattr(given, "merged", None), Return):
        return merged
    if isinstance(given, Loaded) and len(given.returns) == 1:
        return given.returns[0]
    if isinstance(given, str | os.PathLike):
        return read_alone(existing(given), PST)
    count = len(given.returns) if isinstance(given, Loaded) else None
    remedy = "" if count is None else f"il y en a {count}, dans .returns"
    raise wrong(name, given, "un retour, de read_files(…).returns, ou un chemin", remedy)


def existing(path: PathLike, wanted: str = "un classeur") -> Path:
    """Return the path of a file that is there. Raises: UsageError, which says what is wanted."""
    file = path_of(path, wanted)
    if not file.is_file():
        what = f"est {kind_of(file)}" if file.exists() else "n’existe pas"
        raise UsageError(f"« {path} » {what} ; donnez {wanted}", file=path)
    return file


def beside(path: PathLike | None, options: Options) -> Return | None:
    """Read a workbook that serves the check of others. Raises: UsageError."""
    if path is None:
        return None
    try:
        return read_alone(existing(path), PST, options)
    except UnreadableFile as error:
        where = {"sheet": error.sheet, "cell": error.cell}
        raise UsageError(f"« {path} » : {error}", file=path, **where) from error


def with_waivers(path: PathLike | None, options: Options) -> Return | None:
    """Read the workbook whose waivers hold for all. Raises: UsageError where it has none."""
    found = beside(path, options)
    if found is not None and not len(found.tables.get(PST.waivers, ())):
        raise UsageError(f"« {path} » ne contient aucune dérogation", file=path)
    return found
