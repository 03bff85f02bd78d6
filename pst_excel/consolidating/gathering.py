"""What is to be consolidated: returns of one institution, each once, and the plan to start from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pst_excel.comparing.compare import observed_in
from pst_excel.consolidating.strangers import without_strangers
from pst_excel.model.plan import Plan
from pst_excel.returns.tables import Refusal, Return
from pst_excel.text.errors import UsageError
from pst_excel.text.spelling import fold


@dataclass(frozen=True)
class Gathered:
    """The returns that are kept, the copies with what they copy, the plan to bring up to date.

    `start` is None where there is no plan yet; `forgotten` says why one that is there is left.
    `strangers` are those of another institution, `observed` the latest date that the others give.
    """

    plan: Plan
    kept: list[Return]
    copies: list[tuple[str, str]]
    start: Return | None
    forgotten: str
    strangers: list[Refusal]
    observed: dt.date


def gathered(returns: Sequence[Return], previous: Return | Refusal | None, named: bool) -> Gathered:
    """Return what is to be consolidated. Raises: UsageError, as `consolidate`."""
    if not returns and not isinstance(previous, Return):
        raise UsageError("aucun classeur lisible à consolider")
    ours, strangers = without_strangers(returns, previous, named)
    ordered = sorted(ours, key=lambda r: (fold(r.service), r.file, r.digest))
    known = [one for one in (*ordered, previous) if isinstance(one, Return)]
    plan = next((one for one in known if one.says_years), known[0]).plan
    kept, copies = _without_copies(ordered)
    start, forgotten = _start(previous, kept)
    kept, copies = _without_the_plan(kept, copies, start)
    observed = observed_in(ours or [one for one in (start,) if one is not None])
    return Gathered(plan, kept, copies, start, forgotten, strangers, observed)


def _start(previous: Return | Refusal | None, kept: list[Return]) -> tuple[Return | None, str]:
    """Return the plan to start from, or why the one that is there is left.

    Where none is there, a whole plan among the returns of services is taken as it.
    """
    if isinstance(previous, Refusal):
        return None, previous.reason
    if previous is not None:
        if not kept or previous.goes_with(kept[0]):
            return previous, ""
        return None, (
            f"c’est celui d’une autre institution ou législature : {previous.institution}"
        )
    whole = [returned for returned in kept if not returned.service]
    if len(whole) == 1 and len(kept) > 1:
        kept.remove(whole[0])
        return whole[0], ""
    return None, ""


def _without_the_plan(
    kept: list[Return], copies: list[tuple[str, str]], start: Return | None
) -> tuple[list[Return], list[tuple[str, str]]]:
    """Leave out a copy of the plan itself among the returns, unless it is all there is."""
    same = [one for one in kept if start is not None and one.digest == start.digest]
    if start is None or not same or len(same) == len(kept):
        return kept, copies
    left = [one for one in kept if one not in same]
    return left, [*copies, *((one.file, start.file) for one in same)]


def _without_copies(returns: Iterable[Return]) -> tuple[list[Return], list[tuple[str, str]]]:
    """Return each content once, under its shortest name, and the copies with what they copy."""
    ordered = list(returns)
    kept: dict[str, Return] = {}
    for returned in sorted(ordered, key=lambda r: (len(r.file), r.file)):
        kept.setdefault(returned.digest, returned)
    copies = [(r.file, kept[r.digest].file) for r in ordered if kept[r.digest] is not r]
    return [returned for returned in ordered if kept[returned.digest] is returned], copies
