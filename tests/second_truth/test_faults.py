"""Faults that figures had, each the smallest plan that shows it: the right value, by both truths."""

from __future__ import annotations

import pytest

from second_truth.agreed import ONE, TOWN, both
from second_truth.truth import NONE, TOTAL


def actions(*rows: str, keys: str = "code | code_oo | statut | avancement") -> str:
    """Return the sheet of the actions."""
    return "\nActions\n" + "\n".join((keys, *rows)) + "\n"


def budget(
    *rows: str, keys: str = "niveau | code_lie | exercice | source_financement | prevu"
) -> str:
    """Return the sheet of the budget."""
    return "\nBudget\n" + "\n".join((keys, *rows)) + "\n"


def indicators(*rows: str) -> str:
    """Return the sheet of the indicators."""
    keys = "code | niveau | code_lie | sens | valeur_depart | cible | realise_2025 | realise_2026"
    return "\nIndicateurs\n" + "\n".join((keys, *rows)) + "\n"


def test_what_has_no_exercice_and_no_source_has_its_own_sum() -> None:
    lines = (
        "Action | 1.1.1 | {} | | -0.3",
        "Action | 1.1.1 | {} | Loterie | 0.4",
        "OO | 9.9 | {} | | 0.5",
    )
    truth = both(TOWN + budget(*(line.format("") for line in lines), "| | 2026 | Subside | 100"))

    assert truth.panels["exercice"][NONE]["Prévu"] == pytest.approx(0.6)
    assert truth.panels["source"][NONE]["Prévu"] == pytest.approx(0.2)
    assert truth.panels["exercice"][TOTAL]["Prévu"] == truth.figures["budget_prevu"][0]


def test_what_has_no_place_has_its_own_rates() -> None:
    truth = both(
        TOWN + actions("1 | | En cours | 40", "2 | 9.9 | Terminé | 100", " | | | 10")
        + budget("| | | | 100", keys="niveau | code_lie | exercice | source_financement | inscrit")
    )  # fmt: skip

    for panel in ("os", "service", "volet"):
        assert truth.panels[panel][NONE]["Fait"] == 50
    assert truth.evaluation["os"][NONE]["Taux strict"] == pytest.approx(1 / 3)
    assert truth.panels["exercice"][NONE]["Réalisé / inscrit"] == 0


def test_a_row_that_says_nothing_is_no_row() -> None:
    truth = both(TOWN + "\nOS\ncode | intitule\n1 | Un\n | \n" + budget(" | | | | ", " | | | | 5"))

    assert truth.figures["nb_os"][0] == 1
    assert truth.figures["budget_prevu"][0] == 5


def test_actions_of_a_blank_status_are_followed_in_a_column() -> None:
    truth = both(TOWN + ONE + actions("1 | 1.1 | | 10", "2 | 1.1 | Abandonné | 90"))
    line = truth.panels["os"]["1"]

    assert (line["Sans statut"], line["Suivies"], line["Abandonné"]) == (1, 1, 1)
    assert line["Fait"] == 10


def test_names_that_look_like_numbers_or_criteria_stay_apart() -> None:
    names = ("1.1", "1.10", "01", "1", "3/03", ">5", "Tra*", "Travaux", "a~b", "<>", "")
    rows = (f"{at} | {name} | En cours" for at, name in enumerate(names))
    truth = both(TOWN + actions(*rows, keys="code | service_pilote | statut"))

    counts = [line["Suivies"] for key, line in truth.panels["service"].items() if key != TOTAL]
    assert counts == [1] * len(names)


def test_a_word_in_two_cases_has_one_line() -> None:
    rows = ("1 | Travaux | En cours", "2 | TRAVAUX | En cours", "3 | Énergie | En cours",
            "4 | énergie | En cours", "5 | Energie | En cours")  # fmt: skip
    panel = both(TOWN + actions(*rows, keys="code | service_pilote | statut")).panels["service"]

    assert {key: panel[key]["Suivies"] for key in ("travaux", "énergie", "energie")} == {
        "travaux": 2, "énergie": 2, "energie": 1,
    }  # fmt: skip


