"""The figures as tables say what the workbook says, every share in per cent."""

from __future__ import annotations

import math

import pytest
from support import SAMPLES, office

from pst_excel import compare, read_files
from pst_excel.model.words.units import in_unit, unit_of
from pst_excel.pst import PST


def test_every_share_is_in_per_cent_and_says_so() -> None:
    figures = office.sample().figures
    table = figures.to_frame().set_index("chiffre")
    assert set(table["unite"]) <= {"%", "€", "nombre", "points", "jours", "ETP", "€/hab./an"}
    assert table.loc["taux_moyen", "valeur"] == pytest.approx(48.6, abs=0.05)  # as the README says
    counts = office.sample()["actions"].query("type_action == 'PST' and statut != 'Abandonné'")
    done = counts["statut"].eq("Terminé").mean()
    assert figures["taux_strict"] == pytest.approx(100 * done)
    assert table.loc["taux_strict", "n"] == len(counts)


def test_the_figures_by_line_are_those_of_the_board() -> None:
    table = office.sample().figures.to_frame(by="exercice")
    budget = office.sample()["budget"].query("recette_depense != 'Recette'")
    planned = table.query("libelle == 'Prévu'").set_index("exercice")["valeur"]
    for year, amount in budget.groupby("exercice")["prevu"].sum().items():
        assert planned[year] == pytest.approx(amount)


def test_a_breakdown_that_no_board_has_is_told() -> None:
    with pytest.raises(KeyError, match="couleur"):
        office.sample().figures.to_frame(by="couleur")


def test_a_comparison_is_one_row_an_institution_and_figure() -> None:
    side_by_side = compare(read_files(SAMPLES / "institutions"))
    table = side_by_side.to_frame()
    figures = [*side_by_side.figures, *side_by_side.statuses]
    assert len(table) == len(side_by_side.institutions) * len(figures)
    known = {(one.name, figure.key): values[figure.key].value
             for one, values in zip(side_by_side.institutions, side_by_side.values, strict=True)
             for figure in figures}  # fmt: skip
    units = {figure.key: figure.unit for figure in figures}
    for row in table.itertuples():
        value = in_unit(known[row.institution, row.chiffre], units[row.chiffre])
        assert (value is None) == math.isnan(row.valeur)
        assert value is None or row.valeur == pytest.approx(value)
        assert row.unite == unit_of(units[row.chiffre])
    assert table["completude"].max() <= 100
    assert not table.isin([file.file for file in side_by_side.institutions]).any().any()


def test_a_plan_has_each_of_its_figures_once() -> None:
    assert [*office.sample().figures] == [figure.key for figure in PST.figures]
