"""Where a value of the whole plan comes from, for the library."""

from __future__ import annotations

from functools import partial

from pst_excel.api.arguments import PathLike, options_of, wrong
from pst_excel.api.reading import existing
from pst_excel.campaign.archive import archives_near, consolidated_file, read_kept
from pst_excel.consolidating.ledgers import run_in
from pst_excel.pst import PST
from pst_excel.reading.limits import Options
from pst_excel.returns.tables import Return
from pst_excel.text.errors import UnreadableFile
from pst_excel.tracing.trace import Trace, traced
from pst_excel.workers.faults import READ
from pst_excel.workers.loading import apart, read_alone


def trace(source: PathLike, cell: str, options: Options = Options()) -> Trace:
    """Tell where the value of a cell of a consolidated workbook comes from, and what was set aside.

    `cell` is an address like « Actions!AF12 ». That people changed the cell since is told where the
    archive beside the workbook still holds what was written. Raises: UsageError for a cell that is
    none, or a workbook that keeps no provenance; UnreadableFile.
    """
    path, options = existing(source, "le PST consolidé"), options_of(options)
    if not isinstance(cell, str):
        raise wrong("cell", cell, "une adresse", "écrivez par exemple « Actions!C12 »")
    returned = read_alone(path, PST, options)
    kept = consolidated_file(archives_near([path]), run_in(returned), options)
    found = read_kept([kept], PST, None, options)[kept] if kept is not None else None
    before = found if isinstance(found, Return) else None
    told = apart(partial(traced, returned, cell, before), options.limits, READ)
    if isinstance(told, UnreadableFile):
        told.file = told.file or path.name
        raise told
    return told
