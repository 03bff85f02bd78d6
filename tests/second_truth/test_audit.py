"""What an audit found wrong in whole plans, remade small: the right answers, by both truths."""

from __future__ import annotations

import pytest
from support import office

from pst_excel.pst import PST
from pst_excel.reading.reader import read_bytes
from second_truth.agreed import ONE, TOWN, both
from second_truth.truth import NONE, TOTAL

LEVELS = (
    TOWN
    + """
OS
code | intitule
1    | Un
2    | Deux
3    | Trois
4    | Quatre

OO
code | code_os | intitule
1.1  | 1       | Un
2.1  | 2       | Deux
3.1  | 3       | Trois
4.1  | 4       | Quatre

Actions
code  | code_oo            | parts          | type_action | statut    | avancement
1.1.1 | 1.1                |                | PST         | En cours  | 50
1.1.2 | 1.1; 2.1; 3.1; 4.1 | 40; 30; 20; 10 | PST         | Terminé   | 100
2.1.1 | 2.1                |                | PST         |           |
3.1.1 | 3.1                |                | PST         | Abandonné | 20
4.1.1 | 4.1                |                | Pérenne     | En cours  | 50

Indicateurs
code | niveau | code_lie | sens     | valeur_depart | cible | realise_2025
I1   | OS     | 1        | Hausse   | 0             | 100   | 10
I2   | OO     | 1.1      | Hausse   | 0             | 100   | 50
I3   | Action | 1.1.1    | Hausse   | 0             | 100   | 100
I4   | Action | 1.1.2    | Maintien | 10            | 10    | 20
I5   | Action | 1.1.1    | Maintien | 10            | 10    | 5

Budget
niveau | code_lie | exercice | recette_depense | prevu
Action | 1.1.1    | 2026     | Dépense         | 1000
OO     | 1.1      | 2026     | Dépense         | 100000
OS     | 1        | 2027     | Dépense         | 500000
Action | 1.1.2    | 2026     | Dépense         | 10000
Action | 3.1.1    | 2027     | Dépense         | 7000
Action | 4.1.1    | 2027     | Dépense         | 3000
Action | 1.1.1    | 2024     | Dépense         | 400
Action | 1.1.1    | 2031     | Dépense         | 600
"""
)


def test_evaluation_counts_budget_at_every_level() -> None:
    truth = both(LEVELS)
    os, oo = truth.evaluation["os"], truth.evaluation["oo"]

    assert truth.figures["budget_prevu"][0] == os[TOTAL]["prevu total"] == 622_000
    assert {key: os[key]["prevu total"] for key in "1234"} == {
        "1": 606_000, "2": 3_000, "3": 9_000, "4": 4_000,
    }  # fmt: skip
    assert (os["1"]["prevu own"], os["1"]["prevu below"]) == (500_000, 106_000)
    assert (oo["1.1"]["prevu own"], oo["1.1"]["prevu below"]) == (100_000, 6_000)
    assert os[NONE]["prevu total"] == oo[NONE]["prevu total"] == 0


def test_evaluation_counts_indicators_at_every_level_whole() -> None:
    truth = both(LEVELS)
    os, oo = truth.evaluation["os"]["1"], truth.evaluation["oo"]["1.1"]

    assert os["atteinte own"] == pytest.approx(0.1)
    assert os["atteinte below"] == pytest.approx((0.5 + 1 + 0 + 0.5) / 4)
    assert os["atteinte total"] == pytest.approx((0.1 + 0.5 + 1 + 0 + 0.5) / 5)
    assert oo["atteinte below"] == pytest.approx((1 + 0 + 0.5) / 3)
    assert truth.evaluation["os"]["2"]["atteinte total"] == 0  # I4 alone
    assert truth.figures["atteinte"] == (pytest.approx(0.42), 5, 5)


def _new_action(service: str, title: str, amount: int, progress: int) -> str:
    return f"""{TOWN.strip()}
service | {service}

Listes
liste    | valeur
services | Travaux
services | Culture
{ONE}
Actions
code  | code_oo | intitule | service_pilote | statut   | avancement
1.1.1 | 1.1     | {title}  | {service}      | En cours | {progress}

Budget
niveau | code_lie | exercice | libelle | prevu
Action | 1.1.1    | 2026     | {title} | {amount}
"""


def test_two_new_actions_of_one_code_do_not_share_their_budgets() -> None:
    book = office.consolidated(
        _new_action("Travaux", "Acheter un camion de voirie", 100_000, 50),
        _new_action("Culture", "Organiser le festival de jazz", 5_000, 20),
    )
    truth = both(read_bytes(book, "consolide.xlsx", PST))

    assert truth.figures["nb_actions"][0] == 2
    assert truth.figures["budget_prevu"][0] == 105_000
    assert truth.evaluation["oo"]["1.1"]["prevu total"] == 105_000
    assert truth.figures["avec_budget"][0] == 1  # each has its own
    assert truth.figures["taux_budget"][0] == pytest.approx((50 * 100_000 + 20 * 5_000) / 105_000)


