"""Missing is never zero, zero never missing; a cell that is blanked never gives a number."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import OBSERVED, damaged, office, read
from support.compared_plans import ACTION, BUDGET, book, figure, plan, without

from pst_excel.comparing.compare import Comparison, FigureValue, compare
from pst_excel.comparing.reads import reads
from pst_excel.excel.books.comparison import MISSING, write_comparison
from pst_excel.pst import PST
from pst_excel.reading.examples import return_of
from pst_excel.returns.tables import Return, Table

PEOPLE = {"population": "1000"}
COUNTS = ("nb_os", "nb_oo", "nb_actions", "nb_pst")
FIGURES = (*PST.comparison, *PST.breakdown.figures) if PST.breakdown else PST.comparison


def of(one: Return) -> Comparison:
    return compare([one], PST, OBSERVED)


def value(one: Return, key: str) -> float | None:
    return figure(of(one), key).value


@pytest.mark.parametrize("key", ["budget_prevu", "budget_habitant", "execution"])
def test_without_a_row_of_budget_nothing_is_said_of_it(key: str) -> None:
    assert value(plan(**PEOPLE), key) is None
    assert value(without(book(**PEOPLE), "Budget"), key) is None
    assert value(plan(rows=ACTION + BUDGET.format(""), **PEOPLE), key) is None


def test_what_is_missing_enters_no_median() -> None:
    rich = plan("Durbuy", "83012", rows=ACTION + BUDGET.format("1057000"), **PEOPLE)
    comparison = compare([rich, plan(**PEOPLE)], PST, OBSERVED)
    shown = office.values(write_comparison(comparison))
    headings = {
        text: cell[:-1]
        for (s, cell), text in shown.items()
        if s == "Comparaison" and cell.endswith("4")
    }
    for label, expected in (("Budget prévu", 1057000.0), ("Budget prévu par habitant", 1057.0)):
        letters = headings[label]
        column = [shown.get(("Comparaison", f"{letters}{row}")) for row in (6, 7, 9)]
        assert column == [expected, MISSING, expected]


def test_amounts_of_zero_are_zero() -> None:
    zero = plan(rows=ACTION + BUDGET.format("0"), **PEOPLE)

    assert value(zero, "budget_prevu") == 0.0
    assert value(zero, "budget_habitant") == 0.0
    assert MISSING not in str(figure(of(zero), "budget_prevu"))


@pytest.mark.parametrize("key", ["part_retard", "taux_strict", "statut_annule_abandonne"])
def test_none_of_those_that_are_known_is_zero(key: str) -> None:
    assert value(plan(rows=ACTION.replace("2026-06-30", "2027-06-30")), key) == 0.0


def test_a_sheet_that_is_there_without_a_row_counts_zero() -> None:
    comparison = of(plan(rows="", **PEOPLE))

    assert [figure(comparison, key).value for key in COUNTS] == [0.0] * 4
    assert figure(comparison, "actions_1000").value == 0.0
    assert {f.key for f in FIGURES if reads(f, PST).counts} == {*COUNTS, "actions_1000"}
    assert figure(comparison, "taux_moyen").value is None


def test_a_plan_of_recurrent_tasks_alone_follows_no_action() -> None:
    rows = "\nActions\ncode | type_action | statut\n1.1.1 | Pérenne | En cours\n"

    assert value(plan(rows=rows), "nb_pst") == 0.0
    assert value(plan(rows=rows), "nb_actions") == 1.0


def test_a_sheet_that_is_missing_counts_nothing() -> None:
    comparison = of(without(book(**PEOPLE), "OS", "OO", "Actions"))

    for key in (*COUNTS, "actions_1000"):
        assert figure(comparison, key).value is None, key
        assert figure(comparison, key).base is None
        assert figure(comparison, key).completeness is None


def test_a_sheet_without_headings_is_missing_too() -> None:
    def wipe(opened: Any) -> None:
        for row in opened["OS"].iter_rows():
            for cell in row:
                cell.value = None

    assert value(read(damaged(book(), wipe)), "nb_os") is None


@pytest.mark.parametrize(
    ("lost", "key"),
    [
        ("Budget", "avec_budget"),
        ("Budget.Prévu", "avec_budget"),
        ("Budget.Code lié", "avec_budget"),
        ("Indicateurs", "avec_indicateur"),
        ("Indicateurs.Code lié", "avec_indicateur"),
        ("Actions.Agent pilote", "avec_pilote"),
        ("Actions.Échéance", "avec_echeance"),
        ("Actions.Échéance", "part_retard"),
        ("Actions.ODD", "avec_odd"),
        ("Actions.Synergie commune-CPAS", "synergies"),
        ("Actions.Avancement %", "taux_moyen"),
        ("Actions.Statut", "statut_termine"),
    ],
)
def test_what_nobody_was_asked_is_missing_and_what_nobody_has_is_zero(lost: str, key: str) -> None:
    assert value(without(book(), lost), key) is None
    if key.startswith(("avec", "syn")) and key != "avec_echeance":
        assert value(plan(), key) == 0.0


@pytest.mark.parametrize("key", ["actions_1000", "budget_habitant"])
def test_by_inhabitant_needs_the_inhabitants(key: str) -> None:
    rows = ACTION + BUDGET.format("1000")

    assert value(plan(rows=rows), key) is None
    assert value(plan(rows=rows, **PEOPLE), key) == 1.0


READ_BLANK = {
    ("actions", "type_action"), ("actions", "statut"), ("actions", "synergie"),
    ("budget", "recette_depense"), ("budget", "niveau"),
    ("indicateurs", "sens"), ("indicateurs", "niveau"),
}  # fmt: skip
"""The cells whose blank says something: PST, followed, no, an expense, the first row of the code,
the way to the target. Blanked, they change which rows count, and a figure may appear."""

SOME = return_of(
    "Identification\ncle | valeur\nnom | Nassogne\ntype | Commune\nins | 83040\npopulation | 1000\n"
    "annee_debut | 2024\nannee_fin | 2030\ndate_observation | 31/10/2026\n\n"
    "OS\ncode\n1\n2\n\nOO\ncode | code_os\n1.1 | 1\n2.1 | 2\n\n"
    "Actions\ncode | code_oo | type_action | statut | avancement | etp | echeance | agent_pilote | odd\n"
    "1.1.1 | 1.1 | PST | En cours | 40 | 1 | 30/06/2026 | LAMBERT Julie | 11\n"
    "1.1.2 | 1.1 | | Terminé | 100 | | 30/06/2027 | | \n"
    "2.1.1 | 2.1 | PST | Abandonné | | 2 | | |\n"
    "2.1.2 | 2.1 | Pérenne | En cours | 10 | | | | 3\n\n"
    "Indicateurs\ncode | niveau | code_lie | sens | valeur_depart | cible | realise_2025\n"
    "I1 | Action | 1.1.1 | Hausse | 0 | 10 | 5\nI2 | Action | 1.1.2 | Baisse | 10 | 0 |\n\n"
    "Budget\nniveau | code_lie | exercice | recette_depense | prevu | inscrit | realise\n"
    "Action | 1.1.1 | 2026 | Dépense | 1000 | 800 | 200\n"
    "Action | 1.1.2 | 2026 | Recette | 500 | | \n",
    PST,
)
CELLS = sorted(
    (sheet, key, at)
    for sheet, table in SOME.tables.items()
    for key, column in table.columns.items()
    for at, cell in enumerate(column)
    if cell is not None and not PST[sheet][key].hidden and (sheet, key) not in READ_BLANK
    if not (sheet == "identification" and key.startswith("annee"))
)

Cells = set[tuple[str, str, int]]


def blanked(one: Return, cells: Cells) -> Return:
    tables = dict(one.tables)
    for sheet, key, at in cells:
        column = list(tables[sheet].columns[key])
        column[at] = None
        tables[sheet] = replace(tables[sheet], columns=tables[sheet].columns | {key: column})
    return replace(one, tables=tables)


LINKS = ("code", "code_lie")  # whether a row without them is one is not told here
gone_cells = st.sets(st.sampled_from(CELLS), min_size=1, max_size=30)


@settings(deadline=None, max_examples=20)
@given(st.lists(st.tuples(gone_cells, st.sampled_from(CELLS)), min_size=5, max_size=5))
def test_blanking_a_cell_never_makes_a_number_of_what_is_unknown(
    drawn: list[tuple[Cells, tuple[str, str, int]]],
) -> None:
    states = [(blanked(SOME, before), blanked(SOME, before | {cell})) for before, cell in drawn]
    values = together([one for pair in states for one in pair])

    for at, (_, cell) in enumerate(drawn):
        was, now = values[2 * at], values[2 * at + 1]
        found = {key for key, one in now.items() if one.value is not None}
        assert {key for key, one in was.items() if one.value is None}.isdisjoint(found), cell


@settings(deadline=None, max_examples=20)
@given(st.lists(gone_cells, min_size=8, max_size=8))
def test_what_is_left_gives_each_figure_or_it_is_missing(drawn: list[Cells]) -> None:
    plans = [blanked(SOME, {c for c in gone if c[1] not in LINKS}) for gone in drawn]
    for one, found in zip(plans, together(plans), strict=True):
        actions, budget = one.tables["actions"].columns, one.tables["budget"].columns
        people = one.identity("population")
        followed = [number for at, number in enumerate(actions["avancement"]) if at in (0, 1)]
        known: list[Any] = [number for number in followed if number is not None]
        amount: Any = budget["prevu"][0]  # the other line is of receipts
        wanted = {
            "taux_moyen": sum(known) / len(known) if known else None,
            "budget_prevu": amount,
            "budget_habitant": amount / people if amount and people else None,
        }
        for key, number in wanted.items():
            close = None if number is None else pytest.approx(number)
            assert found[key].value == close, key
        if one.identity("date_observation") is None:
            assert found["part_retard"].value is None


def together(plans: list[Return]) -> list[dict[str, FigureValue]]:
    """Return the figures of each, in order: compared at once, each under a name of its own."""
    named = [
        replace(one, tables=one.tables | {"identification": under(one, f"N{at:02}")})
        for at, one in enumerate(plans)
    ]
    return compare(named, PST).values


def under(one: Return, name: str) -> Table:
    """Return the form of a plan under another name, of no type."""
    form = one.tables["identification"]
    return replace(form, columns=form.columns | {"nom": [name], "type": [None]})
