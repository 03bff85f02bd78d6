"""The rows of many returns become one table: nothing lost, every disagreement listed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import office, read, with_table, workbook
from support.consolidated import PLAN, actions, column, sent_by, united

from pst_excel.api.outputs import as_bytes
from pst_excel.cells.values import as_text
from pst_excel.model.schema import HEADING_ROW
from pst_excel.model.words.kinds import Where
from pst_excel.pst import PST
from pst_excel.reading.reader import read_bytes


def test_the_rows_of_every_return_are_there_once_in_the_order_of_their_codes() -> None:
    result = united(
        sent_by("Travaux")
        + PLAN
        + actions("1.1.10 | Dix | Travaux | | ", "1.1.9 | Neuf | Travaux | | "),
        sent_by("Finances") + PLAN + actions("1.1.2 | Deux | Finances | | "),
    )

    assert column(result.merged, "code") == ["1.1.2", "1.1.9", "1.1.10"]
    assert column(result.merged, "code", "os") == ["1"]
    assert result.conflicts == []


def test_a_row_keeps_its_id_and_a_new_one_gets_the_same_on_every_run() -> None:
    filled = read(workbook(sent_by("Travaux") + actions("1.1.1 | A | Travaux | | ")))
    filled.tables["actions"].columns["id"] = ["abc123"]
    other = sent_by("Finances") + actions("1.1.2 | B | Finances | | ")

    first, again = united(filled, other), united(filled, other)

    assert column(first.merged, "id")[0] == "abc123"
    assert column(first.merged, "id") == column(again.merged, "id")
    assert all(column(first.merged, "id"))


def test_the_provenance_of_each_row_is_the_place_where_it_was_read() -> None:
    returns = [
        read(workbook(sent_by("Travaux") + actions("1.1.3 | Trois | Travaux | | ",
                                                 "1.1.1 | Un | Travaux | | ")), "travaux.xlsx"),
        read(workbook(sent_by("Finances") + actions("1.1.2 | Deux | Finances | | ")), "fin.xlsx"),
    ]  # fmt: skip
    result = united(*returns)
    by_file = {filled.file: filled for filled in returns}

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
        sent_by("Finances") + actions("1.1.1 | A | Travaux | En cours | 10"),
        sent_by("Travaux") + actions("1.1.1 | A | Travaux | En cours | 40"),
    )
    conflict = result.conflicts[0]

    assert column(result.merged, "avancement") == [40.0]
    assert len(result.conflicts) == 1
    assert (conflict.sheet, conflict.column) == ("Actions", "Avancement %")
    assert (conflict.kept.split("\u00a0")[0], conflict.other.split("\u00a0")[0]) == ("40", "10")
    for one, where in ((2, conflict.kept_from), (1, conflict.other_from)):
        text = sent_by("Travaux") + actions("1.1.1 | A | Travaux | En cours | 1")
        letters = read(workbook(text)).tables["actions"].letters["avancement"]
        assert where == f"retour-{one}.xlsx · Actions!{letters}{HEADING_ROW + 1}"


def test_without_an_owner_the_first_service_is_kept_whatever_the_order() -> None:
    culture = sent_by("Culture") + actions("1.1.1 | A | Travaux | En cours | 10")
    finances = sent_by("Finances") + actions("1.1.1 | A | Travaux | En cours | 40")

    assert column(united(culture, finances).merged, "avancement") == [10.0]
    assert column(united(finances, culture).merged, "avancement") == [10.0]


def test_a_blank_never_wins_over_a_value_and_is_no_conflict() -> None:
    result = united(
        sent_by("Travaux") + actions("1.1.1 | A | Travaux | | 40"),
        sent_by("Finances") + actions("1.1.1 | A | Travaux | En cours | "),
    )

    assert column(result.merged, "statut") == ["En cours"]
    assert column(result.merged, "avancement") == [40.0]
    assert result.conflicts == []


@pytest.mark.parametrize("known", ["40", ""])
def test_a_text_that_is_not_understood_is_not_lost_when_another_return_has_the_row(
    known: str,
) -> None:
    result = united(
        sent_by("Travaux") + actions(f"1.1.1 | A | Travaux | En cours | {known}"),
        sent_by("Finances") + actions("1.1.1 | A | Travaux | En cours | presque"),
    )
    texts = office.values(as_bytes(result, ".xlsx")).values()

    assert column(result.merged, "avancement") == [float(known) if known else None]
    assert any("presque" in str(text) for text in texts)


def test_both_values_of_a_conflict_are_said_whole() -> None:
    one, other = "un " * 60 + "fin", "deux " * 60 + "fin"
    keys = "code | intitule | service_pilote | description | etp"
    result = united(
        sent_by("Travaux") + actions(f"1.1.1 | A | Travaux | {one} | 0,125", keys=keys),
        sent_by("Finances") + actions(f"1.1.1 | A | Travaux | {other} | 0,128", keys=keys),
    )
    by_column = {c.column: (c.kept, c.other) for c in result.conflicts}

    assert by_column["Description"] == (one, other)
    assert len(set(by_column["ETP"])) == 2


def test_two_values_in_a_column_that_services_added_are_a_conflict_too() -> None:
    returns = []
    for service, place in (("Travaux", "Gare"), ("Finances", "Moulin")):
        filled = read(
            workbook(sent_by(service) + actions("1.1.1 | A | Travaux | | ")), f"{service}.xlsx"
        )
        returns.append(with_table(filled, "actions", locals={"Lieu": [place]}))
    written = office.values(as_bytes(united(*returns), ".xlsx")).values()

    assert {"Gare", "Moulin"} <= set(written)


def test_two_names_under_one_code_are_two_rows_and_a_conflict() -> None:
    result = united(
        sent_by("Travaux") + actions("1.1.1 | Rénover l’école | Travaux | | "),
        sent_by("Finances") + actions("1.1.1 | Payer plus vite | Finances | | "),
    )

    assert sorted(column(result.merged, "intitule")) == ["Payer plus vite", "Rénover l’école"]
    assert len(set(column(result.merged, "id"))) == 2
    assert [c.column for c in result.conflicts] == ["Code utilisé deux fois"]
    shown = {result.conflicts[0].kept, result.conflicts[0].other}
    assert shown == {"Rénover l’école", "Payer plus vite"}


def test_a_name_that_was_reworded_is_the_same_row() -> None:
    result = united(
        sent_by("Travaux") + actions("1.1.1 | Rénover l’école du centre | Travaux | | "),
        sent_by("Finances") + actions("1.1.1 | Rénover l’ecole du Centre | Finances | | "),
    )

    assert len(column(result.merged, "code")) == 1


def test_columns_that_a_service_added_are_carried_with_their_rows() -> None:
    filled = read(workbook(sent_by("Travaux") + actions("1.1.2 | B | Travaux | | ")))
    placed = with_table(filled, "actions", locals={"Lieu": ["Gare"]})
    result = united(placed, sent_by("Finances") + actions("1.1.1 | A | Finances | | "))
    again = read_bytes(as_bytes(result, ".xlsx"), "c.xlsx", PST)

    assert result.merged.tables["actions"].locals == {"Lieu": ["", "Gare"]}
    assert again.tables["actions"].locals == {"Lieu": ["", "Gare"]}


def test_a_text_that_is_not_understood_is_beside_its_consolidated_cell_and_is_found_again() -> None:
    text = sent_by("Travaux") + actions(
        "1.1.1 | A | Travaux | | ", "1.1.2 | B | Travaux | | bientôt"
    )
    again = read_bytes(as_bytes(united(text), ".xlsx"), "c.xlsx", PST)

    assert again.not_understood() == {("actions", HEADING_ROW + 2, "avancement"): "bientôt"}


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
                sent_by(service)
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
    written = office.values(as_bytes(united(*returns), ".xlsx"))
    shown = {as_text(value) for value in written.values()}
    # A conflict says a number in French, with its unit.
    shown |= {text.replace("\u00a0%", "").replace(",", ".") for text in shown}

    for filled in returns:
        actions_of = filled.tables["actions"]
        values = [v for c in PST["actions"].inputs if c.where is Where.BOTH and c.key != "id"
                  for v in actions_of.columns[c.key] if v is not None]  # fmt: skip
        for value in [*values, *filled.not_understood().values()]:
            assert as_text(value) in shown, value


def test_a_consolidated_workbook_given_with_newer_returns_does_not_hide_them() -> None:
    first = united(sent_by("Travaux") + PLAN + actions("1.1.1 | A | Travaux | En cours | 10"))
    previous = read_bytes(as_bytes(first, ".xlsx"), "PST.xlsx", PST)
    newer = sent_by("Travaux") + PLAN + actions("1.1.1 | A | Travaux | Terminé | 100")

    result = united(previous, newer)

    assert column(result.merged, "statut") == ["Terminé"]
    assert column(result.merged, "avancement") == [100.0]
    told = {(line[5], line[6], line[7]) for line in result.history}
    assert ("Statut", "En cours", "Terminé") in told
