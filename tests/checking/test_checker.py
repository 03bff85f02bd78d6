"""A cell is never blamed twice for one cause, whatever is checked with it; nothing is changed."""

from __future__ import annotations

import copy
from collections import Counter

import pytest
from openpyxl.workbook import Workbook
from support import (
    CLEAN,
    OBSERVED,
    RETURN,
    TOWN,
    column,
    damaged,
    grid,
    of_code,
    read,
    toy,
    verdict,
    workbook,
)
from support.faults import actions, address, at

from pst_excel.checking.checker import check_batch
from pst_excel.checking.report import check
from pst_excel.model.findings import in_order
from pst_excel.model.words.kinds import Kind, Need
from pst_excel.pst import PST
from pst_excel.reading.examples import return_of
from pst_excel.returns.frames import Batch

FAULTS = [
    RETURN + "\nActions\ncode | statut | avancement | echeance\n1.1.1 | Terminé | 80 | 01/01/2020",
    RETURN + "\nOO\ncode | code_os | volet\n1.1 | 7 | Externe\n1.1 | 1 | Ailleurs",
    RETURN + "\nBudget\ncode | niveau | code_lie | prevu\nB1 | Action | 9.9.9 | cher\n | OO | | -5",
    CLEAN,
    TOWN,
    RETURN + "\nActions\ncode | code_oo | parts\n1.1.1 | 1.1; 2.1 | 60; 30\n1.1.2 | 1.1; 1.1 |",
]


def test_a_blank_obligatory_cell_is_blamed_once() -> None:
    findings = verdict(actions(service_pilote="")).findings
    assert [at(f) for f in findings] == [("R05b", "Actions", address("service_pilote"))]


def test_a_cell_that_was_not_understood_is_not_also_blank() -> None:
    findings = verdict(actions(avancement="bientôt")).findings
    assert [f.code for f in findings] == ["V02"]


def test_a_cell_is_never_blamed_twice_for_one_cause() -> None:
    faults: list[dict[str, str]] = [
        {"statut": ""},
        {"avancement": "abc"},
        {"statut": "Terminé", "avancement": "140"},
        {"echeance": "n.d.", "debut_prevu": "01/03/2031"},
        {"code": ""},
        {"code_oo": "1.1; 9.9", "parts": "60; 30; 10"},
        {"service_pilote": ""},
    ]
    findings = verdict(*(actions(**cells) for cells in faults)).findings
    blamed = Counter((f.file, f.sheet, f.cell) for f in findings if f.cell)
    assert {place: count for place, count in blamed.items() if count > 1} == {}
    assert len({f.file for f in findings}) == len(faults)


@pytest.mark.parametrize("code", ["S01", "S02", "S03", "S04", "S05"])
def test_what_reading_found_in_the_file_is_told(code: str) -> None:
    book: dict[str, list[tuple[str, ...]]] = {
        "Actions": [("Code action", "Statut", "Statut"), ("1.1.1", "En cours", "Terminé")],
        "Actions (2)": [("Code action",), ("1.1.2",)],
    }
    findings = of_code(verdict(grid(book)).findings, code)
    assert findings
    for finding in findings:
        assert finding.message.endswith((".", "?"))
        assert "{" not in finding.message + finding.expected + finding.remedy


def test_a_missing_column_is_told_once_and_not_for_each_row() -> None:
    rows = [("Code action", "Intitulé"), *((f"1.1.{n}", "Planter") for n in range(9))]
    findings = verdict(grid({"Actions": rows})).findings
    assert len([f for f in findings if "« Statut »" in f.message]) == 1


def test_checking_returns_together_finds_what_checking_each_alone_finds() -> None:
    returns = [read(workbook(text), f"{at}.xlsx") for at, text in enumerate(FAULTS)]
    together = check(returns, PST, OBSERVED).findings
    alone = [f for filled in returns for f in check([filled], PST, OBSERVED).findings]
    assert together == in_order(alone)
    assert {f.file for f in together} == {"0.xlsx", "1.xlsx", "2.xlsx", "5.xlsx"} | {
        f.file for f in alone
    }


def test_checking_does_not_depend_on_the_order_of_the_returns() -> None:
    returns = [read(workbook(text), f"{at}.xlsx") for at, text in enumerate(FAULTS)]
    straight = check(returns, PST, OBSERVED).findings
    turned = check(returns[::-1], PST, OBSERVED).findings
    assert straight == turned


def test_checking_changes_nothing_in_the_returns() -> None:
    filled = read(damaged(workbook(FAULTS[0]), _with_local_column))
    before = (
        copy.deepcopy(filled.tables),
        list(filled.readings),
        list(filled.findings),
        dict(filled.lists),
    )
    check([filled], PST, OBSERVED)
    assert (filled.tables, filled.readings, filled.findings, filled.lists) == before
    assert filled.tables["actions"].locals == {"Avis": ["à revoir"]}


def _with_local_column(book: Workbook) -> None:
    sheet = book["Actions"]
    place = sheet.max_column  # a free one, in the table
    sheet.cell(4, place, "Avis")
    sheet.cell(5, place, "à revoir")


def test_a_local_column_is_never_a_finding() -> None:
    assert verdict(damaged(workbook(CLEAN), _with_local_column)).findings == []


def test_findings_come_the_worst_first() -> None:
    findings = verdict(*FAULTS).findings
    ranks = [f.severity.rank for f in findings]
    assert ranks == sorted(ranks)


def test_a_finding_names_the_service_that_answers_for_the_row() -> None:
    (finding,) = verdict(actions(intitule="")).findings
    assert finding.service == "Travaux"


def test_a_finding_knows_the_id_of_its_row() -> None:
    filled = read(workbook(actions(intitule="")))
    (finding,) = verdict(filled).findings
    assert finding.id == filled.tables["actions"].columns["id"][0]


def test_a_check_that_fails_as_a_whole_is_a_bug_and_not_a_finding() -> None:
    number = column(Kind.NUMBER, low=0, need=Need.REQUIRED)
    plan = toy(columns=(number,))
    batch = Batch([return_of("Choses\ncode | x\nA | 1", plan)], plan, OBSERVED)
    batch.frames["choses"] = batch.frames["choses"].astype({"x": "str"})
    with pytest.raises((RuntimeError, TypeError)):
        check_batch(batch)


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [("Type d’institution", "Village", "V03"), ("Population", -5, "V12")],
)
def test_a_form_in_which_the_institution_is_not_named_is_checked_as_any(
    field: str, value: object, code: str
) -> None:
    rows = [("Code action", "Intitulé"), ("1.1.1", "Planter")]
    (finding,) = of_code(
        verdict(grid({"Identification": [(field, value)], "Actions": rows})).findings, code
    )
    assert (finding.sheet, finding.cell) == ("Identification", "B1")
