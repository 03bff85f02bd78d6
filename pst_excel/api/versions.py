"""Two states of a plan compared for the library."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from pst_excel.api.arguments import PathLike, options_of
from pst_excel.api.reading import existing
from pst_excel.pst import PST
from pst_excel.reading.limits import Options
from pst_excel.text.errors import UnreadableFile
from pst_excel.tracing.versions import Versions, versions
from pst_excel.workers.faults import COMPARE
from pst_excel.workers.loading import apart, load


def compare_versions(before: PathLike, after: PathLike, options: Options = Options()) -> Versions:
    """Tell what changed from one workbook to another of the same plan, in the words of people.

    Two consolidated plans, a send and its return, two filled templates: what was added, removed,
    moved, given another code, changed, lists and identification included. Raises: UsageError for
    the plans of two institutions or legislatures; UnreadableFile.
    """
    options = options_of(options)
    files = [existing(path, "le classeur d’avant, puis celui d’après") for path in (before, after)]
    loaded = load(files, PST, options=options)
    if loaded.refusals:
        raise UnreadableFile(
            " ; ".join(f"{one.file} : {one.reason}" for one in loaded.refusals),
            file=loaded.refusals[0].file,
        )
    first, last = loaded.returns[0], loaded.returns[-1]  # a file given twice is read once
    told = apart(partial(versions, first, last), options.limits, COMPARE)
    if isinstance(told, UnreadableFile):
        raise type(told)(f"{first.file}, {last.file} : {told}", file=last.file)
    return replace(told, made_from=loaded.made_from)
