"""A sheet is known by its name, nearly its name, or its headings; two of one name are told."""

from __future__ import annotations

import pytest
from openpyxl.workbook import Workbook
from support import damaged, of_code, opened, read, structural, verdict
from support.good import GOOD, content, values
from support.layouts import HEADINGS, PLANTER, TAILLER, read_sheets, remarks, table

from pst_excel.cells.readings import Confidence
from pst_excel.model.findings import Severity
from pst_excel.pst import PST


@pytest.mark.parametrize(
    "title",
    ["Actions 2026", "PST - Actions", "3. Actions", "03_Actions", "Actions 2024-2030",
     "PST Actions v2", "Tableau des actions", "Actions - Copie", "Programme d’actions 2026",
     "Actions 2026 (2)"],
)  # fmt: skip
def test_a_sheet_is_known_with_what_people_add_to_its_name(title: str) -> None:
    filled = read_sheets({title: [HEADINGS, PLANTER]})
    assert table(filled).columns["code"] == ["1.1.1"]
    assert remarks(filled, "nom de feuille complété") == [("", title, "Actions")]
    assert structural(filled, "S07") == []


def test_a_completed_name_is_not_read_without_headings() -> None:
    filled = read_sheets(
        {"Actions": [HEADINGS, PLANTER], "Budget 2025": [("Recettes", "Dépenses"), (1, 2)]}
    )
    assert "budget" not in filled.tables
    assert filled.foreign == ("Budget 2025",)


def test_another_sheet_of_the_name_that_holds_something_else_is_no_second_one() -> None:
    filled = read_sheets(
        {"Actions": [HEADINGS, PLANTER], "Actions 2025": [("À faire",), ("Relire",)]}
    )
    assert structural(filled, "S05") == []


def test_two_sheets_that_may_be_the_same_are_told_and_the_first_is_read() -> None:
    filled = read_sheets({"Actions 2025": [HEADINGS, PLANTER], "Actions 2026": [HEADINGS, TAILLER]})
    assert table(filled).columns["code"] == ["1.1.1"]
    words = {"read": "Actions 2026", "label": "Actions 2025", "same": ""}
    assert [finding.words for finding in structural(filled, "S05")] == [words]


def test_a_completed_name_never_comes_before_the_name_itself() -> None:
    filled = read_sheets({"Actions 2025": [HEADINGS, PLANTER], "Actions": [HEADINGS, TAILLER]})
    assert table(filled).columns["code"] == ["1.1.2"]
    assert [finding.words["read"] for finding in structural(filled, "S05")] == ["Actions 2025"]


def test_a_copy_that_holds_the_same_rows_is_told_to_hold_them() -> None:
    rows = [HEADINGS, PLANTER]
    same = read_sheets({"Actions": rows, "Actions (2)": [(), *rows, (None, " ")]})
    (finding,) = of_code(verdict(same).findings, "S05")
    assert finding.message.endswith("Elle contient exactement les mêmes lignes.")
    other = read_sheets({"Actions": rows, "Actions (2)": [*rows, TAILLER]})
    (finding,) = of_code(verdict(other).findings, "S05")
    assert finding.message.endswith("elle n’est pas reprise.")


@pytest.mark.parametrize("title", ["Acitons", "Actoins", "Acions", "Actionns", "Axtions"])
def test_a_name_with_a_slip_is_read_when_the_headings_confirm_it(title: str) -> None:
    filled = read_sheets({title: [HEADINGS, PLANTER]})
    assert table(filled).columns["code"] == ["1.1.1"]
    assert remarks(filled, "nom de feuille approché") == [("", title, "Actions")]
    (finding,) = of_code(verdict(filled).findings, "S07")
    assert finding.severity is Severity.WARNING
    assert finding.message == f"La feuille « {title} » a été lue comme « Actions »."


def test_a_name_with_a_slip_is_only_guessed_when_nothing_confirms_it() -> None:
    filled = read_sheets({"Actions": [HEADINGS, PLANTER], "Bugdet": [("Rien", "de connu")]})
    assert "budget" not in filled.tables
    guesses = {
        finding.words["label"]: finding.words["guess"] for finding in structural(filled, "S01")
    }
    assert guesses["Budget"] == " Est-ce « Bugdet » ?"


def test_a_sheet_without_a_known_name_is_read_when_its_headings_are_unmistakable() -> None:
    headings = ("Code action", "Intitulé", "Service pilote", "Statut", "Avancement %", "Échéance")
    filled = read_sheets({"Suivi": [headings, ("1.1.1", "Planter", "Travaux", "En cours", 40)]})
    assert table(filled).columns["avancement"] == [40.0]
    (remark,) = [r for r in filled.layout if r.rule == "feuille reconnue à ses titres"]
    assert remark.confidence is Confidence.TO_CONFIRM
    assert [finding.words["read"] for finding in structural(filled, "S07")] == ["Suivi"]


