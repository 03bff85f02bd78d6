"""Many returns become one plan of one institution, the same whatever their order."""

from __future__ import annotations

from functools import cache
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import OBSERVED, office, read, workbook
from support.consolidated import PLAN, actions, column, sent_by, united

from pst_excel.api.outputs import as_bytes
from pst_excel.checking.report import check
from pst_excel.consolidating.consolidate import consolidate
from pst_excel.excel.books.template import write_template
from pst_excel.model.schema import COMPANION, HEADING_ROW
from pst_excel.model.words.kinds import Where
from pst_excel.pst import PST
from pst_excel.reading.reader import read_bytes
from pst_excel.returns.tables import Return
from pst_excel.text.errors import UsageError


def data_of(filled: Return) -> dict[str, Any]:
    """Return what people wrote in a return, what the program writes left out."""
    form = {
        key: values
        for key, values in filled.tables["identification"].columns.items()
        if key != "version" and PST.form[key].where is Where.BOTH
    }
    tables = {
        (sheet.key, column.key): table.columns[column.key]
        for sheet in PST.tables
        if (table := filled.tables.get(sheet.key)) is not None
        for column in sheet.inputs
        if column.where is Where.BOTH
    }
    local = {
        sheet: {name: v for name, v in table.locals.items() if not name.endswith(COMPANION)}
        for sheet, table in filled.tables.items()
    }
    texts = filled.not_understood()  # which the whole plan shows in the column beside
    return {"form": form, "tables": tables, "local": local, "lists": filled.lists, "texts": texts}


def test_lists_are_united_one_spelling_each() -> None:
    other = sent_by("Finances").replace("| Culture", "| Sports").replace("| Travaux", "| TRAVAUX")
    services = united(sent_by("Travaux"), other).merged.lists["services"]

    assert set(map(str.casefold, services)) == {"travaux", "finances", "culture", "sports"}
    assert len(services) == 4


def test_identical_copies_count_once_and_are_named() -> None:
    data = workbook(sent_by("Travaux") + actions("1.1.1 | A | Travaux | | "))
    result = united(read(data, "b.xlsx"), read(data, "a.xlsx"))

    assert len(result.returns) == 1
    assert result.copies == [("b.xlsx", "a.xlsx")]
    assert len(column(result.merged, "code")) == 1


def test_services_of_the_list_without_a_return_are_said() -> None:
    assert united(sent_by("Travaux"), sent_by("Culture")).absent == ["Finances"]
    assert united(sent_by("")).absent == []


@pytest.mark.parametrize(
    "other", [{"ins": "92952", "nom": "Ailleurs"}, {"type": "CPAS"}, {"annee_debut": "2018"}]
)
def test_two_institutions_or_legislatures_are_refused_in_one_sentence(
    other: dict[str, str],
) -> None:
    with pytest.raises(UsageError, match="plusieurs institutions") as raised:
        united(sent_by("Travaux"), sent_by("Finances", **other))

    assert "retour-1.xlsx" in str(raised.value)
    assert "retour-2.xlsx" in str(raised.value)
    assert "\n" not in str(raised.value)


def test_nothing_to_consolidate_is_said() -> None:
    with pytest.raises(UsageError, match="aucun classeur"):
        consolidate([], PST, OBSERVED)


def four_returns() -> list[Return]:
    """Return four returns that disagree on nearly everything."""
    texts = (
        sent_by("Travaux") + PLAN + actions("1.1.1 | A | Travaux | En cours | 10"),
        sent_by("Finances", population="10")
        + PLAN.replace("Accueillir", "Accueillir mieux")
        + actions("1.1.1 | A | Travaux | Terminé | ", "1.1.2 | Tout autre chose | Finances | | 5"),
        sent_by("Culture", population="12") + actions("1.1.2 | Chanter | Culture | | douze"),
        sent_by("")
        + PLAN
        + actions("1.1.1 | A bis | Travaux | Problème | 30", "| Sans code | | | "),
    )
    return [read(workbook(text), f"{at}.xlsx") for at, text in enumerate(texts)]


@given(st.permutations(range(4)))
@settings(max_examples=3)
def test_the_order_of_the_returns_changes_no_byte(order: list[int]) -> None:
    returns = four_returns()

    shuffled = as_bytes(united(*(returns[at] for at in order)), ".xlsx")

    assert shuffled == reference()


@cache
def reference() -> bytes:
    """Return the consolidated workbook of the four returns."""
    return as_bytes(united(*four_returns()), ".xlsx")


def test_the_order_of_the_returns_changes_neither_rows_nor_conflicts() -> None:
    returns = four_returns()
    results = [united(*order) for order in [*permutations(returns)][::5]]

    assert all(data_of(result.merged) == data_of(results[0].merged) for result in results)
    assert all(result.conflicts == results[0].conflicts for result in results)
    assert results[0].conflicts


