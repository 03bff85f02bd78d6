"""Many returns become one plan: nothing lost, nothing invented, every disagreement said."""

from __future__ import annotations

import datetime as dt
from functools import cache
from itertools import permutations
from typing import Any

import office
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import OBSERVED, read, workbook

from pst_excel.batch import Return
from pst_excel.consolidating import Consolidation, consolidate
from pst_excel.errors import UsageError
from pst_excel.outputs import OUTPUTS
from pst_excel.outputs.template import write_template
from pst_excel.parsing import as_text
from pst_excel.pst import PST
from pst_excel.reading import read_bytes
from pst_excel.schema import COMPANION, HEADING_ROW, Where
from pst_excel.verdict import check

LISTS = """
Listes
liste    | valeur
services | Travaux
services | Finances
services | Culture
"""
PLAN = """
OS
code | intitule
1    | Être accueillante

OO
code | code_os | intitule
1.1  | 1       | Accueillir
"""


def town(service: str = "", **more: str) -> str:
    """Return the identification and the lists of a return."""
    known = {"nom": "Valbruyère", "type": "Commune", "ins": "92951", "annee_debut": "2024",
             "annee_fin": "2030", "service": service} | more  # fmt: skip
    rows = "\n".join(f"{key} | {value}" for key, value in known.items())
    return f"Identification\ncle | valeur\n{rows}\n{LISTS}"


def actions(
    *rows: str, keys: str = "code | intitule | service_pilote | statut | avancement"
) -> str:
    """Return the sheet of the actions."""
    return "\nActions\n" + "\n".join((keys, *rows)) + "\n"


def united(*returns: Return | str, observed: dt.date = OBSERVED) -> Consolidation:
    """Return the consolidation of returns, given read or as tables of text."""
    made = [
        one if isinstance(one, Return) else read(workbook(one), f"retour-{at}.xlsx")
        for at, one in enumerate(returns, start=1)
    ]
    return consolidate(made, PST, observed)


def column(one: Return, key: str, sheet: str = "actions") -> list[Any]:
    """Return a column of a sheet."""
    return list(one.tables[sheet].columns[key])


def said(result: Consolidation) -> list[tuple[str, str, str]]:
    """Return what each conflict says: the column, the value kept, the value set aside."""
    return [(c.column, c.kept, c.other) for c in result.conflicts]


def data_of(one: Return) -> dict[str, Any]:
    """Return what people wrote in a return, what the program writes left out."""
    form = {k: v for k, v in one.tables["identification"].columns.items() if k != "version"}
    tables = {
        (sheet.key, column.key): table.columns[column.key]
        for sheet in PST.tables
        if (table := one.tables.get(sheet.key)) is not None
        for column in sheet.inputs
        if column.where is Where.BOTH
    }
    local = {
        sheet: {name: v for name, v in table.locals.items() if not name.endswith(COMPANION)}
        for sheet, table in one.tables.items()
    }
    texts = one.not_understood()  # which the whole plan shows in the column beside
    return {"form": form, "tables": tables, "local": local, "lists": one.lists, "texts": texts}


def test_the_rows_of_every_return_are_there_once_in_the_order_of_their_codes() -> None:
    result = united(
        town("Travaux")
        + PLAN
        + actions("1.1.10 | Dix | Travaux | | ", "1.1.9 | Neuf | Travaux | | "),
        town("Finances") + PLAN + actions("1.1.2 | Deux | Finances | | "),
    )

    assert column(result.merged, "code") == ["1.1.2", "1.1.9", "1.1.10"]
    assert column(result.merged, "code", "os") == ["1"]
    assert result.conflicts == []


def test_a_row_keeps_its_id_and_a_new_one_gets_the_same_on_every_run() -> None:
    one = read(workbook(town("Travaux") + actions("1.1.1 | A | Travaux | | ")))
    one.tables["actions"].columns["id"] = ["abc123"]
    other = town("Finances") + actions("1.1.2 | B | Finances | | ")

    first, again = united(one, other), united(one, other)

    assert column(first.merged, "id")[0] == "abc123"
    assert column(first.merged, "id") == column(again.merged, "id")
    assert all(column(first.merged, "id"))


