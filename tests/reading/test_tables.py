"""The rows of a table are read with their addresses, their own columns, their texts."""

from __future__ import annotations

import datetime as dt

import pytest
from openpyxl.workbook import Workbook
from support import CLEAN, TOWN, cells, damaged, grid, read, workbook
from support.good import ACTIONS, GOOD, put, values

from pst_excel.model.schema import HEADING_ROW


def test_each_cell_knows_its_address() -> None:
    table = read(GOOD).tables["actions"]
    address = table.cell("echeance", table.rows[0])
    assert cells(GOOD, "Actions")[address] == dt.datetime(2027, 12, 31)


def test_a_blank_template_has_no_row() -> None:
    filled = read(workbook(TOWN))
    assert [len(table) for key, table in filled.tables.items() if key != "identification"] == [
        0
    ] * 7


def test_blank_rows_between_are_passed_over_and_rows_keep_their_numbers() -> None:
    def part(book: Workbook) -> None:
        book["Actions"].insert_rows(6, 2)

    filled = read(damaged(workbook(TOWN + ACTIONS), part))
    assert filled.tables["actions"].rows == [5, 8, 9]
    assert values(filled, "actions", "code") == [["1.1.1", "1.1.2", "1.1.10"]]


def test_a_row_of_spaces_is_a_blank_row() -> None:
    rows = [("Code action", "Intitulé"), ("1.1.1", "Planter"), ("  ", "\u00a0"), ("", " ")]
    assert read(grid({"Actions": rows})).tables["actions"].rows == [2]


def test_a_column_that_the_institution_added_is_kept_as_it_is() -> None:
    def add(book: Workbook) -> None:
        sheet = book["Actions"]
        place = sheet.max_column + 1
        sheet.cell(HEADING_ROW, place, "N° de dossier interne")
        sheet.cell(HEADING_ROW + 1, place, "D-0042")

    filled = read(damaged(GOOD, add))
    assert filled.tables["actions"].locals == {"N° de dossier interne": ["D-0042"]}
    assert [finding.code for finding in filled.findings] == ["S14"]  # a sort would leave it behind


def test_a_row_that_holds_only_a_local_value_is_read() -> None:
    rows = [("Code action", "Avis"), ("1.1.1", None), (None, "à revoir")]
    filled = read(grid({"Actions": rows}))
    assert filled.tables["actions"].rows == [2, 3]
    assert filled.tables["actions"].locals == {"Avis": ["", "à revoir"]}


@pytest.mark.parametrize("text", ["environ 50", "à voir"])
def test_a_cell_that_is_not_understood_keeps_its_text(text: str) -> None:
    letters = read(GOOD).tables["actions"].letters["avancement"]
    filled = read(damaged(GOOD, put("Actions", f"{letters}5", text)))
    assert values(filled, "actions", "avancement") == [[None]]
    assert filled.not_understood() == {("actions", 5, "avancement"): text}


def test_a_cell_that_was_not_understood_is_written_as_it_was_read() -> None:
    filled = read(workbook(TOWN + "\nActions\ncode | avancement\n1.1.1 | environ 50"))
    assert filled.not_understood() == {("actions", 5, "avancement"): "environ 50"}


def test_a_number_where_a_list_is_expected_is_understood() -> None:
    letters = read(GOOD).tables["actions"].letters["odd"]
    assert values(read(damaged(GOOD, put("Actions", f"{letters}5", 13))), "actions", "odd") == [
        ["13"]
    ]


def test_a_word_of_the_institution_s_own_list_is_understood_in_any_spelling() -> None:
    filled = read(workbook(CLEAN.replace("| Travaux        |", "| TRAVAUX        |")))
    assert values(filled, "actions", "service_pilote") == [["Travaux"]]


def test_an_empty_sheet_is_a_table_without_rows() -> None:
    filled = read(grid({"Actions": [], "OS": [("Code OS",), ("1",)]}))
    assert len(filled.tables["actions"]) == 0
    assert values(filled, "os", "code") == [["1"]]


def test_the_computed_columns_of_a_consolidated_workbook_are_not_local() -> None:
    rows = [("Code action", "Complétude ƒ", "Budget prévu ƒ"), ("1.1.1", 80, 1000)]
    assert read(grid({"Actions": rows})).tables["actions"].locals == {}


def test_a_code_chosen_without_a_title_is_read() -> None:
    text = "OO\ncode\n1.1\n\nActions\ncode  | code_oo\n1.1.1 | 1.1 ·\n"
    assert read(workbook(TOWN + "\n" + text)).tables["actions"].columns["code_oo"] == ["1.1"]
