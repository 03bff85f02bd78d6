"""Where a workbook cannot be updated in place it is written anew, with what people had put in it."""

from __future__ import annotations

from typing import Any

import pytest
from openpyxl.comments import Comment
from support import cells, opened, read
from support.repairs import complaints
from support.updated import NAME, action, brought_up, edited, plan_of, read_back, row_of, rows_of

from pst_excel.model.words.titles import JOURNAL

PLAN = plan_of(map(action, (1, 2, 3, 4)))


def people(book: Any) -> None:
    """A column, a note on an action and a sheet of their own."""
    actions = book["Actions"]
    last = actions.max_column + 1
    actions.cell(4, last).value = "Notre avis"
    actions.cell(6, last).value = "à revoir"
    actions.cell(6, 4).comment = Comment("Voir le collège du 3", "Cellule")
    book.create_sheet("Suivi")["A1"].value = "à nous"


def without_column(book: Any) -> None:
    people(book)
    labels = [str(cell.value) for cell in book["Actions"][4]]
    (at,) = (n for n, label in enumerate(labels, start=1) if label.rstrip(" ✱ƒ") == "ETP")
    book["Actions"].cell(4, at).value = None


def without_sheet(book: Any) -> None:
    people(book)
    del book["Indicateurs"]


def renamed(book: Any) -> None:
    people(book)
    book["Actions"].title = "Nos actions"


def older(book: Any) -> None:
    people(book)
    for (cell,) in book["Identification"]["C5:C40"]:
        if cell.value == PLAN.plan.version:
            cell.value = "2026.1"


def taken(book: Any) -> None:
    people(book)
    book[JOURNAL].title = "Autre"
    book.create_sheet(JOURNAL)["A1"].value = "Notre journal à nous"


REASONS = {
    without_column: "la colonne « ",
    without_sheet: "la feuille « Indicateurs » manque",
    renamed: "la feuille « Actions » s’y appelle « Nos actions »",
    older: "il suit le modèle 2026.1",
    taken: f"la feuille « {JOURNAL} » n’est pas celle du programme",
}


@pytest.mark.parametrize("change", REASONS, ids=lambda change: change.__name__)
def test_the_reason_is_said_and_what_people_put_is_there(change: Any) -> None:
    result = brought_up(edited(plan_of(map(action, (2, 4))), change), PLAN)
    assert not result.in_place
    assert result.reason.startswith(REASONS[change])
    assert read_back(result.data) == rows_of(PLAN.merged)
    assert complaints(result.data) == []
    sheet, row = opened(result.data)["Actions"], row_of(result.data, "a4")
    labels = {cell.value: cell.column for cell in sheet[4]}
    assert sheet.cell(row, labels["Notre avis"]).value == "à revoir"
    notes = [cell.comment.text for cell in sheet[row] if cell.comment]
    assert notes == ["Voir le collège du 3"]
    assert cells(result.data, "Suivi") == {"A1": "à nous"}
    assert any("Suivi" in words for words in result.kept)


def test_a_sheet_of_people_that_has_the_title_of_one_of_the_program_takes_another() -> None:
    result = brought_up(edited(plan_of(map(action, (2, 4))), taken), PLAN)
    assert cells(result.data, f"{JOURNAL} (ancienne)")["A1"] == "Notre journal à nous"


def test_what_is_written_anew_is_then_updated_in_place() -> None:
    anew = brought_up(edited(plan_of(map(action, (2, 4))), older), PLAN).data
    again = brought_up(anew, PLAN)
    assert (again.in_place, again.reason) == (True, "")
    assert (
        read(again.data, NAME).tables["actions"].locals == read(anew, NAME).tables["actions"].locals
    )
