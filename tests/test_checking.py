"""Structure is checked from the declaration: every failure at its cell, never two for one cause."""

from __future__ import annotations

import copy
import datetime as dt
import re
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

from pst_excel.batch import Batch, Refusal
from pst_excel.checking import check_batch
from pst_excel.errors import UnreadableFile
from pst_excel.examples import return_of
from pst_excel.findings import CATALOGUE, Finding, Severity, in_order
from pst_excel.pst import PST
from pst_excel.schema import Kind, Need
from pst_excel.structure import schema_of
from pst_excel.telling import facts
from pst_excel.verdict import Report, check


def actions(**cells: str) -> str:
    """Return the faultless plan with other cells in its action."""
    head, _, tail = CLEAN.partition("\nActions\n")
    heading, row, rest = tail.split("\n", 2)
    keys = [key.strip() for key in heading.split("|")]
    values = dict(zip(keys, (cell.strip() for cell in row.split("|")), strict=True)) | cells
    lines = (" | ".join(values), " | ".join(values.values()))
    return f"{head}\nActions\n{lines[0]}\n{lines[1]}\n{rest}"


def at(finding: Finding) -> tuple[str, str, str]:
    return finding.code, finding.sheet, finding.cell


def address(key: str, sheet: str = "actions", row: int = 5) -> str:
    return return_of(CLEAN, PST).tables[sheet].cell(key, row)


STRUCTURAL = [
    ("intitule", "", "V01", "(vide)"),
    ("volet", "", "V01", "(vide)"),
    ("avancement", "environ 50", "V02", "environ 50"),
    ("echeance", "à la rentrée", "V02", "à la rentrée"),
    ("parts", "beaucoup", "V02", "beaucoup"),
    ("statut", "Presque fini", "V03", "Presque fini"),
    ("odd", "11; 18", "V03", "18"),
    ("avancement", "140", "V04", "140\u00a0%"),
    ("etp", "-1", "V04", "-1"),
    ("intitule", "x" * 256, "V05", "256\u00a0caractères"),
]


@pytest.fixture(scope="module")
def structural() -> Report:
    """Check the faults together: the price of a check is per call."""
    return verdict(*(actions(**{key: value}) for key, value, _, _ in STRUCTURAL))


@pytest.mark.parametrize(
    "number", range(len(STRUCTURAL)), ids=lambda n: "-".join(STRUCTURAL[n][:3:2]) + f"-{n}"
)
def test_each_structural_fault_is_told_once_at_its_cell(structural: Report, number: int) -> None:
    key, _, code, read_as = STRUCTURAL[number]
    (finding,) = [f for f in structural.findings if f.file == f"retour-{number + 1}.xlsx"]
    assert at(finding) == (code, "Actions", address(key))
    assert finding.row == 5
    assert finding.read == read_as
    assert finding.severity is CATALOGUE[code].severity


def test_a_code_that_became_a_date_is_to_be_confirmed() -> None:
    def become(book: Workbook) -> None:
        book["Actions"][address("actions_liees")] = dt.datetime(2026, 1, 1)

    (finding,) = of_code(verdict(damaged(workbook(CLEAN), become)).findings, "V06")
    assert at(finding) == ("V06", "Actions", address("actions_liees"))
    assert "1.1.26" in finding.message


def test_the_limits_themselves_are_accepted() -> None:
    assert verdict(actions(intitule="x" * 255)).errors == 0
    assert verdict(actions(avancement="100", statut="Terminé", fin_effective="30/06/2026",
                           debut_effectif="01/03/2026")).errors == 0  # fmt: skip


def test_a_word_near_one_of_the_list_comes_with_a_guess() -> None:
    (finding,) = verdict(actions(statut="En courrs de")).findings
    assert finding.message.endswith("Est-ce « En cours » ?")


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


def test_a_column_with_limits_says_them() -> None:
    for sheet in PST:
        for one in sheet.inputs:
            if one.low is not None or one.high is not None:
                assert facts(one)["bounds"].startswith("un nombre")


def test_several_faults_of_one_column_are_all_told() -> None:
    rows = "\n".join(
        f"1.1.{n} | {value}" for n, value in enumerate(["abc", "", "140", "-1", "50", "n.d.", "?"])
    )
    findings = verdict(f"Actions\ncode | avancement\n{rows}").findings
    column_letters = re.sub(r"\d", "", address("avancement"))
    found = {(f.row, f.code) for f in findings if f.cell.startswith(column_letters)}
    structural = {(row, code) for row, code in found if code.startswith("V")}
    assert structural == {(5, "V02"), (6, "V01"), (7, "V04"), (8, "V04"), (10, "V09"), (11, "V09")}


def test_a_cell_of_the_identification_is_blamed_at_its_place() -> None:
    (finding,) = verdict(workbook(CLEAN.replace("92951", ""))).findings
    one = read(workbook(CLEAN))
    assert at(finding) == ("V01", "Identification", one.tables["identification"].cell("ins", 1))
    assert finding.row is None


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


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_a_structural_message_has_its_four_parts(code: str) -> None:
    message = CATALOGUE[code]
    assert message.sentence
    assert message.expected
    assert message.remedy.endswith(".")
    assert "'" not in message.title + message.sentence + message.expected + message.remedy


@pytest.mark.parametrize("code", ["V01", "V02", "V03", "V04", "V05"])
def test_every_hole_of_a_structural_message_is_filled_for_every_column(code: str) -> None:
    for sheet in PST:
        for one in sheet.inputs:
            words = facts(one) | {"read": "x", "understood": "y"}
            message = CATALOGUE[code]
            for text in (message.sentence, message.expected, message.remedy):
                assert not re.search(r"[{}]|\bnan\b|None", text.format_map(words))


