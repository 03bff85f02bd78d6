"""A plan with a fault of a code: the check finds it, at the cell that the strategy names."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from support import saved

from pst_excel import check, read_files
from pst_excel.model.catalogue import CATALOGUE
from pst_excel.model.words.keys import CODE
from pst_excel.pst import PST
from pst_excel.testing import Fault, codes, each_fault, faulty, findings_of, read_back, some

RULES = tuple(rule.code for rule in PST.rules)
TYPED = tuple(code for code in codes() if code in CATALOGUE)
APART = {"S01", "S04", "S05", "S06", "S07", "S08", "S09", "S10", "S11", "S12", "S13", "S14", "S15",
         "V10", "V11"}  # fmt: skip
"""What a file says as a whole, a picture, a text that no cell holds."""


@cache
def drawn() -> list[list[Fault]]:
    return some(each_fault(), 2)


def test_every_rule_and_every_message_of_a_cell_has_a_fault() -> None:
    assert set(RULES) < set(codes())
    assert set(TYPED) == CATALOGUE.keys() - APART


@pytest.mark.parametrize("example", range(2))
def test_the_fault_of_each_rule_is_found_at_its_cell_and_nothing_else_is(example: int) -> None:
    faults = drawn()[example]
    assert [fault.code for fault in faults] == list(RULES)
    for fault, found in zip(faults, findings_of([one.filled for one in faults]), strict=True):
        assert found == fault.among(found), fault.code
        assert len(found) == 1


def test_most_faults_stand_among_rows_without_fault() -> None:
    last = drawn()[-1]
    around = [fault for fault in last if "1" in fault.filled.tables["os"].columns[CODE]]
    assert len(around) > 0.9 * len(last)


@pytest.mark.parametrize("code", TYPED)
def test_what_is_typed_in_a_cell_is_found_there(code: str) -> None:
    @settings(max_examples=2)
    @given(faulty(code))
    def found_there(fault: Fault) -> None:
        back = read_back(fault.workbook)
        assert fault.among(findings_of([back])[0])

    found_there()


@pytest.mark.parametrize("code", ["R03a", "R31", "R10a"])
def test_a_real_workbook_has_the_fault_as_well(code: str) -> None:
    (fault,) = some(faulty(code), 1)
    (found,) = findings_of([read_back(fault.workbook)])
    assert [one.code for one in found if one.severity.blames] == [code]


def test_the_command_finds_it_in_the_file(tmp_path: Path) -> None:
    (fault,) = some(faulty("V03"), 1)
    path = saved(tmp_path / "retour.xlsx", fault.workbook)
    assert fault.among(check(read_files(path)).findings)


def test_a_code_that_no_plan_can_have_is_refused() -> None:
    with pytest.raises(ValueError, match="R99"):
        faulty("R99")