def test_the_same_files_and_date_give_the_same_bytes() -> None:
    assert as_bytes(united(*four_returns()), ".xlsx") == reference()


def test_consolidating_the_consolidated_workbook_changes_no_data() -> None:
    first = united(*four_returns())
    once = read_bytes(as_bytes(first, ".xlsx"), "c.xlsx", PST)
    twice = united(once)

    assert twice.conflicts == []
    assert data_of(twice.merged) == data_of(once)
    assert data_of(once)["tables"].keys() >= data_of(first.merged)["tables"].keys() - {
        key for key in data_of(first.merged)["tables"] if key[0] == "evaluation"
    }
    for (sheet, key), values in data_of(first.merged)["tables"].items():
        if sheet != "evaluation":
            assert data_of(once)["tables"][(sheet, key)] == values, (sheet, key)


def test_the_sample_consolidated_again_changes_no_data() -> None:
    once = office.sample_plans()[0]

    assert data_of(united(once).merged) == data_of(once)


def evaluated() -> bytes:
    """Return a consolidated workbook in which the collège has written its evaluation."""
    more = PLAN.replace("1    | Être accueillante", "1 | Être accueillante\n2 | Être économe")
    data = as_bytes(united(sent_by("Travaux") + more), ".xlsx")

    def change(book: Any) -> None:
        page = book["Évaluation"]
        headings = {cell.value: cell.column for cell in page[HEADING_ROW]}
        for row in range(HEADING_ROW + 1, HEADING_ROW + 4):
            page.cell(row, headings["Leçons (mi-législature)"]).value = f"leçon {row}"
            page.cell(row, headings["Décision (mi-législature)"]).value = "Poursuivre"

    return office.edited(data, change)


def test_what_the_college_wrote_survives_also_for_an_objective_that_is_gone() -> None:
    previous = evaluated()
    kept = read(previous, "PST.xlsx").tables["evaluation"]
    before = {(n, c): t for n, c, t in zip(kept.columns["niveau"], kept.columns["code"],
              kept.columns["lecons_mi"], strict=True) if t}  # fmt: skip
    filled = read(previous, "PST.xlsx")
    at = filled.tables["os"].columns["code"].index("2")
    del filled.tables["os"].rows[at]
    for values in filled.tables["os"].columns.values():
        del values[at]

    result = united(filled, sent_by("Travaux") + PLAN)
    again = read_bytes(as_bytes(result, ".xlsx"), "c.xlsx", PST).tables["evaluation"]
    after = {(n, c): t for n, c, t in zip(again.columns["niveau"], again.columns["code"],
             again.columns["lecons_mi"], strict=True) if t}  # fmt: skip

    assert len(before) == 3
    assert after == before
    assert again.columns["decision_mi"].count("Poursuivre") == 3


def test_checking_the_consolidated_workbook_finds_what_its_controls_say() -> None:
    result = office.sample()
    written = read_bytes(office.sample_book(), result.merged.file, PST)
    found = check([written], PST, result.observed).findings
    expected = [f for f in result.report.findings if not f.code.startswith("S")]

    assert sorted((f.code, f.sheet, f.cell) for f in found) == sorted(
        (f.code, f.sheet, f.cell) for f in expected
    )
    assert len(expected) > 20


def test_a_template_written_from_a_return_says_the_same() -> None:
    filled = four_returns()[1]

    assert data_of(read(write_template(filled))) == data_of(filled)


def test_a_return_of_another_institution_or_legislature_is_left_out_of_most_others() -> None:
    ours = [sent_by("Travaux") + PLAN, sent_by("Finances") + PLAN]
    alone = united(*ours)
    for other in ({"ins": "92952", "nom": "Ailleurs"}, {"annee_debut": "2018"}):
        result = united(*ours, sent_by("Culture", **other) + PLAN)

        (refusal,) = result.refusals
        assert refusal.file == "retour-3.xlsx"
        assert "autre institution ou législature" in refusal.reason
        assert data_of(result.merged) == data_of(alone.merged)
        assert result.observed == alone.observed


def test_the_plan_says_which_returns_are_of_its_institution() -> None:
    plan = united(sent_by("Travaux") + PLAN).merged
    strangers = [sent_by(name, ins="92952", nom="Ailleurs") for name in ("Finances", "Culture")]
    returns = [read(workbook(text), name) for name, text in zip("bc", strangers, strict=True)]
    ours = read(workbook(sent_by("Travaux") + PLAN), "a")

    result = consolidate([ours, *returns], PST, OBSERVED, previous=plan)

    assert [refusal.file for refusal in result.refusals] == ["b", "c"]
    assert result.base is not None
    with pytest.raises(UsageError, match="plusieurs institutions"):
        consolidate(returns, PST, OBSERVED, previous=plan, named=True)
