"""Plans of institutions compared for the library."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from pst_excel.comparing import compare as comparing
from pst_excel.comparing.compare import Comparison
from pst_excel.pst import PST
from pst_excel.workers.loading import Loaded


def compare(loaded: Loaded, observed: dt.date | None = None) -> Comparison:
    """Put the figures of several institutions side by side, each observed at its own date.

    Raises: UsageError when no whole plan is among the files.
    """
    comparison = comparing.compare(loaded.returns, PST, observed, loaded.refusals)
    return replace(comparison, made_from=loaded.made_from)
