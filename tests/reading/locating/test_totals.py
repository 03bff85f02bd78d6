"""A total is left out and said, wherever its label stands; a record that speaks of one stays."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from support.located import classified, kept, said

from pst_excel.cells.grid import ErrorCell

HEADINGS = (
    "Id", "Code action", "Intitulé", "Service pilote", "Priorité", "ETP", "Avancement %",
    "Échéance", "Commentaire d’avancement",
)  # fmt: skip
DAY = dt.date(2027, 6, 30)
ROWS = (
    HEADINGS,
    ("a1", "1.1.1", "Planter", "Travaux", "Haute", 1.5, 40.0, DAY, "en cours"),
    ("a2", "1.1.2", "Tailler", "Travaux", "Moyenne", 2.0, 60.0, DAY, None),
    ("a3", "1.2.1", "Paver", "Culture et tourisme", None, 4.0, 20.0, DAY, None),
)
TOTAL = "ligne de total écartée"

Row = tuple[Any, ...]


@pytest.mark.parametrize(
    "row",
    [
        # by the menu: the label stands in the column by which the rows are grouped
        (None, None, None, "Total Travaux", None, 3.5),
        (None, None, None, "Nombre Travaux", None, 2.0),
        (None, None, None, "Moyenne Travaux", None, None, 50.0),
        (None, None, None, "Max Travaux", None, 2.0, None, DAY),
        (None, None, None, "Min Culture et tourisme", None, 4.0),
        (None, None, None, "Somme Travaux", None, 3.5),
        (None, None, None, "NB Travaux", None, 2.0),
        (None, None, None, "Écartype Travaux", None, 0.25),
        (None, None, None, "Travaux Total", None, 3.5),
        (None, None, None, "Travaux Count", None, 2.0),
        (None, None, None, "Travaux Average", None, None, 50.0),
        (None, None, None, "Travaux Somme", None, 3.5),
        (None, None, "Total Travaux", None, None, 3.5),
        (None, "Nombre Travaux", None, None, None, 2.0),
        (None, "1.1.1 Total", None, None, None, 1.5),
        (None, "1.1.1 Total", None, None, None, 1.5, 40.0, DAY),
        (None, "Total 1.1.1", None, None, None, 1.5),
        (None, "Sous-total 1.1", None, None, None, 3.5),
        (None, None, None, "Total général", None, 7.5),
        (None, None, None, "Nombre général", None, 3.0),
        (None, None, "Moyenne générale", None, None, None, 40.0),
        (None, None, None, "Grand Total", None, 7.5),
        (None, None, None, "Grand Count", None, 3.0),
        # by a table, or by hand: the label stands anywhere, codes may be counted
        ("Total", None, None, None, None, 7.5),
        ("Total", 3.0, None, None, None, 7.5, None, None, 1.0),
        ("Total", 3.0, 3.0, 3.0, 2.0, 7.5, 40.0, DAY, 1.0),
        (None, 3.0, "Total", None, None, 7.5),
        (None, None, "Total", None, False, 7.5),
        (None, "Moyenne", None, None, None, None, 40.0),
        (None, None, "Total", None, None, ErrorCell("#REF!")),
        (None, None, "Total : 7,5", None, None, 7.5),
        (None, None, "Somme de ETP", None, None, 7.5),
        (None, None, "Total des dépenses", None, None, 7.5),
        (None, None, "Total TVAC (€)", None, None, 7.5),
        (None, "TOTAL GENERAL", None, None, None, "7,5"),
    ],
)  # fmt: skip
def test_a_total_is_left_out_and_said(row: Row) -> None:
    found = classified(*ROWS, row)
    assert [number for number, _ in found.rows] == [2, 3, 4]
    ((cell, read),) = said(found.layout, TOTAL)
    assert cell.endswith("5")
    assert any(isinstance(c, str) and c in read for c in row)


@pytest.mark.parametrize(
    "row",
    [
        (None, None, "Total des déchets", None, None, 2.0),
        (None, None, "Nombre de participants", None, None, 2.0),
        (None, None, "Nombre de participants", "Travaux", None, 2.0),
        (None, "1.2.2", "Nombre Travaux", None, None, 2.0),
        (None, "1.2.2", "Total général", None, None, 2.0),
        (None, "12", "Total", None, None, 2.0),
        (None, 12.0, "Total", None, None, 2.0),
        (None, None, None, "Max Dupont", None, 1.0),
        (None, None, None, None, "Moyenne", 1.0),
        (None, None, "Moyenne", None, None, 1.0),
        (None, None, "Maximiser Travaux", None, None, 1.0),
        (None, None, "Nombre Travaux", None, None, 1.0),
        (None, None, "Entretien total", None, None, 1.0),
        (None, None, "Total Travaux", None, "Haute", 1.0),
        (None, None, "Total Travaux", None, None, 1.0, None, DAY),
        (None, None, None, "Total Travaux", True, 1.0),
        ("b7", "Total", "Semer", None, None, 1.0),
        ("b7", 3.0, None, "Travaux", None, 7.5),
        (None, None, None, "Résultat Voirie", None, 1.0),
        (None, None, None, None, None, 1.0, None, None, "Nombre d’heures à revoir"),
    ],
)
def test_a_record_that_speaks_of_a_total_stays(row: Row) -> None:
    assert kept(*ROWS, row) == [2, 3, 4, 5]


def test_a_total_over_what_it_sums_up_is_left_out() -> None:
    above = (None, None, None, "Nombre Travaux", None, 2.0)
    assert kept(HEADINGS, above, *ROWS[1:]) == [3, 4, 5]


def test_what_a_table_declares_to_be_its_totals_is_left_out_whatever_it_holds() -> None:
    count = ("Résumé", 12.0, None, None, None, 7.5, None, None, "douze")
    assert kept(*ROWS, count) == [2, 3, 4, 5]
    assert kept(*ROWS, count, totals=frozenset({4})) == [2, 3, 4]


def test_a_row_whose_formulas_sum_up_their_columns_is_a_total_but_where_it_has_a_code() -> None:
    bare, coded = (None, 12.0, None, None, None, 7.0), (None, "1.3.1", None, None, None, 7.0)
    assert kept(*ROWS, bare, subtotals=frozenset({4})) == [2, 3, 4]
    assert kept(*ROWS, coded, subtotals=frozenset({4})) == [2, 3, 4, 5]
    described = (None, None, "Semer", "Travaux", None, 7.0)
    assert kept(*ROWS, described, subtotals=frozenset({4})) == [2, 3, 4, 5]


def test_a_label_at_the_left_of_the_table_is_one() -> None:
    rows = [(None, *row[1:]) for row in ROWS]
    assert kept(*rows, ("Total", None, None, None, None, 7.5)) == [2, 3, 4]


def test_counts_are_sums_as_well() -> None:
    found = classified(*ROWS, (None, None, 3.0, None, 2.0, 7.5))
    assert said(found.layout, "ligne de sommes à confirmer") == [("C5", "3 · 2 · 7,5")]


def test_a_row_of_nothing_but_sums_is_left_out_and_asked() -> None:
    found = classified(*ROWS, (None, None, None, None, None, 7.5, 120.0))
    assert [number for number, _ in found.rows] == [2, 3, 4]
    assert said(found.layout, "ligne de sommes à confirmer") == [("F5", "7,5 · 120")]
    assert [finding.code for finding in found.findings] == ["S09"]


@pytest.mark.parametrize(
    "row",
    [
        (None, None, None, None, None, 7.5, 100.0),  # not all of them
        (None, None, None, None, None, 7.5, None, DAY),
        (None, 7.5),
    ],
)
def test_a_row_of_other_figures_stays(row: Row) -> None:
    assert kept(*ROWS, row) == [2, 3, 4, 5]


def test_what_equals_the_one_value_above_it_is_no_sum() -> None:
    assert kept(*ROWS[:2], (None, None, None, None, None, 1.5)) == [2, 3]
