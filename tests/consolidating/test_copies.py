"""Of the copies of a row sent to several services, the one that counts is known, none is lost."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from support import OBSERVED, damaged, read, workbook
from support.lent_rows import FIRST, PLAN, TOWN, sent, sent_out

from pst_excel.api.outputs import as_bytes
from pst_excel.consolidating.consolidate import consolidate
from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.distributing.prepare import prepare
from pst_excel.model.schema import HEADING_ROW
from pst_excel.model.words.keys import ROW_ROLE, STAMP
from pst_excel.pst import PST
from pst_excel.returns.shared_rows import lent
from pst_excel.returns.tables import Return


def put(filled: Return, code: str, sheet: str = "actions", **values: Any) -> None:
    """Write in the row that has a code, as its service would."""
    table = filled.tables[sheet]
    for key, value in values.items():
        table.columns[key][table.columns["code"].index(code)] = value


def removed(filled: Return, code: str, sheet: str = "actions") -> None:
    """Take the row that has a code out of a workbook."""
    table = filled.tables[sheet]
    at = table.columns["code"].index(code)
    for cells in (table.rows, *table.columns.values()):
        del cells[at]


def united(*returns: Return) -> Consolidation:
    """Consolidate returns, none being taken for the copy of another."""
    return consolidate([replace(filled, digest=filled.file) for filled in returns], PST, OBSERVED)


def cell(result: Consolidation, key: str, code: str = "1.1.1", sheet: str = "actions") -> Any:
    """Return a cell of the consolidated plan."""
    table = result.merged.tables[sheet]
    return table.columns[key][table.columns["code"].index(code)]


def conflicts(result: Consolidation) -> list[tuple[str, str, str]]:
    """Return what each conflict says: the column, the value kept, the value set aside."""
    plain = str.maketrans({"\u00a0": " "})
    return [(c.column, c.kept.translate(plain), c.other.translate(plain)) for c in result.conflicts]


def test_a_row_copied_from_a_lent_one_is_the_service_s_own() -> None:
    def copy(book: Any) -> None:
        page = book["Actions"]
        ids = {c.value: c.column for c in page[HEADING_ROW]}
        for number in range(1, page.max_column + 1):
            page.cell(FIRST + 9, number).value = page.cell(FIRST, number).value
        (code,) = [at for label, at in ids.items() if label and label.startswith("Code action")]
        page.cell(FIRST + 9, code).value = "1.1.9"

    culture = read(damaged(sent_out()[2], copy), "culture.xlsx")
    travaux, finances, _ = sent()
    result = united(travaux, finances, culture)

    assert lent(culture.tables["actions"]) == [True, True, False]
    assert result.merged.tables["actions"].columns["code"] == ["1.1.1", "1.1.2", "1.1.9"]
    assert result.conflicts == []


def test_an_untouched_lent_row_says_nothing_not_even_in_a_cell_that_its_owner_emptied() -> None:
    travaux, finances, culture = sent()
    put(travaux, "1.1.1", avancement=60.0, commentaire=None)
    result = united(travaux, finances, culture)

    assert cell(result, "avancement") == 60
    assert cell(result, "commentaire") is None
    assert result.conflicts == []


def test_untouched_copies_stand_once_for_an_owner_who_did_not_answer() -> None:
    _, finances, culture = sent()
    result = united(finances, culture)

    assert result.merged.tables["actions"].columns["code"] == ["1.1.1", "1.1.2"]
    assert (cell(result, "avancement"), cell(result, "commentaire")) == (10, "Devis reçu")
    assert result.merged.tables["os"].columns["code"] == ["1"]
    assert result.conflicts == []


def test_what_was_changed_in_a_lent_row_is_set_aside_and_nothing_else_is() -> None:
    travaux, finances, culture = sent()
    put(travaux, "1.1.1", avancement=60.0)
    put(culture, "1.1.1", intitule="Boucher deux trous", commentaire=None)
    result = united(travaux, finances, culture)

    assert cell(result, "intitule") == "Boucher un trou"
    assert cell(result, "avancement") == 60
    assert conflicts(result) == [
        ("Intitulé", "Boucher un trou", "Boucher deux trous"),
        ("Commentaire d’avancement", "Devis reçu", "(vide)"),
    ]
    letters = culture.tables["actions"].letters["intitule"]
    assert result.conflicts[0].other_from == f"culture.xlsx · Actions!{letters}{FIRST}"
    assert result.conflicts[0].name == "1.1.1 · Boucher un trou"


def test_without_an_untouched_copy_a_changed_lent_row_is_compared_with_the_owner_s() -> None:
    travaux, _, culture = sent()
    put(travaux, "1.1.1", avancement=60.0)
    put(culture, "1.1.1", intitule="Boucher deux trous")
    result = united(travaux, culture)

    assert conflicts(result) == [
        ("Intitulé", "Boucher un trou", "Boucher deux trous"),
        ("Avancement %", "60 %", "10 %"),
    ]


def test_a_change_that_the_owner_made_too_is_no_conflict() -> None:
    travaux, finances, culture = sent()
    for filled in (travaux, culture):
        put(filled, "1.1.1", avancement=60.0)
    assert united(travaux, finances, culture).conflicts == []


def test_texts_not_understood_and_added_columns_of_a_lent_row_are_set_aside_too() -> None:
    def change(book: Any) -> None:
        page = book["Actions"]
        headings = {str(c.value).strip(" ✱"): c.column for c in page[HEADING_ROW] if c.value}
        page.cell(FIRST, headings["Avancement %"]).value = "presque"
        last = max(headings.values()) + 1
        page.cell(HEADING_ROW, last).value = "Lieu"
        page.cell(FIRST, last).value = "Gare"

    travaux, finances, _ = sent()
    culture = read(damaged(sent_out()[2], change), "culture.xlsx")
    result = united(travaux, finances, culture)

    assert cell(result, "avancement") == 10
    assert sorted(conflicts(result)) == [
        ("Avancement %", "10 %", "presque"),
        ("Lieu", "(vide)", "Gare"),
    ]
    assert result.merged.readings == []


def test_a_changed_row_that_nobody_else_has_is_kept_and_said() -> None:
    _, _, culture = sent()
    put(culture, "1.1.1", avancement=90.0)
    result = united(culture)

    assert cell(result, "avancement") == 90
    assert conflicts(result) == [
        ("Ligne entière", "la ligne, avec ses valeurs", "modifiée par Culture, qui n’en répond pas")
    ]


def test_a_row_that_its_owner_took_out_is_kept_and_said() -> None:
    travaux, finances, culture = sent()
    removed(travaux, "1.1.1")
    result = united(travaux, finances, culture)
    (conflict,) = result.conflicts

    assert cell(result, "avancement") == 10
    assert conflicts(result) == [
        ("Ligne entière", "la ligne, avec ses valeurs", "absente du retour de Travaux")
    ]
    assert conflict.choices == ["référence", "supprimer"]
    assert conflict.other_from == "travaux.xlsx · Actions"


@pytest.mark.parametrize("who", [0, 1])
def test_of_two_services_that_answer_for_a_row_the_one_that_changed_it_is_heard(who: int) -> None:
    returns = sent()
    put(returns[who], "1.1", "oo", intitule="Rouler partout", code_os=None)
    result = united(*returns)

    assert cell(result, "intitule", "1.1", "oo") == "Rouler partout"
    assert cell(result, "code_os", "1.1", "oo") is None
    assert result.conflicts == []


def test_two_changes_by_two_services_that_answer_for_a_row_are_a_conflict() -> None:
    travaux, finances, culture = sent()
    put(travaux, "1.1", "oo", intitule="Rouler partout")
    put(finances, "1.1", "oo", intitule="Rouler moins")
    result = united(travaux, finances, culture)

    assert conflicts(result) == [("Intitulé", "Rouler mieux", "Rouler moins\nRouler partout")]
    (conflict,) = result.conflicts
    assert conflict.choices[:3] == ["référence", "retour Finances", "retour Travaux"]


def test_the_first_named_of_several_services_wins_over_a_service_that_is_not_named() -> None:
    keys = "code | intitule | services"
    one = f"{TOWN}\nOO\n{keys}\n1.1 | Rouler mieux | Travaux; Finances"
    returns = [
        read(workbook(text.replace("annee_fin ", f"service | {service}\nannee_fin ")), f"{service}.xlsx")
        for service, text in (("Culture", one), ("Travaux", one.replace("mieux", "moins")))
    ]  # fmt: skip
    result = united(*returns)

    assert conflicts(result) == [("Intitulé", "Rouler moins", "Rouler mieux")]


def test_the_plan_given_with_the_returns_adds_what_they_lack_and_disputes_nothing() -> None:
    travaux, finances, culture = sent()
    put(travaux, "1.1.1", avancement=60.0, commentaire=None)
    plan = read(workbook(PLAN + "\nConstat\ncode | intitule\nC1 | Sans lien\n"), "PST.xlsx")
    result = united(plan, travaux, finances, culture)

    assert cell(result, "avancement") == 60
    assert cell(result, "commentaire") is None
    assert result.merged.tables["constat"].columns["code"] == ["C1"]
    assert result.conflicts == []


def test_a_plan_changed_since_the_sending_keeps_its_change() -> None:
    plan = read(workbook(PLAN.replace("| 10 ", "| 15 ")), "PST.xlsx")
    result = united(plan, *sent())

    assert cell(result, "avancement") == 15
    assert result.conflicts == []


def test_a_plan_and_a_return_that_both_changed_since_the_sending_are_a_conflict() -> None:
    travaux, finances, culture = sent()
    put(travaux, "1.1.1", avancement=60.0)
    plan = read(workbook(PLAN.replace("| 10 ", "| 15 ")), "PST.xlsx")
    result = united(plan, travaux, finances, culture)

    assert cell(result, "avancement") == 15
    assert conflicts(result) == [("Avancement %", "15 %", "60 %")]
    assert result.conflicts[0].base.startswith("10")


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_the_order_of_the_returns_changes_nothing(order: tuple[int, ...]) -> None:
    returns = sent()
    put(returns[0], "1.1.1", avancement=60.0)
    put(returns[2], "1.1.1", avancement=70.0, commentaire="Vu")
    straight, turned = united(*returns), united(*(returns[at] for at in order))

    assert straight.conflicts == turned.conflicts
    assert straight.merged.tables == turned.merged.tables


def test_what_concerns_only_the_sending_is_not_in_the_consolidated_plan() -> None:
    source = read(workbook(PLAN), "PST.xlsx")
    returns = [
        replace(envelope.content, file=envelope.file)
        for day in (1, 2)
        for envelope in prepare(source, due=OBSERVED.replace(day=day)).workbooks[day - 1 : day]
    ]
    result = united(*returns)
    document = json.loads(as_bytes(result, ".json"))

    assert [filled.identity("date_retour").day for filled in returns] == [1, 2]
    assert result.merged.identity("date_retour") is None
    assert result.merged.service == ""
    assert result.conflicts == []
    for key in (ROW_ROLE, STAMP):
        assert set(result.merged.tables["actions"].columns[key]) == {None}
        assert all(key not in row for row in document["tables"]["actions"])
    assert "id" in document["tables"]["actions"][0]
    assert "date_retour" in document["tables"]["identification"][0]
