"""How the plans of several institutions are put side by side: the same figures, by source.

A figure that rests on nothing known is missing, never zero, and what is counted and not there is
zero, never missing; beside each stand the rows it is about and the share of them on which it is
known. No name of an agent is read here.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from pst_excel.comparing.choosing import Candidate, Choice, choose, doubts, notes
from pst_excel.comparing.reads import Reads, reads, there
from pst_excel.model.figures.figures import Figure
from pst_excel.model.plan import Plan
from pst_excel.model.series import SOURCE, Frame
from pst_excel.model.words.roles import Role
from pst_excel.model.words.tables import (
    DAY,
    FIGURE,
    INSTITUTION,
    LABEL,
    LEGISLATURE,
    NUMBER,
    TYPE,
    UNIT,
)
from pst_excel.model.words.units import in_unit, unit_of
from pst_excel.model.words.wording import NBSP, listed, number, plural
from pst_excel.returns.figures import COLUMNS, DTYPES
from pst_excel.returns.frames import Batch
from pst_excel.returns.tables import Refusal, Return
from pst_excel.text.brief import brief
from pst_excel.text.errors import UsageError
from pst_excel.text.spelling import fold

COMPARED, SET_ASIDE, UNREADABLE = "comparé", "écarté", "illisible"
TO_CONFIRM = "à confirmer"
OF_INSTITUTION = (INSTITUTION, TYPE, NUMBER, LEGISLATURE)
"""What a table of figures says of the institution of each."""
_QUOTING = re.compile(r" \([^()«]*+«")


@dataclass(frozen=True)
class FigureValue:
    """A figure of one institution: its value (None when missing), its rows, those that know it.

    `base` is None where the sheet of the rows is missing: nobody knows how many there are.
    """

    value: float | None
    base: float | None
    known: float

    @property
    def completeness(self) -> float | None:
        """The share of the rows on which the figure is known; None when there is no row."""
        return min(self.known / self.base, 1.0) if self.base else None


@dataclass(frozen=True)
class Institution:
    """One institution in a comparison, and where its figures come from.

    `doubts` is what is to be confirmed of who it is.
    """

    name: str
    type: str
    number: str
    size: float | None
    legislature: str
    observed: dt.date | None
    file: str
    doubts: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return brief(self, self.name, self.type, self.number, self.legislature)

    @property
    def standing(self) -> str:
        """Whether who it is remains to be confirmed, in words; empty where it is known."""
        return TO_CONFIRM if self.doubts else ""


@dataclass(frozen=True)
class Received:
    """What was received and what became of it, by institution: no file is named here."""

    state: str
    name: str = ""
    type: str = ""
    number: str = ""
    observed: dt.date | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """Institutions in the order of their names, and for each its figures by key.

    `statuses` are the figures that part the records. `set_aside` are the files that are not
    compared, each with the reason; `received` says the same of all, without a file's name.
    `lateness` is the one date at which lateness was counted, when it is not each one's own.
    `made_from` are the files that were read for it.
    """

    plan: Plan
    institutions: list[Institution]
    figures: tuple[Figure, ...]
    statuses: tuple[Figure, ...]
    values: list[dict[str, FigureValue]]
    refusals: list[Refusal]
    set_aside: list[tuple[str, str]]
    received: list[Received]
    lateness: dt.date | None = None
    made_from: tuple[Path, ...] = ()

    def __repr__(self) -> str:
        aside = plural(len(self.set_aside), "écarté"), f"{number(len(self.refusals))}{NBSP}refus"
        counts = plural(len(self.institutions), "institution"), plural(len(self.figures), "chiffre")
        return brief(self, *counts, *aside)

    def _repr_html_(self) -> str:
        from pst_excel.comparing.notebook import page

        names, aside = [one.name for one in self.institutions], len(self.set_aside)
        return page(self.plan.compared, names, self.figures, self.values, aside, len(self.refusals))

    def to_frame(self) -> Frame:
        """Return one row an institution and figure: value in the unit said, `n`, completeness.

        Shares and completeness are in per cent; what is not known is missing, never zero.
        """
        rows = [
            (one.name, one.type, one.number, one.legislature, one.observed, figure.key,
             figure.label, in_unit(found.value, figure.unit), unit_of(figure.unit), found.base,
             in_unit(found.completeness, "%"))
            for one, values in zip(self.institutions, self.values, strict=True)
            for figure in (*self.figures, *self.statuses)
            for found in (values[figure.key],)
        ]  # fmt: skip
        texts = dict.fromkeys((*OF_INSTITUTION, FIGURE, LABEL, UNIT), "str")
        return pd.DataFrame(rows, columns=[*OF_INSTITUTION, DAY, *COLUMNS]).astype(
            {**texts, DAY: "datetime64[s]", **DTYPES}
        )


def compare(
    returns: Sequence[Return],
    plan: Plan,
    observed: dt.date | None = None,
    refusals: Sequence[Refusal] = (),
) -> Comparison:
    """Compare whole plans; each is observed at its own date unless one is given for all.

    Where neither is said, what depends on the date is missing. Raises: UsageError when no whole
    plan is left to compare.
    """
    statuses = plan.breakdown.figures if plan.breakdown is not None else ()
    looks = {figure.key: reads(figure, plan) for figure in (*plan.comparison, *statuses)}
    sheets = frozenset[str]().union(*(look.sheets for look in looks.values()))
    choice = choose(returns, plan, sheets, observed)
    if not choice.kept:
        reasons = "; ".join(f"{one.returned.file} : {reason}" for one, reason in choice.aside)
        raise UsageError(
            f"aucun {plan.short} complet à comparer{f' ({reasons})' if reasons else ''}"
        )
    kept = sorted(choice.kept, key=_order)
    values: dict[int, dict[str, FigureValue]] = {}
    for years in sorted({(one.claim.first_year, one.claim.last_year) for one in kept}):
        group = [one for one in kept if (one.claim.first_year, one.claim.last_year) == years]
        dates = [observed or one.date for one in group]
        batch = Batch([one.returned for one in group], group[0].returned.plan, dates, usual=True)
        found = _values(batch, (*plan.comparison, *statuses), looks, dates)
        values |= {id(one): by_figure for one, by_figure in zip(group, found, strict=True)}
    return Comparison(
        plan, [_institution(one, kept, plan) for one in kept], plan.comparison, statuses,
        [values[id(one)] for one in kept], sorted(refusals, key=lambda r: (r.file, r.reason)),
        sorted((one.returned.file, reason) for one, reason in choice.aside),
        _received(kept, choice, plan, looks, observed, refusals), observed,
    )  # fmt: skip


def _order(one: Candidate) -> tuple[object, ...]:
    day = one.date or dt.date.min
    return one.claim.type, fold(one.claim.name), one.claim.number, day, one.returned.file


def _institution(one: Candidate, kept: Sequence[Candidate], plan: Plan) -> Institution:
    size: Any = one.returned.identity(Role.SIZE)
    claim = one.claim
    return Institution(
        one.name, claim.type, claim.number, size, f"{claim.first_year}-{claim.last_year}",
        one.date, one.returned.file, tuple(doubts(one, kept, plan)),
    )  # fmt: skip


def _received(
    kept: Sequence[Candidate],
    choice: Choice,
    plan: Plan,
    looks: dict[str, Reads],
    observed: dt.date | None,
    refusals: Sequence[Refusal],
) -> list[Received]:
    told = []
    for one in kept:
        unsure = tuple(f"{TO_CONFIRM} : {doubt}" for doubt in doubts(one, kept, plan))
        remarks = (*notes(one, kept, plan, observed), *_lacking(one.returned, looks))
        told.append(_told(COMPARED, one, *unsure, *remarks))
    left = [_told(SET_ASIDE, one, reason) for one, reason in choice.aside]
    left.sort(
        key=lambda one: (one.type, fold(one.name), one.number, one.remarks, str(one.observed))
    )
    reasons = sorted(without_quotes(refusal.reason) for refusal in refusals)
    return [*told, *left, *(Received(UNREADABLE, remarks=(reason,)) for reason in reasons)]


def _told(state: str, one: Candidate, *remarks: str) -> Received:
    claim = one.claim
    return Received(state, one.name, claim.type, claim.number, one.date, remarks)


def _lacking(returned: Return, looks: dict[str, Reads]) -> list[str]:
    places = sorted({place for look in looks.values() for place in look.lacking(returned)})
    if not places:
        return []
    plan = returned.plan
    labels = listed(f"« {plan[sheet][key].label} » ({plan[sheet].title})" for sheet, key in places)
    return [f"{'colonne absente' if len(places) == 1 else 'colonnes absentes'} : {labels}"]


def without_quotes(reason: str) -> str:
    """Return why a file cannot be read without what it quotes of it: titles may be names."""
    last = reason.rfind("»", 0, max(reason.rfind(")"), 0))
    start = _QUOTING.search(reason, 0, max(last, 0))
    return reason[: start.start()] + reason[reason.index(")", last) + 1 :] if start else reason


def _values(
    batch: Batch,
    figures: Sequence[Figure],
    looks: dict[str, Reads],
    dates: Sequence[dt.date | None],
) -> list[dict[str, FigureValue]]:
    count = len(batch.returns)
    values: list[dict[str, FigureValue]] = [{} for _ in range(count)]
    for figure in figures:
        look = looks[figure.key]
        parts = [
            q.by(batch.counted, SOURCE).reindex(range(count), fill_value=q.empty)
            for q in (figure.quantity, figure.base, figure.known)
        ]
        for source, (value, base, known) in enumerate(zip(*parts, strict=True)):
            returned = batch.returns[source]
            blind = look.missing(returned) or look.lacking(returned)
            unknown = blind or (look.dated and dates[source] is None)
            missing = unknown or pd.isna(value) or not (known or look.counts)
            values[source][figure.key] = FigureValue(
                None if missing else round(float(value), 10) + 0.0,
                float(base) if there(returned, look.base) else None,
                0.0 if unknown else float(known),
            )
    return values


def observed_in(returns: Sequence[Return]) -> dt.date:
    """Return the latest date of observation that the returns give; today when none does."""
    dates = [day for returned in returns if (day := returned.observed) is not None]
    return max(dates, default=dt.date.today())
