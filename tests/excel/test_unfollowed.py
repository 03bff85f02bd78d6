"""A row without formulas is counted alike by the engines; LibreOffice counts it in its window."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from support import CLEAN, cells, read, workbook
from support.engines import FORMUALIZER_BY_CELLS, IRONCALC, Engine, opened

from pst_excel.excel.sheets.unfollowed import REMEDY
from pst_excel.model.row_status import MISSING
from pst_excel.model.words.titles import LISEZ_MOI

DATA = workbook(CLEAN)
SENT = read(DATA)
TOTAL = next(at for at, value in cells(DATA, LISEZ_MOI).items() if value == "Ensemble")
LINE = int(TOTAL.removeprefix("B")) + 2


@pytest.mark.parametrize("engine", [IRONCALC, FORMUALIZER_BY_CELLS])
def test_rows_that_are_named_and_have_no_formula_are_counted_once(
    engine: Callable[[Any], Engine],
) -> None:
    book = opened(engine, DATA)

    def put(sheet: str, **values: str | None) -> None:
        table = SENT.tables[sheet]
        row = table.rows[-1] + 2
        for key, value in {MISSING: None, **values}.items():
            book.put(table.title, f"{table.letters[key]}{row}", value)
        book.calculate()

    def told() -> tuple[float, str]:
        number, words = (book.value(LISEZ_MOI, f"{letter}{LINE}") for letter in "BC")
        return float(number or 0), str(words or "")

    assert told() == (0.0, "")
    put("actions")
    assert told() == (0.0, "")
    put("actions", intitule="Neuve")
    assert told() == (1.0, f"Actions{REMEDY}")
    put("actions", code="1.1.9")
    assert told() == (1.0, f"Actions{REMEDY}")
    put("budget", code_lie="1.1.1")
    assert told() == (2.0, f"Actions, Budget{REMEDY}")
    put("actions", role="Référence")
    assert told() == (1.0, f"Budget{REMEDY}")
