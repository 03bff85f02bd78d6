"""Rows inserted at several places at once: as if they were inserted one place after the other."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from support.ooxml.moved_rows import ORIGINAL
from support.ooxml.rows_book import Told, canonical
from support.ooxml.torture import torture

from pst_excel.ooxml.errors import Refused
from pst_excel.ooxml.package.names import main
from pst_excel.ooxml.references.addresses import Area
from pst_excel.ooxml.references.row_shifts import Insertions
from pst_excel.ooxml.workbook import Workbook

WORKBOOKS = {"plan": ORIGINAL, "torture": torture(), "strict": torture(strict=True)}
PLACES = st.dictionaries(st.integers(1, 14), st.integers(1, 3), min_size=1, max_size=4)


def at_once(data: bytes, places: dict[int, int]) -> bytes:
    book = Workbook(data)
    book[book.titles[0]].insert_rows_at(places)
    return book.to_bytes()


def one_by_one(data: bytes, places: dict[int, int]) -> bytes:
    """The lowest first: the numbers of the others stay."""
    book = Workbook(data)
    for before in sorted(places, reverse=True):
        book[book.titles[0]].insert_rows(before, places[before])
    return book.to_bytes()


def told(data: bytes) -> object:
    """Return what a workbook says: each cell, and the rest of its parts."""
    book = Workbook(data)
    cells = {
        (sheet.title, cell.ref): (cell.value, cell.style)
        for sheet in book.sheets
        for cell in sheet.cells()
    }
    rest = {}
    for name, content in canonical(data).items():
        root = etree.fromstring(content) if name.startswith("xl/worksheets/sheet") else None
        for rows in root.iterfind(main("sheetData")) if root is not None else ():
            root.remove(rows)
        rest[name] = content if root is None else etree.tostring(root, method="c14n")
    return cells, rest


def outcome(change: Callable[[bytes, dict[int, int]], bytes], data: bytes, places: Any) -> object:
    try:
        return told(change(data, places))
    except Refused:
        return Refused


@pytest.mark.parametrize("name", WORKBOOKS)
@settings(max_examples=25, deadline=None)
@given(places=PLACES)
def test_all_at_once_gives_what_one_by_one_gives(name: str, places: dict[int, int]) -> None:
    data = WORKBOOKS[name]
    assert outcome(at_once, data, places) == outcome(one_by_one, data, places)


def removed_at_once(data: bytes, places: dict[int, int]) -> bytes:
    book = Workbook(data)
    book[book.titles[0]].remove_rows_at(places)
    return book.to_bytes()


def removed_one_by_one(data: bytes, places: dict[int, int]) -> bytes:
    book = Workbook(data)
    for first in sorted(places, reverse=True):
        book[book.titles[0]].remove_rows(first, places[first])
    return book.to_bytes()


@pytest.mark.parametrize("name", WORKBOOKS)
@settings(max_examples=25, deadline=None)
@given(rows=st.sets(st.integers(1, 14), min_size=1, max_size=4))
def test_removed_all_at_once_gives_what_one_by_one_gives(name: str, rows: set[int]) -> None:
    data, places = WORKBOOKS[name], dict.fromkeys(rows, 1)
    assert outcome(removed_at_once, data, places) == outcome(removed_one_by_one, data, places)


def test_a_row_is_not_removed_twice() -> None:
    with pytest.raises(ValueError, match="twice"):
        removed_at_once(ORIGINAL, {6: 2, 7: 1})


def test_no_place_changes_nothing() -> None:
    assert at_once(ORIGINAL, {}) == ORIGINAL


@given(places=PLACES, row=st.integers(1, 30))
def test_a_row_goes_as_far_down_as_rows_come_before_it(places: dict[int, int], row: int) -> None:
    inserted = Insertions("Plan", tuple(sorted(places.items())))
    above = sum(count for before, count in places.items() if before <= row)
    assert inserted.row(row) == row + above
    assert inserted.count == sum(places.values())


def test_what_ends_above_the_rows_may_be_made_to_hold_them() -> None:
    book = Workbook(made())
    book["Plan"].insert_rows_at({10: 2})
    book["Plan"].hold_rows(9, 2)
    data = book.to_bytes()
    assert Told(data).all("xl/worksheets/sheet1.xml", "autoFilter", "ref") == ["A1:C11"]
    names = Told(data).all("xl/workbook.xml", "definedName")
    assert sorted(names) == ["Plan!$A$1:$C$11", "Plan!$A$1:$C$11"]  # the filter's, and what prints
    assert Workbook(data).table("Liste").area == Area.of("E1:F11")


def test_what_ends_elsewhere_is_left_as_it_is() -> None:
    data = made()
    book = Workbook(data)
    book["Plan"].hold_rows(8, 2)
    assert book.to_bytes() == data


def made() -> bytes:
    """Return a workbook of one sheet: a filter, a table and a printed area that end on row 9."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Plan")
        sheet.autofilter("A1:C9")
        sheet.print_area("A1:C9")
        sheet.add_table("E1:F9", {"name": "Liste"})
    return buffer.getvalue()
