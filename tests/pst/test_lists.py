"""The ranges of the drop-down lists, as LibreOffice resolves them: the list, and what is added to it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from support import CLEAN, office, read, workbook

from pst_excel.model.schema import HEADING_ROW
from pst_excel.model.words.vocabulary import Vocabulary
from pst_excel.pst import PST
from pst_excel.pst.vocabularies import ODD, SERVICES
from pst_excel.reference.samples.workbooks import template

pytestmark = [pytest.mark.libreoffice, office.libreoffice]
SCRATCH = "F"


def _name(vocabulary: Vocabulary) -> str:
    return f"Liste_{vocabulary.key}"


def test_each_list_has_its_rows_and_grows_by_those_that_are_added(tmp_path: Path) -> None:
    ((_, data),) = template()

    def count(workbook: Any) -> None:
        page, lists = workbook["Identification"], workbook["Listes"]
        headings = {cell.value: cell.column for cell in lists[HEADING_ROW]}
        column = headings[SERVICES.label]
        row = next(r for r in range(HEADING_ROW + 1, 500) if lists.cell(r, column).value is None)
        lists.cell(row, column).value = "Un service nouveau"
        for at, vocabulary in enumerate(PST.vocabularies, start=1):
            page[f"{SCRATCH}{at}"] = f"=ROWS({_name(vocabulary)})"

    edited = office.edited(data, count)
    counted = office.values(office.recalculated({"m.xlsx": edited}, tmp_path, "fr-FR")["m.xlsx"])
    with office.opened(edited) as workbook:
        lists = workbook["Listes"]
        written = {
            column[0].value: sum(cell.value is not None for cell in column[1:])
            for column in lists.iter_cols(min_row=HEADING_ROW)
        }

    rows = {
        vocabulary.label: counted["Identification", f"{SCRATCH}{at}"]
        for at, vocabulary in enumerate(PST.vocabularies, start=1)
    }
    assert rows == written
    assert rows[SERVICES.label] == 16


def test_the_codes_of_a_list_are_shown_with_their_titles_and_grow(tmp_path: Path) -> None:
    data = workbook(
        "OO\ncode | intitule\n1.1 | Rouler ; marcher\n1.10 | " + "x" * 200 + "\n\n"
        "OS\ncode | intitule\n1 | Être une commune où l’on roule"
    )

    def look(book: Any) -> None:
        page = book["OO"]
        headings = {str(cell.value).strip(" ✱ƒ"): cell.column for cell in page[HEADING_ROW]}
        page.cell(HEADING_ROW + 3, headings["Code OO"]).value = "2.1"
        page.cell(HEADING_ROW + 3, headings["Intitulé"]).value = "Ajouté"
        form = book["Identification"]
        for at in (1, 2, 3):
            form[f"{SCRATCH}{at}"] = f"=INDEX(Choix_oo,{at})"
        form[f"{SCRATCH}4"] = "=ROWS(Choix_oo)"
        form[f"{SCRATCH}5"] = "=INDEX(Choix_os,1)"
        form[f"{SCRATCH}6"] = "=ROWS(Choix_actions)"

    made = office.recalculated({"m.xlsx": office.edited(data, look)}, tmp_path, "fr-FR")["m.xlsx"]
    cells = office.values(made)
    assert [cells.get(("Identification", f"{SCRATCH}{at}")) for at in range(1, 7)] == [
        "1.1 · Rouler , marcher", f"1.10 · {'x' * 79}…", "2.1 · Ajouté", 3,
        "1 · Être une commune où l’on roule", 1,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "understood"),
    [("1.1 · Rouler , marcher", "1.1"), ("1.1 · Rouler; 2.1", "1.1; 2.1"), ("1.10", "1.10")],
)
def test_a_code_chosen_as_the_list_shows_it_is_read(typed: str, understood: str) -> None:
    def choose(book: Any) -> None:
        page = book["Actions"]
        headings = {str(cell.value).strip(" ✱ƒ"): cell.column for cell in page[HEADING_ROW]}
        page.cell(HEADING_ROW + 1, headings["OO"]).value = typed

    one = read(office.edited(workbook(CLEAN), choose))
    assert one.tables["actions"].columns["code_oo"] == [understood]
    assert one.readings == []


def test_an_odd_is_chosen_by_its_number_and_title() -> None:
    def choose(book: Any) -> None:
        page = book["Actions"]
        headings = {str(cell.value).strip(" ✱ƒ"): cell.column for cell in page[HEADING_ROW]}
        page.cell(HEADING_ROW + 1, headings["ODD"]).value = ODD.shown[10]

    one = read(office.edited(workbook(CLEAN), choose))
    assert one.tables["actions"].columns["odd"] == ["11"]
