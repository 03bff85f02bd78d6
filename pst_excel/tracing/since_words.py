"""What changed since the previous consolidation, in sentences."""

from __future__ import annotations

from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.consolidating.evolution import Step
from pst_excel.consolidating.since import Since
from pst_excel.model.plan import Plan
from pst_excel.model.words.wording import NBSP, date, listed, number, plural, share
from pst_excel.tracing.phrases import by_kind


def compared_with(consolidation: Consolidation) -> str:
    """Say with what a consolidation is compared; that it is the first, where there is nothing."""
    since = consolidation.since
    if since is None:
        return (
            "C’est la première consolidation : rien à comparer. La suivante dira ici ce qui a"
            " changé."
        )
    day = f", situation au {date(since.observed)}" if since.observed else ""
    what = (
        "à la consolidation précédente"
        if since.written
        else "au plan de départ, qu’aucune consolidation n’a écrit"
    )
    return f"Comparé {what} : {since.file}{day}."


def counts_of(since: Since, plan: Plan) -> list[tuple[str, str]]:
    """Say how much changed in each sheet of a plan, by its title."""
    return [
        (sheet.title, by_kind(since.counts[sheet.key]))
        for sheet in plan
        if sheet.key in since.counts
    ]


def answered(since: Since) -> list[tuple[str, str]]:
    """Say which services answer for the first time, which again, which do not."""
    answers = since.answers
    every = (
        ("Répondent pour la première fois", answers.first),
        ("Répondent à nouveau", answers.again),
        ("Sans retour", answers.silent),
    )
    return [(label, listed(services)) for label, services in every if services]


def stepped(step: Step) -> str:
    """Say from what to what a headline figure went; empty where it did not move."""
    if step.before == step.after:
        return ""
    before, after = (_said(value, step.figure.unit) for value in (step.before, step.after))
    return f"{step.figure.label} {before} → {after}"


def _said(value: float | None, unit: str) -> str:
    if value is None:
        return "(inconnu)"
    if unit in ("%", "% de 100"):
        return share(value if unit == "%" else value / 100)
    return number(value) + (f"{NBSP}€" if unit.startswith("€") else "")


def in_brief(since: Since) -> str:
    """Say in one line what changed, the most important first."""
    if since.told:
        return listed(since.told)
    if since.total:
        return f"{plural(since.total, 'changement')}, aucun sur ce qui est suivi"
    return "rien n’a changé"
