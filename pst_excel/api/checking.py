"""Returns checked for the library, those of each legislature together."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from pst_excel.api.reading import beside, with_waivers
from pst_excel.checking import report as checking
from pst_excel.checking.report import Report
from pst_excel.comparing.compare import observed_in
from pst_excel.model.words.stages import Stage
from pst_excel.reading.limits import Options
from pst_excel.returns.tables import Return
from pst_excel.workers.loading import Loaded


def check(
    loaded: Loaded,
    observed: dt.date | None = None,
    *,
    stage: Stage | None = None,
    waivers: str | Path | None = None,
    before: str | Path | None = None,
    options: Options = Options(),
) -> Report:
    """Check returns; each finding points at a cell of its own file.

    The date of observation is the latest that the returns give, and the stage of each its own,
    unless they are given. `waivers` is a workbook whose waivers hold for all of them, `before` one
    that holds an earlier state of their rows, to be compared with. Raises: UsageError.
    """
    date = observed or observed_in(loaded.returns)
    campaign = with_waivers(waivers, options)
    earlier = beside(before, options)
    reports = [
        checking.check(
            [replace(returned, before=earlier) if earlier else returned for returned in group],
            group[0].plan, date, stage=stage, campaign=campaign,
        )
        for group in _by_legislature(loaded)
    ]  # fmt: skip
    report = checking.merge_reports(reports, loaded.refusals)
    return replace(report, made_from=tuple(Path(file) for file in (waivers, before) if file))


def _by_legislature(loaded: Loaded) -> list[list[Return]]:
    groups: dict[tuple[int, int], list[Return]] = {}
    for filled in loaded.returns:
        years = filled.plan.first_year, filled.plan.last_year
        groups.setdefault(years, []).append(filled)
    return list(groups.values())