def test_the_provenance_of_each_row_is_the_place_where_it_was_read() -> None:
    returns = [
        read(workbook(town("Travaux") + actions("1.1.3 | Trois | Travaux | | ",
                                                 "1.1.1 | Un | Travaux | | ")), "travaux.xlsx"),
        read(workbook(town("Finances") + actions("1.1.2 | Deux | Finances | | ")), "fin.xlsx"),
    ]  # fmt: skip
    result = united(*returns)
    by_file = {one.file: one for one in returns}

    for name, origin in zip(
        column(result.merged, "intitule"), column(result.merged, "origine"), strict=True
    ):
        file, sheet, row = origin.split(" · ")
        table = by_file[file].tables["actions"]
        at = table.rows.index(int(row.removeprefix("ligne ")))
        assert sheet == table.title
        assert table.columns["intitule"][at] == name


def test_of_two_values_for_a_cell_the_owner_s_is_kept_and_both_are_listed_with_their_cells() -> (
    None
):
    result = united(
        town("Finances") + actions("1.1.1 | A | Travaux | En cours | 10"),
        town("Travaux") + actions("1.1.1 | A | Travaux | En cours | 40"),
    )
    conflict = result.conflicts[0]

    assert column(result.merged, "avancement") == [40.0]
    assert len(result.conflicts) == 1
    assert (conflict.sheet, conflict.column) == ("Actions", "Avancement %")
    assert (conflict.kept.split("\u00a0")[0], conflict.other.split("\u00a0")[0]) == ("40", "10")
    for one, where in ((2, conflict.kept_from), (1, conflict.other_from)):
        text = town("Travaux") + actions("1.1.1 | A | Travaux | En cours | 1")
        letters = read(workbook(text)).tables["actions"].letters["avancement"]
        assert where == f"retour-{one}.xlsx · Actions!{letters}{HEADING_ROW + 1}"


def test_without_an_owner_the_first_service_is_kept_whatever_the_order() -> None:
    culture = town("Culture") + actions("1.1.1 | A | Travaux | En cours | 10")
    finances = town("Finances") + actions("1.1.1 | A | Travaux | En cours | 40")

    assert column(united(culture, finances).merged, "avancement") == [10.0]
    assert column(united(finances, culture).merged, "avancement") == [10.0]


def test_a_blank_never_wins_over_a_value_and_is_no_conflict() -> None:
    result = united(
        town("Travaux") + actions("1.1.1 | A | Travaux | | 40"),
        town("Finances") + actions("1.1.1 | A | Travaux | En cours | "),
    )

    assert column(result.merged, "statut") == ["En cours"]
    assert column(result.merged, "avancement") == [40.0]
    assert result.conflicts == []


@pytest.mark.parametrize("known", ["40", ""])
def test_a_text_that_is_not_understood_is_not_lost_when_another_return_has_the_row(
    known: str,
) -> None:
    result = united(
        town("Travaux") + actions(f"1.1.1 | A | Travaux | En cours | {known}"),
        town("Finances") + actions("1.1.1 | A | Travaux | En cours | presque"),
    )
    texts = office.values(OUTPUTS[".xlsx"].write(result)).values()

    assert column(result.merged, "avancement") == [float(known) if known else None]
    assert any("presque" in str(text) for text in texts)


def test_both_values_of_a_conflict_are_said_whole() -> None:
    one, other = "un " * 60 + "fin", "deux " * 60 + "fin"
    keys = "code | intitule | service_pilote | description | etp"
    result = united(
        town("Travaux") + actions(f"1.1.1 | A | Travaux | {one} | 0,125", keys=keys),
        town("Finances") + actions(f"1.1.1 | A | Travaux | {other} | 0,128", keys=keys),
    )
    by_column = {c.column: (c.kept, c.other) for c in result.conflicts}

    assert by_column["Description"] == (one, other)
    assert len(set(by_column["ETP"])) == 2


def test_two_values_in_a_column_that_services_added_are_a_conflict_too() -> None:
    returns = []
    for service, place in (("Travaux", "Gare"), ("Finances", "Moulin")):
        one = read(workbook(town(service) + actions("1.1.1 | A | Travaux | | ")), f"{service}.xlsx")
        one.tables["actions"].locals = {"Lieu": [place]}
        returns.append(one)
    written = office.values(OUTPUTS[".xlsx"].write(united(*returns))).values()

    assert {"Gare", "Moulin"} <= set(written)


def test_two_names_under_one_code_are_two_rows_and_a_conflict() -> None:
    result = united(
        town("Travaux") + actions("1.1.1 | Rénover l’école | Travaux | | "),
        town("Finances") + actions("1.1.1 | Payer plus vite | Finances | | "),
    )

    assert sorted(column(result.merged, "intitule")) == ["Payer plus vite", "Rénover l’école"]
    assert len(set(column(result.merged, "id"))) == 2
    assert [c.column for c in result.conflicts] == ["Code utilisé deux fois"]
    shown = {result.conflicts[0].kept, result.conflicts[0].other}
    assert shown == {"Rénover l’école", "Payer plus vite"}


