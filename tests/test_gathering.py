"""Ten thousand equal remarks are one line; a few stay one by one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from office import recalculated
from support import CLEAN, OBSERVED, opened, read

from pst_excel.batch import Return
from pst_excel.consolidating import consolidate
from pst_excel.examples import return_of
from pst_excel.findings import Finding, Severity
from pst_excel.gathering import MANY, TOGETHER, gathered
from pst_excel.outputs import OUTPUTS
from pst_excel.outputs.annotated import annotated
from pst_excel.outputs.template import write_template
from pst_excel.pst import PST
from pst_excel.said import text_report
from pst_excel.schema import HEADING_ROW
from pst_excel.verdict import check

TEN_THOUSAND = 10_000


def finding(row: int, code: str = "R06a", service: str = "Travaux") -> Finding:
    return Finding(code, Severity.HINT, "Une action n’a pas d’agent", f"Ligne {row}.", "f.xlsx",
                   "Actions", f"N{row}", row, f"id{row}", "(vide)", service=service)  # fmt: skip


def test_a_few_stay_one_by_one() -> None:
    few = [finding(row) for row in range(5, 5 + MANY)]
    assert gathered(few) == few


def test_many_are_said_as_one_that_names_their_cells() -> None:
    (one,) = gathered([finding(row) for row in range(5, 6 + MANY)])
    assert one.message == "Une action n’a pas d’agent : 26\u00a0cellules, N5 à N30."
    assert (one.cell, one.row, one.id, one.read) == ("N5", None, TOGETHER, "(vide)")


def test_those_of_two_services_or_two_rules_are_not_mixed() -> None:
    many = [finding(row) for row in range(5, 100)]
    others = [finding(row, service="Finances") for row in range(100, 103)]
    more = [finding(row, code="R06b") for row in range(5, 8)]
    assert len(gathered([*many, *others, *more])) == 1 + 3 + 3


@pytest.fixture(scope="module")
def faulty() -> Return:
    """A return of which every action lacks its service and is finished without being so."""
    rows = "\n".join(
        f"1.1.{at} | 1.1 | Aménager le tronçon {at} | | Terminé | 40"
        for at in range(2, TEN_THOUSAND + 2)
    )
    return return_of(
        CLEAN.partition("\n\nActions")[0]
        + "\n\nActions\ncode | code_oo | intitule | service_pilote | statut | avancement\n"
        + rows,
        PST, "retour.xlsx",
    )  # fmt: skip


def test_on_the_screen_ten_thousand_faults_take_a_few_lines(faulty: Return) -> None:
    report = check([faulty], PST, OBSERVED)
    assert len(report.findings) > 2 * TEN_THOUSAND
    assert len(list(text_report(report, 1))) < 120


def test_ten_thousand_faults_are_annotated_in_a_workbook_that_opens(faulty: Return) -> None:
    data = write_template(faulty)
    one = read(data)
    made, told = annotated(one, check([one], PST, OBSERVED).findings, data)
    assert len(told.lines) < 100
    controls = opened(made)["Contrôles"]
    assert controls.max_row == HEADING_ROW + len(told.lines)


@pytest.mark.libreoffice
def test_ten_thousand_faults_are_consolidated_in_a_workbook_that_opens(
    faulty: Return, tmp_path: Path
) -> None:
    made = OUTPUTS[".xlsx"].write(consolidate([faulty], PST, OBSERVED))
    again = recalculated({"PST.xlsx": made}, tmp_path, "fr-BE")["PST.xlsx"]
    sheet = opened(again)["Contrôles"]
    assert HEADING_ROW < sheet.max_row < 200


def test_what_was_said_as_one_stays_so_while_it_is_mended(faulty: Return) -> None:
    data = write_template(faulty)
    one = read(data)
    findings = [f for f in check([one], PST, OBSERVED).findings if f.code == "R05b"]
    made, told = annotated(one, findings, data)
    assert [line.state for line in told.lines] == ["nouveau"]
    left = findings[:50]
    _, again = annotated(replace(one, notes=[]), left, made)
    assert len(again.lines) == 1
