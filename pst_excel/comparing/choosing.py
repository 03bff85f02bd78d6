"""Whose plan each workbook is, and which one is taken where an institution sent several.

A plan gives way only to one that says to be of the same institution in name, type and number alike:
where they disagree, or nobody knows them, all stay, to be confirmed. No file is named here but to
tell two apart: what is said of them goes to others.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pst_excel.cells.values import as_text
from pst_excel.comparing.reads import there
from pst_excel.model.plan import Plan
from pst_excel.model.registry import Claim, Recognition
from pst_excel.model.words.kinds import Layout
from pst_excel.model.words.roles import Role
from pst_excel.model.words.wording import date, listed, plural
from pst_excel.returns.tables import Return
from pst_excel.text.spelling import fold

NAMELESS = "(sans nom)"
UNDATED = "date non dite"
_WRITTEN_BY_US = "T00:00:00Z"  # a day without an hour: no person saved the file since


@dataclass(frozen=True)
class Candidate:
    """A workbook that may be compared: whose it says to be, and how well that is known.

    `key` is that of its institution, empty where nothing tells it from the others; `rows` how much
    of the plan is there (2: its records, 1: something else, 0: nothing), `odd` what is strange
    about its date, in words.
    """

    returned: Return
    claim: Claim
    recognition: Recognition
    key: tuple[str, ...]
    rows: int
    date: dt.date | None
    odd: str = ""

    @property
    def name(self) -> str:
        """The name of the institution, or what stands for it: never that of the file."""
        return self.claim.name or NAMELESS

    @property
    def _rank(self) -> tuple[object, ...]:
        day = self.date or dt.date.min
        return self.rows, not self.odd, day, self.returned.saved, self.returned.file

    @staticmethod
    def best_first(candidates: Sequence[Candidate]) -> list[Candidate]:
        """Return them by what they hold, then by date, in an order that files do not decide."""
        return sorted(candidates, key=lambda one: one._rank, reverse=True)


@dataclass(frozen=True)
class Choice:
    """The workbooks to compare and what is to be said of each; those left out and why."""

    kept: list[Candidate] = field(default_factory=list)
    aside: list[tuple[Candidate, str]] = field(default_factory=list)


def choose(
    returns: Sequence[Return], plan: Plan, sheets: frozenset[str], observed: dt.date | None
) -> Choice:
    """Return one whole plan of each institution; `sheets` are those that figures look at.

    A plan without a record, or told at a day that cannot be, gives way to one that has them; then
    the newest is taken. No day is compared with today's.
    """
    candidates = [_candidate(returned, plan, sheets, observed) for returned in returns]
    choice, taken = Choice(), dict[tuple[str, ...], Candidate]()
    for one in Candidate.best_first(candidates):
        service = one.returned.service
        if service:
            reason = f"retour du service « {service} », pas un {plan.short} complet"
            choice.aside.append((one, reason))
        elif one.key and one.key in taken:
            choice.aside.append((one, _why(one, taken[one.key])))
        else:
            choice.kept.append(one)
            if one.key:
                taken[one.key] = one
    return choice


def _candidate(
    returned: Return, plan: Plan, sheets: frozenset[str], observed: dt.date | None
) -> Candidate:
    name, kind, number = (
        as_text(returned.identity(role) or "") for role in (Role.NAME, Role.TYPE, Role.NUMBER)
    )
    years = returned.plan.first_year, returned.plan.last_year
    claim = Claim(name, kind, number, *years)
    recognition = plan.registry(claim) if plan.registry is not None else Recognition()
    said = (fold(name), *returned.owner)
    whole = said if returned.owner and all(said) else ()
    filled = {sheet for sheet in sheets if len(returned.tables.get(sheet, ()))}
    day = returned.identity(Role.OBSERVED)
    return Candidate(
        returned, claim, recognition, (recognition.key,) if recognition.key else whole,
        2 if plan.main.key in filled else 1 if filled else 0, day, _odd(day, returned, observed),
    )  # fmt: skip


def _odd(day: dt.date | None, returned: Return, observed: dt.date | None) -> str:
    """Return what is strange about the date of observation; empty where nothing is."""
    plan = returned.plan
    if day is None:
        return ""
    if observed is not None and day > observed:
        return f"situation au {date(day)}, après la date demandée, le {date(observed)}"
    if not plan.first_year <= day.year <= plan.last_year:
        return f"situation au {date(day)}, hors de la législature"
    return ""


def _why(one: Candidate, taken: Candidate) -> str:
    """Return why a plan gives way to another of its institution."""
    plan = one.returned.plan
    when = f"au {date(taken.date)}" if taken.date else f"à la {UNDATED}"
    other = f"un {plan.short} {when} de la même institution est pris"
    if one.rows < taken.rows:
        what = "aucune ligne" if not one.rows else f"aucune ligne dans {plan.main.title}"
        return f"{what} : {other}"
    if one.odd and not taken.odd:
        return f"{one.odd} : {other}"
    if one.date is None and taken.date is not None:
        return f"{UNDATED} : {other}"
    if one.date == taken.date:
        return f"{other}, de la même date : retirez l’un des deux"
    return f"{other}, plus récent"


def doubts(one: Candidate, kept: Sequence[Candidate], plan: Plan) -> Iterator[str]:
    """Give what is to be confirmed of who a kept plan's institution is."""
    yield from one.recognition.doubts
    if not one.recognition.key:
        yield from _alike(one, kept, plan)


