"""After somebody typed in the workbooks of plans drawn at random, every engine counts as SQL does.

SQL counts the cells as they then are; LibreOffice, IronCalc and Formualizer calculate the formulas
that were there before.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from support import engines, office
from support.books import RANDOM, book, first_rows
from support.engines import FORMUALIZER, IRONCALC
from support.random_plans import DAY

from pst_excel.pst import PST
from second_truth.program import differences
from second_truth.raw import of_workbook
from second_truth.truth import truths
from second_truth.written import boards

NAMES = [f"random {n}" for n in range(RANDOM)]


@cache
def changed(name: str) -> bytes:
    """Return a workbook whose first rows hold something else."""
    return office.edited(book(name), first_rows)


@pytest.fixture(scope="module")
def calculated(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The edited workbooks, calculated again."""
    files = {f"{name}.xlsx": changed(name) for name in NAMES}
    return office.recalculated(files, tmp_path_factory.mktemp("edited"), "fr-FR")


@pytest.mark.libreoffice
@office.libreoffice
@pytest.mark.parametrize("name", NAMES)
def test_what_a_spreadsheet_counts_after_an_edit_is_what_sql_counts(
    name: str, calculated: dict[str, bytes]
) -> None:
    (cells,) = truths([of_workbook(changed(name), PST, DAY)])
    (before,) = truths([of_workbook(book(name), PST, DAY)])

    assert differences(boards(calculated[f"{name}.xlsx"]), cells) == []
    assert differences(before, cells), "an edit that proves nothing"


@pytest.mark.libreoffice
@office.libreoffice
@pytest.mark.parametrize("engine", [IRONCALC, FORMUALIZER])
@pytest.mark.parametrize("name", NAMES)
def test_the_other_engines_calculate_the_same_after_an_edit(
    name: str, engine: Callable[[Path], engines.Engine], calculated: dict[str, bytes]
) -> None:
    places = office.formulas(book(name))
    model = engines.opened(engine, book(name))
    for (sheet, cell), value in engines.typed(book(name), changed(name)).items():
        model.put(sheet, cell, value)
    model.calculate()

    found = engines.found(model, places)
    expected = engines.expected(office.values(calculated[f"{name}.xlsx"]))
    assert office.differences(places, expected, found) == []
