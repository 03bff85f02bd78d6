"""Returns of services united for the library."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from pst_excel.api.reading import with_waivers
from pst_excel.comparing.compare import observed_in
from pst_excel.consolidating import consolidate as consolidating
from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.model.words.stages import Stage
from pst_excel.pst import PST
from pst_excel.reading.limits import Options
from pst_excel.workers.loading import Loaded, read_apart


def consolidate(
    loaded: Loaded,
    observed: dt.date | None = None,
    previous: str | Path | None = None,
    options: Options = Options(),
    stage: Stage | None = None,
    waivers: str | Path | None = None,
) -> Consolidation:
    """Unite the returns of the services of one institution into one plan.

    `previous` is an earlier consolidation whose evaluation is taken up again, if it is there; where
    that cannot be done, `forgotten` says why. `stage` and `waivers` are those of `check`. Raises:
    UsageError when there is nothing to unite or the returns belong to several institutions.
    """
    date = observed or observed_in(loaded.returns)
    before = None
    if previous is not None and Path(previous).is_file():
        before = read_apart(Path(previous), PST, options)
    campaign = with_waivers(waivers, options)
    return consolidating.consolidate(
        loaded.returns, PST, date, loaded.refusals, before, stage, campaign
    )
