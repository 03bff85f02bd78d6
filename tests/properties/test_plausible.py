"""Whatever number, day or text of figures a cell holds, what is typed of it is plausible."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from support import OBSERVED, read
from support.absurd import admitted, implausible, nonsense

from pst_excel.cells.parsing import parse
from pst_excel.checking.report import check
from pst_excel.consolidating.consolidate import consolidate
from pst_excel.excel.books import consolidated
from pst_excel.pst import PST

NUMBERS = st.one_of(st.floats(), st.integers(-(10**400), 10**400).map(lambda n: str(n)))
DAYS = st.one_of(st.dates(), st.datetimes(), st.times(), st.timedeltas())
FIGURES = st.text("0123456789²٣ ,.;/-+eE%€", min_size=1, max_size=40)
CELLS = st.one_of(st.floats(), NUMBERS, DAYS, st.booleans(), FIGURES)
COLUMNS = [column for sheet in PST for column in sheet.inputs]


@settings(max_examples=60)
@given(cells=st.lists(CELLS, min_size=1, max_size=6))
def test_in_any_column(cells: list[Any]) -> None:
    for column in COLUMNS:
        parsed = parse(cells, column, {}, last_year=PST.last_year)
        assert [value for value in parsed.values if not admitted(column, value)] == []


@settings(max_examples=2)
@given(
    cells=st.lists(
        st.one_of(st.floats(), st.datetimes(dt.datetime(1900, 1, 1)), FIGURES),
        min_size=2,
        max_size=4,
    )
)
def test_in_a_whole_plan_that_is_checked_and_written(cells: list[Any]) -> None:
    returned = read(nonsense(cells))
    assert not implausible(returned)
    check([returned], PST, OBSERVED)
    assert consolidated.write(consolidate([returned], PST, OBSERVED))
