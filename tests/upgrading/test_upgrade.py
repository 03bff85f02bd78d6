"""What changed in an older workbook is listed, in few words and with its place."""

from __future__ import annotations

from typing import Any

import pytest
from support import CLEAN, RETURN, damaged, grid, office, opened, read
from support.hostile import rewritten
from support.modernised import (
    NEW_FIELDS,
    OLD,
    column_of,
    modernised,
    outcome,
    today,
    told,
)
from support.stirred import renewed, stirred

from pst_excel.model.schema import HEADING_ROW
from pst_excel.pst import PST
from pst_excel.text.errors import UsageError
from pst_excel.text.spelling import version_order
from pst_excel.upgrading.changes import ChangeKind
from pst_excel.upgrading.old_layout import look
from pst_excel.upgrading.upgrade import upgrade
from pst_excel.upgrading.workbook import write_modernised


def test_what_changed_in_it_is_listed_shortly() -> None:
    result, _ = modernised(OLD)
    assert [(c.before, c.after) for c in told(result, ChangeKind.VERSION)] == [
        ("2026.1", PST.version)
    ]
    added = told(result, ChangeKind.ADDED, "Identification")
    assert [c.element for c in added] == [*NEW_FIELDS.values(), "« Paramètres »"]
    assert [(c.before, c.after) for c in added] == [
        *[("", "nouveau dans le modèle 2026.2")] * len(NEW_FIELDS),
        ("", "nouveau dans le modèle 2026.3"),
    ]
    (renamed,) = told(result, ChangeKind.RENAMED)
    assert (renamed.before, renamed.after) == ("Date du collège", "Date d’adoption")
    (sheet,) = told(result, ChangeKind.ADDED, "Dérogations")
    assert (sheet.element, sheet.before) == ("la feuille", "")
    (words,) = told(result, ChangeKind.ADDED, "Listes")
    assert words.element == "« Étapes du PST »"
    for sheet in PST.tables:
        assert len(told(result, ChangeKind.MOVED, sheet.title)) <= 3
    (moved,) = told(result, ChangeKind.MOVED, "Actions")
    assert moved.after == "dans l’ordre du modèle actuel"
    (given_id,) = told(result, ChangeKind.IDENTIFIED)
    assert (given_id.sheet, given_id.element) == ("Actions", "1\u00a0action")
    (local,) = told(result, ChangeKind.KEPT)
    assert (local.element, local.before) == ("« Lieu »", "AI")
    for kind in (ChangeKind.LOST, ChangeKind.UNREAD, ChangeKind.REWRITTEN):
        assert told(result, kind) == []


def test_columns_are_said_to_be_where_they_were_and_where_they_now_are() -> None:
    def insert(book: Any) -> None:
        book["Actions"].insert_cols(13)
        book["Actions"].cell(HEADING_ROW, 13).value = "Lieu"
        book["Actions"].cell(HEADING_ROW + 1, 13).value = "Halle"

    given = today(CLEAN)
    last_of_all = column_of(given, "Actions liées")  # what lacks makes the workbook an older one
    before = damaged(damaged(given, lambda book: book["Actions"].delete_cols(last_of_all)), insert)
    result, data = modernised(before)
    (moved,) = told(result, ChangeKind.MOVED, "Actions")
    assert moved.element.startswith("« Statut » à « Plans liés » (")
    for book, letters in ((before, moved.before), (data, moved.after)):
        first, last = (f"{column}{HEADING_ROW}" for column in letters.split(" à "))
        headings = opened(book)["Actions"]
        assert (headings[first].value, headings[last].value) == ("Statut ✱", "Plans liés")


def test_the_last_sheet_lists_every_change() -> None:
    result, data = modernised(OLD)
    sheet = opened(data).worksheets[-1]
    rows = list(sheet.iter_rows(min_row=HEADING_ROW, values_only=True))
    assert sheet.title == "Modernisation"
    assert rows[0] == ("Nature", "Feuille", "Élément", "Avant", "Après")
    assert [row[0] for row in rows[1:]] == [str(c.kind) for c in result.changes]


def test_the_same_workbook_gives_the_same_bytes() -> None:
    assert modernised(OLD)[1] == modernised(OLD)[1]


def test_writing_twice_gives_the_same_workbook_and_the_same_list() -> None:
    data, source = stirred(), look(stirred())
    result = upgrade(read(data), source)
    before = list(result.changes)
    once, twice = (write_modernised(result, data, source) for _ in range(2))
    assert once == twice
    assert result.changes == before
    assert len(once[1]) > len(before)


