"""Workbooks prepared by the library for the services of a plan."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from pst_excel.api.arguments import (
    Day,
    PathLike,
    date_of,
    names_of,
    options_of,
    path_of,
    workers_of,
)
from pst_excel.api.progress import Step, shown
from pst_excel.api.reading import existing
from pst_excel.campaign.archive import Archive, Kept, archive_beside
from pst_excel.distributing import prepare as distributing
from pst_excel.distributing.prepare import Preparation
from pst_excel.excel.books.template import OUTPUT
from pst_excel.pst import PST
from pst_excel.reading.limits import Limits, Options
from pst_excel.reading.reader import read
from pst_excel.returns.tables import Return
from pst_excel.text.errors import OutputError, UnreadableFile
from pst_excel.workers.loading import FEW_TO_WRITE, alone, each_apart
from pst_excel.workers.writing import check_folder, make_folder, save_all

WriteProgress = Callable[[str, int], None]


def prepare(
    source: PathLike,
    folder: PathLike,
    services: str | Iterable[str] = (),
    due: Day | None = None,
    replace: bool = False,
    workers: int | None = None,
    options: Options = Options(),
    progress: WriteProgress | bool | None = None,
) -> tuple[Preparation, list[Path]]:
    """Write in a folder one prefilled workbook for each service of a whole plan, or for some.

    They are to come back by `due`. With `replace`, previous files are kept beside the new ones and
    their new names returned; without, one that is there stops the run before anything is written.
    A copy of each workbook goes to the archive beside the folder; that it cannot is told.
    `progress` is told the name of each workbook that is ready, and how many there are in all;
    `True` draws a bar, as `read_files` does. Raises: UsageError, UnreadableFile, OutputError.
    """
    path, target = existing(source, "le PST consolidé à répartir"), path_of(folder, "folder")
    archive, options = archive_beside(target), options_of(options)
    chosen, count = names_of(services, "services", "Travaux"), workers_of(workers)
    allotted = partial(_allotted, services=chosen, due=date_of(due, "due"), options=options)
    preparation = alone(allotted, path, options.limits, "de préparer")
    names = [workbook.file for workbook in preparation.workbooks]
    check_folder(target, names, [path], replace)
    contents = [workbook.content for workbook in preparation.workbooks]
    told = partial(_told, progress, len(names)) if callable(progress) else progress
    with shown(told, "Écriture", lambda: len(names)) as step:
        written = _written(contents, names, step, count, options.limits)
    make_folder(target, [path])
    preparation = _archived(preparation, archive, written, path)
    files = [(target / name, data) for name, data in zip(names, written, strict=True)]
    kept = save_all(files, [path])
    return preparation, [previous for previous in kept if previous is not None]


def _told(progress: WriteProgress, count: int, name: str) -> None:
    progress(name, count)


def _written(
    contents: Sequence[Return], names: Sequence[str], step: Step | None, workers: int | None,
    limits: Limits,
) -> list[bytes]:  # fmt: skip
    """Return the bytes of the workbooks. Raises: UnreadableFile where one cannot be made."""
    written = []
    made = each_apart(OUTPUT.write, contents, FEW_TO_WRITE, limits, "de préparer", workers)
    for name, data in zip(names, made, strict=True):
        if isinstance(data, UnreadableFile):
            data.file = data.file or name
            raise data
        written.append(data)
        if step is not None:
            step(name)
    return written


def _allotted(
    file: Path, services: Sequence[str], due: dt.date | None, options: Options
) -> Preparation:
    return distributing.prepare(read(file, PST, options), services, due)


def _archived(
    preparation: Preparation, archive: Archive, written: Sequence[bytes], source: Path
) -> Preparation:
    """Keep a copy of what is about to be sent; say where, or why it cannot be."""
    try:
        for workbook, data in zip(preparation.workbooks, written, strict=True):
            archive.keep(data, Kept.SENDS, workbook.content.send, made_from=[source])
    except OutputError as error:
        return dataclasses.replace(preparation, not_kept=str(error))
    return dataclasses.replace(preparation, archive=archive.folder)
