"""Returns checked for the library, those of each legislature together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from pst_excel.api.arguments import Day, PathLike, date_of, options_of, stage_of
from pst_excel.api.progress import Showing
from pst_excel.api.reading import Returns, beside, loaded_of, with_waivers
from pst_excel.checking import report as checking
from pst_excel.checking.report import Report
from pst_excel.comparing.compare import observed_in
from pst_excel.model.words.stages import Stage
from pst_excel.reading.limits import Options
from pst_excel.returns.tables import Return, by_legislature
from pst_excel.text.errors import ProgramFault
from pst_excel.workers.faults import CHECK
from pst_excel.workers.loading import Loaded
from pst_excel.workers.supervising import supervised


def check(
    loaded: Returns,
    observed: Day | None = None,
    *,
    stage: Stage | str | None = None,
    waivers: PathLike | None = None,
    before: PathLike | None = None,
    options: Options = Options(),
    progress: Showing = None,
) -> Report:
    """Check returns, or the files of some paths; each finding points at a cell of its own file.

    The date of observation is the latest that the returns give, and the stage of each its own,
    unless they are given. `waivers` is a workbook whose waivers hold for all of them, `before` one
    that holds an earlier state of their rows, to be compared with. `progress` is that of
    `read_files`, where paths are given. Raises: UsageError.
    """
    day, at, options = date_of(observed), stage_of(stage), options_of(options)
    given = loaded_of(loaded, options, progress)
    campaign, earlier = with_waivers(waivers, options), beside(before, options)
    report = _checked(given, day, at, campaign, earlier)
    return _made_from(report, waivers, before)


def run_check(
    loaded: Loaded, observed: dt.date | None, stage: Stage | None, waivers: str | Path | None,
    before: str | Path | None, options: Options,
) -> tuple[Report, Loaded]:  # fmt: skip
    """Check returns as `check` does; what was read comes back without those on which that fails.

    Raises: UsageError; ProgramFault where a workbook that serves the check of all makes it fail.
    """
    beside_them = with_waivers(waivers, options), beside(before, options)

    def task(given: Loaded, bare: bool = False) -> Callable[[], Report]:
        return partial(_checked, given, observed, stage, *((None, None) if bare else beside_them))

    done = supervised(task, loaded, options.limits, CHECK)
    helpers = [str(path) for path in (waivers, before) if path is not None]
    if helpers and loaded.returns and not done.loaded.returns:
        bare = supervised(partial(task, bare=True), loaded, options.limits, CHECK)
        if bare.loaded.returns:
            raise ProgramFault(
                f"« {helpers[-1]} » : {done.loaded.refusals[-1].reason}", file=helpers[-1]
            )
    return _made_from(done.outcome, waivers, before), done.loaded


def _checked(
    loaded: Loaded, observed: dt.date | None, stage: Stage | None,
    campaign: Return | None, earlier: Return | None,
) -> Report:  # fmt: skip
    date = observed or observed_in(loaded.returns)
    reports = [
        checking.check(
            [replace(returned, before=earlier) if earlier else returned for returned in group],
            group[0].plan, date, stage=stage, campaign=campaign,
        )
        for group in by_legislature(loaded.returns)
    ]  # fmt: skip
    return checking.merge_reports(reports, loaded.refusals)


def _made_from(report: Report, *helpers: PathLike | None) -> Report:
    return replace(report, made_from=tuple(Path(helper) for helper in helpers if helper))
