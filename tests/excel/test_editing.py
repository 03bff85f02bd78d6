"""What people do to the rows and columns of the template, and what is read of it afterwards.

After each edit the whole workbook is compared, so that the rows that nobody touched count too.
"""

from __future__ import annotations

from typing import Any

import pytest
from support import of_code, verdict
from support.edited import ACTIONS, FIRST, LAST, Edit, before, edited, new, put, rows_of

from pst_excel.model.schema import HEADING_ROW
from pst_excel.model.words.wording import column_letter
from pst_excel.pst import PST


def test_a_row_inserted_in_the_middle_is_read_in_its_place() -> None:
    def insert(book: Any) -> None:
        book["Actions"].insert_rows(FIRST + 1)
        put(book, FIRST + 1, {"code": "1.1.9", "intitule": "Neuve"})

    expected = before()
    expected["actions"].insert(1, new(code="1.1.9", intitule="Neuve"))
    assert rows_of(edited(insert)) == expected


def test_rows_that_are_sorted_keep_their_hidden_cells() -> None:
    def sort(book: Any) -> None:
        area = book["Actions"].iter_rows(FIRST, LAST)
        rows = [[cell.value for cell in row] for row in area]
        title = list(ACTIONS).index("intitule")
        for at, row in enumerate(sorted(rows, key=lambda row: row[title]), start=FIRST):
            for column, value in enumerate(row, start=1):
                book["Actions"].cell(at, column).value = value

    expected = before()
    expected["actions"].sort(key=lambda row: row["intitule"])
    assert [row["id"] for row in expected["actions"]] == ["a3", "a2", "a4", "a1"]
    assert rows_of(edited(sort)) == expected


def test_rows_pasted_far_below_the_table_are_read() -> None:
    def paste(book: Any) -> None:
        for row in range(70, 201):
            put(book, row, {"code": f"3.1.{row}", "statut": "En cours"})

    after = edited(paste)
    expected = before()
    expected["actions"] += [new(code=f"3.1.{n}", statut="En cours") for n in range(70, 201)]
    assert rows_of(after) == expected
    assert after.tables["actions"].rows[4:] == list(range(70, 201))


def test_rows_left_blank_between_are_passed_over() -> None:
    def leave(book: Any) -> None:
        put(book, LAST + 3, {"code": "2.1.3"})
        put(book, LAST + 9, {"intitule": "Sans code"})

    after = edited(leave)
    expected = before()
    expected["actions"] += [new(code="2.1.3"), new(intitule="Sans code")]
    assert rows_of(after) == expected
    assert after.tables["actions"].rows[4:] == [LAST + 3, LAST + 9]


@pytest.mark.parametrize("hidden", [True, False])
def test_a_row_that_is_cleared_is_no_row_though_its_hidden_cells_stay(hidden: bool) -> None:
    def clear(book: Any) -> None:
        sheet = book["Actions"]
        for key, letters in ACTIONS.items():
            if hidden or not PST["actions"][key].hidden:
                sheet[f"{letters}{FIRST + 1}"] = None

    expected = before()
    del expected["actions"][1]
    assert rows_of(edited(clear)) == expected


@pytest.mark.parametrize("at", ["code", "statut", "after the last"])
def test_a_column_added_anywhere_is_kept_as_it_is(at: str) -> None:
    def add(book: Any) -> None:
        sheet = book["Actions"]
        position = [*ACTIONS, "after the last"].index(at) + 1
        sheet.insert_cols(position)
        sheet.cell(HEADING_ROW, position).value = "Quartier"
        sheet.cell(FIRST + 1, position).value = "Nord"

    expected = before()
    expected["actions"][1]["Quartier"] = "Nord"
    assert rows_of(edited(add)) == expected


def test_a_column_added_under_the_heading_of_another_is_told_and_kept_beside_it() -> None:
    position = len(ACTIONS) + 3  # beside the two free columns

    def add(book: Any) -> None:
        sheet = book["Actions"]
        sheet.cell(HEADING_ROW, position).value = "STATUT"
        sheet.cell(FIRST, position).value = "Abandonné"

    after, expected = edited(add), before()
    expected["actions"][0][f"STATUT ({column_letter(position - 1)})"] = "Abandonné"
    assert rows_of(after) == expected
    (finding,) = of_code(verdict(after).findings, "S04")
    assert finding.sheet == "Actions"


def test_an_optional_column_that_is_deleted_takes_its_values_only() -> None:
    def delete(book: Any) -> None:
        book["Actions"].delete_cols(list(ACTIONS).index("description") + 1)

    expected = before()
    for row in expected["actions"]:
        row.pop("description", None)
    after = edited(delete)
    assert rows_of(after) == expected
    assert after.findings == []


def hide_columns(book: Any) -> None:
    for letters in ACTIONS.values():
        book["Actions"].column_dimensions[letters].hidden = True


def filter_rows(book: Any) -> None:
    sheet = book["Actions"]
    sheet.tables["T_Actions"].autoFilter.add_filter_column(
        list(ACTIONS).index("statut"), ["En cours"]
    )
    for row in range(FIRST + 1, LAST + 1):
        sheet.row_dimensions[row].hidden = True


def overwrite_what_is_computed(book: Any) -> None:
    computed = (column.key for column in PST["actions"].computed if column.key in ACTIONS)
    put(book, FIRST, dict.fromkeys(computed, "à moi"))


def add_a_sheet(book: Any) -> None:
    book.create_sheet("Mes notes", 0)["A1"] = "Code action"


def rename(book: Any) -> None:
    book["Actions"].title = "Actions (2)"


def move_the_sheets(book: Any) -> None:
    book.move_sheet("Actions", -4)


@pytest.mark.parametrize(
    "change",
    [
        hide_columns,
        filter_rows,
        overwrite_what_is_computed,
        add_a_sheet,
        rename,
        move_the_sheets,
    ],
)
def test_what_changes_no_value_changes_nothing_that_is_read(change: Edit) -> None:
    after = edited(change)

    assert rows_of(after) == before()
    assert after.findings == []
    assert after.readings == []
