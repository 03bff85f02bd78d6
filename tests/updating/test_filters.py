"""The filter and the printed area of a sheet hold every column that has a heading, in place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl.worksheet.table import Table
from support import opened, read
from support.office import libreoffice, recalculated
from support.repairs import complaints
from support.updated import NAME, action, edited, in_place, plan_of, twice_in_place

from pst_excel.ooxml.references.addresses import Area, column_letters
from pst_excel.ooxml.workbook import Workbook

ADDED = "Notre avis"
BEFORE, AFTER = plan_of(map(action, (2, 4))), plan_of(map(action, (1, 2, 3, 4, 5)))


def advised(book: Any) -> None:
    """Somebody adds a column with values at the right of the filter."""
    sheet = book["Actions"]
    last = sheet.max_column + 1
    sheet.cell(4, last).value = ADDED
    for row in (5, 6):
        sheet.cell(row, last).value = f"avis {row}"


def filtered(book: Any) -> None:
    advised(book)
    book["Actions"].auto_filter.add_filter_column(3, ["1.1"])


def areas(data: bytes, title: str = "Actions") -> tuple[Area, Area, Area]:
    """Return the filter of a sheet, its hidden name, and what is printed."""
    book = Workbook(data)
    at = str(book.titles.index(title))
    names = {
        name.get("name"): Area.of((name.text or "").rpartition("!")[2])
        for name in book.root.iter("{*}definedName")
        if name.get("localSheetId") == at and "Titles" not in name.get("name", "")
    }
    (found,) = book[title].root.iter("{*}autoFilter")
    filter_ = Area.of(found.get("ref", ""))
    return filter_, names["_xlnm._FilterDatabase"], names["_xlnm.Print_Area"]


def heading_of(data: bytes, label: str) -> int:
    (found,) = (cell.column for cell in opened(data)["Actions"][4] if cell.value == label)
    return int(found)


def test_the_filter_covers_a_column_that_was_added_and_the_rows_that_come() -> None:
    data = twice_in_place(edited(BEFORE, filtered), AFTER)
    width = heading_of(data, ADDED)
    assert areas(data) == (Area(4, 1, 9, width), Area(4, 1, 9, width), Area(1, 1, 9, width))
    (kept,) = opened(data)["Actions"].auto_filter.filterColumn
    assert (kept.colId, kept.filters.filter) == (3, ["1.1"])
    assert not complaints(data)


def test_the_filter_covers_the_texts_that_were_not_understood() -> None:
    unread = plan_of([action(1).replace("31/12/2027", "quand on pourra")])
    data = twice_in_place(edited(plan_of([action(1)]), advised), unread)
    (received,) = (
        cell.column for cell in opened(data)["Actions"][4]
        if str(cell.value).endswith("(texte reçu)")
    )  # fmt: skip
    assert {area.right for area in areas(data)} == {received}
    assert received == heading_of(data, ADDED) + 1


def test_a_row_that_somebody_wrote_below_the_last_is_filtered_and_printed() -> None:
    letters = BEFORE.merged.tables["actions"].letters

    def write(book: Any) -> None:
        for key, value in {"code": "1.1.9", "code_oo": "1.1", "intitule": "Ajoutée"}.items():
            book["Actions"][f"{letters[key]}7"] = value

    data = edited(BEFORE, write)
    (ident,) = {*read(data, NAME).tables["actions"].columns["id"]} - {"a2", "a4"}
    row = action(9, "Ajoutée").replace("a9 |", f"{ident} |")
    data = in_place(data, plan_of([*map(action, (1, 2, 3, 4)), row, action(10)]))
    assert read(data, NAME).tables["actions"].rows[-1] == 10
    assert {area.bottom for area in areas(data)} == {10}


def test_a_sheet_whose_filter_was_removed_stays_without() -> None:
    def remove(book: Any) -> None:
        advised(book)
        book["Actions"].auto_filter.ref = None

    data = in_place(edited(BEFORE, remove), AFTER)
    assert opened(data)["Actions"].auto_filter.ref is None


def test_what_people_chose_to_print_stays() -> None:
    def choose(book: Any) -> None:
        advised(book)
        book["Actions"].print_area = "A1:F6"

    assert areas(in_place(edited(BEFORE, choose), plan_of([action(2)])))[2].right == 6


def test_a_column_inserted_at_the_left_moves_no_criterion() -> None:
    book = Workbook(edited(BEFORE, filtered))
    sheet = book["Actions"]
    (found,) = sheet.root.iter("{*}autoFilter")
    (criterion,) = found
    found.set("ref", f"B4:{column_letters(Area.of(found.get('ref', '')).right)}6")
    criterion.set("colId", "2")
    sheet.cover(Area(4, 1, 6, 9))
    assert (found.get("ref", "")[:2], criterion.get("colId")) == ("A4", "3")


@pytest.mark.libreoffice
@libreoffice
def test_libreoffice_opens_it_with_the_same_filter(tmp_path: Path) -> None:
    data = in_place(edited(BEFORE, filtered), AFTER)
    (again,) = recalculated({"a.xlsx": data}, tmp_path, "fr-BE").values()
    assert opened(again)["Actions"].auto_filter.ref == opened(data)["Actions"].auto_filter.ref


def test_the_filter_stops_before_a_table_that_people_made() -> None:
    def table(book: Any) -> None:
        advised(book)
        sheet = book["Actions"]
        last = column_letters(sheet.max_column)
        sheet.add_table(Table(displayName="Avis", ref=f"{last}4:{last}6"))

    before = edited(BEFORE, table)
    data = in_place(before, BEFORE)
    assert areas(data)[0] == areas(before)[0]
    assert areas(data)[2].right == heading_of(data, ADDED)
    assert not complaints(data)