@pytest.mark.parametrize(
    "headings",
    [
        ("Code", "Intitulé", "Volet", "Commentaire"),  # those of several sheets
        ("Code action", "Statut", "Avancement %"),  # too few
        ("Code", "Intitulé", "Volet", "Commentaire", "Montant", "Qui", "Quand"),
    ],
)
def test_headings_that_several_sheets_share_tell_nothing(headings: tuple[str, ...]) -> None:
    os = [("Code OS", "Intitulé"), ("1", "Rouler")]
    filled = read_sheets({"OS": os, "Suivi": [headings, ("1",)]})
    assert set(filled.tables) == {"os"}
    assert filled.foreign == ("Suivi",)


def test_a_sheet_is_not_read_by_its_headings_when_the_real_one_is_there() -> None:
    headings = ("Code action", "Intitulé", "Service pilote", "Statut", "Avancement %", "Échéance")
    filled = read_sheets(
        {"Actions": [HEADINGS, PLANTER], "Archives": [headings, ("9.9.9", "Vieux")]}
    )
    assert table(filled).columns["code"] == ["1.1.1"]
    assert filled.foreign == ("Archives",)


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_read_and_said(state: str) -> None:
    def hide(book: Workbook) -> None:
        book["Actions"].sheet_state = state

    filled = read_sheets({"Actions": [HEADINGS, PLANTER], "Notes": [("Bonjour",)]}, hide)
    assert table(filled).columns["code"] == ["1.1.1"]
    expected = [("", "Actions, masquée", "lue comme les autres")]
    assert remarks(filled, "feuille masquée lue") == expected


def test_the_order_of_the_sheets_is_free() -> None:
    def turn(book: Workbook) -> None:
        for title in book.sheetnames:
            book.move_sheet(title, -book.sheetnames.index(title))

    turned = damaged(GOOD, turn)
    assert opened(turned).sheetnames == opened(GOOD).sheetnames[::-1]
    assert content(read(turned)) == content(read(GOOD))


@pytest.mark.parametrize("title", ["ACTIONS", " actions ", "Action", "Programme d'actions"])
def test_a_sheet_is_known_by_its_other_names(title: str) -> None:
    def rename(book: Workbook) -> None:
        sheet = book["Actions"]
        sheet.title = "-"  # openpyxl numbers a title that differs from another by its case
        sheet.title = title

    filled = read(damaged(GOOD, rename))
    assert filled.tables["actions"].title == title
    assert values(filled, "actions", "code") == [["1.1.1"]]
    assert filled.findings == []


def test_sheets_that_the_institution_added_are_named() -> None:
    def add(book: Workbook) -> None:
        book.create_sheet("Notes de réunion").append(["Bonjour"])

    assert "Notes de réunion" in read(damaged(GOOD, add)).foreign


@pytest.mark.parametrize("sheet", ["OS", "OO", "Budget", "Indicateurs", "Constat", "Listes"])
def test_a_missing_sheet_is_told(sheet: str) -> None:
    filled = read(damaged(GOOD, lambda book: book.remove(book[sheet])))
    (finding,) = structural(filled, "S01")
    assert finding.words == {"label": sheet, "guess": ""}


def test_nothing_is_said_of_a_missing_spare_sheet() -> None:
    assert [sheet.title for sheet in PST if sheet.spare] == ["Dérogations"]
    filled = read(damaged(GOOD, lambda book: book.remove(book["Dérogations"])))
    assert (filled.findings, filled.readings, filled.layout) == ([], [], [])
    assert "derogations" not in filled.tables


def test_a_missing_sheet_comes_with_the_nearest_guess() -> None:
    def rename(book: Workbook) -> None:
        book.remove(book["Budget"])
        book.create_sheet("Bugdet").append(["Rien", "de connu"])  # nothing confirms its name

    (finding,) = structural(read(damaged(GOOD, rename)), "S01")
    assert finding.words["guess"] == " Est-ce « Bugdet » ?"


def test_a_copied_sheet_is_told_and_the_original_is_read() -> None:
    def copy(book: Workbook) -> None:
        twin = book.copy_worksheet(book["Actions"])
        twin.title = "Actions (2)"
        twin["B5"] = "9.9.9"
        book.move_sheet(twin, -9)

    filled = read(damaged(GOOD, copy))
    (finding,) = structural(filled, "S05")
    assert finding.words == {"read": "Actions (2)", "label": "Actions", "same": ""}
    assert values(filled, "actions", "code") == [["1.1.1"]]


def test_a_copy_alone_is_read_as_the_sheet() -> None:
    filled = read(damaged(GOOD, lambda book: setattr(book["Actions"], "title", "Actions (2)")))
    assert filled.findings == []
    assert values(filled, "actions", "code") == [["1.1.1"]]
