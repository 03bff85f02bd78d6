"""The comparison: each plan's own figures side by side, what is missing said, no name of an agent."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from support import OBSERVED, office, read, workbook

from pst_excel.comparing.compare import Comparison, compare
from pst_excel.excel.books.comparison import MISSING, write_comparison
from pst_excel.model.figures.figures import VALUE
from pst_excel.model.schema import HEADING_ROW
from pst_excel.pst import PST
from pst_excel.reference.samples import content
from pst_excel.returns.frames import Batch
from pst_excel.returns.tables import Return
from pst_excel.text.errors import UsageError


def plan(
    name: str = "Valbruyère", ins: str = "92951", file: str = "", rows: str = "", **more: str
) -> Return:
    """Return a whole plan as read from its workbook."""
    known = {"nom": name, "type": "Commune", "ins": ins, "annee_debut": "2024",
             "annee_fin": "2030", "date_observation": "2026-10-31"} | more  # fmt: skip
    form = "\n".join(f"{key} | {value}" for key, value in known.items() if value)
    return read(workbook(f"Identification\ncle | valeur\n{form}\n{rows}"), file or f"{name}.xlsx")


ONE = "\nActions\ncode | statut | avancement | echeance\n1.1.1 | En cours | 40 | 2026-06-30\n"


def value(comparison: Comparison, name: str, key: str) -> Any:
    """Return a figure of an institution."""
    at = [one.name for one in comparison.institutions].index(name)
    return comparison.values[at][key]


@pytest.mark.parametrize("at", range(4))
def test_the_figures_are_those_of_each_plan_alone(at: int) -> None:
    plans = office.sample_plans()
    together = compare(plans, PST, OBSERVED)
    one = plans[at]
    frames = Batch([one], one.plan, OBSERVED).counted

    for figure in (*together.figures, *together.statuses):
        found = value(together, one.institution, figure.key)
        alone = figure.quantity.evaluate(frames)
        known = figure.known.evaluate(frames)
        expected = None if alone != alone or not known else pytest.approx(alone)
        assert found.value == expected, figure.key
        assert found.base == figure.base.evaluate(frames)
        assert found.known == known


def test_the_order_of_the_files_changes_nothing() -> None:
    plans = office.sample_plans()

    reverse = compare(plans[::-1], PST, OBSERVED)

    assert write_comparison(reverse) == office.sample_comparison()


def test_a_missing_figure_is_missing_and_not_zero() -> None:
    empty = plan("Vide", "92952", rows="\nActions\ncode | intitule\n1.1.1 | A\n")
    comparison = compare([plan(rows=ONE), empty], PST, OBSERVED)
    page = office.values(write_comparison(comparison))
    row = next(cell[1:] for (_, cell), text in page.items() if text == "Vide" and cell[0] == "A")

    assert value(comparison, "Vide", "taux_moyen").value is None
    assert value(comparison, "Vide", "budget_prevu").value is None
    assert value(comparison, "Vide", "actions_1000").value is None
    assert value(comparison, "Vide", "nb_actions").value == 1.0
    assert value(comparison, "Vide", "taux_moyen").completeness == 0.0
    assert MISSING in {text for (s, cell), text in page.items()
                       if s == "Comparaison" and cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == row}  # fmt: skip


def test_a_plan_without_any_row_is_compared() -> None:
    comparison = compare([plan(rows=ONE), plan("Vide", "92952")], PST, OBSERVED)
    missing = {key for key, one in comparison.values[1].items() if one.value is None}

    assert [one.name for one in comparison.institutions] == ["Valbruyère", "Vide"]
    assert {"taux_moyen", "taux_strict", "execution", "atteinte"} <= missing
    assert office.errors(office.values(write_comparison(comparison))) == []


def test_the_return_of_a_service_is_set_aside_with_the_reason() -> None:
    service = plan(rows=ONE, file="travaux.xlsx", service="Travaux")
    comparison = compare([plan(rows=ONE), service], PST, OBSERVED)

    assert len(comparison.institutions) == 1
    assert [file for file, _ in comparison.set_aside] == ["travaux.xlsx"]
    assert "Travaux" in comparison.set_aside[0][1]
    with pytest.raises(UsageError, match="aucun PST complet"):
        compare([service], PST, OBSERVED)


def test_of_two_plans_of_one_institution_the_newest_is_kept() -> None:
    old = plan(rows=ONE, file="z-ancien.xlsx", date_observation="2026-03-31")
    new = plan(rows=ONE.replace("40", "60"), file="a-nouveau.xlsx")
    for order in ([old, new], [new, old]):
        comparison = compare(order, PST)

        assert [one.file for one in comparison.institutions] == ["a-nouveau.xlsx"]
        assert [file for file, _ in comparison.set_aside] == ["z-ancien.xlsx"]
        assert value(comparison, "Valbruyère", "taux_moyen").value == 60.0


def test_a_commune_and_its_cpas_are_two_institutions() -> None:
    comparison = compare([plan(rows=ONE), plan("CPAS", rows=ONE, type="CPAS")], PST, OBSERVED)

    assert len(comparison.institutions) == 2


def test_each_plan_is_observed_at_its_own_date_unless_one_is_given() -> None:
    early = plan(rows=ONE, date_observation="2026-03-31")
    late = plan("Autre", "92952", rows=ONE)

    own = compare([early, late], PST)
    given = compare([early, late], PST, dt.date(2026, 3, 31))

    assert [value(own, n, "part_retard").value for n in ("Autre", "Valbruyère")] == [1.0, 0.0]
    assert [value(given, n, "part_retard").value for n in ("Autre", "Valbruyère")] == [0.0, 0.0]


def test_two_legislatures_are_compared_each_with_its_own_exercices() -> None:
    rows = "\nIndicateurs\ncode | sens | valeur_depart | cible | realise_2025\nI1 | Hausse | 0 | 10 | 5\n"
    older = plan("Avant", "92952", annee_debut="2018", annee_fin="2024")

    comparison = compare([plan(rows=rows), older], PST, OBSERVED)

    assert [one.legislature for one in comparison.institutions] == ["2018-2024", "2024-2030"]
    assert value(comparison, "Valbruyère", "atteinte").value == 0.5


def test_no_name_of_an_agent_is_anywhere_in_the_file() -> None:
    agents = {
        row["valeur"]
        for slug in (content.MAIN, *content.OTHERS)
        for row in content.table(slug, "listes")
        if row["liste"] == "agents"
    } | {
        str(name)
        for one in office.sample_plans()
        for sheet in one.plan.tables
        for column in sheet.inputs
        if column.private and sheet.key in one.tables
        for name in one.tables[sheet.key].columns[column.key]
        if name
    }
    parts = office.parts(office.sample_comparison())

    assert len(agents) > 20
    assert not [(name, part) for name in agents for part, text in parts.items() if name in text]


def test_the_medians_are_of_the_values_that_are_known() -> None:
    plans = [plan(f"V{n}", f"9295{n}", rows=ONE.replace("40", str(n * 10))) for n in (1, 2, 6)]
    plans.append(plan("Vide", "92959"))
    comparison = compare(plans, PST, OBSERVED)
    page = office.values(write_comparison(comparison))
    key = [figure.key for figure in comparison.figures].index("taux_moyen")
    with office.opened(write_comparison(comparison), data_only=True) as book:
        sheet = book["Comparaison"]
        left = next(cell.column for cell in sheet[HEADING_ROW + 1] if cell.value == VALUE) + 3 * key
        shown = [sheet.cell(row, left).value for row in range(HEADING_ROW + 2, HEADING_ROW + 8)]

    assert shown == [10.0, 20.0, 60.0, MISSING, None, 20.0]
    assert "Médiane · Commune" in page.values()
