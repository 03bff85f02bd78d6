"""The figures of the PST, worked out by hand on eight actions."""

from __future__ import annotations

import datetime as dt

import pytest

from pst_excel.model.figures.measures import When
from pst_excel.pst import PST
from pst_excel.pst import figures as f
from pst_excel.pst.sheets.counting import CLE_OS
from pst_excel.reading.examples import return_of
from pst_excel.returns.frames import Batch

OBSERVED = dt.date(2026, 10, 31)
PLAN = """
Identification
cle        | valeur
nom        | Valbruyère
population | 2000

OS
code | intitule
1    | Être accueillante
2    | Être économe

OO
code | code_os | intitule
1.1  | 1       | Accueillir
1.2  | 1       | Informer
2.1  | 2       | Épargner

Actions
code  | code_oo  | parts  | type_action | statut       | avancement | echeance   | debut_prevu \
| debut_effectif | etp | agent_pilote | synergie
1.1.1 | 1.1      |        | PST         | Terminé      | 100        | 2026-01-01 | 2025-01-01  \
| 2025-02-01     | 1   | X            | Oui
1.1.2 | 1.1; 2.1 | 75; 25 | PST         | En cours     | 50         | 2026-10-30 | 2026-01-01  \
| 2026-01-01     | 0,5 | X            | Oui
1.2.1 | 1.2; 2.1 |        | PST         | En cours     | 20         | 2026-10-31 | 2026-10-30  \
|                |     |              | Non
1.2.2 | 1.2      |        | PST         | Non commencé | 0          |            | 2026-10-31  \
|                | 2   | X            |
2.1.1 | 2.1      |        | PST         | Problème     |            | 2027-01-01 |             \
|                |     |              |
2.1.2 | 2.1      |        | PST         | Abandonné    | 10         | 2025-01-01 | 2025-01-01  \
|                | 9   | X            | Oui
2.1.3 | 2.1      |        | Pérenne     | En cours     | 90         | 2025-01-01 | 2025-01-01  \
|                | 9   | X            | Oui
2.1.4 | 2.1      |        | Hors champ  | Terminé      | 100        | 2025-01-01 |             \
|                | 9   |              |

Indicateurs
code | niveau | code_lie | sens     | valeur_depart | cible | realise_2025 | realise_2026
I1   | Action | 1.1.1    | Hausse   | 0             | 100   | 20           | 50
I2   | OO     | 1.1      | Baisse   | 80            | 40    | 70           |
I3   | OS     | 1        | Maintien | 10            | 10    | 10           |
I4   | OO     | 2.1      | Hausse   |               | 8     | 2            |
I5   | OO     | 2.1      | Hausse   | 0             | 8     |              |

Budget
code | niveau | code_lie | exercice | recette_depense | source_financement | prevu | inscrit | realise
B1   | Action | 1.1.1    | 2025     | Dépense         | Fonds propres      | 100   | 80      | 60
B2   | Action | 1.1.2    | 2026     | Dépense         | Subside            | 300   | 200     |
B3   | Action | 1.1.2    | 2026     | Recette         | Subside            | 999   | 999     | 999
B4   | OO     | 2.1      | 2027     |                 | Emprunt            | 50    |         |
"""
FRAMES = Batch([return_of(PLAN, PST)], PST, OBSERVED).counted

