"""Tables are given rows at their end or inside, or rid of some, as by Excel."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from support.office import libreoffice, recalculated, values
from support.ooxml import torture_parts as texts
from support.ooxml.rows_book import Told, canonical, plan
from support.ooxml.table_book import DAY, DOUBLE, SHEET, TABLE, Opened, actions, told
from support.ooxml.torture import Parts, torture
from support.repairs import complaints
from support.validator import microsoft, objections

from pst_excel.ooxml.cells.tables import NOTHING
from pst_excel.ooxml.errors import Refused
from pst_excel.ooxml.package.names import main
from pst_excel.ooxml.workbook import Workbook

APPENDED: list[tuple[dict[str, Any], str, int, str, str]] = [
    ({}, "B6:E7", 0, "B2:E7", "B2:E7"),
    ({"below": "B9"}, "B6:E7", 0, "B2:E7", "B2:E7"),
    ({"below": "G6"}, "B6:E7", 0, "B2:E7", "B2:E7"),
    ({"below": "C7"}, "B6:E7", 2, "B2:E7", "B2:E7"),
    ({"below": "B6"}, "B6:E7", 2, "B2:E7", "B2:E7"),
    ({"totals": True}, "B6:E7", 2, "B2:E8", "B2:E7"),
    ({"totals": True, "below": "B7"}, "B6:E7", 2, "B2:E8", "B2:E7"),
    ({"rows": 1, "blank": True}, "B3:E4", 0, "B2:E4", "B2:E4"),
    ({"rows": 1}, "B4:E5", 0, "B2:E5", "B2:E5"),
]
"""How it is made, the cells that two rows take, the rows inserted, the table and its filter."""


@pytest.mark.parametrize(("how", "cells", "inserted", "ref", "filtered"), APPENDED)
def test_rows_are_added_after_the_last_one(
    how: dict[str, Any], cells: str, inserted: int, ref: str, filtered: str
) -> None:
    opened = Opened(actions(**how))
    made = opened.table.append([["B1", 7, ..., DAY], ["B2", 8, None, None]])
    assert str(made) == cells
    assert [move.count for move in opened.book.expected_changes.shifts] == (
        [inserted] * (inserted > 0)
    )
    saved = opened.saved()
    assert saved.all(TABLE, "table", "ref") == [ref]
    assert saved.all(TABLE, "autoFilter", "ref") == [filtered]
    again = Workbook(opened.book.to_bytes()).table("tActions")
    day = dt.datetime.combine(DAY, dt.time())
    assert told(again, made.top) == ["B1", 7, DOUBLE, day]
    assert told(again, made.bottom) == ["B2", 8, DOUBLE, None]
    below = how.get("below", "")
    if below:
        row = int(below[1:]) + (inserted if int(below[1:]) >= made.top else 0)
        assert again.sheet.cell(f"{below[0]}{row}").value == "en dessous"


@pytest.mark.parametrize(("at", "cells"), [(0, "B3:E3"), (1, "B4:E4"), (3, "B6:E6")])
@pytest.mark.parametrize("totals", [False, True])
def test_rows_are_inserted_before_one(at: int, cells: str, totals: bool) -> None:
    opened = Opened(actions(totals=totals))
    assert str(opened.table.insert(at, [["B1", 7]])) == cells
    codes = [opened.table.sheet.at(row, 2).value for row in range(3, 7)]
    assert codes == [*["A1", "A2", "A3"][:at], "B1", *["A1", "A2", "A3"][at:]]
    assert str(opened.table.data) == "B3:E6"
    opened.saved()


@pytest.mark.parametrize(("first", "count", "left"), [(0, 1, "A2 A3"), (1, 1, "A1 A3"), (0, 2, "A3"),
                                                     (1, 2, "A1")])  # fmt: skip
@pytest.mark.parametrize("totals", [False, True])
def test_rows_are_removed(first: int, count: int, left: str, totals: bool) -> None:
    opened = Opened(actions(totals=totals))
    opened.table.remove(first, count)
    data = opened.table.data
    codes = [opened.table.sheet.at(row, 2).value for row in range(data.top, data.bottom + 1)]
    assert codes == left.split()
    saved = opened.saved()
    assert saved.all(SHEET, "formula1")[0] == "LEN(B3)<9"
    assert saved.all(SHEET, "formula")[0] == '$B3=""'


def test_the_formula_of_a_column_moves_with_its_row() -> None:
    parts = Parts(actions())
    for one in parts.tree(TABLE).iter(main("calculatedColumnFormula")):
        one.text = "C3*$G$1"
    opened = Opened(parts.zipped(strict=False, prefixed=False))
    opened.table.append([["B1"]])
    assert told(opened.table, 6)[2] == "C6*$G$1"
    opened.table.remove(0)
    assert told(opened.table, 5)[2] == "C5*$G$1"
    assert Told(opened.book.to_bytes()).all(TABLE, "calculatedColumnFormula") == ["C3*$G$1"]


def test_no_row_changes_nothing() -> None:
    opened = Opened(actions())
    assert opened.table.append([]) == opened.table.insert(1, []) == NOTHING
    assert opened.book.to_bytes() == opened.before


def test_rows_one_by_one_are_the_same_as_together() -> None:
    rows = [[f"B{at}", at] for at in range(4)]
    together, alone = Opened(actions(below="B6")), Opened(actions(below="B6"))
    together.table.append(rows)
    for row in rows:
        alone.table.append([row])
    assert canonical(together.book.to_bytes()) == canonical(alone.book.to_bytes())


def queried() -> bytes:
    parts = Parts(actions())
    parts.add(TABLE, "queryTable", "xl/queryTables/queryTable1.xml",
              f'<queryTable {texts.NAMES} name="q" connectionId="1"/>',
              "application/vnd.openxmlformats-officedocument.spreadsheetml.queryTable+xml")  # fmt: skip
    return parts.zipped(strict=False, prefixed=False)


REFUSED: list[tuple[bytes, list[Any], str]] = [
    (queried(), ["B1"], "rempli par une requête"),
    (actions(), ["B1", 1, 2, DAY, "trop"], "a 4 colonnes"),
]


@pytest.mark.parametrize(("data", "row", "why"), REFUSED)
def test_a_row_that_cannot_be_added_is_refused(data: bytes, row: list[Any], why: str) -> None:
    opened = Opened(data)
    with pytest.raises(Refused, match=re.escape(why)):
        opened.table.append([row])
    assert opened.book.to_bytes() == data


@pytest.mark.parametrize(("first", "count"), [(-1, 1), (3, 1), (2, 2), (0, 0)])
def test_rows_that_the_table_lacks_are_an_error(first: int, count: int) -> None:
    table = Opened(actions()).table
    with pytest.raises(IndexError, match="has no"):
        table.remove(first, count)


def test_the_last_row_of_a_table_stays() -> None:
    opened = Opened(actions())
    with pytest.raises(Refused, match="une ligne au moins"):
        opened.table.remove(0, 3)


@pytest.mark.parametrize("how", [{}, {"strict": True}, {"prefixed": True}, {"epoch_1904": True}])
def test_rows_are_added_to_a_workbook_that_holds_everything(how: dict[str, bool]) -> None:
    data = torture(**how)
    book = Workbook(data)
    made = book.table("tActions").append([["B.1", "Neuf", DAY, 12.5], ["B.2"]])
    saved = book.to_bytes()
    again = Workbook(saved).table("tActions")
    day = dt.datetime.combine(DAY, dt.time())
    assert (str(made), str(again.area)) == ("A12:E13", "A3:E14")
    assert told(again, 12)[:4] == ["B.1", "Neuf", day, 12.5]
    assert complaints(saved) == complaints(data)


@libreoffice
def test_libreoffice_calculates_the_rows_added(tmp_path: Path) -> None:
    book = Workbook(plan())
    book.table("tPlan").append([["B1", 50], ["B2", 60, ...]])
    book.table("tPlan").insert(0, [["B0", 1]])
    made = recalculated({"made.xlsx": book.to_bytes()}, tmp_path, "fr-FR")["made.xlsx"]
    found = values(made)
    assert [found["Plan", f"C{row}"] for row in (4, 5, 10, 11)] == [2, 80, 100, 120]
    assert found["Plan", "A15"] == 4 + 5 + 6 + 7 + 8


@microsoft
def test_microsoft_s_validator_objects_to_nothing_new(tmp_path: Path) -> None:
    files = {}
    for name, how in (("free", {}), ("totals", {"totals": True}), ("below", {"below": "B6"})):
        files[f"{name} before"] = actions(**how)  # type: ignore[arg-type]
        opened = Opened(files[f"{name} before"])
        opened.table.append([["B1", 7], ["B2"]])
        opened.table.insert(0, [["B0"]])
        files[name] = opened.book.to_bytes()
    found = objections(files, tmp_path)
    assert all(found[name] == found[f"{name} before"] for name in ("free", "totals", "below"))
