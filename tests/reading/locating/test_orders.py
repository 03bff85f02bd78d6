"""The same rows are read the same, in the order of any template, moved about, or half and half."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import structural, verdict
from support.layouts import read_sheets, remarks, table
from support.old_orders import ORDERS, laid_out

from pst_excel.cells.values import as_text
from pst_excel.model.findings import Severity
from pst_excel.pst import PST
from pst_excel.returns.tables import Return

ROWS = [
    {
        "Id": f"a{n}", "Code action": f"1.1.{n}", "OO": "1.1", "Intitulé": f"Planter {n} arbres",
        "Statut": "En cours", "Avancement %": 10 * n, "Échéance": dt.date(2027, 6, 30),
        "Début effectif": dt.date(2026, n, 1), "Santé": "Risque", "Détail santé": f"retard {n}",
        "Commentaire d’avancement": f"mot {n}", "Mis à jour le": dt.date(2026, 10, n),
        "Type": "PST", "Volet": "Externe", "Description": f"texte {n}", "Priorité": "1",
        "Mandataire": "DUPONT Marie", "Service pilote": "Travaux", "Agent pilote": "LAMBERT Julie",
        "Partenaires : tiers": f"tiers {n}", "ETP": 0.5, "ODD": "11; 13", "Validée": "Oui",
        "Synergie commune-CPAS": "Non", "Mission obligatoire": "Non", "Lieu": f"rue {n}",
    }
    for n in (1, 2, 3, 4)
]  # fmt: skip
ANY_ORDER = st.permutations([*ORDERS["2026.3"], "Lieu"])


def read_rows(*rows: list[Any]) -> Return:
    """Return what is read of these rows of cells of Actions, the headings in the fourth."""
    return read_sheets({"Actions": [["Actions"], ["Quoi ?"], [], *rows]})


def held(filled: Return) -> dict[str, list[Any]]:
    """Return what is read of Actions, whatever its order, columns of people included."""
    read = table(filled)
    return {**read.columns, **read.locals}


EXPECTED = held(read_rows(*laid_out([*ORDERS["2026.3"], "Lieu"], ROWS)))


def test_the_rows_are_those_that_were_written() -> None:
    assert EXPECTED["commentaire"] == ["mot 1", "mot 2", "mot 3", "mot 4"]
    assert EXPECTED["Lieu"] == ["rue 1", "rue 2", "rue 3", "rue 4"]
    assert EXPECTED["id"] == ["a1", "a2", "a3", "a4"]


@pytest.mark.parametrize("version", ORDERS)
def test_the_order_of_every_template_gives_the_same_rows(version: str) -> None:
    filled = read_rows(*laid_out([*ORDERS[version], "Lieu"], ROWS))
    assert held(filled) == EXPECTED
    assert filled.layout == []
    assert not {"S02", "S03", "S04"} & {
        f.code for f in filled.findings if f.subject.sheet == "actions"
    }


@settings(max_examples=25)
@given(ANY_ORDER)
def test_columns_moved_in_any_way_give_the_same_rows(order: list[str]) -> None:
    assert held(read_rows(*laid_out(order, ROWS))) == EXPECTED


@settings(max_examples=25)
@given(st.integers(1, 3), ANY_ORDER, st.sampled_from([0, 1, 11]))
def test_rows_pasted_with_headings_in_another_order_are_read_under_these(
    above: int, order: list[str], aside: int
) -> None:
    upper = laid_out([*ORDERS["2026.3"], "Lieu"], ROWS[:above])
    lower = [[None] * aside + row for row in laid_out(order, ROWS[above:])]
    filled = read_rows(*upper, *lower)
    assert held(filled) == EXPECTED
    repeated = order == [*ORDERS["2026.3"], "Lieu"] and not aside
    assert [f.subject.sheet for f in structural(filled, "S15")] == ["actions"] * (not repeated)


def half_and_half() -> Return:
    """Return what is read where two rows were pasted with the headings of 2026.2 under two."""
    upper = laid_out([*ORDERS["2026.3"], "Lieu"], ROWS[:2])
    lower = laid_out(ORDERS["2026.2"], [*ROWS[2:3], ROWS[3] | {"Statut": "Fini bientôt"}])
    return read_rows(*upper, *lower, *[["calculé" if "ƒ" in h else None for h in upper[0]]] * 3)


def test_what_is_said_of_such_rows_leads_to_their_own_cells() -> None:
    filled = half_and_half()
    assert table(filled).rows == [5, 6, 8, 9]  # no row of formulas that were left under them
    assert table(filled).locals == {"Lieu": ["rue 1", "rue 2", "", ""]}
    (finding,) = structural(filled, "S15")
    assert (finding.severity, finding.cell) == (Severity.WARNING, "I7")
    assert "La ligne 7 répète les titres" in finding.message
    assert "lignes 8 et 9" in finding.message
    assert remarks(filled, "titres répétés dans un autre ordre") == [
        ("I7", "ligne 7, titres dans un autre ordre", "lignes 8 et 9, sous ces titres")
    ]
    status = [f for f in verdict(filled).findings if f.column == PST["actions"]["statut"].label]
    assert [f.cell for f in status] == ["AE9"]


def test_headings_repeated_in_the_same_order_part_nothing() -> None:
    rows = laid_out(ORDERS["2026.3"], ROWS)
    filled = read_rows(*rows[:3], rows[0], *rows[3:])
    assert table(filled).columns["statut"] == EXPECTED["statut"]
    assert structural(filled, "S15") == []


@pytest.mark.parametrize(
    "row",
    [
        {"Intitulé": "Statut", "Description": "Échéance", "Code action": "1.1.9"},
        {"Code action": "Code action", "Intitulé": "Statut", "Lieu": "Type"},
    ],
)
def test_a_row_that_names_a_few_columns_is_no_row_of_headings(row: dict[str, str]) -> None:
    filled = read_rows(*laid_out([*ORDERS["2026.3"], "Lieu"], [*ROWS, row]))
    assert len(table(filled)) == 5
    assert structural(filled, "S15") == []


@pytest.mark.parametrize("version", ["2026.1", "2026.2"])
def test_an_old_block_beside_the_new_one_loses_nothing(version: str) -> None:
    new = laid_out(ORDERS["2026.3"], [*ROWS[:2], {"Code action": "1.1.3"}])
    old = laid_out(ORDERS[version], [*ROWS[:1], ROWS[1] | {"Statut": "Terminé"}, ROWS[2]])
    filled = read_rows(*(here + there for here, there in zip(new, old, strict=True)))
    read, own = held(filled), list(filter(lambda text: "ƒ" not in text, ORDERS[version]))
    assert read["statut"] == ["En cours", "En cours", None]
    (kept,) = (name for name in read if name.startswith("Statut ("))
    assert read[kept] == ["En cours", "Terminé", "En cours"]
    said = structural(filled, "S04")
    assert len(said) == len(own)
    assert [f for f in said if f"« {kept} »" in f.message] == [
        f for f in said if f.words["label"] == "Statut ✱"
    ]
    everywhere = {as_text(cells[2]) for cells in read.values() if cells[2] is not None}
    assert {
        as_text(ROWS[2][name.rstrip(" ✱")]) for name in own[1:] if name.rstrip(" ✱") in ROWS[2]
    } <= everywhere
