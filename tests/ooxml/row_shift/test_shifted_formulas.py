"""Formulas of cells and rules read the same after rows moved."""

from __future__ import annotations

import pytest
from support.ooxml.moved_rows import inserted, moved
from support.ooxml.rows_book import PLAN, Told

from pst_excel.ooxml.cells.values import Formula
from pst_excel.ooxml.package.names import main
from pst_excel.ooxml.workbook import Workbook

FORMULAS: list[tuple[str, str | None, str | None]] = [
    ("A14", "SUM(F4:F10)", None),
    ("A15", "F8+F9", None),
    ("G4", "F4*$F$10", "F4*$F$10"),
    ("G10", None, "F10*$F$10"),
    ("H5", None, "N(H4)+F5"),
    ("H8", "N(H5)+F8", "N(H5)+F8"),
    ("H9", None, "N(H8)+F9"),
    ("J14", "F4:F8*2", None),
]
"""What cells tell after two rows were inserted before row 6, and how they are then read."""


@pytest.mark.parametrize(("ref", "told", "read"), FORMULAS)
def test_formulas_are_told_in_their_new_place(ref: str, told: str | None, read: str | None) -> None:
    book = Workbook(moved(6, 2))
    found = book["Plan"].cell(ref).value
    assert inserted().formula(PLAN, ref) == told or told is None
    assert isinstance(found, Formula)
    assert found.text == (read or told)


def test_only_the_members_that_read_otherwise_leave_a_shared_formula() -> None:
    cells = inserted().cells(PLAN)
    shared = {
        ref for ref, cell in cells.items() for one in cell.iter(main("f")) if one.get("si") == "1"
    }
    assert shared == {"H4", "H5", "H9", "H10"}


def test_the_first_member_that_stays_tells_a_shared_formula_whose_master_is_removed() -> None:
    told = Told(moved(4, -1))
    cells = told.cells(PLAN)
    assert told.formula(PLAN, "G4") == "F4*$F$7"
    assert cells["G4"].find(main("f")).attrib == {"t": "shared", "si": "0", "ref": "G4:G7"}
    assert not told.formula(PLAN, "G5")


def test_a_rule_whose_first_row_is_removed_is_read_from_the_next() -> None:
    told = Told(moved(4, -1))
    assert told.all(PLAN, "formula") == ["$F4>$F$7"]
    assert told.all(PLAN, "formula1")[0] == "LEN(A4)<80"