FAULTS = [
    RETURN + "\nActions\ncode | statut | avancement | echeance\n1.1.1 | Terminé | 80 | 01/01/2020",
    RETURN + "\nOO\ncode | code_os | volet\n1.1 | 7 | Externe\n1.1 | 1 | Ailleurs",
    RETURN + "\nBudget\ncode | niveau | code_lie | prevu\nB1 | Action | 9.9.9 | cher\n | OO | | -5",
    CLEAN,
    TOWN,
    RETURN + "\nActions\ncode | code_oo | parts\n1.1.1 | 1.1; 2.1 | 60; 30\n1.1.2 | 1.1; 1.1 |",
]


def test_checking_returns_together_finds_what_checking_each_alone_finds() -> None:
    returns = [read(workbook(text), f"{at}.xlsx") for at, text in enumerate(FAULTS)]
    together = check(returns, PST, OBSERVED).findings
    alone = [f for one in returns for f in check([one], PST, OBSERVED).findings]
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
    one = read(damaged(workbook(FAULTS[0]), _with_local_column))
    before = copy.deepcopy(one.tables), list(one.notes), list(one.troubles), dict(one.lists)
    check([one], PST, OBSERVED)
    assert (one.tables, one.notes, one.troubles, one.lists) == before
    assert one.tables["actions"].locals == {"Avis": ["à revoir"]}


def _with_local_column(book: Workbook) -> None:
    sheet = book["Actions"]
    place = sheet.max_column + 1
    sheet.cell(4, place, "Avis")
    sheet.cell(5, place, "à revoir")


def test_a_local_column_is_never_a_finding() -> None:
    assert verdict(damaged(workbook(CLEAN), _with_local_column)).findings == []


def test_the_report_counts_rows_and_rows_without_remark() -> None:
    text = RETURN + "\nConstat\ncode | volet | domaine | type_constat | intitule | liens\n" + (
        "C1 | Externe | Mobilité | Force | Un bus par heure | 1\n"
        "C2 |         | Mobilité | Force | Une gare         | 1\n"
        "C3 | Externe | Mobilité | Bof   |                  | 1\n"
    )  # fmt: skip
    report = verdict(text + "\nOS\ncode\n1")
    assert report.rows["Constat"] == 3
    assert report.clean["Constat"] == 1
    assert report.rows["Actions"] == report.clean["Actions"] == 0


def test_a_hint_does_not_make_a_row_unclean() -> None:
    report = verdict(actions(etp=""))
    hints = [f for f in report.findings if f.cell]
    if any(f.severity is not Severity.HINT for f in hints):
        pytest.fail(str(hints))
    assert report.clean["Actions"] == report.rows["Actions"] == 1


def test_the_report_counts_errors_only() -> None:
    report = verdict(actions(intitule="", agent_pilote=""))
    assert Counter(f.severity for f in report.findings) == {Severity.ERROR: 1, Severity.WARNING: 1}
    assert report.errors == 1


def test_the_report_keeps_the_refusals() -> None:
    refusal = Refusal("a.xlsx", "le fichier est vide")
    assert check([return_of(CLEAN, PST)], PST, OBSERVED, [refusal]).refusals == [refusal]


def test_findings_come_the_worst_first() -> None:
    findings = verdict(*FAULTS).findings
    ranks = [f.severity.rank for f in findings]
    assert ranks == sorted(ranks)


def test_a_finding_names_the_service_that_answers_for_the_row() -> None:
    (finding,) = verdict(actions(intitule="")).findings
    assert finding.service == "Travaux"


def test_a_finding_knows_the_id_of_its_row() -> None:
    one = read(workbook(actions(intitule="")))
    (finding,) = verdict(one).findings
    assert finding.id == one.tables["actions"].columns["id"][0]


def test_the_schema_is_checked_on_a_toy_plan_too() -> None:
    rows = "A | un | 50\nB | " + "y" * 21 + " | 5000\n | trois | abc"
    findings = verdict("Choses\ncode | intitule | montant\n" + rows, plan=toy()).findings
    assert {(f.row, f.code) for f in findings} == {(6, "V05"), (6, "V04"), (7, "V01"), (7, "V02")}


def test_a_check_that_fails_as_a_whole_is_a_bug_and_not_a_finding() -> None:
    number = column(Kind.NUMBER, low=0, need=Need.REQUIRED)
    plan = toy(columns=(number,))
    batch = Batch([return_of("Choses\ncode | x\nA | 1", plan)], plan, OBSERVED)
    batch.frames["choses"] = batch.frames["choses"].astype({"x": "str"})
    with pytest.raises((RuntimeError, TypeError)):
        check_batch(batch)


def test_the_schema_of_a_sheet_covers_its_inputs() -> None:
    for sheet in PST.tables:
        assert set(schema_of(sheet).columns) == {c.key for c in sheet.inputs}


def test_a_file_that_is_refused_is_not_checked() -> None:
    with pytest.raises(UnreadableFile):
        verdict(b"")


@pytest.mark.parametrize(
    ("due", "read"), [("fin 2025", "fin 2025 (compris : 31/12/2025)"), ("31/12/25", "31/12/2025")]
)
def test_a_rule_says_what_the_cell_holds_where_its_value_is_not_certain(
    due: str, read: str
) -> None:
    (finding,) = of_code(verdict(actions(echeance=due)).findings, "R10a")
    assert finding.read == read
