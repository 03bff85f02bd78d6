"""How the plans of several institutions are put side by side: the same figures, by source.

A figure that rests on nothing known is missing, never zero; beside each stand the rows it is about
and the share of them on which it is known. No name of an agent is read here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pst_excel.model.figures.figures import Figure
from pst_excel.model.plan import Plan
from pst_excel.model.series import SOURCE
from pst_excel.model.words.roles import Role
from pst_excel.returns.frames import Batch
from pst_excel.returns.tables import Refusal, Return
from pst_excel.text.errors import UsageError
from pst_excel.text.spelling import fold


@dataclass(frozen=True)
class FigureValue:
    """A figure of one institution: its value (None when missing), its rows, those that know it."""

    value: float | None
    base: float
    known: float

    @property
    def completeness(self) -> float | None:
        """The share of the rows on which the figure is known; None when there is no row."""
        return min(self.known / self.base, 1.0) if self.base else None


@dataclass(frozen=True)
class Institution:
    """One institution in a comparison, and where its figures come from."""

    name: str
    type: str
    number: str
    size: float | None
    legislature: str
    observed: dt.date | None
    file: str


@dataclass(frozen=True)
class Comparison:
    """Institutions in the order of their names, and for each its figures by key.

    `statuses` are the figures that part the records.
    `lateness` is the one date at which lateness was counted, when it is not each one's own.
    """

    plan: Plan
    institutions: list[Institution]
    figures: tuple[Figure, ...]
    statuses: tuple[Figure, ...]
    values: list[dict[str, FigureValue]]
    refusals: list[Refusal]
    set_aside: list[tuple[str, str]]
    lateness: dt.date | None = None


def compare(
    returns: Sequence[Return],
    plan: Plan,
    observed: dt.date | None = None,
    refusals: Sequence[Refusal] = (),
) -> Comparison:
    """Compare whole plans; each is observed at its own date unless one is given for all.

    Raises: UsageError when no whole plan is left to compare.
    """
    kept, aside = _whole_plans(returns)
    if not kept:
        reasons = "; ".join(f"{file} : {reason}" for file, reason in aside)
        raise UsageError(
            f"aucun {plan.short} complet à comparer{f' ({reasons})' if reasons else ''}"
        )
    figures: tuple[Figure, ...] = tuple(plan.comparison)
    statuses = plan.breakdown.figures if plan.breakdown is not None else ()
    found: list[tuple[Institution, dict[str, FigureValue]]] = []
    for years in sorted({(r.plan.first_year, r.plan.last_year) for r in kept}):
        group = [r for r in kept if (r.plan.first_year, r.plan.last_year) == years]
        dates = [observed or r.identity(Role.OBSERVED) or dt.date.today() for r in group]
        batch = Batch(group, group[0].plan, dates)
        values = _values(batch, (*figures, *statuses))
        found += zip(map(_institution, group), values, strict=True)
    found.sort(key=lambda pair: (pair[0].type, fold(pair[0].name), pair[0].file))
    return Comparison(
        plan, [institution for institution, _ in found], figures, statuses,
        [values for _, values in found],
        sorted(refusals, key=lambda r: r.file), sorted(aside), observed,
    )  # fmt: skip


def _whole_plans(returns: Sequence[Return]) -> tuple[list[Return], list[tuple[str, str]]]:
    """Return the plans to compare, one for each institution, and what is left out and why."""
    aside: list[tuple[str, str]] = []
    by_owner: dict[tuple[str, ...], Return] = {}
    ordered = sorted(
        returns, key=lambda r: (r.identity(Role.OBSERVED) or dt.date.min, r.file), reverse=True
    )
    for returned in ordered:
        if returned.service:
            reason = (
                f"retour du service « {returned.service} », pas un {returned.plan.short} complet"
            )
            aside.append((returned.file, reason))
            continue
        key = returned.owner if any(returned.owner[-1:]) else (returned.file,)
        if key in by_owner:
            taken = by_owner[key]
            same = taken.identity(Role.OBSERVED) == returned.identity(Role.OBSERVED)
            why = "de la même date : retirez l’un des deux" if same else "plus récent"
            sentence = (
                f"un {returned.plan.short} de cette institution est pris, {taken.file}, {why}"
            )
            aside.append((returned.file, sentence))
        else:
            by_owner[key] = returned
    return list(by_owner.values()), aside


def _institution(returned: Return) -> Institution:
    size: Any = returned.identity(Role.SIZE)
    return Institution(
        returned.institution,
        str(returned.identity(Role.TYPE) or ""),
        str(returned.identity(Role.NUMBER) or ""),
        size,
        f"{returned.plan.first_year}-{returned.plan.last_year}",
        returned.identity(Role.OBSERVED),
        returned.file,
    )


def _values(batch: Batch, figures: Sequence[Figure]) -> list[dict[str, FigureValue]]:
    count = len(batch.returns)
    values: list[dict[str, FigureValue]] = [{} for _ in range(count)]
    for figure in figures:
        parts = [
            q.by(batch.frames, SOURCE).reindex(range(count))
            for q in (figure.quantity, figure.base, figure.known)
        ]
        for source, (value, base, known) in enumerate(zip(*parts, strict=True)):
            missing = pd.isna(value) or not known
            values[source][figure.key] = FigureValue(
                None if missing else round(float(value), 10),
                0.0 if pd.isna(base) else float(base),
                0.0 if pd.isna(known) else float(known),
            )
    return values


def observed_in(returns: Sequence[Return]) -> dt.date:
    """Return the latest date of observation that the returns give; today when none does."""
    dates = [d for r in returns if isinstance(d := r.identity(Role.OBSERVED), dt.date)]
    return max(dates, default=dt.date.today())
