"""A workbook that people have worked in is read: sheets and headings by name, nothing lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from openpyxl.workbook import Workbook
from support import CLEAN, TOWN, cells, column_of, damaged, grid, opened, read, toy, workbook

from pst_excel.batch import Return, Trouble
from pst_excel.errors import UnreadableFile
from pst_excel.pst import PST, pst
from pst_excel.schema import Column, Kind, Need

GOOD = workbook(CLEAN)
HEADINGS = 4

ACTIONS = """
Actions
code   | code_oo | intitule             | statut       | avancement
1.1.1  | 1.1     | Planter des arbres   | En cours     | 40
1.1.2  | 1.1     | Tailler des haies    | Non commencé | 0
1.1.10 | 1.10    | Semer du blé         | Terminé      | 100
"""


def values(one: Return, sheet: str, *keys: str) -> list[Any]:
    table = one.tables[sheet]
    return [table.columns[key] for key in keys]


def troubles(one: Return, code: str) -> list[Trouble]:
    return [trouble for trouble in one.troubles if trouble.code == code]


def content(one: Return) -> dict[str, Any]:
    return {key: table.columns for key, table in one.tables.items()}


def put(sheet: str, cell: str, value: Any) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        book[sheet][cell] = value

    return change


def headings_renamed(sheet: str, **words: str) -> bytes:
    """Return the good workbook with headings renamed; None would be a blank."""
    addresses = {
        str(v).strip(" ✱"): a for a, v in cells(GOOD, sheet).items() if a.endswith(str(HEADINGS))
    }

    def change(book: Workbook) -> None:
        for label, word in words.items():
            book[sheet][addresses[label.replace("_", " ")]] = word or None

    return damaged(GOOD, change)


def test_what_is_written_is_what_is_read() -> None:
    one = read(GOOD)
    assert one.notes == []
    assert one.troubles == []
    assert values(one, "actions", "code", "code_oo", "avancement", "etp", "echeance", "statut") == [
        ["1.1.1"], ["1.1"], [40.0], [0.5], [dt.date(2027, 12, 31)], ["En cours"],
    ]  # fmt: skip
    assert one.institution == "Valbruyère"
    assert one.identity("population") == 20143.0
    assert one.identity("date_observation") == dt.date(2026, 10, 31)
    assert one.lists["services"] == ("Travaux", "Finances")
    assert one.service == ""


def test_the_same_bytes_give_the_same_return() -> None:
    assert read(GOOD) == read(GOOD)


def test_each_cell_knows_its_address() -> None:
    table = read(GOOD).tables["actions"]
    address = table.cell("echeance", table.rows[0])
    assert cells(GOOD, "Actions")[address] == dt.datetime(2027, 12, 31)


def test_the_identification_knows_its_addresses() -> None:
    table = read(GOOD).tables["identification"]
    assert cells(GOOD, "Identification")[table.cell("ins", 1)] == "92951"


def test_a_blank_template_has_no_row() -> None:
    one = read(workbook(TOWN))
    assert [len(table) for key, table in one.tables.items() if key != "identification"] == [0] * 7


def test_the_order_of_the_sheets_is_free() -> None:
    def turn(book: Workbook) -> None:
        for title in book.sheetnames:
            book.move_sheet(title, -book.sheetnames.index(title))

    turned = damaged(GOOD, turn)
    assert opened(turned).sheetnames == opened(GOOD).sheetnames[::-1]
    assert content(read(turned)) == content(read(GOOD))


def test_the_order_of_the_columns_is_free() -> None:
    table = list(zip(("Code action", "1.1.1"), ("OO", "1.1"), ("Intitulé", "Planter"), strict=True))
    straight = read(grid({"Actions": table}))
    turned = read(grid({"Actions": [tuple(reversed(row)) for row in table]}))
    assert content(straight) == content(turned)


@pytest.mark.parametrize("title", ["ACTIONS", " actions ", "Action", "Programme d'actions"])
def test_a_sheet_is_known_by_its_other_names(title: str) -> None:
    def rename(book: Workbook) -> None:
        sheet = book["Actions"]
        sheet.title = "-"  # openpyxl numbers a title that differs from another by its case
        sheet.title = title

    one = read(damaged(GOOD, rename))
    assert one.tables["actions"].title == title
    assert values(one, "actions", "code") == [["1.1.1"]]
    assert one.troubles == []


@pytest.mark.parametrize(
    ("label", "word"),
    [
        ("Échéance", "Date d'échéance"), ("Échéance", "ECHEANCE"), ("Statut", "état d’avancement"),
        ("Intitulé", "Titre de l’action"), ("Statut", "Statut\n*"),
        ("Début_prévu", "debut_prevu"), ("Échéance", "  Fin   prévue * "),
    ],
)  # fmt: skip
def test_a_column_is_known_by_its_other_headings(label: str, word: str) -> None:
    one = read(headings_renamed("Actions", **{label: word}))
    assert content(one) == content(read(GOOD))
    assert one.troubles == []


def test_the_exact_heading_wins_over_an_alias_that_stands_before() -> None:
    rows = [("Service", "Service pilote", "Code action"), ("Finances", "Travaux", "1.1.1")]
    one = read(grid({"Actions": rows}))
    assert values(one, "actions", "service_pilote") == [["Travaux"]]


def test_a_heading_row_that_moved_down_is_found() -> None:
    def push(book: Workbook) -> None:
        book["Actions"].insert_rows(1, 3)

    one = read(damaged(GOOD, push))
    assert values(one, "actions", "code", "statut") == [["1.1.1"], ["En cours"]]
    assert one.tables["actions"].rows == [8]


def test_blank_rows_between_are_passed_over_and_rows_keep_their_numbers() -> None:
    def part(book: Workbook) -> None:
        book["Actions"].insert_rows(6, 2)

    one = read(damaged(workbook(TOWN + ACTIONS), part))
    assert one.tables["actions"].rows == [5, 8, 9]
    assert values(one, "actions", "code") == [["1.1.1", "1.1.2", "1.1.10"]]


def test_a_row_of_spaces_is_a_blank_row() -> None:
    rows = [("Code action", "Intitulé"), ("1.1.1", "Planter"), ("  ", "\u00a0"), ("", " ")]
    assert read(grid({"Actions": rows})).tables["actions"].rows == [2]


def test_a_column_that_the_institution_added_is_kept_as_it_is() -> None:
    def add(book: Workbook) -> None:
        sheet = book["Actions"]
        place = sheet.max_column + 1
        sheet.cell(HEADINGS, place, "N° de dossier interne")
        sheet.cell(HEADINGS + 1, place, "D-0042")

    one = read(damaged(GOOD, add))
    assert one.tables["actions"].locals == {"N° de dossier interne": ["D-0042"]}
    assert one.troubles == []


def test_two_added_columns_of_one_heading_are_both_kept() -> None:
    rows = [("Code action", "Avis", "Avis"), ("1.1.1", "oui", "non")]
    local = read(grid({"Actions": rows})).tables["actions"].locals
    assert list(local.values()) == [["oui"], ["non"]]


def test_a_row_that_holds_only_a_local_value_is_read() -> None:
    rows = [("Code action", "Avis"), ("1.1.1", None), (None, "à revoir")]
    one = read(grid({"Actions": rows}))
    assert one.tables["actions"].rows == [2, 3]
    assert one.tables["actions"].locals == {"Avis": ["", "à revoir"]}


def test_sheets_that_the_institution_added_are_named() -> None:
    def add(book: Workbook) -> None:
        book.create_sheet("Notes de réunion").append(["Bonjour"])

    assert "Notes de réunion" in read(damaged(GOOD, add)).foreign


@pytest.mark.parametrize("sheet", ["OS", "OO", "Budget", "Indicateurs", "Constat", "Listes"])
def test_a_missing_sheet_is_told(sheet: str) -> None:
    one = read(damaged(GOOD, lambda book: book.remove(book[sheet])))
    (trouble,) = troubles(one, "S01")
    assert trouble.words == {"label": sheet, "guess": ""}


def test_nothing_is_said_of_a_missing_spare_sheet() -> None:
    assert [sheet.title for sheet in PST if sheet.spare] == ["Dérogations"]
    one = read(damaged(GOOD, lambda book: book.remove(book["Dérogations"])))
    assert (one.troubles, one.notes, one.remarks) == ([], [], [])
    assert "derogations" not in one.tables


def test_a_missing_sheet_comes_with_the_nearest_guess() -> None:
    def rename(book: Workbook) -> None:
        book.remove(book["Budget"])
        book.create_sheet("Bugdet").append(["Rien", "de connu"])  # nothing confirms its name

    (trouble,) = troubles(read(damaged(GOOD, rename)), "S01")
    assert trouble.words["guess"] == " Est-ce « Bugdet » ?"


def test_a_missing_identification_is_told_and_the_rest_is_read() -> None:
    one = read(damaged(GOOD, lambda book: book.remove(book["Identification"])))
    assert [t.words["label"] for t in troubles(one, "S01")] == ["Identification"]
    assert values(one, "actions", "code") == [["1.1.1"]]


def test_rows_have_ids_even_without_an_identification() -> None:
    one = read(damaged(GOOD, lambda book: book.remove(book["Identification"])))
    assert all(values(one, "actions", "id")[0])


def test_a_missing_obligatory_heading_is_told_with_the_nearest_guess() -> None:
    # Another word follows: the column may be another, so that nobody reads it as « Statut ».
    one = read(headings_renamed("Actions", Statut="Statut bis"))
    (trouble,) = troubles(one, "S02")
    assert trouble.words == {"label": "Statut", "guess": " Est-ce « Statut bis » ?"}
    assert one.tables["actions"].missing == {"statut", "origine"}
    assert values(one, "actions", "statut") == [[None]]
    assert one.tables["actions"].locals == {"Statut bis": ["En cours"]}


def test_a_missing_advised_heading_is_told() -> None:
    one = read(headings_renamed("OO", Domaine=""))
    assert [t.words["label"] for t in troubles(one, "S03")] == ["Domaine"]
    assert troubles(one, "S02") == []


def test_a_missing_optional_heading_is_not_told() -> None:
    assert read(headings_renamed("Actions", Description="")).troubles == []


def test_a_heading_that_stands_twice_is_told_at_its_second_place_and_the_first_is_read() -> None:
    rows = [("Code action", "Statut", "Statut"), ("1.1.1", "En cours", "Terminé")]
    one = read(grid({"Actions": rows}))
    (trouble,) = troubles(one, "S04")
    assert trouble.words["label"] == "Statut"
    assert trouble.cell.startswith("C")
    assert values(one, "actions", "statut") == [["En cours"]]


def test_a_copied_sheet_is_told_and_the_original_is_read() -> None:
    def copy(book: Workbook) -> None:
        twin = book.copy_worksheet(book["Actions"])
        twin.title = "Actions (2)"
        twin["B5"] = "9.9.9"
        book.move_sheet(twin, -9)

    one = read(damaged(GOOD, copy))
    (trouble,) = troubles(one, "S05")
    assert trouble.words == {"read": "Actions (2)", "label": "Actions", "same": ""}
    assert values(one, "actions", "code") == [["1.1.1"]]


def test_a_copy_alone_is_read_as_the_sheet() -> None:
    one = read(damaged(GOOD, lambda book: setattr(book["Actions"], "title", "Actions (2)")))
    assert one.troubles == []
    assert values(one, "actions", "code") == [["1.1.1"]]


def test_another_legislature_is_read_with_its_own_exercices() -> None:
    text = TOWN.replace("2024\n", "2018\n").replace("2030\n", "2024\n")
    old = text + "\nIndicateurs\ncode | realise_2019 | realise_2024\nI1 | 3 | 5"
    one = read(workbook(old, pst(2018, 2024)))
    assert (one.plan.first_year, one.plan.last_year) == (2018, 2024)
    assert values(one, "indicateurs", "realise_2019", "realise_2024") == [[3.0], [5.0]]


def test_an_older_version_of_the_template_is_read_and_told() -> None:
    old = damaged(GOOD, put("Identification", "C5", "2025.1"))
    (trouble,) = troubles(read(old), "S06")
    assert (trouble.words["read"], trouble.cell) == ("2025.1", "C5")
    assert content(read(old))["actions"] == content(read(GOOD))["actions"]


@pytest.mark.parametrize(
    ("version", "told"), [("2026.1", []), ("2026.2", ["Neuf"]), (None, ["Neuf"])]
)
def test_a_workbook_older_than_a_column_is_not_blamed_for_lacking_it(
    version: str | None, told: list[str]
) -> None:
    new = Column("neuf", "Neuf", Kind.TEXT, "Nouveau.", Need.REQUIRED, since="2026.2")
    plan = toy(columns=(new,))
    label = Column("version", "Version du modèle", Kind.TEXT, "La version.")
    form = replace(plan.form, columns=(*plan.form.columns, label))
    plan = replace(plan, sheets=(form, *plan.sheets[1:]), version="2026.2")
    head = [("Nom", "Valbruyère"), ("Version du modèle", version)]
    rows = [("Code", "Intitulé", "Montant"), ("A", "un", 1)]
    one = read(grid({"Fiche": head, "Choses": rows}), plan=plan)
    assert [t.words["label"] for t in troubles(one, "S02")] == told


def test_ids_are_the_same_on_every_reading() -> None:
    first, second = read(workbook(TOWN + ACTIONS)), read(workbook(TOWN + ACTIONS))
    assert values(first, "actions", "id") == values(second, "actions", "id")


def test_ids_do_not_depend_on_the_order_of_the_rows() -> None:
    title, heading, *rows = ACTIONS.strip().splitlines()
    turned = "\n".join([title, heading, *reversed(rows)])

    def by_code(text: str) -> dict[Any, Any]:
        codes, ids = values(read(workbook(TOWN + "\n" + text)), "actions", "code", "id")
        return dict(zip(codes, ids, strict=True))

    assert by_code(ACTIONS) == by_code(turned)


def test_ids_of_two_institutions_differ() -> None:
    other = TOWN.replace("92951", "92952")
    ids = values(read(workbook(TOWN + ACTIONS)), "actions", "id")[0]
    others = values(read(workbook(other + ACTIONS)), "actions", "id")[0]
    assert not set(ids) & set(others)


def test_two_rows_of_one_code_have_two_ids() -> None:
    twice = ACTIONS.replace("1.1.2 ", "1.1.1 ")
    ids = values(read(workbook(TOWN + twice)), "actions", "id")[0]
    assert len(set(ids)) == 3


def test_ids_of_two_rows_of_one_code_do_not_depend_on_their_order() -> None:
    title, heading, *rows = ACTIONS.replace("1.1.2 ", "1.1.1 ").strip().splitlines()

    def by_title(lines: list[str]) -> dict[Any, Any]:
        text = "\n".join([title, heading, *lines])
        names, ids = values(read(workbook(TOWN + "\n" + text)), "actions", "intitule", "id")
        return dict(zip(names, ids, strict=True))

    assert by_title(rows) == by_title(rows[::-1])


def test_an_id_that_is_written_is_kept() -> None:
    one = read(workbook(TOWN + "\nActions\nid | code\nabc123 | 1.1.1\n | 1.1.2"))
    (ids,) = values(one, "actions", "id")
    assert ids[0] == "abc123"
    assert ids[1] not in (None, "abc123")
    assert one.tables["actions"].new_rows == {6}


def test_a_row_copied_with_its_id_gets_another_and_the_first_keeps_it() -> None:
    rows = [("Id", "Code action"), ("abc123", "1.1.1"), ("abc123", "1.1.2")]
    head = [("Institution", "Valbruyère"), ("Code INS", "92951"), ("Type", "Commune")]
    (ids,) = values(read(grid({"Identification": head, "Actions": rows})), "actions", "id")
    assert ids[0] == "abc123"
    assert ids[1] not in (None, "abc123")


def test_an_id_survives_a_new_code() -> None:
    first = read(workbook(TOWN + "\nActions\nid | code\nabc123 | 1.1.1"))
    moved = read(workbook(TOWN + "\nActions\nid | code\nabc123 | 2.4.7"))
    assert values(first, "actions", "id") == values(moved, "actions", "id")


@pytest.mark.parametrize("text", ["environ 50", "à voir"])
def test_a_cell_that_is_not_understood_keeps_its_text(text: str) -> None:
    letters = read(GOOD).tables["actions"].letters["avancement"]
    one = read(damaged(GOOD, put("Actions", f"{letters}5", text)))
    assert values(one, "actions", "avancement") == [[None]]
    assert one.not_understood() == {("actions", 5, "avancement"): text}


def test_a_cell_that_was_not_understood_is_written_as_it_was_read() -> None:
    one = read(workbook(TOWN + "\nActions\ncode | avancement\n1.1.1 | environ 50"))
    assert one.not_understood() == {("actions", 5, "avancement"): "environ 50"}


def test_a_number_where_a_list_is_expected_is_understood() -> None:
    letters = read(GOOD).tables["actions"].letters["odd"]
    assert values(read(damaged(GOOD, put("Actions", f"{letters}5", 13))), "actions", "odd") == [
        ["13"]
    ]


def test_a_word_of_the_institution_s_own_list_is_understood_in_any_spelling() -> None:
    one = read(workbook(CLEAN.replace("| Travaux        |", "| TRAVAUX        |")))
    assert values(one, "actions", "service_pilote") == [["Travaux"]]


def test_lists_lose_their_blanks_and_repetitions_only() -> None:
    listes = [("Services",), ("Travaux",), (None,), ("Finances",), ("Travaux",)]
    one = read(grid({"Actions": [("Code action",), ("1.1.1",)], "Listes": listes}))
    assert one.lists == {"services": ("Travaux", "Finances")}


def test_a_list_added_under_a_heading_of_the_institution_is_no_trouble() -> None:
    listes = [("Services", "Cimetières"), ("Travaux", "Nord")]
    one = read(grid({"Actions": [("Code action",), ("1.1.1",)], "Listes": listes}))
    assert one.lists == {"services": ("Travaux",)}


@pytest.mark.parametrize(
    "sheets",
    [
        {"Feuil1": [("Bonjour",)]},
        {"Identification": [("Institution", "Valbruyère")]},
        {"Listes": [("Services",), ("Travaux",)]},
        {"Comptes 2026": [("Article", "Montant")], "Bilan": [("Actif",)]},
    ],
    ids=lambda sheets: ", ".join(sheets),
)
def test_a_workbook_that_is_not_a_pst_is_refused_in_one_sentence(
    sheets: dict[str, list[tuple[str, ...]]],
) -> None:
    with pytest.raises(UnreadableFile, match="pas un classeur PST : aucune feuille") as caught:
        read(grid(sheets))
    assert all(f"« {title} »" in str(caught.value) for title in sheets)


def test_a_sheet_without_any_heading_misses_its_columns() -> None:
    one = read(grid({"Actions": [("Rien", "de connu")], "OS": [("Code OS",), ("1",)]}))
    assert "Statut" in [t.words["label"] for t in troubles(one, "S02") if t.sheet == "actions"]
    assert len(one.tables["actions"]) == 0


def test_an_empty_sheet_is_a_table_without_rows() -> None:
    one = read(grid({"Actions": [], "OS": [("Code OS",), ("1",)]}))
    assert len(one.tables["actions"]) == 0
    assert values(one, "os", "code") == [["1"]]


def test_the_computed_columns_of_a_consolidated_workbook_are_not_local() -> None:
    rows = [("Code action", "Complétude ƒ", "Budget prévu ƒ"), ("1.1.1", 80, 1000)]
    assert read(grid({"Actions": rows})).tables["actions"].locals == {}


def test_every_column_of_the_template_is_found_again() -> None:
    one = read(GOOD)
    assert {key: t.missing for key, t in one.tables.items()} == {
        key: {"origine"} if "origine" in PST[key] else set() for key in one.tables
    }
    assert column_of(GOOD, "Actions", "Statut") > 1


def test_the_heading_of_the_template_wins_over_another_spelling_of_it() -> None:
    rows = [("Code", "intitulé", "Intitulé ✱", "Montant"), ("A", "à moi", "le vrai", 1)]
    one = read(grid({"Fiche": [("Nom", "Valbruyère")], "Choses": rows}), plan=toy())
    assert one.tables["choses"].columns["intitule"] == ["le vrai"]
    assert len(troubles(one, "S04")) == 1


def test_a_code_chosen_without_a_title_is_read() -> None:
    text = "OO\ncode\n1.1\n\nActions\ncode  | code_oo\n1.1.1 | 1.1 ·\n"
    assert read(workbook(TOWN + "\n" + text)).tables["actions"].columns["code_oo"] == ["1.1"]
