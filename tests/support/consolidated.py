"""Returns of services given as tables of text, and the plan that they become together."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pst_excel.consolidating.consolidate import consolidate
from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.pst import PST
from pst_excel.returns.tables import Return
from support import OBSERVED, read, workbook

LISTS = """
Listes
liste    | valeur
services | Travaux
services | Finances
services | Culture
"""

PLAN = """
OS
code | intitule
1    | Être accueillante

OO
code | code_os | intitule
1.1  | 1       | Accueillir
"""


def sent_by(service: str = "", **more: str) -> str:
    """Return the identification and the lists of a return."""
    known = {"nom": "Valbruyère", "type": "Commune", "ins": "92951", "annee_debut": "2024",
             "annee_fin": "2030", "service": service} | more  # fmt: skip
    rows = "\n".join(f"{key} | {value}" for key, value in known.items())
    return f"Identification\ncle | valeur\n{rows}\n{LISTS}"


def actions(
    *rows: str, keys: str = "code | intitule | service_pilote | statut | avancement"
) -> str:
    """Return the sheet of the actions."""
    return "\nActions\n" + "\n".join((keys, *rows)) + "\n"


def united(*returns: Return | str, observed: dt.date = OBSERVED) -> Consolidation:
    """Return the consolidation of returns, given read or as tables of text."""
    filled = [
        one if isinstance(one, Return) else read(workbook(one), f"retour-{at}.xlsx")
        for at, one in enumerate(returns, start=1)
    ]
    return consolidate(filled, PST, observed)


def column(filled: Return, key: str, sheet: str = "actions") -> list[Any]:
    """Return a column of a sheet."""
    return list(filled.tables[sheet].columns[key])