def test_a_workbook_of_today_in_which_people_write_as_they_do_needs_nothing() -> None:
    def write(book: Any) -> None:
        book["Actions"].cell(HEADING_ROW + 1, column_of(data, "Avancement %")).value = "40 %"
        book["Actions"].cell(HEADING_ROW + 2, column_of(data, "Intitulé")).value = "Nouvelle"

    data = today(CLEAN)
    result = outcome(damaged(data, write))
    assert (result.needed, result.changes) == (False, [])


def test_a_workbook_of_today_that_lost_a_column_is_made_anew() -> None:
    data = today(CLEAN)
    at = column_of(data, "Commentaire d’avancement")
    result, new = modernised(damaged(data, lambda book: book["Actions"].delete_cols(at)))
    assert result.needed
    (added,) = told(result, ChangeKind.ADDED, "Actions")
    assert (added.element, added.after) == ("« Commentaire d’avancement »", "il manquait")
    assert read(new).findings == []


def test_renamed_columns_and_sheets_have_the_name_of_today() -> None:
    renamed = {(c.sheet, c.before, c.after) for c in told(renewed()[0], ChangeKind.RENAMED)}
    assert renamed == {
        ("Actions", "titre", "Intitulé"),
        ("OO", "Objectifs opérationnels", "OO"),
        ("Identification", "Date du collège", "Date d’adoption"),  # since 2026.3
    }


@pytest.mark.parametrize(
    ("sheet", "element", "before", "cells"),
    [
        ("Actions", "cellule hors du tableau", "À relire avant juin", ("B1",)),
        ("Actions", "cellule hors du tableau", "DEUXIÈME PARTIE", ("B10",)),
        ("Actions", "cellule hors du tableau", "reste d’un brouillon", ("AP40",)),
        ("Actions", "note de Jean", "perdue de vue", ("AR50",)),
        ("Actions", "formule", "=10+20", ("W8",)),
        ("Actions", "erreur", "#N/A", ("W12",)),
        ("Actions", "lien", "https://exemple.be/projet", ("E11",)),
        ("Actions", "couleur ou police", "", ("E8", "E12")),
        ("Actions", "lignes masquées ou filtrées", "", ("A12",)),
        ("Actions", "validations de saisie ajoutées", "", ("AI6:AI18",)),
        ("Actions", "mises en forme conditionnelles ajoutées", "", ("E6:E18",)),
        ("Actions", "protection de la feuille", "", ()),
        ("Identification", "cellule hors du tableau", "à vérifier", ("F7",)),
        ("Listes", "« Statuts »", "Espace", ("H40",)),
        ("Lisez-moi", "cellule ajoutée", "Rendre avant le 15", ("E30",)),
        ("Suivi", "formule", "=Actions!A3", ("D3", "D4", "D5", "D6", "D7")),
    ],
)
def test_what_cannot_be_carried_is_named_with_its_place(
    sheet: str, element: str, before: str, cells: tuple[str, ...]
) -> None:
    found = [(c.element, c.before, c.cells) for c in told(renewed()[0], ChangeKind.LOST, sheet)]
    assert (element, before, cells) in found


def test_nothing_else_is_said_to_be_lost() -> None:
    assert len(told(renewed()[0], ChangeKind.LOST)) == 16


def test_versions_are_ordered_by_their_numbers() -> None:
    assert (
        version_order("")
        < version_order("2026.1")
        < version_order("2026.9")
        < version_order("2026.10")
        < version_order("2027.1")
    )


def test_a_consolidated_plan_is_refused_with_what_to_do() -> None:
    data = office.consolidated(RETURN + "\nOS\ncode | intitule\n1 | Rouler")
    with pytest.raises(UsageError, match="relancez « consolider »"):
        upgrade(read(data), look(data))


def test_a_text_that_no_cell_of_excel_holds_is_told_with_its_cell() -> None:
    rows = [("Code action", "Description"), ("1.1.1", "SIGNE")]
    result = outcome(rewritten(grid({"Actions": rows}), "SIGNE", "é" * 40_000))
    (one,) = [c for c in told(result, ChangeKind.LOST) if c.after.startswith("coupé")]
    assert (one.sheet, one.element, one.cells) == ("Actions", "« Description »", ("B2",))
    assert one.before == "40\u202f000 caractères"