# Followed: type PST and not abandoned, so 1.1.1, 1.1.2, 1.2.1, 1.2.2 and 2.1.1.
BY_HAND = {
    "nb_os": 2,
    "nb_oo": 3,
    "nb_actions": 8,
    "nb_pst": 5,
    "taux_moyen": (100 + 50 + 20 + 0) / 4,  # 2.1.1 has no progress: unknown, not 0
    "taux_budget": (100 * 100 + 50 * 300) / (100 + 300),
    "taux_etp": (100 * 1 + 50 * 0.5 + 0 * 2) / 3.5,
    "taux_strict": 1 / 5,
    "taux_entame": 3 / 5,
    "en_retard": 1,  # 1.1.2; 1.2.1 falls due on the very day; 1.1.1 is finished
    "part_retard": 1 / 4,  # of those whose échéance is known
    "retard_demarrage": 0,  # 1.2.1 is under way, 1.2.2 is to begin on the very day
    "budget_prevu": 450,  # the expenses alone
    "budget_realise": 60,
    "execution": 60 / 280,
    "atteinte": (0.5 + 0.25 + 1) / 3,  # I4 starts from nowhere, I5 was never measured
    "avec_pilote": 3 / 5,
    "avec_echeance": 4 / 5,
    "avec_indicateur": 1 / 5,
    "avec_budget": 2 / 5,
    "avec_odd": 0,
    "synergies": 2 / 5,
    "statut_termine": 1 / 6,  # of all the actions PST, the abandoned one among them
    "statut_annule_abandonne": 1 / 6,
    "statut_en_cours": 2 / 6,
    "actions_1000": 5 / 2000 * 1000,
    "budget_habitant": 450 / 2000,
}
ALL = {figure.key: figure for figure in (*f.FIGURES, *f.COMPARED)}


@pytest.mark.parametrize("key", BY_HAND)
def test_a_figure_is_what_one_finds_by_hand(key: str) -> None:
    assert ALL[key].quantity.evaluate(FRAMES) == pytest.approx(BY_HAND[key])


def test_the_shares_of_the_statuses_add_up_to_all_the_actions() -> None:
    assert sum(one.quantity.evaluate(FRAMES) for one in f.BREAKDOWN.figures) == pytest.approx(1.0)


def test_a_transversal_action_counts_once_in_all_and_whole_in_each_os() -> None:
    count = f.actions(f.FOLLOWED, under=CLE_OS)

    assert count.evaluate(FRAMES) == 5.0
    assert count.by(FRAMES, CLE_OS).to_dict() == {"k1": 4.0, "k2": 3.0}


def test_the_mean_progress_of_an_os_is_that_of_its_actions_whole() -> None:
    found = f.progress(CLE_OS).by(FRAMES, CLE_OS)

    assert found["k1"] == pytest.approx((100 + 50 + 20 + 0) / 4)
    assert found["k2"] == pytest.approx((50 + 20) / 2)


def test_the_budget_is_split_by_exercice_and_by_source() -> None:
    assert f.budget("prevu").by(FRAMES, "exercice").to_dict() == {
        2025.0: 100.0, 2026.0: 300.0, 2027.0: 50.0,
    }  # fmt: skip
    by_source = f.budget("prevu").by(FRAMES, "cle_source")
    assert by_source.to_dict() == {
        "kemprunt part communale": 50.0,
        "kfonds propres": 100.0,
        "ksubside": 300.0,
    }


@pytest.mark.parametrize(
    ("key", "base", "known"),
    [("taux_moyen", 5, 4), ("taux_budget", 5, 2), ("taux_etp", 5, 3), ("en_retard", 5, 4),
     ("atteinte", 5, 3), ("execution", 3, 2), ("budget_realise", 3, 1)],
)  # fmt: skip
def test_a_figure_says_on_how_many_rows_it_is_known(key: str, base: int, known: int) -> None:
    assert ALL[key].base.evaluate(FRAMES) == base
    assert ALL[key].known.evaluate(FRAMES) == known


def test_completeness_is_the_mean_share_of_the_cells_that_count() -> None:
    counted = [c.key for c in PST["actions"].counted]
    rows = FRAMES["actions"][counted]

    expected = rows.notna().to_numpy().mean()

    assert ALL["completude"].quantity.evaluate(FRAMES) == pytest.approx(expected)
    assert 0 < expected < 1


def test_without_any_row_a_count_is_zero_and_a_rate_is_unknown() -> None:
    frames = Batch([return_of("Identification\ncle | valeur\nnom | X", PST)], PST, OBSERVED).counted

    for figure in ALL.values():
        value = figure.quantity.evaluate(frames)
        if figure.unit in ("nombre", "ETP"):
            assert value == 0.0, figure.key
        else:
            assert value != value, figure.key


def test_a_figure_under_a_condition_is_that_of_the_rows_that_meet_it() -> None:
    done = ALL["taux_moyen"].when(When("statut", "=", "En cours"))

    assert done.quantity.evaluate(FRAMES) == pytest.approx(35.0)
    assert done.base.evaluate(FRAMES) == 2.0
