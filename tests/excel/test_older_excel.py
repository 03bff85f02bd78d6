"""What services receive opens in Excel 2010 and on a phone: nothing in it is newer."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from support import CLEAN, read, workbook
from support.annotated import FAULTY, handed_back
from support.modernised import parts
from support.validator import OLDEST, microsoft, objections

from pst_excel.distributing.prepare import prepare
from pst_excel.excel.books.template import blank, write_template
from pst_excel.pst import PST

OF_2010 = {"{78C0D931-6437-407d-A8EE-F0AAD7539E65}", "{B025F937-C7B1-47D3-B67F-A62EFF666E3E}"}
"""The extensions of conditional formats, which Excel has known since 2010."""


@cache
def received() -> dict[str, bytes]:
    """Return what a service may receive: the template, its workbook, its return handed back."""
    envelope = prepare(read(workbook(CLEAN), "PST.xlsx")).workbooks[0]
    return {
        "template": write_template(blank(PST, {})),
        "prepared": write_template(envelope.content),
        "annotated": handed_back(workbook(FAULTY)),
    }


def test_no_formula_names_a_function_that_excel_2010_lacks() -> None:
    newer = {
        word
        for data in received().values()
        for text in parts(data).values()
        for word in re.findall(r"_xl(?:fn|ws|udf)[.\w]*", text)
    }
    assert newer == set()


def test_extensions_are_those_of_excel_2010() -> None:
    found = {
        uri
        for data in received().values()
        for text in parts(data).values()
        for uri in re.findall(r"<ext [^>]*uri=\"([^\"]*)\"", text)
    }
    assert found <= OF_2010


def test_groups_open_at_the_place_that_every_program_supposes() -> None:
    for data in received().values():
        sheets = [text for text in parts(data).values() if "<sheetData" in text]
        assert any("outlineLevel=" in text for text in sheets)
        assert not any("summaryRight" in text or "summaryBelow" in text for text in sheets)


@microsoft
def test_microsofts_validator_of_office_2010_objects_to_nothing(tmp_path: Path) -> None:
    assert objections(received(), tmp_path, OLDEST) == {name: [] for name in received()}
