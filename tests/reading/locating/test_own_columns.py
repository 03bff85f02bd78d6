"""The columns that people fill as they like: the free ones, those without a title or a place."""

from __future__ import annotations

from typing import Any

import pytest
from support import damaged, read, structural, verdict
from support.annotated import places
from support.good import GOOD, content
from support.layouts import table

from pst_excel.annotating.workbook import annotated
from pst_excel.model.catalogue import CATALOGUE
from pst_excel.model.findings import Severity
from pst_excel.model.schema import HEADING_ROW
from pst_excel.model.words.kinds import Where
from pst_excel.model.words.wording import column_letter
from pst_excel.pst import PST
from pst_excel.returns.tables import Return, geometry

LETTERS = geometry(PST["actions"], where=Where.RETURN)
COUNT = len(LETTERS)
FREE, OTHER, OUT = (column_letter(COUNT + at) for at in (0, 1, 2))
ROW = HEADING_ROW + 1


def after(cells: dict[str, Any]) -> Return:
    """Return what is read once cells of Actions hold this, by their addresses."""

    def change(book: Any) -> None:
        for address, value in cells.items():
            book["Actions"][address] = value

    return read(damaged(GOOD, change))


def test_free_columns_that_nobody_uses_are_no_columns() -> None:
    filled = read(GOOD)
    assert table(filled).locals == {}
    assert filled.findings == []


def test_a_free_column_with_a_title_is_one_of_the_institution_and_nothing_is_said() -> None:
    filled = after({f"{FREE}{HEADING_ROW}": "N° de dossier", f"{FREE}{ROW}": "D-12"})
    assert table(filled).locals == {"N° de dossier": ["D-12"]}
    assert table(filled).local_letters == {"N° de dossier": FREE}
    assert filled.findings == []


@pytest.mark.parametrize(
    ("title", "name"),
    [("Colonne libre 1", "Colonne libre 1"), (None, f"Colonne {FREE}"), ("?", f"Colonne {FREE}")],
)
def test_a_column_that_is_filled_without_a_title_is_kept_and_asked_for_one(
    title: str | None, name: str
) -> None:
    filled = after({f"{FREE}{HEADING_ROW}": title, f"{FREE}{ROW}": "D-12"})
    assert table(filled).locals == {name: ["D-12"]}
    (finding,) = structural(filled, "S13")
    assert (finding.severity, finding.cell) == (Severity.HINT, f"{FREE}{HEADING_ROW}")
    assert f"« {name} » est remplie" in finding.message.replace("\u00a0", " ")
    assert content(filled) == content(read(GOOD))


def test_a_title_over_nothing_is_kept_without_a_word() -> None:
    filled = after({f"{FREE}{HEADING_ROW}": "N° de dossier"})
    assert table(filled).locals == {"N° de dossier": [""]}
    assert filled.findings == []


def test_a_free_column_is_deleted_and_the_other_used_in_the_middle() -> None:
    middle = LETTERS["echeance"]

    def change(book: Any) -> None:
        sheet = book["Actions"]
        sheet.delete_cols(COUNT + 1, 2)
        sheet.insert_cols(list(LETTERS).index("echeance") + 1)
        sheet[f"{middle}{HEADING_ROW}"], sheet[f"{middle}{ROW}"] = "Colonne libre 2", "D-12"

    filled = read(damaged(GOOD, change))
    assert content(filled) == content(read(GOOD))
    assert table(filled).locals == {"Colonne libre 2": ["D-12"]}


def test_what_stands_beside_the_table_is_read_and_its_danger_told_once() -> None:
    beyond = column_letter(COUNT + 4)
    cells = {f"{OUT}{HEADING_ROW}": "N° de dossier", f"{OUT}{ROW}": "D-12", f"{beyond}{ROW}": "?!"}
    filled = after(cells)
    assert table(filled).locals == {"N° de dossier": ["D-12"], f"Colonne {beyond}": ["?!"]}
    (finding,) = structural(filled, "S14")
    assert (finding.severity, finding.cell) == (Severity.HINT, f"{OUT}{HEADING_ROW}")
    message = finding.message.replace("\u00a0", " ")
    assert message.startswith(f"« N° de dossier » et « Colonne {beyond} » sont hors du tableau")
    assert f"de la colonne A à la colonne {OTHER}" in message


@pytest.mark.parametrize(
    "cells",
    [{f"{OUT}{HEADING_ROW}": "N° de dossier"}, {f"{OUT}{HEADING_ROW - 1}": "à relire"},
     {f"{OTHER}{HEADING_ROW}": "Quartier", f"{OTHER}{ROW}": "Nord"}],
)  # fmt: skip
def test_what_holds_no_value_of_a_row_or_stands_in_the_table_is_no_danger(
    cells: dict[str, str],
) -> None:
    assert structural(after(cells), "S14") == []


def test_a_sheet_whose_table_was_taken_away_has_no_outside() -> None:
    def change(book: Any) -> None:
        sheet = book["Actions"]
        del sheet.tables["T_Actions"]
        sheet[f"{OUT}{HEADING_ROW}"], sheet[f"{OUT}{ROW}"] = "N° de dossier", "D-12"

    filled = read(damaged(GOOD, change))
    assert table(filled).locals == {"N° de dossier": ["D-12"]}
    assert filled.findings == []


def test_groups_and_panes_that_are_taken_away_change_nothing() -> None:
    def change(book: Any) -> None:
        for sheet in book.worksheets:
            sheet.freeze_panes = None
            for column in sheet.column_dimensions.values():
                column.hidden, column.outlineLevel = False, 0

    filled = read(damaged(GOOD, change))
    assert content(filled) == content(read(GOOD))
    assert (filled.layout, filled.findings) == ([], [])


def test_the_copy_handed_back_leads_to_what_asks_for_a_title_or_a_place() -> None:
    def change(book: Any) -> None:
        sheet = book["Actions"]
        sheet[f"{FREE}{ROW}"] = "D-12"
        sheet[f"{OUT}{HEADING_ROW}"], sheet[f"{OUT}{ROW}"] = "Quartier", "Nord"

    data = damaged(GOOD, change)
    filled = read(data)
    copy, _ = annotated(filled, verdict(filled).findings, data)
    assert places(copy) == {"S13": f"Actions_{FREE}4", "S14": f"Actions_{OUT}4"}
    assert table(read(copy)).locals == {"Colonne libre 1": ["D-12"], "Quartier": ["Nord"]}
    assert {"S13", "S14", "S15"} <= CATALOGUE.keys()
