"""Two states of a small plan, given as tables of text, and what changed from one to the other."""

from __future__ import annotations

from pst_excel.returns.tables import Return
from pst_excel.tracing.phrases import phrase
from pst_excel.tracing.versions import Versions, versions
from support import read, town, workbook

PLAN = (
    town("Travaux", "Finances", "Culture")
    + """
OS
id | code | intitule
s1 | 1    | Rouler

OO
id | code | code_os | intitule
o1 | 1.1  | 1       | Rouler mieux
o2 | 1.2  | 1       | Rouler moins

Actions
id | code  | code_oo | intitule        | service_pilote | echeance   | actions_liees | commentaire
a1 | 1.1.1 | 1.1     | Boucher un trou | Travaux        | 31/12/2026 |               | à voir
a2 | 1.1.2 | 1.1     | Payer le trou   | Finances       | 31/12/2027 | 1.1.1         |

Indicateurs
id | code | niveau | code_lie | libelle
i1 | I1   | Action | 1.1.1    | Trous bouchés

Budget
id | niveau | code_lie | exercice | source_financement | prevu
b1 | Action | 1.1.1    | 2027     | Subside            | 10000
"""
)
"""A plan of two actions, an indicator and a line of budget, whose ids are known."""

ACTION = (
    "a1 | 1.1.1 | 1.1     | Boucher un trou | Travaux        | 31/12/2026 |               | à voir"
)


def edited(*edits: tuple[str, str], text: str = PLAN) -> str:
    """Return the plan after edits of its text, each of which must change something."""
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    return text


def state(text: str = PLAN, name: str = "avant.xlsx") -> Return:
    """Return a state of the plan as it is read."""
    return read(workbook(text), name)


def compared(after: str, before: str = PLAN) -> Versions:
    """Return what changed from one state to another, given as tables of text."""
    return versions(state(before), state(after, "après.xlsx"))


def phrases(found: Versions, limit: int = 200) -> list[str]:
    """Return each change in a sentence, its spaces plain."""
    lists = found.after.plan.lists.key
    said = (phrase(change, lists, limit) for change in found.changes)
    return [text.replace("\u00a0", " ").replace("\u202f", " ") for text in said]
