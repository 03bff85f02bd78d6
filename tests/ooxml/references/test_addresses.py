"""Addresses and areas."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pst_excel.ooxml.references.addresses import (
    LAST_COLUMN,
    LAST_ROW,
    Area,
    address,
    areas_of,
    as_areas,
    cell_of,
    column_letters,
    joined,
)

CELLS = st.tuples(st.integers(1, LAST_ROW), st.integers(1, LAST_COLUMN))


@given(CELLS)
def test_an_address_names_its_cell(cell):
    assert cell_of(address(*cell)) == cell


@pytest.mark.parametrize("text", ["", "A", "1", "A0", "XFE1", "A1048577", "AAAA1", "A1:B2", "É1"])
def test_what_names_no_cell_is_said(text):
    with pytest.raises(ValueError, match="no cell has the address"):
        cell_of(text)


def test_columns_are_counted_as_excel_letters_them():
    assert [column_letters(n) for n in (1, 26, 27, 702, 703, LAST_COLUMN)] == [
        "A", "Z", "AA", "ZZ", "AAA", "XFD",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["B2", "B2:C9", "2:9", "B:C", "A1 C3:D4", "$B$2"])
def test_areas_are_written_as_they_were_read(text):
    assert joined(areas_of(text)) == text.replace("$", "")


@given(st.sets(st.tuples(st.integers(1, 12), st.integers(1, 6))))
def test_the_areas_of_cells_hold_them_and_no_other(cells):
    areas = list(as_areas(cells))
    held = [(r, c) for r in range(1, 14) for c in range(1, 8) for a in areas if (r, c) in a]
    assert sorted(held) == sorted(cells)


def test_two_areas_meet_where_they_have_a_cell_in_common():
    assert Area.of("A1:B2").meets(Area.of("B2:C3"))
    assert not Area.of("A1:B2").meets(Area.of("C1:C9"))
