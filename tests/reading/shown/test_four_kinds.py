"""The same return says the same in xlsx, xlsb, xls and ods: values, errors, codes, what is hidden.

The files are those of LibreOffice and of SheetJS: see support/written/shown.py.
"""

from __future__ import annotations

from functools import cache

import pytest
from support import OBSERVED, SHOWN

from pst_excel.cells.readings import Confidence
from pst_excel.checking.report import check
from pst_excel.pst import PST
from pst_excel.reading.limits import Options
from pst_excel.reading.reader import read_bytes
from pst_excel.returns.tables import Return

KINDS = ("xlsx", "xlsb", "xls", "ods")
BY_FORMAT, NUMBER, ERROR = (
    "code affiché par son format",
    "code devenu un nombre",
    "formule en erreur",
)
NONE, SURE = Confidence.NONE, Confidence.SURE
READINGS = {
    ("code", 11, "05/01/2001", "5.1.01", SURE, BY_FORMAT),
    ("code_oo", 3, "1,1", "1.10", SURE, BY_FORMAT),
    ("code_oo", 4, "11", "1.1", SURE, BY_FORMAT),
    ("code_oo", 5, "7", "07", SURE, BY_FORMAT),
    ("code_oo", 7, "2,5", "2.50", SURE, BY_FORMAT),
    ("code_oo", 8, "1,2", "1.2", Confidence.LIKELY, NUMBER),
    ("code_oo", 9, "3,456", "3.456", Confidence.LIKELY, NUMBER),
    ("avancement", 3, "#DIV/0!", "", NONE, ERROR),
    ("avancement", 5, "#VALUE!", "", NONE, ERROR),
    ("etp", 3, "#N/A", "", NONE, ERROR),
    ("etp", 6, "#NAME?", "", NONE, ERROR),
    ("actions_liees", 3, "1,1", "1.10", SURE, BY_FORMAT),
    ("actions_liees", 5, "5", "005", SURE, BY_FORMAT),
}


@cache
def returned(kind: str, strict: bool = False) -> Return:
    data = (SHOWN / f"retour.{kind}").read_bytes()
    return read_bytes(data, f"retour.{kind}", PST, Options(strict=strict))


@pytest.mark.parametrize("kind", KINDS)
def test_codes_are_what_their_cells_show_and_errors_are_errors(kind: str) -> None:
    one = returned(kind)
    assert one.tables["actions"].columns["code_oo"] == [
        "1.1", "1.10", "1.1", "07", "12", "2.50", "1.2", "3.456", "8", "1.3",
    ]  # fmt: skip
    found = {
        (r.subject.column, r.subject.row, r.read, r.understood, r.confidence, r.rule)
        for r in one.readings
    }
    assert found == READINGS


@pytest.mark.parametrize("kind", KINDS[1:])
def test_each_kind_says_what_an_xlsx_says(kind: str) -> None:
    one, other = returned("xlsx"), returned(kind)
    assert other.tables["actions"].columns == one.tables["actions"].columns
    assert [(r.rule, r.read) for r in other.layout] == [(r.rule, r.read) for r in one.layout]
    assert {r.rule for r in one.layout} == {"lignes masquées lues", "colonnes masquées lues"}


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_is_blamed_as_one(kind: str) -> None:
    found = [f for f in check([returned(kind)], PST, OBSERVED).findings if f.code == "V07"]
    assert sorted(f.read for f in found) == ["#DIV/0!", "#N/A", "#NAME?", "#VALUE!"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_strict_reading_takes_no_code_for_what_its_format_shows(kind: str) -> None:
    codes = returned(kind, strict=True).tables["actions"].columns["code_oo"]
    assert codes == ["1.1", None, None, None, "12", None, None, None, "8", "1.3"]
