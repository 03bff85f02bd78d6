"""A small plan of all that formulas count, its variants, and what somebody changes in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pst_excel.model.schema import HEADING_ROW
from pst_excel.pst import PST

TOWN = """
Identification
cle              | valeur
nom              | Valbruyère
type             | Commune
ins              | 92951
population       | 1000
annee_debut      | 2024
annee_fin        | 2030
date_observation | 31/10/2026
"""

SMALL = (
    TOWN
    + """
OS
code | intitule             | volet   | mandataire
1    | Être accueillante    | Externe | DUBOIS Anne
2    | Être économe         | Interne |
3    |                      | Externe |
10   | Être verte           | Externe | PETIT Marc

OO
code | code_os | intitule      | mandataire
1.1  | 1       | Accueillir    |
1.10 | 1       | Informer      | PETIT Marc
2.1  | 2       | Épargner      |
2.2  | 9       | Sans OS connu | LEROY Luc
10.1 | 10      | Planter       |
10.2 | 10      | Semer         |

Actions
code   | code_oo         | parts  | intitule | type_action | volet   | service_pilote | agent_pilote \
| statut       | avancement | echeance   | debut_prevu | debut_effectif | etp \
| mandataire  | sante    | detail_sante | date_maj   | commentaire
1.1.1  | 1.1             |        | A        |             | Externe | Travaux        | X.Y          \
| En cours     | 40         | 30/06/2026 | 01/01/2026  | 05/01/2026     | 0,5 \
| PETIT Marc  | Risque   | Le terrain   | 15/10/2026 |
1.1.2  | 1.1; 2.1        | 60; 40 | B        |             | Externe | Travaux        |              \
| Terminé      | 100        | 31/12/2026 |             | 01/03/2026     | 1   \
|             | Bon      |              | 15/01/2026 |
1.1.3  | 1.1; 1.10; 10.1 |        | C        |             | Externe | Travaux        |              \
| Presque fini |            |            | 01/01/2025  |                |     \
|             | Blocage  | Un recours   | 01/01/2027 |
1.10.1 | 1.10            |        | D        |             | Interne | Finances       |              \
| Abandonné    | 10         | 01/01/2025 |             |                | 2   \
|             |          |              |            |
1.10.2 | 1.10            |        | E        | Pérenne     | Interne | Finances       |              \
| En cours     |            | 01/01/2025 |             |                | 2   \
|             | En pause |              | 01/01/2026 |
2.1.1  | 2.1             |        | F        |             |         |                | Z            \
| Non commencé | 0          |            | 01/02/2026  |                |     \
|             |          |              | 30/04/2026 |
2.2.1  | 2.2             |        | G        |             | Externe | Énergie        |              \
| Problème     | 33,333333  | 31/10/2026 | 30/10/2026  |                | 0,1 \
|             | Risque   |              | 31/10/2026 |
2.2.2  |                 |        | H        |             | Externe | Énergie        |              \
|              | 50         | 30/10/2026 | 31/10/2026  |                |     \
|             |          |              |            | Un mot
10.1.1 | 10.1; 99        | 70; 30 | I        | Hors champ  | Externe | Énergie        |              \
| En cours     | 20         | 01/01/2026 |             |                | 1   \
| DUBOIS Anne |          |              | 01/06/2026 |
10.1.2 | 10.1            |        | J        |             | Externe | Énergie        |              \
| En cours     | 120        | 01/01/2026 |             |                | 1   \
|             |          |              |            |
10.1.3 | 10.1; 1.1       |        | K        |             | Externe | Énergie        | Z            \
| En cours     | 46         | 31/12/2027 | 01/01/2025  | 01/07/2025     | 0,5 \
|             | Bon      |              | 30/09/2026 |
10.1.4 | 10.1; 10.1      |        | L        |             | Externe | Énergie        | Z            \
| En cours     | 90         | 31/01/2027 | 01/01/2026  |                | 0,2 \
|             |          |              | 01/05/2026 |

