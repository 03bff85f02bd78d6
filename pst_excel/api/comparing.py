"""Plans of institutions compared for the library."""

from __future__ import annotations

from dataclasses import replace

from pst_excel.api.arguments import Day, date_of
from pst_excel.api.progress import Showing
from pst_excel.api.reading import Returns, loaded_of
from pst_excel.comparing import compare as comparing
from pst_excel.comparing.compare import Comparison
from pst_excel.pst import PST
from pst_excel.reading.limits import Options


def compare(
    loaded: Returns, observed: Day | None = None, *, progress: Showing = None
) -> Comparison:
    """Put the figures of several institutions side by side, each observed at its own date.

    `progress` is that of `read_files`, where paths are given. Raises: UsageError when no whole plan
    is among the files.
    """
    day, given = date_of(observed), loaded_of(loaded, Options(), progress)
    comparison = comparing.compare(given.returns, PST, day, given.refusals)
    return replace(comparison, made_from=given.made_from)