def test_the_budget_is_that_of_all_actions_and_the_rates_of_those_followed() -> None:
    rows = ("1 | 1.1 | En cours | 50 | PST", "2 | 1.1 | Abandonné | 10 | PST",
            "3 | 1.1 | En cours | 90 | Pérenne", "4 | 1.1 | Terminé | 100 | Hors champ")  # fmt: skip
    money = (f"Action | {at} | 2026 | | {10**at}" for at in (1, 2, 3, 4))
    text = actions(*rows, keys="code | code_oo | statut | avancement | type_action") + budget(
        *money
    )
    truth = both(TOWN + ONE + text)
    unit = truth.evaluation["oo"]["1.1"]

    assert (unit["Actions PST suivies"], unit["Taux moyen"], unit["prevu total"]) == (1, 50, 11_110)
    assert truth.figures["nb_actions"][0] == 4


def test_a_line_without_a_level_belongs_to_the_first_level_that_has_its_code() -> None:
    text = """
OS
code | intitule
1    | Un
2    | Deux

OO
code | code_os | intitule
1    | 2       | Un
"""
    lines = (
        "| 1 | 2026 | | 1",
        "| 2 | 2026 | | 10",
        "OS | 1 | 2026 | | 100",
        "Action | 1 | 2026 | | 1000",
    )
    truth = both(TOWN + text + budget(*lines))

    assert truth.evaluation["oo"]["1"]["prevu own"] == 1
    assert truth.evaluation["os"]["2"]["prevu own"] == 10
    assert truth.evaluation["os"]["1"]["prevu own"] == 100
    assert truth.evaluation["os"][NONE]["prevu total"] == 1000  # no action has this code


def test_of_two_rows_with_one_code_the_first_has_the_budget() -> None:
    rows = ("A1 | 1.1 | En cours | 0", "a1 | | En cours | 100")
    truth = both(TOWN + ONE + actions(*rows) + budget("Action | a1 | 2026 | | 500"))

    assert truth.figures["budget_prevu"][0] == truth.evaluation["oo"]["1.1"]["prevu total"] == 500
    assert truth.figures["taux_budget"] == (0, 2, 1)


def test_codes_of_two_cases_are_one_in_every_link() -> None:
    text = "\nOS\ncode\nb\n\nOO\ncode | code_os\na1 | B\n" + actions("1 | A1 | En cours | 50")
    truth = both(TOWN + text + budget("oo | A1 | 2026 | | 7"))

    assert truth.panels["os"]["b"]["Suivies"] == 1
    assert (
        truth.evaluation["os"]["b"]["prevu total"] == truth.evaluation["oo"]["a1"]["prevu own"] == 7
    )


def test_impossible_means_weigh_nothing() -> None:
    rows = (
        "1 | En cours | 0 | 501",
        "2 | En cours | 100 | 1",
        "3 | En cours | 140 | 7",
        "4 | En cours | 50 | -1",
    )
    truth = both(TOWN + actions(*rows, keys="code | statut | avancement | etp"))

    assert truth.figures["taux_etp"] == (100, 4, 1)


def test_a_start_is_late_as_rule_r10b_says() -> None:
    rows = ("1 | Non commencé | 01/01/2026 |", "2 | En attente | 01/01/2026 |", "3 | En cours | 01/01/2026 |",
            "4 | Non commencé | 01/01/2026 | 01/02/2026", "5 | Non commencé | 31/10/2026 |", "6 | Non commencé | |")  # fmt: skip
    truth = both(TOWN + actions(*rows, keys="code | statut | debut_prevu | debut_effectif"))

    assert truth.figures["retard_demarrage"] == (1, 6, 5)


def test_a_weighted_rate_is_known_where_the_progress_is_known_too() -> None:
    rows = ("1 | | En cours | 40", "2 | | En cours |", "3 | | En cours | 60", "4 | | En cours | 80")
    money = ("Action | 1 | 2026 | | 10", "Action | 2 | 2026 | | 90", "Action | 3 | 2026 | | -5")
    truth = both(TOWN + actions(*rows) + budget(*money))

    assert truth.figures["taux_budget"] == (40, 4, 1)