def test_a_name_that_was_reworded_is_the_same_row() -> None:
    result = united(
        town("Travaux") + actions("1.1.1 | Rénover l’école du centre | Travaux | | "),
        town("Finances") + actions("1.1.1 | Rénover l’ecole du Centre | Finances | | "),
    )

    assert len(column(result.merged, "code")) == 1


def test_lists_are_united_one_spelling_each() -> None:
    other = town("Finances").replace("| Culture", "| Sports").replace("| Travaux", "| TRAVAUX")
    services = united(town("Travaux"), other).merged.lists["services"]

    assert set(map(str.casefold, services)) == {"travaux", "finances", "culture", "sports"}
    assert len(services) == 4


def test_columns_that_a_service_added_are_carried_with_their_rows() -> None:
    one = read(workbook(town("Travaux") + actions("1.1.2 | B | Travaux | | ")))
    one.tables["actions"].locals = {"Lieu": ["Gare"]}
    result = united(one, town("Finances") + actions("1.1.1 | A | Finances | | "))
    again = read_bytes(OUTPUTS[".xlsx"].write(result), "c.xlsx", PST)

    assert result.merged.tables["actions"].locals == {"Lieu": ["", "Gare"]}
    assert again.tables["actions"].locals == {"Lieu": ["", "Gare"]}


def test_a_text_that_is_not_understood_is_beside_its_consolidated_cell_and_is_found_again() -> None:
    text = town("Travaux") + actions("1.1.1 | A | Travaux | | ", "1.1.2 | B | Travaux | | bientôt")
    again = read_bytes(OUTPUTS[".xlsx"].write(united(text)), "c.xlsx", PST)

    assert again.not_understood() == {("actions", HEADING_ROW + 2, "avancement"): "bientôt"}


def test_identical_copies_count_once_and_are_named() -> None:
    data = workbook(town("Travaux") + actions("1.1.1 | A | Travaux | | "))
    result = united(read(data, "b.xlsx"), read(data, "a.xlsx"))

    assert len(result.returns) == 1
    assert result.copies == [("b.xlsx", "a.xlsx")]
    assert len(column(result.merged, "code")) == 1


def test_services_of_the_list_without_a_return_are_said() -> None:
    assert united(town("Travaux"), town("Culture")).absent == ["Finances"]
    assert united(town("")).absent == []


@pytest.mark.parametrize(
    "other", [{"ins": "92952", "nom": "Ailleurs"}, {"type": "CPAS"}, {"annee_debut": "2018"}]
)
def test_two_institutions_or_legislatures_are_refused_in_one_sentence(
    other: dict[str, str],
) -> None:
    with pytest.raises(UsageError, match="plusieurs institutions") as raised:
        united(town("Travaux"), town("Finances", **other))

    assert "retour-1.xlsx" in str(raised.value)
    assert "retour-2.xlsx" in str(raised.value)
    assert "\n" not in str(raised.value)


def test_nothing_to_consolidate_is_said() -> None:
    with pytest.raises(UsageError, match="aucun classeur"):
        consolidate([], PST, OBSERVED)


def four_returns() -> list[Return]:
    """Return four returns that disagree on nearly everything."""
    texts = (
        town("Travaux") + PLAN + actions("1.1.1 | A | Travaux | En cours | 10"),
        town("Finances", population="10")
        + PLAN.replace("Accueillir", "Accueillir mieux")
        + actions("1.1.1 | A | Travaux | Terminé | ", "1.1.2 | Tout autre chose | Finances | | 5"),
        town("Culture", population="12") + actions("1.1.2 | Chanter | Culture | | douze"),
        town("") + PLAN + actions("1.1.1 | A bis | Travaux | Problème | 30", "| Sans code | | | "),
    )
    return [read(workbook(text), f"{at}.xlsx") for at, text in enumerate(texts)]


@given(st.permutations(range(4)))
@settings(max_examples=3)
def test_the_order_of_the_returns_changes_no_byte(order: list[int]) -> None:
    returns = four_returns()

    shuffled = OUTPUTS[".xlsx"].write(united(*(returns[at] for at in order)))

    assert shuffled == reference()


@cache
def reference() -> bytes:
    """Return the consolidated workbook of the four returns."""
    return OUTPUTS[".xlsx"].write(united(*four_returns()))