def notes(
    one: Candidate, kept: Sequence[Candidate], plan: Plan, observed: dt.date | None
) -> Iterator[str]:
    """Give what is to be known of a kept plan beside: its date, its sheets, those like it."""
    if one.date is None and observed is None:
        yield f"{UNDATED} : ce qui en dépend, comme les retards, n’est pas disponible"
    elif one.date is None:
        yield f"{UNDATED} : retards comptés au {date(observed)}" if observed else UNDATED
    if one.odd:
        yield one.odd
    elif _saved_before(one):
        yield f"situation au {date(one.date)}, après le dernier enregistrement" if one.date else ""
    missing = [
        sheet.title for sheet in plan
        if sheet.layout is not Layout.LISTS and not sheet.program and not sheet.spare
        and not there(one.returned, sheet.key)
    ]  # fmt: skip
    if missing:
        count = "feuille absente" if len(missing) == 1 else "feuilles absentes"
        yield f"{count} : {listed(missing)}"
    if not one.rows:
        yield "aucune ligne dans les feuilles que les chiffres regardent"
    elif one.rows == 1 and there(one.returned, plan.main.key):
        yield f"aucune ligne dans {plan.main.title}"
    if one.recognition.key:
        yield from _alike(one, kept, plan)


def _saved_before(one: Candidate) -> bool:
    saved = one.returned.saved
    day = saved[:10]
    return bool(saved) and not saved.endswith(_WRITTEN_BY_US) and day < str(one.date or "")


def _alike(one: Candidate, kept: Sequence[Candidate], plan: Plan) -> Iterator[str]:
    """Give the other kept plans with which an institution may be mixed up."""
    column = plan.form.by_role.get(Role.NUMBER)
    same = [other for other in kept if other is not one and other.claim.type == one.claim.type]
    if column is not None and one.claim.number:
        names = sorted({o.name for o in same if o.claim.number == one.claim.number})
        if names:
            said = listed(f"« {name} »" for name in names)
            yield f"{column.label} {one.claim.number} donné aussi par {said}"
    if plan.registry is None or not one.claim.name:
        return
    twins = [o for o in same if fold(o.claim.name) == fold(one.claim.name)]
    twins = [other for other in twins if other.claim.number != one.claim.number]
    if twins:
        yield f"{plural(len(twins), 'autre classeur')} à ce nom, sous un autre code"