def test_lateness_is_a_share_of_the_actions_that_have_a_due_date() -> None:
    rows = (
        "1 | En cours | 01/01/2026",
        "2 | En cours | 01/01/2027",
        "3 | En cours |",
        "4 | Terminé | 01/01/2026",
    )
    truth = both(TOWN + actions(*rows, keys="code | statut | echeance"))

    assert truth.figures["part_retard"] == (pytest.approx(1 / 3), 4, 3)


@pytest.mark.parametrize("population", ["", "0", "-3"])
def test_an_unknown_population_makes_nothing_known(population: str) -> None:
    text = TOWN.replace("| 10000", f"| {population}") + actions("1 | | En cours | 40")
    truth = both(text + budget("Action | 1 | 2026 | | 10"))

    assert truth.figures["actions_1000"] == (None, 1, 0)
    assert truth.figures["budget_habitant"] == (None, 1, 0)


def test_sums_of_corrections_leave_no_dust() -> None:
    money = (f"Action | 1 | 2026 | | {amount}" for amount in ("0.1", "0.2", "-0.3"))
    truth = both(TOWN + actions("1 | | En cours | 40") + budget(*money))

    assert truth.figures["avec_budget"][0] == 0
    assert truth.figures["taux_budget"] == (None, 1, 0)


def test_nothing_is_not_divided_by_the_dust_of_corrections() -> None:
    keys = "niveau | code_lie | exercice | inscrit | realise"
    lines = (f"| | 2026 | {amount} | 10" for amount in ("0.1", "0.2", "-0.3"))
    truth = both(TOWN + budget(*lines, "| | 2027 | 100 | 50", keys=keys))

    assert truth.figures["execution"] == (pytest.approx(0.8), 4, 4)
    assert truth.panels["exercice"]["2026"]["Réalisé / inscrit"] is None


REACHED = {
    "Hausse   |     | 100 | 40 |    ": None,  # no start
    "Hausse   | 0   | 100 | 40 |    ": 0.4,
    "Baisse   | 80  | 40  | 70 | 50 ": 0.75,
    "Baisse   | 80  | 40  | 90 |    ": 0.0,
    "Baisse   | 80  | 40  | 10 |    ": 1.0,
    "Baisse   | 40  | 80  | 60 |    ": None,  # the target is behind
    "Hausse   | 80  | 40  | 60 |    ": None,
    "Hausse   | 40  | 40  | 60 |    ": None,
    "         | 80  | 40  | 60 |    ": 0.5,  # as the target says
    "         | 40  | 80  | 50 |    ": 0.25,
    "         | 40  | 40  | 40 |    ": None,
    "Maintien |     | 10  | 20 |    ": 0.0,
    "Maintien | 10  | 10  | 12 |    ": 0.8,
    "Maintien | 10  | -10 | -8 |    ": 0.8,
    "Maintien |     | 0   | 0  |    ": 1.0,
    "Maintien |     | 0   | 1  |    ": 0.0,
    "Hausse   | 0   |     | 40 |    ": None,
    "Hausse   | 0   | 100 |    |    ": None,
}
"""What an indicator is reached by: its sense, its start, its target, two measures."""
MEASURED = {row: TOWN + indicators(f"I | | | {row}") for row in REACHED}


@pytest.mark.parametrize("row", REACHED)
def test_an_indicator_is_reached_by(row: str) -> None:
    value, base, known = both(MEASURED[row], tuple(MEASURED.values())).figures["atteinte"]

    assert value == (REACHED[row] if REACHED[row] is None else pytest.approx(REACHED[row]))
    assert (base, known) == (1, REACHED[row] is not None)


def test_a_measure_of_a_year_to_come_does_not_count() -> None:
    text = TOWN.replace("2026-10-31", "2025-12-31") + indicators(
        "I | | | Hausse | 0 | 100 | 30 | 90"
    )

    assert both(text).figures["atteinte"] == (pytest.approx(0.3), 1, 1)


