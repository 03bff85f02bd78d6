"""Ten thousand equal remarks are one line; a few stay one by one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from support import CLEAN, OBSERVED, of_code, opened, read
from support.office import recalculated

from pst_excel.annotating.workbook import annotated
from pst_excel.api.outputs import as_bytes
from pst_excel.checking.grouping import MANY, SERVICES, TOGETHER, gathered, said_once
from pst_excel.checking.report import check
from pst_excel.cli.check_report import text_report
from pst_excel.consolidating.consolidate import consolidate
from pst_excel.excel.books.template import write_template
from pst_excel.model.findings import Finding, Message, Severity, Subject
from pst_excel.model.schema import HEADING_ROW
from pst_excel.pst import PST
from pst_excel.reading.examples import return_of
from pst_excel.returns.tables import Return

A_THOUSAND, TEN_THOUSAND = 1_000, 10_000


def finding(row: int, code: str = "R06a", service: str = "Travaux") -> Finding:
    template = Message(code, Severity.HINT, "Une action n’a pas d’agent", "Ligne {row}.", "", "")
    subject = Subject("f.xlsx", title="Actions", cell=f"N{row}", row=row, id=f"id{row}",
                      owner=service)  # fmt: skip
    return Finding(template, subject, {"row": str(row)}, "(vide)")


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


def of_a_sheet(row: int, service: str = "Travaux") -> Finding:
    found = finding(row, "R09d", service)
    template = replace(found.template, gathered=3, together="Lesquelles de ces {count} ({cells}) ?")
    return replace(found, template=template)


def test_one_that_stands_for_several_services_names_them() -> None:
    rows = [of_a_sheet(5), of_a_sheet(6, "Finances"), of_a_sheet(7), of_a_sheet(8, "")]
    (one,) = gathered(rows)
    assert (one.service, one.words[SERVICES]) == ("", "Travaux; Finances")


def test_a_rule_may_say_how_few_are_said_one_by_one() -> None:
    few = [of_a_sheet(row) for row in range(5, 8)]
    assert said_once(few) == few
    (one,) = said_once([*few, of_a_sheet(9)])
    assert one.message == "Lesquelles de ces 4\u00a0cellules (N5 à N7, N9) ?"
    assert (one.service, one.id) == ("Travaux", TOGETHER)


def test_what_a_rule_gathers_is_one_for_all_services_and_the_rest_stays() -> None:
    other = finding(4)
    two = [of_a_sheet(5), of_a_sheet(6, "Finances"), of_a_sheet(7), of_a_sheet(8)]
    first, second = said_once([other, *two])
    assert first == other
    assert (second.service, second.cell) == ("", "N5")
    assert gathered([first, second]) == [first, second]


def test_a_report_counts_it_as_one_and_a_waiver_takes_its_row_out_before() -> None:
    rows = "\n".join(f"1.1.{at} | 1.1 | Aménager le tronçon {at} | En cours" for at in range(2, 7))
    text = "Actions\ncode | code_oo | intitule | statut\n" + rows
    found = of_code(check([return_of(text, PST)], PST, OBSERVED).findings, "R09d")
    assert [f.message for f in found] == [
        "Une action en cours n’a pas de début effectif : 5\u00a0cellules, P5 à P9."
    ]
    waiver = """

    Dérogations
    code  | portee              | motif   | auteur     | echeance
    R09d  | 1.1.2; 1.1.3; 1.1.4 | Ancien. | Comité     | 31/01/2027
    """
    found = of_code(check([return_of(text + waiver, PST)], PST, OBSERVED).findings, "R09d")
    assert [f.element for f in found] == ["1.1.5", "1.1.6"]


def test_only_what_blames_nobody_is_gathered() -> None:
    assert all(rule.severity is Severity.HINT for rule in PST.rules if rule.gathered is not None)


def faulty(actions: int) -> Return:
    """Return one of which every action lacks its service and is finished without being so."""
    rows = "\n".join(
        f"1.1.{at} | 1.1 | Aménager le tronçon {at} | | Terminé | 40"
        for at in range(2, actions + 2)
    )
    return return_of(
        CLEAN.partition("\n\nActions")[0]
        + "\n\nActions\ncode | code_oo | intitule | service_pilote | statut | avancement\n"
        + rows,
        PST, "retour.xlsx",
    )  # fmt: skip


@pytest.fixture(scope="module")
def sent() -> bytes:
    """The workbook of a thousand such actions."""
    return write_template(faulty(A_THOUSAND))


def test_on_the_screen_ten_thousand_faults_take_a_few_lines() -> None:
    report = check([faulty(TEN_THOUSAND)], PST, OBSERVED)
    assert len(report.findings) > 2 * TEN_THOUSAND
    assert len(list(text_report(report, 1))) < 120


def test_a_thousand_faults_are_annotated_in_a_workbook_that_opens(sent: bytes) -> None:
    one = read(sent)
    made, told = annotated(one, check([one], PST, OBSERVED).findings, sent)
    assert len(told.followed) < 100
    controls = opened(made)["Contrôles"]
    assert controls.max_row == HEADING_ROW + len(told.followed)


@pytest.mark.libreoffice
def test_a_thousand_faults_are_consolidated_in_a_workbook_that_opens(tmp_path: Path) -> None:
    made = as_bytes(consolidate([faulty(A_THOUSAND)], PST, OBSERVED), ".xlsx")
    again = recalculated({"PST.xlsx": made}, tmp_path, "fr-BE")["PST.xlsx"]
    sheet = opened(again)["Contrôles"]
    assert HEADING_ROW < sheet.max_row < 200


def test_what_was_said_as_one_stays_so_while_it_is_mended(sent: bytes) -> None:
    one = read(sent)
    findings = [f for f in check([one], PST, OBSERVED).findings if f.code == "R05b"]
    made, told = annotated(one, findings, sent)
    assert [line.state for line in told.followed] == ["nouveau"]
    left = findings[:50]
    _, again = annotated(replace(one, readings=[]), left, made)
    assert len(again.followed) == 1
