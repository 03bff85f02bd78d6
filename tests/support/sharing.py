"""A small plan to share out among services, and what is prepared from it."""

from __future__ import annotations

import datetime as dt
from functools import cache

from pst_excel.distributing.prepare import Preparation
from pst_excel.distributing.prepare import prepare as shared_out
from pst_excel.pst import PST
from pst_excel.reading.examples import return_of
from support import town, workbook

DUE = dt.date(2027, 1, 31)
LISTS = town("Travaux", "Finances", "Culture", "Sports")
PLAN = (
    LISTS
    + """
Constat
code | intitule        | liens
C1   | Trop de trous   | 1.1.1; 2.1
C2   | Sans lien       |
C3   | Pour un OS seul | 1

OS
code | intitule
1    | Rouler
2    | Compter
3    | Chanter
4    | Attendre

OO
code | code_os | intitule        | services
1.1  | 1       | Rouler mieux    | Travaux; Finances
2.1  | 2       | Compter juste   | Finances
3.1  | 3       | Chanter partout | Culture

Actions
code  | code_oo | intitule        | service_pilote | services_partenaires | actions_liees | avancement
1.1.1 | 1.1     | Boucher un trou | Travaux        | Finances             |               | 10
2.1.1 | 2.1     | Payer le trou   | Finances       |                      |               | vingt
3.1.1 | 3.1     | Chanter le trou | Culture        |                      | 2.1.1         | 30

Indicateurs
code | niveau | code_lie | libelle
I1   | Action | 1.1.1    | Nombre de trous bouchés
I2   | OO     | 2.1      | Part des factures payées
I3   | OS     | 1        | Nombre de vélos
I4   | OO     | 1.1.1    | Au mauvais niveau
I5   |        | 1.1.1    | Sans niveau

Budget
code | niveau | code_lie | prevu
B1   | Action | 2.1.1    | 1000
"""
)
"""A plan of three services with rows and one without."""

ONE = LISTS + "\nActions\ncode | intitule | service_pilote\n1.1.1 | Boucher un trou | Travaux\n"
"""A plan of one action."""

NAME = "PST_Valbruyere_Travaux_2026-10-31"
book = cache(workbook)


def share(text: str = PLAN, *services: str, due: dt.date | None = None) -> Preparation:
    """Return what is prepared from a plan given as tables of text."""
    return shared_out(return_of(text, PST, "PST.xlsx"), services, due)
