"""What the check finds in drawn plans, for many of them at the price of a few."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pst_excel.checking.checker import check_batch
from pst_excel.model.findings import Finding
from pst_excel.model.words.roles import Role
from pst_excel.model.words.stages import Stage
from pst_excel.returns.frames import Batch
from pst_excel.returns.tables import Return


def blames(made: Sequence[Return], stage: Stage | None = None) -> list[list[Finding]]:
    """Return what the check blames in each of some returns of one plan, checked together."""
    return [
        [finding for finding in found if finding.severity.blames]
        for found in findings_of(made, stage)
    ]


def findings_of(made: Sequence[Return], stage: Stage | None = None) -> list[list[Finding]]:
    """Return what the check finds in each of some returns of one plan, checked together.

    Each is checked by itself, at the stage that it says unless one is given.
    """
    found: list[list[Finding]] = [[] for _ in made]
    days = {at: one.identity(Role.OBSERVED) for at, one in enumerate(made)}
    for day in dict.fromkeys(days.values()):  # rules look at the batch of one day
        of_day = [replace(made[at], file=str(at)) for at, other in days.items() if other == day]
        for finding in check_batch(Batch(of_day, made[0].plan, day, stage=stage)):
            found[int(finding.file)].append(finding)
    return found