def test_the_order_of_the_returns_changes_neither_rows_nor_conflicts() -> None:
    returns = four_returns()
    results = [united(*order) for order in [*permutations(returns)][::5]]

    assert all(data_of(one.merged) == data_of(results[0].merged) for one in results)
    assert all(one.conflicts == results[0].conflicts for one in results)
    assert results[0].conflicts


def test_the_same_files_and_date_give_the_same_bytes() -> None:
    assert OUTPUTS[".xlsx"].write(united(*four_returns())) == reference()


def test_consolidating_the_consolidated_workbook_changes_no_data() -> None:
    first = united(*four_returns())
    once = read_bytes(OUTPUTS[".xlsx"].write(first), "c.xlsx", PST)
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
    data = OUTPUTS[".xlsx"].write(united(town("Travaux") + more))

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
    one = read(previous, "PST.xlsx")
    at = one.tables["os"].columns["code"].index("2")
    del one.tables["os"].rows[at]
    for values in one.tables["os"].columns.values():
        del values[at]

    result = united(one, town("Travaux") + PLAN)
    again = read_bytes(OUTPUTS[".xlsx"].write(result), "c.xlsx", PST).tables["evaluation"]
    after = {(n, c): t for n, c, t in zip(again.columns["niveau"], again.columns["code"],
             again.columns["lecons_mi"], strict=True) if t}  # fmt: skip

    assert len(before) == 3
    assert after == before
    assert again.columns["decision_mi"].count("Poursuivre") == 3


def test_checking_the_consolidated_workbook_finds_what_its_controls_say() -> None:
    result = office.sample()
    written = read_bytes(office.sample_book(), result.merged.file, PST)
    found = check([written], PST, result.observed).findings
    said = [f for f in result.report.findings if not f.code.startswith("S")]

    assert sorted((f.code, f.sheet, f.cell) for f in found) == sorted(
        (f.code, f.sheet, f.cell) for f in said
    )
    assert len(said) > 20


WORDS = st.sampled_from(["Écrire", "Bâtir un pont", "Planter", "=1+1", "+32", "« ça »", "", "a; b"])
NUMBERS = st.sampled_from(["", "0", "10", "33,5", "trop", "100"])
STATES = st.sampled_from(["", "En cours", "Terminé", "Presque"])
SERVICES = st.sampled_from(["", "Travaux", "Finances", "Culture", "Sports"])
ROWS = st.lists(
    st.tuples(st.sampled_from(["1.1.1", "1.1.2", "1.1.10", ""]), WORDS, SERVICES, STATES, NUMBERS),
    max_size=4,
)


@given(
    st.lists(st.tuples(st.sampled_from(["Travaux", "Finances", ""]), ROWS), min_size=2, max_size=3)
)
@settings(max_examples=5)
def test_every_value_of_every_return_is_somewhere_in_the_workbook(
    given_returns: list[tuple[str, list[tuple[str, ...]]]],
) -> None:
    returns = [
        read(
            workbook(
                town(service)
                + actions(
                    # Each text that is not understood is told from all others.
                    *(
                        " | ".join((*row[:4], row[4].replace("p", f"p {at}.{n}")))
                        for n, row in enumerate(rows)
                    )
                )
            ),
            f"{at}.xlsx",
        )
        for at, (service, rows) in enumerate(given_returns)
    ]
    written = office.values(OUTPUTS[".xlsx"].write(united(*returns)))
    shown = {as_text(value) for value in written.values()}
    # A conflict says a number in French, with its unit.
    shown |= {text.replace("\u00a0%", "").replace(",", ".") for text in shown}

    for one in returns:
        actions_of = one.tables["actions"]
        values = [v for c in PST["actions"].inputs if c.where is Where.BOTH and c.key != "id"
                  for v in actions_of.columns[c.key] if v is not None]  # fmt: skip
        for value in [*values, *one.not_understood().values()]:
            assert as_text(value) in shown, value


def test_a_consolidated_workbook_given_with_newer_returns_does_not_hide_them() -> None:
    first = united(town("Travaux") + PLAN + actions("1.1.1 | A | Travaux | En cours | 10"))
    previous = read_bytes(OUTPUTS[".xlsx"].write(first), "PST.xlsx", PST)
    newer = town("Travaux") + PLAN + actions("1.1.1 | A | Travaux | Terminé | 100")

    result = united(previous, newer)

    assert column(result.merged, "statut") == ["Terminé"]
    assert {c.other for c in result.conflicts if c.column == "Statut"} == {"En cours"}


def test_a_template_written_from_a_return_says_the_same() -> None:
    one = four_returns()[1]

    assert data_of(read(write_template(one))) == data_of(one)