FIVE = ONE + "1.2 | 1 | Deux\n1.3 | 1 | Trois\n1.4 | 1 | Quatre\n1.5 | 1 | Cinq\n"


PARTED = {
    "1.1; 1.2 | 75; 25": (0.75, 0.25, 0, 0, 0),
    "1.1; 1.2 |": (0.5, 0.5, 0, 0, 0),
    "1.1; 1.2 | 60; 30": (0.5, 0.5, 0, 0, 0),  # 90 in all
    "1.1; 1.2 | 100": (0.5, 0.5, 0, 0, 0),  # one part for two
    "1.1; 1.2 | 50; 50; 0": (0.5, 0.5, 0, 0, 0),
    "1.1; 1.2 | 150; -50": (0.5, 0.5, 0, 0, 0),
    "1.1; 1.2 | 60; le reste": (0.5, 0.5, 0, 0, 0),
    "1.1; 1.2 | 0; 100": (0, 1, 0, 0, 0),
    "1.1; 9.9 | 30; 70": (0.3, 0, 0, 0, 0.7),  # an OO that is unknown
    "1.1; 1.2; 1.3; 1.4 | 40; 30; 20; 10": (0.4, 0.3, 0.2, 0.1, 0),
    "1.1; 1.2; 1.3; 1.4; 1.5 |": (0.2, 0.2, 0.2, 0, 0.4),  # of five, three have a place
    "1.1; 1.2; 1.3; 1.4; 1.5 | 60; 10; 10; 10; 10": (0.2, 0.2, 0.2, 0, 0.4),
    " |": (0, 0, 0, 0, 1),
}
"""What the budget of an action is under four OO and none, by the OO that it serves and its parts."""
SERVING = {
    row: TOWN
    + FIVE
    + actions(f"A | {row} | En cours | 50", keys="code | code_oo | parts | statut | avancement")
    + budget("Action | A | 2026 | | 1")
    for row in PARTED
}


@pytest.mark.parametrize("row", PARTED)
def test_an_action_counts_whole_and_its_budget_by_its_parts(row: str) -> None:
    truth = both(SERVING[row], tuple(SERVING.values()))
    lines = [truth.evaluation["oo"][key] for key in ("1.1", "1.2", "1.3", "1.4", NONE)]
    served = row.partition("|")[0].split("; ")
    known = [code for code in ("1.1", "1.2", "1.3", "1.4") if code in map(str.strip, served[:4])]
    if len(served) > 4:
        known.remove("1.4")

    assert [line["prevu total"] for line in lines] == pytest.approx(PARTED[row])
    assert [line["Actions PST suivies"] for line in lines] == [
        *(float(code in known) for code in ("1.1", "1.2", "1.3", "1.4")),
        float(PARTED[row][4] > 0),
    ]
    assert truth.panels["os"]["1"]["Suivies"] == bool(known)
    assert truth.figures["nb_pst"][0] == 1


def test_under_an_os_that_two_of_its_oo_serve_an_action_counts_once() -> None:
    text = TOWN + FIVE + actions("1.1; 1.2 | Terminé", "1.1 | En cours", keys="code_oo | statut")
    truth = both(text)

    assert truth.panels["os"]["1"]["Suivies"] == 2
    assert truth.evaluation["os"]["1"]["Taux strict"] == 0.5
    assert truth.evaluation["oo"]["1.1"]["Taux strict"] == 0.5
    assert truth.evaluation["oo"]["1.2"]["Taux strict"] == 1


def test_the_actions_of_a_service_that_has_not_answered_are_counted_apart() -> None:
    rows = ("1 | 1.1 | Travaux | En cours", "2 | 1.1 | TRAVAUX | Abandonné", "3 | 1.1 | Culture |")
    text = TOWN + ONE + actions(*rows, keys="code | code_oo | service_pilote | statut")
    truth = both(text, absent=("travaux",))

    assert truth.panels["service"]["travaux"]["Sans retour"] == 1
    assert truth.panels["service"]["culture"]["Sans retour"] == 0
