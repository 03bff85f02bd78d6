"""Whole commands in a process apart: a file on which one fails is refused alone, the rest written.

The library itself, `consolidate` and `compare`, does its work where it is called.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TypeVar

from pst_excel.api.comparing import compare
from pst_excel.api.consolidating import consolidating_of
from pst_excel.api.writing import Rendered, Written, keep, rendered
from pst_excel.comparing.compare import Comparison
from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.model.words.stages import Stage
from pst_excel.reading.limits import Options
from pst_excel.text.errors import UnreadableFile
from pst_excel.workers.faults import COMPARE, UNITE
from pst_excel.workers.loading import Loaded
from pst_excel.workers.supervising import supervised

Made = TypeVar("Made", Consolidation, Comparison)


def run_consolidation(
    target: str | Path,
    loaded: Loaded,
    observed: dt.date | None = None,
    options: Options = Options(),
    stage: Stage | None = None,
    waivers: str | Path | None = None,
    *,
    reference: str | Path | None = None,
    sends: Iterable[str | Path] = (),
    otherwise: str = "",
) -> tuple[Consolidation, Written]:
    """Unite returns as `consolidate` does and write the result over the previous one.

    `otherwise` says what to do where the previous one cannot be taken up, which stops it then.
    Raises: UsageError, OutputError; UnreadableFile, or ProgramFault, which names the plan that was
    to be brought up to date, where it is to blame.
    """
    sent = list(sends)

    def task(given: Loaded) -> Callable[[], tuple[Consolidation, Rendered]]:
        make = consolidating_of(given, observed, target, options, stage, waivers, reference, sent)
        return partial(_united, make, target)

    base = str(reference or target)
    result, page = supervised(task, loaded, options.limits, UNITE, base).outcome
    if result.forgotten and otherwise:
        raise UnreadableFile(f"{result.forgotten} ; {otherwise}")
    return result, keep(page)


def run_comparison(
    target: str | Path,
    loaded: Loaded,
    observed: dt.date | None = None,
    options: Options = Options(),
) -> tuple[Comparison, Written]:
    """Compare plans as `compare` does and write the result. Raises: UsageError, OutputError."""

    def task(given: Loaded) -> Callable[[], tuple[Comparison, Rendered]]:
        return partial(_made, partial(compare, given, observed), target)

    result, page = supervised(task, loaded, options.limits, COMPARE).outcome
    return result, keep(page)


def _united(
    make: Callable[[], Consolidation], target: str | Path
) -> tuple[Consolidation, Rendered]:
    result, page = _made(make, target)
    # The plan as the file has it was checked to be written: the same is not checked once more.
    result = page.archived or result
    # The screen speaks of them, and the frames behind them stay in this process.
    _ = result.report, result.echoes, result.headline
    return result, page


def _made(make: Callable[[], Made], target: str | Path) -> tuple[Made, Rendered]:
    result = make()
    return result, rendered(result, target)
