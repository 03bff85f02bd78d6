"""Rows sent to several services: who touched what, what counts, and that nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from support import OBSERVED, damaged, read, town, workbook

from pst_excel.batch import Return
from pst_excel.consolidating import Consolidation, consolidate
from pst_excel.examples import return_of
from pst_excel.lending import PARTNER, REFERENCE, ROLE, STAMP, held, lent, named, stamp
from pst_excel.outputs import OUTPUTS
from pst_excel.outputs.template import write_template
from pst_excel.preparing import prepare
from pst_excel.pst import PST
from pst_excel.schema import HEADING_ROW, Column, Kind, Where
from pst_excel.verdict import check

TOWN = town("Travaux", "Finances", "Culture")
PLAN = (
    TOWN
    + """
OS
code | intitule
1    | Rouler

OO
code | code_os | intitule     | services
1.1  | 1       | Rouler mieux | Travaux; Finances

Actions
code  | code_oo | intitule        | service_pilote | services_partenaires | avancement | commentaire
1.1.1 | 1.1     | Boucher un trou | Travaux        | Finances; Culture    | 10         | Devis reçu
1.1.2 | 1.1     | Payer le trou   | Finances       | Culture              | 20         |
"""
)
FIRST = HEADING_ROW + 1


@cache
def _sent() -> tuple[bytes, ...]:
    source = read(workbook(PLAN), "PST.xlsx")
    return tuple(write_template(one.content) for one in prepare(source).envelopes)


def sent() -> tuple[Return, Return, Return]:
    """Return the workbooks sent to Travaux, Finances and Culture, as they come back untouched."""
    travaux, finances, culture = _sent()
    return (
        read(travaux, "travaux.xlsx"), read(finances, "finances.xlsx"),
        read(culture, "culture.xlsx"),
    )  # fmt: skip


def put(one: Return, code: str, sheet: str = "actions", **values: Any) -> None:
    """Write in the row that has a code, as its service would."""
    table = one.tables[sheet]
    for key, value in values.items():
        table.columns[key][table.columns["code"].index(code)] = value


def removed(one: Return, code: str, sheet: str = "actions") -> None:
    """Take the row that has a code out of a workbook."""
    table = one.tables[sheet]
    at = table.columns["code"].index(code)
    for cells in (table.rows, *table.columns.values()):
        del cells[at]


def united(*returns: Return) -> Consolidation:
    """Consolidate returns, none being taken for the copy of another."""
    return consolidate([replace(one, digest=one.file) for one in returns], PST, OBSERVED)


def cell(result: Consolidation, key: str, code: str = "1.1.1", sheet: str = "actions") -> Any:
    """Return a cell of the consolidated plan."""
    table = result.merged.tables[sheet]
    return table.columns[key][table.columns["code"].index(code)]


def said(result: Consolidation) -> list[tuple[str, str, str]]:
    """Return what each conflict says: the column, the value kept, the value set aside."""
    plain = str.maketrans({"\u00a0": " "})
    return [(c.column, c.kept.translate(plain), c.other.translate(plain)) for c in result.conflicts]


def stamps(one: Return | str) -> list[str]:
    """Return the stamps of the actions of a return, or of a small text."""
    if isinstance(one, str):
        one = return_of(f"Actions\n{one}", PST)
    return [stamp(row) for row in held(one, one.tables["actions"], PST["actions"])]


def test_the_stamp_is_that_of_what_people_may_change() -> None:
    first, same, other = stamps(
        """code | intitule | id | role | empreinte | origine
           1    | A        | x  |      |           | ici
           1    | A        | y  | Partenaire | abc | là
           1    | B        | x  |      |           | ici"""
    )
    assert first == same
    assert first != other


@pytest.mark.parametrize(
    "column",
    [c for c in PST["actions"].inputs if c.where is Where.BOTH and c.key not in ("id", "code")],
    ids=lambda column: column.key,
)
def test_any_cell_that_is_filled_or_emptied_changes_the_stamp(column: Column) -> None:
    by_kind = {Kind.DATE: "31/12/2026", Kind.TEXT: "Vu", Kind.CODE: "1.1"}
    labels = column.vocabulary.labels if column.vocabulary else ()
    value = next((x for x in labels if x != column.default), by_kind.get(column.kind, "0"))
    blank, filled = stamps(f"code | {column.key}\n1 |\n1 | {value}")
    assert blank != filled


def test_a_column_that_a_workbook_lacks_is_one_of_defaults() -> None:
    default, without = (return_of("Actions\ncode | type_action\n1 | PST", PST) for _ in "12")
    without.tables["actions"].columns["type_action"] = [None]
    assert stamps(without) == stamps(default)


def test_a_cell_that_is_understood_has_the_stamp_of_what_it_means() -> None:
    literal, typed = stamps("code | avancement\n1 | 40\n1 | 40,0 %")
    assert literal == typed


def test_what_stands_in_two_cells_is_not_what_stands_in_one() -> None:
    assert stamp({"a": "1|b=2"}) != stamp({"a": "1", "b": "2"})


def test_a_text_that_is_not_understood_and_an_added_column_are_in_the_stamp() -> None:
    texts = stamps("code | avancement\n1 |\n1 | bientôt\n1 | jamais")
    one = return_of("Actions\ncode\n1\n1", PST)
    one.tables["actions"].locals = {"Lieu": ["", "Gare"]}
    local = stamps(one)

    assert len(set(texts)) == 3
    assert local[0] == texts[0]
    assert local[1] != texts[0]


def test_a_cell_names_one_service_or_several() -> None:
    assert named("Travaux; État civil") >= {"travaux", "etat civil"}
    assert "culture; sports" in named("Culture; sports")
    assert named(None) == named("") == frozenset()


def test_a_row_is_lent_when_it_says_one_of_the_two_roles() -> None:
    one = return_of(f"Actions\ncode | role\n1 | {PARTNER}\n2 |\n3 | {REFERENCE}\n4 | autre", PST)
    table = one.tables["actions"]
    table.new_rows = frozenset()
    assert lent(table) == [True, False, True, False]


def test_a_row_copied_from_a_lent_one_is_the_service_s_own() -> None:
    def copy(book: Any) -> None:
        page = book["Actions"]
        ids = {c.value: c.column for c in page[HEADING_ROW]}
        for number in range(1, page.max_column + 1):
            page.cell(FIRST + 9, number).value = page.cell(FIRST, number).value
        (code,) = [at for label, at in ids.items() if label and label.startswith("Code action")]
        page.cell(FIRST + 9, code).value = "1.1.9"

    culture = read(damaged(_sent()[2], copy), "culture.xlsx")
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
    assert said(result) == [
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

    assert said(result) == [
        ("Intitulé", "Boucher un trou", "Boucher deux trous"),
        ("Avancement %", "60 %", "10 %"),
    ]


def test_a_change_that_the_owner_made_too_is_no_conflict() -> None:
    travaux, finances, culture = sent()
    for one in (travaux, culture):
        put(one, "1.1.1", avancement=60.0)
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
    culture = read(damaged(_sent()[2], change), "culture.xlsx")
    result = united(travaux, finances, culture)

    assert cell(result, "avancement") == 10
    assert sorted(said(result)) == [("Avancement %", "10 %", "presque"), ("Lieu", "(vide)", "Gare")]
    assert result.merged.notes == []


def test_a_changed_row_that_nobody_else_has_is_kept_and_said() -> None:
    _, _, culture = sent()
    put(culture, "1.1.1", avancement=90.0)
    result = united(culture)

    assert cell(result, "avancement") == 90
    assert said(result) == [
        ("Ligne entière", "modifiée par un service qui n’en répond pas", "aucune autre copie")
    ]


def test_a_row_that_its_owner_took_out_is_kept_and_said() -> None:
    travaux, finances, culture = sent()
    removed(travaux, "1.1.1")
    result = united(travaux, finances, culture)
    (conflict,) = result.conflicts

    assert cell(result, "avancement") == 10
    assert said(result) == [
        ("Ligne entière", "gardée telle qu’elle a été envoyée", "absente du classeur du service")
    ]
    assert conflict.kept_from == f"culture.xlsx · Actions · ligne {FIRST}"
    assert conflict.other_from == "travaux.xlsx"


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

    assert said(result) == [("Intitulé", "Rouler moins", "Rouler partout")]


def test_the_first_named_of_several_services_wins_over_a_service_that_is_not_named() -> None:
    keys = "code | intitule | services"
    one = f"{TOWN}\nOO\n{keys}\n1.1 | Rouler mieux | Travaux; Finances"
    returns = [
        read(workbook(text.replace("annee_fin ", f"service | {service}\nannee_fin ")), f"{service}.xlsx")
        for service, text in (("Culture", one), ("Travaux", one.replace("mieux", "moins")))
    ]  # fmt: skip
    result = united(*returns)

    assert said(result) == [("Intitulé", "Rouler moins", "Rouler mieux")]


def test_the_plan_given_with_the_returns_adds_what_they_lack_and_disputes_nothing() -> None:
    travaux, finances, culture = sent()
    put(travaux, "1.1.1", avancement=60.0, commentaire=None)
    plan = read(workbook(PLAN + "\nConstat\ncode | intitule\nC1 | Sans lien\n"), "PST.xlsx")
    result = united(plan, travaux, finances, culture)

    assert cell(result, "avancement") == 60
    assert cell(result, "commentaire") is None
    assert result.merged.tables["constat"].columns["code"] == ["C1"]
    assert result.conflicts == []


def test_a_plan_changed_since_the_sending_is_compared_with_what_came_back() -> None:
    travaux, finances, culture = sent()
    plan = read(workbook(PLAN.replace("| 10 ", "| 15 ")), "PST.xlsx")

    assert said(united(plan, travaux, finances, culture)) == [("Avancement %", "10 %", "15 %")]


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
        replace(one.content, file=one.file)
        for day in (1, 2)
        for one in prepare(source, due=OBSERVED.replace(day=day)).envelopes[day - 1 : day]
    ]
    result = united(*returns)
    document = json.loads(OUTPUTS[".json"].write(result))

    assert [one.identity("date_retour").day for one in returns] == [1, 2]
    assert result.merged.identity("date_retour") is None
    assert result.merged.service == ""
    assert result.conflicts == []
    for key in (ROLE, STAMP):
        assert set(result.merged.tables["actions"].columns[key]) == {None}
        assert all(key not in row for row in document["tables"]["actions"])
    assert "id" in document["tables"]["actions"][0]
    assert "date_retour" in document["tables"]["identification"][0]


FAULTS = {
    "a blank": ("| Travaux | En cours | 40", "| Travaux | | 40"),
    "a value out of bounds": ("| 40", "| 140"),
    "a value that is not in the list": ("En cours", "Presque"),
    "a text that is not understood": ("| 40", "| bientôt"),
    "a rule": ("En cours | 40", "Terminé | 40"),
}


def rows(own: Callable[[str], str]) -> str:
    """Return two actions, the first one's own and the second lent, changed alike."""
    keys = "code | code_oo | intitule | service_pilote | statut | avancement | role"
    one = own("1.1.1 | 1.1 | Boucher un trou | Travaux | En cours | 40") + " | "
    return f"\nActions\n{keys}\n{one}\n{one.replace('1.1.1', '1.1.2')}{PARTNER}\n"


