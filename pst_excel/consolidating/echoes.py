"""Which findings of the united plan the returns give as well when each is checked alone.

They are compared, not counted: one of the plan is that of a return where the same message speaks of
the same cell, by the row from which it comes or by the id of its record.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from pst_excel.checking.checker import check_batch
from pst_excel.checking.grouping import once
from pst_excel.checking.report import waived_in_each, waiver_findings
from pst_excel.checking.waivers import waivers_of
from pst_excel.model.findings import Finding, Severity
from pst_excel.model.plan import Plan
from pst_excel.model.words.stages import Stage
from pst_excel.returns.frames import Batch
from pst_excel.returns.tables import Return

Place = tuple[str, ...]
"""The code of a message, a sheet, a column; then the id of a record, a file and a row, or words."""


@dataclass(frozen=True)
class Echoes:
    """How the findings of a plan relate to those of its returns; what is on trial is not counted.

    `both` are those that returns give too, all that they stand for included, `whole` those that
    only the plan shows; of these, `partly` stand for some that returns give. `told` are the
    findings of the returns that `both` take up.
    """

    both: int = 0
    whole: int = 0
    partly: int = 0
    told: int = 0


def alone(
    returns: Sequence[Return], plan: Plan, observed: dt.date, stage: Stage | None,
    campaign: Return | None, like: Iterable[Finding],
) -> list[Finding]:  # fmt: skip
    """Return what returns give, each checked alone, that is like some findings, none as many."""
    wanted = list(like)
    batch = Batch(returns, plan, observed, stage=stage)
    common = waivers_of(campaign, observed) if campaign is not None else []
    found, _ = waived_in_each(batch, check_batch(batch, wanted), common, observed)
    if campaign is not None and any(finding.file == campaign.file for finding in wanted):
        found += waiver_findings(campaign, returns, plan, observed)
    return found


def echoes(
    findings: Iterable[Finding],
    found: Sequence[Finding],
    origin: Callable[[Finding], tuple[str, int]],
) -> Echoes:
    """Compare the findings of a plan with those of its returns.

    `origin` gives the file and the row from which one of the plan comes, no file where none gave
    it.
    """
    heard = {place for finding in found for place in _places(finding)}
    taken: set[Place] = set()
    parts: Counter[str] = Counter()
    for said, same in once(findings):
        if said.severity is Severity.TRIAL:
            continue
        places = [heard.intersection(_places(one, origin(one))) for one in same]
        parts["both" if all(places) else "partly" if any(places) else "only"] += 1
        if all(places):
            taken.update(*places)
    told = sum(
        any(not taken.isdisjoint(_places(one)) for one in same)
        for said, same in once(found)
        if said.severity is not Severity.TRIAL
    )
    return Echoes(parts["both"], parts["only"] + parts["partly"], parts["partly"], told)


def _places(finding: Finding, origin: tuple[str, int] | None = None) -> Iterator[Place]:
    """Give the places under which a finding of a return is known, or one of a plan sought."""
    subject = finding.subject
    file, row = origin or (subject.file, subject.row)
    what = finding.code, subject.sheet, subject.column or subject.label
    yield *what, file, str(row)
    if subject.id:
        yield *what, subject.id
    if not row:  # of a form, each return has its own
        yield *what, "", "", subject.record
