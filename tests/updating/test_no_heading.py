"""What people write in the plan under no heading stays where it is, however often it is updated."""

from __future__ import annotations

from typing import Any

import pytest
from support import OBSERVED, cells, read
from support.updated import NAME, action, brought_up, plan_of

from pst_excel.consolidating.consolidate import consolidate
from pst_excel.excel.books.consolidated import write
from pst_excel.model.schema import HEADING_ROW
from pst_excel.ooxml.references.addresses import column_letters
from pst_excel.ooxml.workbook import Workbook
from pst_excel.pst import PST
from pst_excel.reading.locating.beside import called


@pytest.mark.parametrize(("heading", "kept"), [("", None), (".", ".")])
def test_a_column_under_no_heading_is_one_column_for_ever(heading: str, kept: Any) -> None:
    book = Workbook(write(plan_of([action(1)])))
    last = max(cell.column for cell in book["Actions"].row(HEADING_ROW))
    letters = column_letters(last + 3)
    book["Actions"].cell(f"{letters}{HEADING_ROW + 1}").set("à revoir")
    if heading:
        book["Actions"].cell(f"{letters}{HEADING_ROW}").set(heading)
    data = book.to_bytes()
    for _ in range(2):
        previous = read(data, NAME)
        assert previous.tables["actions"].locals == {called(letters): ["à revoir"]}
        result = brought_up(data, consolidate([], PST, OBSERVED, previous=previous))
        assert result.in_place, result.reason
        data = result.data
    there = cells(data, "Actions")
    assert [place for place, value in there.items() if value == "à revoir"] == [
        f"{letters}{HEADING_ROW + 1}"
    ]
    assert there.get(f"{letters}{HEADING_ROW}") == (kept or called(letters))
