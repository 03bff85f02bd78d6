"""One round of the campaign of tests: what services answer, what is asked, what is told."""

from __future__ import annotations

from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.returns.tables import Return
from pst_excel.testing import put
from support.campaigns import Campaign
from support.rounds import at_code

TRAVAUX, FINANCES, CULTURE = range(3)


def at(campaign: Campaign, who: int) -> Return:
    """Return the last workbook that a service received."""
    return campaign.copies[who - 3].filled


def answers(campaign: Campaign, *who: int) -> Consolidation:
    """Return the plan once these services answered to what they received last, else all."""
    for one in who or (TRAVAUX, FINANCES, CULTURE):
        campaign.answer(campaign.copies[one - 3])
    return campaign.consolidated()


def write(filled: Return, code: str, sheet: str = "actions", **values: object) -> None:
    """Write in the row that has a code."""
    put(filled, sheet, at_code(filled, sheet, code), **values)


def to_decide(result: Consolidation) -> list[tuple[str, str, str, str]]:
    """Return what is to be decided: its kind, the row, what stands, what others say."""
    plain = str.maketrans({"\u00a0": " "})
    return [
        (c.kind.name, c.name, c.kept.translate(plain), c.other.translate(plain))
        for c in result.conflicts
    ]


def history(result: Consolidation, what: str) -> list[tuple[str, str, str]]:
    """Return the lines of the history of one kind: the row, before, after."""
    return [(line[4], line[6], line[7]) for line in result.history if line[2] == what]
