"""Rows inserted and removed: what stands below moves, the rest stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from support.office import Cells, libreoffice, recalculated, values
from support.ooxml.moved_rows import ORIGINAL, inserted, moved
from support.ooxml.rows_book import PLAN, TABLE, Told, canonical
from support.ooxml.torture import torture
from support.repairs import complaints
from support.validator import microsoft, objections

from pst_excel.ooxml.cells.values import Formula
from pst_excel.ooxml.errors import Refused
from pst_excel.ooxml.package.names import main
from pst_excel.ooxml.references.addresses import address, cell_of
from pst_excel.ooxml.workbook import Workbook

WORKBOOKS = {
    "plan": ORIGINAL,
    "torture": torture(),
    "strict": torture(strict=True),
    "prefixed": torture(prefixed=True),
}


def test_rows_inserted_take_the_formats_and_height_of_the_one_above() -> None:
    cells = inserted().cells(PLAN)
    assert {ref: cells[ref].get("s") for ref in ("B6", "F7")} == {
        "B6": cells["B5"].get("s"),
        "F7": cells["F5"].get("s"),
    }
    assert [len(cells[ref]) for ref in ("B6", "F7")] == [0, 0]
    heights = {row.get("r"): row.get("ht") for row in inserted().root(PLAN).iter(main("row"))}
    assert [heights[row] for row in "5678"] == ["24.75", "24.75", "24.75", None]


def test_the_first_row_of_a_table_takes_after_the_one_that_was_the_first() -> None:
    cells = Told(moved(4, 1)).cells(PLAN)
    assert cells["B4"].get("s") == cells["B5"].get("s") != cells["B3"].get("s")


def test_rows_before_the_totals_are_rows_of_the_table() -> None:
    told = Told(moved(9, 2))
    assert told.all(TABLE, "table", "ref") == ["A3:C11"]
    assert told.all(TABLE, "autoFilter", "ref") == ["A3:C10"]
    assert told.all(PLAN, "dataValidation", "sqref")[0] == "A4:A10"


@pytest.mark.parametrize("name", WORKBOOKS)
@pytest.mark.parametrize("before", [1, 2, 6, 9, 12, 15, 40])
def test_every_cell_below_has_the_same_value_so_many_rows_lower(name: str, before: int) -> None:
    data = WORKBOOKS[name]
    title = Workbook(data).titles[0]
    made = moved(before, 3, data, title)
    old, new = Workbook(data)[title], Workbook(made)[title]
    for cell in old.cells():
        row = cell.row + 3 * (cell.row >= before)
        there = new.at(row, cell.column)
        found, known = there.value, cell.value
        if isinstance(known, Formula):
            assert isinstance(found, Formula)
            found, known = found.value, known.value
        assert (found, there.style) == (known, cell.style)
    assert complaints(made) == complaints(data)


PLACES = [(name, title, row)
          for name, titles in (("plan", ["Plan", "L'été 26"]), ("torture", Workbook(torture()).titles))
          for title in titles if title in Workbook(WORKBOOKS[name])
          for row in (1, 3, 4, 7, 9, 12, 16, 30)]  # fmt: skip
UNSHARED = ("Plan", "Calculs")
"""Sheets where a shared formula may be told in full afterwards: it says the same otherwise."""


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(PLACES), st.integers(1, 5))
def test_rows_inserted_then_removed_leave_the_workbook_as_it_was(
    place: tuple[str, str, int], count: int
) -> None:
    name, title, row = place
    data = WORKBOOKS[name]
    try:
        made = moved(row, count, data, title)
    except Refused:
        return
    old, new = canonical(data), canonical(moved(row, -count, made, title))
    assert list(old) == list(new)
    part = Workbook(data)[title].part
    if title in UNSHARED:
        _in_full(old, part, data, title)
        _in_full(new, part, moved(row, -count, made, title), title)
    assert [one for one in old if old[one] != new[one]] == []


def _in_full(parts: dict[str, bytes], part: str, data: bytes, title: str) -> None:
    sheet = Workbook(data)[title]
    root = etree.fromstring(parts[part])
    for cell in root.iter(main("c")):
        for formula in cell.iter(main("f")):
            held = sheet.at(*cell_of(cell.get("r", ""))).value
            if formula.get("t") == "shared" and isinstance(held, Formula):
                formula.attrib.clear()
                formula.text = held.text
    parts[part] = etree.tostring(root, method="c14n")


@pytest.mark.parametrize("name", WORKBOOKS)
@pytest.mark.parametrize("row", [2, 6, 9, 20])
def test_rows_inserted_again_give_the_same_bytes_as_once(name: str, row: int) -> None:
    data = WORKBOOKS[name]
    title = Workbook(data).titles[0]
    once = moved(row, 2, data, title)
    again = moved(row, 2, moved(row, -2, once, title), title)
    assert again == once == moved(row, 2, data, title)


def test_rows_that_nothing_needs_leave_the_sheet_as_it_was() -> None:
    sheet = Workbook(ORIGINAL)["Plan"]
    sheet.insert_rows(40, 3)
    sheet.remove_rows(50, 2)
    assert {name for name in sheet.book.package.touched if "calc" not in name} == set()
    assert canonical(sheet.book.to_bytes()) == canonical(ORIGINAL)


@pytest.mark.parametrize(("first", "count"), [(0, 1), (3, 0), (1_048_576, 2)])
def test_rows_that_no_sheet_has_are_an_error(first: int, count: int) -> None:
    with pytest.raises(ValueError, match="no sheet has"):
        Workbook(ORIGINAL)["Plan"].insert_rows(first, count)


def lower(cells: Cells, first: int, count: int) -> Cells:
    """Return the cells of Plan from a row on so many rows lower, and the others."""
    found = {}
    for (title, ref), value in cells.items():
        row, column = cell_of(ref)
        found[title, address(row + count * (title == "Plan" and row >= first), column)] = value
    return found


def test_openpyxl_reads_the_values_where_they_are_now() -> None:
    assert values(moved(6, 2)) == lower(values(ORIGINAL), 6, 2)


@libreoffice
def test_libreoffice_calculates_the_same_numbers_after_rows_were_inserted(tmp_path: Path) -> None:
    files = {"before.xlsx": ORIGINAL, "after.xlsx": moved(7, 2)}
    made = recalculated(files, tmp_path, "fr-FR")
    assert values(made["after.xlsx"]) == lower(values(made["before.xlsx"]), 7, 2)


@microsoft
def test_microsoft_s_validator_objects_to_nothing_new(tmp_path: Path) -> None:
    files = {"before": ORIGINAL, "inserted": moved(6, 2), "removed": moved(6, -1)}
    found = objections(files, tmp_path)
    assert set(found["inserted"]) | set(found["removed"]) <= set(found["before"])
