"""What the figures of the PST are made of: which rows are counted, and the quantities of boards."""

from __future__ import annotations

from pst_excel.model.figures.extremes import Extreme
from pst_excel.model.figures.figures import IfAny, Quotient
from pst_excel.model.figures.measures import Measure, When
from pst_excel.pst import vocabularies as v

PST_ONLY = When("pst", "=", 1.0)
FOLLOWED = When("suivie", "=", 1.0)
SPENT = When("sens_lu", "=", v.DEPENSE)


def actions(*conditions: When, under: str | None = None, among: str | None = None) -> Measure:
    """Count the actions under conditions; whole under each of their OS or OO, of their ODD."""
    return Measure("actions", None, conditions, under=under, among=among)


ACTIONS, FOLLOWED_ACTIONS = actions(), actions(FOLLOWED)
KNOWN = When("av_connu", "=", 1.0)


def share(*conditions: When) -> Quotient:
    """Return which part of the actions followed meets conditions."""
    return Quotient(actions(FOLLOWED, *conditions), FOLLOWED_ACTIONS)


def late(under: str | None = None, among: str | None = None) -> Measure:
    """Count the late actions."""
    return actions(When("retard", "=", 1.0), under=under, among=among)


def unanswered(under: str | None = None) -> Measure:
    """Count the actions followed whose service has not answered."""
    return actions(FOLLOWED, When("sans_retour", "=", 1.0), under=under)


def progress(under: str | None = None) -> Quotient:
    """Return the simple mean of the progress of the actions followed, in per cent of 100."""
    return Quotient(Measure("actions", "av_suivi", under=under), actions(KNOWN, under=under))


PACED = When("rythme_connu", "=", 1.0)
OPEN = When("ouverte", "=", 1.0)
OPEN_ACTIONS = actions(OPEN)


def expected(under: str | None = None) -> Quotient:
    """Return the mean share of their time that has passed of the actions that have a pace."""
    return Quotient(Measure("actions", "av_attendu", under=under), actions(PACED, under=under))


def gap(under: str | None = None) -> Quotient:
    """Return the mean of progress less what was expected, in points."""
    return Quotient(Measure("actions", "ecart_rythme", under=under), actions(PACED, under=under))


def earliest(under: str) -> Extreme:
    """Return the first day on which an action followed begins under each OS or OO."""
    return Extreme("actions", "jour_debut", largest=False, under=under)


def latest(under: str) -> Extreme:
    """Return the last échéance of the actions followed under each OS or OO."""
    return Extreme("actions", "jour_fin", largest=True, under=under)


def weighted(weighted: str, weight: str) -> Quotient:
    """Return a mean of the actions, from what is weighted and its weights."""
    return Quotient(Measure("actions", weighted), Measure("actions", weight))


def budget(key: str, *conditions: When) -> Measure:
    """Return the sum of an amount over the expenses of the budget."""
    return Measure("budget", key, (SPENT, *conditions))


BUDGET_LIGNES = Measure("budget", None, (SPENT,))


def filled(*columns: str) -> Measure:
    """Count the expenses of which amounts are filled."""
    return Measure("budget", None, (SPENT, *(When(column, "known") for column in columns)))


def amount(key: str, *conditions: When) -> IfAny:
    """Return the sum of an amount over the expenses, unknown where nobody has filled it."""
    return IfAny(budget(key, *conditions), filled(key).when(*conditions))


INDICATEURS = Measure("indicateurs")
