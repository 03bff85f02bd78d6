"""A table that takes more rows: what covered its first and last rows covers those."""

from __future__ import annotations

from typing import Any

import pytest
from support.ooxml.table_book import DOUBLE, SHEET, Opened, actions, told
from support.ooxml.torture import Parts

from pst_excel.ooxml.package.names import main


@pytest.mark.parametrize("how", [{}, {"below": "B6"}, {"totals": True}])
def test_rows_added_have_the_formats_of_the_last_one(how: dict[str, Any]) -> None:
    opened = Opened(actions(**how))
    opened.table.append([["B1"], ["B2"]])
    saved = opened.saved()
    cells = saved.cells(SHEET)
    assert [cells[f"E{row}"].get("s") for row in (6, 7)] == [cells["E5"].get("s")] * 2
    heights = {row.get("r"): row.get("ht") for row in saved.root(SHEET).iter(main("row"))}
    assert [heights[row] for row in "567"] == ["30"] * 3


@pytest.mark.parametrize("how", [{}, {"below": "B6"}, {"totals": True}])
def test_rules_that_covered_the_last_row_cover_those_added(how: dict[str, Any]) -> None:
    opened = Opened(actions(**how))
    opened.table.append([["B1"], ["B2"]])
    saved = opened.saved()
    assert saved.all(SHEET, "dataValidation", "sqref") == ["B3:B7", "E3"]
    assert saved.all(SHEET, "conditionalFormatting", "sqref") == ["B3:E7", "C3:C7"]
    assert saved.all(SHEET, "sqref") == ["C3:C7"]
    assert saved.all(SHEET, "formula1")[0] == "LEN(B3)<9"


def test_rules_that_covered_the_first_row_cover_those_put_before_it() -> None:
    opened = Opened(actions())
    assert str(opened.table.insert(0, [["B1", 7], ["B2", 8]])) == "B3:E4"
    saved = opened.saved()
    assert saved.all(SHEET, "dataValidation", "sqref") == ["B3:B7", "E3:E5"]
    assert saved.all(SHEET, "conditionalFormatting", "sqref") == ["B3:E7", "C3:C7"]
    assert saved.all(SHEET, "sqref") == ["C3:C7"]
    assert saved.all(SHEET, "formula1")[0] == "LEN(B3)<9"
    assert saved.all(SHEET, "formula")[0] == '$B3=""'
    assert told(opened.table, 3)[:3] == ["B1", 7, DOUBLE]


def test_a_chart_of_a_column_grows_with_rows_put_inside() -> None:
    opened = Opened(actions())
    opened.table.insert(1, [["B1", 7]])
    assert opened.saved().all("xl/charts/chart1.xml", "f") == ["Plan!$C$3:$C$6"]


def test_blank_rows_under_a_table_take_the_formats_of_its_last_row() -> None:
    parts = Parts(actions(below="B6"))
    cell = parts.cell(SHEET, "B6")
    del cell[:]
    cell.attrib.pop("t")
    opened = Opened(parts.zipped(strict=False, prefixed=False))
    assert str(opened.table.append([["B1"]])) == "B6:E6"
    assert not opened.book.expected_changes.shifts
    opened.saved()