@pytest.mark.parametrize(("old", "new"), FAULTS.values(), ids=FAULTS)
def test_a_lent_row_is_not_blamed_for_what_its_reader_cannot_mend(old: str, new: str) -> None:
    one = return_of(TOWN + rows(lambda text: text.replace(old, new)), PST)
    sound = return_of(TOWN + rows(str), PST)
    for made in (one, sound):
        made.tables["actions"].new_rows = frozenset()
    found = check([one], PST, OBSERVED).findings
    before = {(f.code, f.cell) for f in check([sound], PST, OBSERVED).findings}

    assert {f.row for f in found if f.sheet == "Actions"} == {FIRST}
    assert {(f.code, f.cell) for f in found} - before


def test_only_the_rows_of_the_service_are_counted() -> None:
    one = return_of(TOWN + rows(str), PST)
    one.tables["actions"].new_rows = frozenset()
    alone = return_of(TOWN + rows(str).rsplit("1.1.2", 1)[0], PST)
    report, expected = check([one], PST, OBSERVED), check([alone], PST, OBSERVED)

    assert report.rows["Actions"] == 1
    assert (report.rows, report.clean) == (expected.rows, expected.clean)


def test_a_workbook_that_was_sent_has_no_finding_of_its_own_making() -> None:
    for one in sent():
        assert not [
            f for f in check([one], PST, OBSERVED).findings if f.code.startswith(("S", "R01"))
        ]
