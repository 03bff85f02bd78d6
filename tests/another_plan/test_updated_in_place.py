"""The inventory of a school, consolidated in a workbook that is there: what people put in it stays."""

from __future__ import annotations

from typing import Any

from support import cells, damaged, read
from support.another_plan import PLAN
from support.schools.inventory import OBSERVED
from support.updated import read_back, rows_of

from pst_excel.consolidating.consolidate import consolidate
from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.excel.books.consolidated import write
from pst_excel.returns.tables import Return
from pst_excel.updating.update import updated


def own_sheet(book: Any) -> None:
    book.create_sheet("À nous")["A1"].value = "gardé"


def test_what_people_put_stays_and_the_rest_is_the_plan(
    inventory: Return, united: Consolidation
) -> None:
    old = damaged(write(consolidate([inventory], PLAN, OBSERVED)), own_sheet)
    result = updated(old, read(old, plan=PLAN), united)
    assert (result.in_place, result.reason) == (True, "")
    assert read_back(result.data, PLAN) == rows_of(united.merged)
    assert cells(result.data, "À nous") == {"A1": "gardé"}
