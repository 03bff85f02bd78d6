"""The coherence rules of the PST: what cells that are well formed may still get wrong together.

A rule is declared with its sentence, its remedy, its source and an example of each side, in the
module of its subject.
"""

from pst_excel.model.rules import RuleBook, joined
from pst_excel.pst.rules import (
    amounts,
    articles,
    budget,
    dates,
    decisions,
    financing,
    follow_up,
    hierarchy,
    history,
    identity,
    indicators,
    likeness,
    lists,
    measuring,
    pace,
    privacy,
    progress,
    readings,
    responsibility,
    smart,
    together,
    wording,
)

RULE_BOOKS: tuple[RuleBook, ...] = (
    hierarchy.RULES,
    dates.RULES,
    progress.RULES,
    responsibility.RULES,
    indicators.RULES,
    budget.RULES,
    lists.RULES,
    wording.RULES,
    smart.RULES,
    likeness.RULES,
    measuring.RULES,
    readings.RULES,
    follow_up.RULES,
    pace.RULES,
    together.RULES,
    articles.RULES,
    amounts.RULES,
    financing.RULES,
    identity.RULES,
    privacy.RULES,
    history.RULES,
    decisions.RULES,
)
"""The subjects, in the order in which the rules are listed."""

ALL = joined(RULE_BOOKS)