Indicateurs
code | niveau | code_lie | libelle         | type_indicateur | unite | sens     | valeur_depart | cible \
| realise_2025 | realise_2026
I1   | OS     | 1        | monte           | Impact          | n     | Hausse   | 0             | 100   \
| 25           | 50
I2   | OO     | 1.1      | baisse          | Résultat        | n     | Baisse   | 100           | 50    \
|              | 75
I3   | OO     | 1.10     | se maintient    | Résultat        | n     | Maintien | 10            | 10    \
| 8            |
I4   | Action | 1.1.1    | sans départ     | Réalisation     | n     | Hausse   |               | 4     \
| 1            |
I5   | Action | 1.1.1    | jamais mesuré   | Réalisation     | n     | Hausse   | 0             | 4     \
|              |
I6   | OS     | 2        | sans cible      | Impact          | n     | Baisse   | 5             |       \
| 1            |
I7   | OO     | 2.1      | zéro visé       | Résultat        | n     | Baisse   |               | 0     \
| 0            |
I8   | OO     | 10.1     | tombé à zéro    | Résultat        | n     | Baisse   |               | 5     \
| 0            |
I9   | OS     | 1        | recule          | Impact          | n     | Hausse   | 10            | 20    \
| 5            |
I10  | OO     | 10.1     | jamais mesuré   | Résultat        | n     | Hausse   | 10            | 20    \
|              |