UNCODED = (
    TOWN
    + ONE
    + """
Actions
code  | code_oo | intitule | service_pilote | statut   | avancement
1.1.1 | 1.1     | Un       | Travaux        | En cours | 50
      | 1.1     | Deux     | Travaux        | En cours | 80
      | 1.1     | Trois    | Travaux        | En cours | 90
      |         | Quatre   |                |          |
      |         |          |                | En cours |

Budget
niveau | code_lie | exercice | prevu
Action | 1.1.1    | 2026     | 1000
Action |          | 2026     | 5000
       | 1.1.1    | 2026     | 300
Action | 9.9.9    | 2026     | 70
"""
)


def test_rows_without_a_code_count() -> None:
    truth = both(UNCODED)

    assert truth.figures["nb_actions"][0] == truth.figures["nb_pst"][0] == 5
    assert truth.figures["taux_moyen"] == (pytest.approx(220 / 3), 5, 3)
    assert truth.figures["budget_prevu"][0] == 6_370
    assert truth.evaluation["os"]["1"]["prevu total"] == 1_300
    assert truth.evaluation["os"][NONE]["prevu total"] == 5_070


def test_an_unknown_or_blank_status_has_a_column() -> None:
    truth = both(
        TOWN
        + ONE
        + """
Actions
code  | code_oo | service_pilote | statut       | avancement
1.1.1 | 1.1     | Travaux        | En cours     | 50
1.1.2 | 1.1     | Travaux        | presque fini | 95
1.1.3 | 1.1     | Travaux        |              | 10
1.1.4 | 1.1     | Travaux        | Reporté      | 0
1.1.5 | 1.1     | Travaux        | En stand-by  | 50
"""
    )
    line = truth.panels["os"]["1"]

    assert truth.figures["nb_pst"][0] == line["Suivies"] == 5
    assert (line["En cours"], line["En attente"], line["Sans statut"]) == (1, 2, 2)
    assert truth.figures["taux_strict"] == (0, 5, 3)


def test_an_impossible_progress_enters_no_rate() -> None:
    truth = both(
        TOWN
        + ONE
        + """
Actions
code  | code_oo | statut   | avancement
1.1.1 | 1.1     | En cours | 140
1.1.2 | 1.1     | En cours | -5
1.1.3 | 1.1     | En cours | 50
1.1.4 | 1.1     | En cours | 50
"""
    )

    assert truth.figures["taux_moyen"] == (50, 4, 2)
    assert truth.evaluation["oo"]["1.1"]["Taux moyen"] == 50


def test_codes_are_compared_as_people_read_them() -> None:
    truth = both(
        TOWN
        + """
OS
code | intitule
A    | Un
B    | Deux

OO
code | code_os | intitule
1    | A       | Un
2    | a       | Deux
01   | B       | Trois

Actions
code | code_oo | statut   | avancement
1.1  | 1       | En cours | 10
1.10 | 1       | En cours | 90
3    | 1       | En cours | 50
03   | 2       | En cours | 50
3.0  | 2       | En cours | 50
1e2  | 2       | En cours | 50
100  | 2       | En cours | 50
a7   | 2       | En cours | 50
A7   | 2       | En cours | 50

Budget
niveau | code_lie | exercice | prevu
Action | 1.1      | 2026     | 1000
Action | 1.10     | 2026     | 20000
Action | 3        | 2026     | 300
Action | 03       | 2026     | 5000
Action | 1e2      | 2026     | 1
Action | 100      | 2026     | 70
Action | a7       | 2026     | 11
Action | A7       | 2026     | 2200
"""
    )

    assert truth.evaluation["os"]["a"]["prevu total"] == 28_582
    assert truth.evaluation["oo"]["1"]["prevu total"] == 21_300
    assert truth.evaluation["oo"]["2"]["prevu total"] == 7_282
    assert truth.evaluation["oo"]["01"]["prevu total"] == 0
    assert truth.figures["avec_budget"][0] == pytest.approx(7 / 9)  # of a7 and A7, the first


def test_attainment_invents_nothing() -> None:
    truth = both(
        TOWN
        + ONE
        + """
Actions
code  | code_oo | statut   | avancement
1.1.1 | 1.1     | En cours | 50

Indicateurs
code | niveau | code_lie | sens     | valeur_depart | cible | realise_2025 | realise_2028
I1   | Action | 1.1.1    | Hausse   |               | 100   | 40           |
I2   | Action | 1.1.1    | Baisse   |               | 10    | 20           |
I3   | Action | 1.1.1    | Baisse   | 20            | 10    | 25           |
I4   | Action | 1.1.1    | Maintien | 10            | 10    | 20           |
I5   | Action | 1.1.1    | Maintien | 95            | 95    | 0            |
I6   | Action | 1.1.1    | Baisse   |               | 0     | 5            |
I7   | Action | 1.1.1    | Hausse   | 0             | 100   | 60           | 90
I8   | Action | 1.1.1    | Hausse   | -10           | 10    | 0            |
I9   | Action | 1.1.1    | Hausse   | 100           | 80    | 90           |
I10  | Action | 1.1.1    | Maintien | 10            | 12    | 10           |
"""
    )

    assert truth.figures["atteinte"] == (pytest.approx((0.6 + 0.5 + 10 / 12) / 6), 10, 6)
