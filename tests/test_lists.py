"""The ranges of the drop-down lists, as LibreOffice resolves them: the list, and what is added to it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import office
import pytest

from pst_excel.demo.samples import template
from pst_excel.pst import PST
from pst_excel.pst.vocabularies import SERVICES
from pst_excel.schema import HEADING_ROW, Vocabulary

pytestmark = [pytest.mark.libreoffice, office.libreoffice]
SCRATCH = "F"


def _name(vocabulary: Vocabulary) -> str:
    return f"Liste_{vocabulary.key}"


def test_each_list_has_its_rows_and_grows_by_those_that_are_added(tmp_path: Path) -> None:
    ((_, data),) = template()

    def count(workbook: Any) -> None:
        page, lists = workbook["Identification"], workbook["Listes"]
        headings = {cell.value: cell.column for cell in lists[HEADING_ROW]}
        column = headings[SERVICES.label]
        row = next(r for r in range(HEADING_ROW + 1, 500) if lists.cell(r, column).value is None)
        lists.cell(row, column).value = "Un service nouveau"
        for at, vocabulary in enumerate(PST.vocabularies, start=1):
            page[f"{SCRATCH}{at}"] = f"=ROWS({_name(vocabulary)})"

    edited = office.edited(data, count)
    counted = office.values(office.recalculated({"m.xlsx": edited}, tmp_path, "fr-FR")["m.xlsx"])
    with office.opened(edited) as workbook:
        lists = workbook["Listes"]
        written = {
            column[0].value: sum(cell.value is not None for cell in column[1:])
            for column in lists.iter_cols(min_row=HEADING_ROW)
        }

    rows = {
        vocabulary.label: counted["Identification", f"{SCRATCH}{at}"]
        for at, vocabulary in enumerate(PST.vocabularies, start=1)
    }
    assert rows == written
    assert rows[SERVICES.label] == 16