Budget
code | niveau | code_lie | exercice | service_budgetaire | recette_depense | source_financement \
| prevu     | inscrit | engage | realise
B1   | Action | 1.1.1    | 2026     | O                  |                 | Subside            \
| 1000,50   | 900     |        | 450,25
B2   | Action | 1.1.1    | 2027     | O                  | R               | Subside            \
| 500       |         |        |
B3   | OO     | 1.1      | 2026     | E                  | D               |                    \
| 200       | 100     | 100    | 0
B4   | Action | 1.1.1    |          | E                  | D               | Loterie            \
| 300       |         |        |
B5   | Action | 1.10.1   | 2031     | E                  | D               | Fonds propres      \
| 12 500,00 |         |        |
B6   | Action | 2.1.1    | 2027     | E                  | D               | Emprunt part communale \
| 8000      |         |        |
"""
)
"""Twelve actions with blanks, an unknown status, lost links, transversal actions, codes 1.1 and 1.10."""


def _with(*changes: tuple[str, str]) -> str:
    text = SMALL
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


NOT_UNDERSTOOD = _with(
    ("| 33,333333  |", "| à moitié   |"),
    ("| 31/10/2026 | 30/10/2026  |", "| sous peu   | bientôt     |"),
    ("| 0,1 |", "| un dixième |"),
    ("| 05/01/2026     |", "| en janvier     |"),
    ("|              | 75\n", "| 75           | beaucoup\n"),
    ("| Hausse   | 10            | 20    |", "| Hausse   | dix           | 20    |"),
    ("| Baisse   | 5             |       |", "| Baisse   | 5             | peu   |"),
    ("| 500       |", "| environ 5 |"),
    ("| 200       |", "| deux cents|"),
)
"""The same plan, texts in numbers and dates: the program keeps each text and counts it as unknown."""

SHARES = _with(("| 60; 40 |", "| 60; le reste |"), ("| 70; 30 |", "| 62,5; 37,5 |"),
               ("| Hors champ  |", "| PST |"))  # fmt: skip
NAMES = _with(
    ("| Énergie        |", "| > 50 % * ?     |"),
    ("| Finances       |", "| > 50 % et sport |"),
    ("C        |             | Externe | Travaux", "C | | Externe | TRAVAUX"),
    ("10.1.2 | 10.1 ", "       | 10.1 "),
)
"""Names that look like criteria, a name in two cases, an action without a code."""


@dataclass(frozen=True)
class Change:
    """What somebody changes in a workbook: values by column, on the row of a code or a spare one."""

    sheet: str
    code: str
    values: dict[str, Any]

    def __call__(self, workbook: Any) -> None:
        page = workbook[self.sheet]
        headings = {str(c.value).rstrip(" ✱ƒ"): c.column for c in page[HEADING_ROW]}
        declared = next(s for s in PST if s.title == self.sheet)
        row = _row_of(page, headings[declared["code"].label], self.code)
        for key, value in {"code": self.code, **self.values}.items():
            page.cell(row, headings[declared[key].label]).value = value


def _row_of(page: Any, column: int, code: str) -> int:
    """Return the row of a code, or the first spare row."""
    row = HEADING_ROW + 1
    while page.cell(row, column).value not in (code, None):
        row += 1
    return row


def observed_later(workbook: Any) -> None:
    """Move the date of observation in the identification."""
    page = workbook["Identification"]
    row = next(r for r in range(1, 40) if page.cell(r, 2).value == "Date d’observation")
    page.cell(row, 3).value = dt.date(2027, 6, 30)


NEW = {
    "code_oo": "10.1; 2.1", "parts": "80; 20", "intitule": "Nouvelle", "type_action": "PST",
    "volet": "Externe", "service_pilote": "Travaux", "statut": "En cours", "avancement": 50,
    "echeance": dt.date(2026, 3, 1), "etp": 1.5, "synergie": "Non",
}  # fmt: skip
NEW_LINE = {
    "niveau": "Action", "code_lie": "2.2.1", "exercice": 2026, "recette_depense": "Dépense",
    "source_financement": "Subside", "prevu": 1234.56, "inscrit": 1000, "realise": 10,
}  # fmt: skip
BLANKS = {"type_action": None, "synergie": None}
EDITS: dict[str, tuple[Callable[[Any], None], ...]] = {
    "values": (
        Change("Actions", "1.1.1", {"statut": "Terminé", "avancement": 87.5, "etp": 3}),
        Change("Actions", "2.2.1", {"statut": "En cours", "echeance": dt.date(2026, 1, 1)}),
        Change("Actions", "1.10.1", {"statut": "Non commencé", "avancement": 0}),
        Change("Budget", "B1", {"prevu": 0.1, "realise": 899.99}),
        Change("Indicateurs", "I5", {"realise_2026": 3}),
    ),
    "watched": (
        Change("Actions", "10.1.3", {"echeance": dt.date(2026, 12, 31), "mandataire": "PETIT Marc",
                                     "date_maj": None, "sante": "Blocage", "agent_pilote": None}),
        Change("Actions", "10.1.4", {"debut_effectif": dt.date(2026, 10, 31), "code_oo": "1.10"}),
        Change("Actions", "1.10.1", {"commentaire": "Subside refusé"}),
        Change("OO", "1.1", {"mandataire": "LEROY Luc"}),
        Change("Budget", "B1", {"source_financement": "Emprunt part communale"}),
    ),
    "cleared": (
        Change("Actions", "1.1.1", {"echeance": None, "statut": None}),
        Change("Actions", "2.2.1", {"avancement": None}),
        Change("Indicateurs", "I1", {"realise_2026": None}),
        Change("Budget", "B1", {"inscrit": None, "source_financement": None}),
    ),
    "in words": (
        Change("Actions", "2.2.1", {"avancement": "presque", "echeance": "à la rentrée"}),
        Change("Budget", "B1", {"prevu": "à préciser"}),
    ),
    "links": (
        Change("Actions", "1.1.1", {"code_oo": "2.1;1.10", "parts": "30;70"}),
        Change("Actions", "2.1.1", {"code_oo": "1.10"}),
        Change("Indicateurs", "I2", {"code_lie": "2.1"}),
        Change("Budget", "B1", {"code_lie": "1.1.0"}),  # nobody’s, at the same place
    ),
    "new rows": (
        Change("Actions", "10.1.5", NEW),
        Change("Budget", "B7", NEW_LINE),
        Change("Indicateurs", "I11", {
            "niveau": "OO", "code_lie": "2.1", "libelle": "neuf", "sens": "Hausse",
            "valeur_depart": 0, "cible": 8, "realise_2026": 3,
        }),
    ),
    "new rows, defaults left blank": (
        Change("Actions", "10.1.5", NEW | BLANKS),
        Change("Budget", "B7", NEW_LINE | {"recette_depense": None}),
    ),
    "date of observation": (observed_later,),
}  # fmt: skip
