"""Codes are compared as people read them: a7 is A7, wherever a row names another."""

from __future__ import annotations

from support import OBSERVED, of_code, verdict

from pst_excel.pst import PST
from pst_excel.reading.examples import return_of
from pst_excel.returns.frames import Batch

PLAN = """
OS
code | intitule | statut
A    | Rouler   | {statut}

OO
code | code_os | intitule
a.1  | a       | Rouler mieux

Actions
code  | code_oo | intitule        | type_action | statut   | actions_liees
A.1.a | A.1     | Boucher un trou | PST         | En cours | A.1.B
A.1.b | a.1     | Payer le trou   | PST         | En cours | a.1.A

Constat
code | intitule | liens
C1   | Un trou  | A.1.A; A.1; a

Indicateurs
code | niveau | code_lie | libelle
I1   | Action | a.1.a    | Nombre de trous bouchés
I2   | OO     | A.1      | Part des trous bouchés
"""


def found(text: str, *codes: str) -> set[str]:
    """Return which of these rules find something."""
    findings = verdict(text).findings
    return {code for code in codes if of_code(findings, code)}


def test_no_link_is_lost_for_a_capital() -> None:
    links = ("R01a", "R01b", "R01c", "R01d", "R01e", "R01f", "R02a", "R02b", "R06c", "R04")
    assert found(PLAN.format(statut="En cours"), *links, "R09j") == set()
    other = PLAN.format(statut="En cours").replace("A.1     | Boucher", "A.2     | Boucher")
    assert found(other, *links) == {"R01b"}


def test_what_hangs_on_a_row_is_found_under_it() -> None:
    (finding,) = of_code(verdict(PLAN.format(statut="Clôturé")).findings, "R09j")
    assert "(2)" in finding.message


def test_two_rows_whose_codes_differ_by_a_capital_have_one_code() -> None:
    twice = "\nOO\ncode | intitule\na.1 | Rouler\nA.2 | Voler\nA.1 | Nager\n"
    (finding,) = of_code(verdict(twice).findings, "R04")
    assert (finding.cell[1:], "ligne 5" in finding.message) == ("7", True)


def test_a_title_repeated_under_the_same_code_is_said_once() -> None:
    assert found("\nOO\ncode | intitule\na.1 | Rouler\nA.1 | Rouler\n", "R04", "R24") == {"R04"}


def test_a_line_written_twice_is_seen_and_recettes_are_summed_with_their_expenses() -> None:
    head = "\nBudget\ncode | niveau | code_lie | service_budgetaire | recette_depense | prevu\n"
    twice = "B1 | Action | a7 | Ordinaire | Dépense | 500\nB2 | Action | A7 | Ordinaire | Dépense | 500\n"
    loan = "B1 | Action | a7 | Extraordinaire | Dépense | 500\nB2 | Action | A7 | Extraordinaire | Recette | 500\n"
    assert found(head + twice, "R17o") == {"R17o"}
    assert found(head + loan, "R17l", "R17o") == set()


def test_a_waiver_names_a_row_in_either_way() -> None:
    row = "\nActions\ncode | intitule | code_oo\nA7 | Boucher | 9.9\n"
    waiver = (
        "\nDérogations\ncode | portee | motif | auteur | echeance\n"
        "R06a | a7 | Calendrier revu. | Comité | 31/12/2027\n"
    )
    assert found(row, "R06a") == {"R06a"}
    assert found(row + waiver, "R06a", "R32c") == set()


def test_the_computed_columns_look_up_in_either_way() -> None:
    frames = Batch([return_of(PLAN.format(statut=""), PST)], PST, OBSERVED).frames
    assert frames["actions"]["os_titre"].tolist() == ["A · Rouler"] * 2
    assert frames["indicateurs"]["objet"].notna().all()
