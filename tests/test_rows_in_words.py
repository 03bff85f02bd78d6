"""Every place that tells a finding names its row in words: « action 2.2.1 · Réaliser … »."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache

import pytest
from support import CLEAN, OBSERVED, SAMPLES, opened, read, verdict, workbook
from support.office import sample, sample_book

from pst_excel.annotating.control_sheet import control_title
from pst_excel.annotating.workbook import annotated
from pst_excel.checking.grouping import gathered
from pst_excel.checking.report import Report, check
from pst_excel.cli.check_report import text_report
from pst_excel.cli.messages.annotations import json_report
from pst_excel.consolidating.consolidate import consolidate
from pst_excel.consolidating.json_data import write
from pst_excel.model.findings import RECORD, Finding
from pst_excel.model.schema import HEADING_ROW
from pst_excel.ooxml.workbook import Workbook
from pst_excel.pst import PST
from pst_excel.returns.tables import Return

ROWS = {sheet.title for sheet in PST.tables}
SOURCES = ("auto-test", *(path.name for path in sorted((SAMPLES / "retours").glob("*.xlsx"))[:3]))


@cache
def checked(name: str) -> tuple[Return, bytes, Report]:
    path = SAMPLES / "retours" / name
    if name == "auto-test":
        path = SAMPLES / "auto-test" / "auto-test_actuel.xlsx"
    data = path.read_bytes()
    filled = read(data, name)
    return filled, data, check([filled], filled.plan, OBSERVED)


def at_rows(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.sheet in ROWS and finding.row]


def elements(data: bytes, title: str) -> list[object]:
    """Return what a sheet of controls says under « Élément »."""
    head, *rows = opened(data)[title].iter_rows(min_row=HEADING_ROW, values_only=True)
    at = head.index(RECORD)
    return [row[at] or "" for row in rows]


@pytest.mark.parametrize("name", SOURCES)
def test_a_finding_at_a_row_has_its_words(name: str) -> None:
    found = at_rows(checked(name)[2].findings)
    assert found
    word = {sheet.title: sheet.records[0] for sheet in PST.tables}
    assert [f for f in found if not f.record.startswith(word[f.sheet])] == []


@pytest.mark.parametrize("many", [1, 2], ids=["one file", "many"])
@pytest.mark.parametrize("name", SOURCES)
def test_the_screen_names_each_row(name: str, many: int) -> None:
    report = checked(name)[2]
    lines = {line.strip() for line in text_report(report, many)}
    said = {
        f"{f.sheet}!{f.cell}{f.to_see and f' {f.to_see}'}, {f.record}"
        for f in at_rows(report.findings)
    }
    assert {place if many == 1 else f"{name} : {place}" for place in said} <= lines


@pytest.mark.parametrize("name", SOURCES)
def test_the_json_names_each_row(name: str) -> None:
    report = checked(name)[2]
    told = json_report(report)["controles"]
    assert [one["designation"] for one in told] == [f.record for f in report.findings]


@pytest.mark.parametrize("name", SOURCES)
def test_the_controls_and_the_notes_of_a_return_name_each_row(name: str) -> None:
    filled, data, report = checked(name)
    copy, this_round = annotated(filled, report.findings, data)
    found = [followed.finding for followed in this_round.followed]
    book = Workbook(copy)
    assert elements(copy, control_title(book)) == [f.record for f in found]
    for finding in at_rows(found):
        note = book[finding.sheet].cell(finding.cell).note
        assert note is not None
        assert finding.record[1:] in note.text, finding.code


def test_the_json_and_the_controls_of_the_plan_name_each_row() -> None:
    united = sample()
    told = json.loads(write(united))["controles"]
    assert [one["designation"] for one in told] == [f.record for f in united.report.findings]
    found = [*gathered(united.report.findings), *united.report.waived]
    assert elements(sample_book(), "Contrôles") == [f.record for f in found]
    assert [f.code for f in found if f.sheet in ROWS and not f.record] == []


ROW = "1.1.1 | 1.1     | Aménager une piste cyclable | Externe |"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("1.1.1 | 1.1     | Aménager une piste cyclable | |",
         "action 1.1.1 · Aménager une piste cyclable"),
        ("1.1.1 | 1.1     | | |", "action 1.1.1"),
        (" | 1.1     | Aménager une piste cyclable | |", "action · Aménager une piste cyclable"),
        (" | 1.1     | | |", "action, ligne 5"),
    ],
    ids=["code and title", "code", "title", "neither"],
)  # fmt: skip
def test_a_blank_cell_says_of_which_row_it_is(row: str, words: str) -> None:
    report = verdict(CLEAN.replace(ROW, row))
    (blank,) = [f for f in report.findings if f.message.startswith("« Volet » est vide.")]
    assert blank.record == words
    assert any(line.endswith(f"{blank.cell}, {words}") for line in text_report(report, 1))


def test_what_is_said_once_names_all_its_rows() -> None:
    rows = "\n".join(f"1.1.{n} | 1.1 | Planter {n} arbres | Presque fini" for n in range(1, 31))
    text = CLEAN[: CLEAN.index("\nActions")]
    found = verdict(f"{text}\nActions\ncode | code_oo | intitule | statut\n{rows}").findings
    (one,) = [f for f in gathered(found) if f.code == "V03"]
    assert one.record == ", ".join(f"1.1.{n}" for n in range(1, 31))


def test_a_text_that_no_cell_holds_names_its_row() -> None:
    long = CLEAN.replace("code_oo | intitule                    |",
                         "code_oo | intitule | description |", 1)  # fmt: skip
    assert long != CLEAN
    long = long.replace("Aménager une piste cyclable |", f"Planter | {'mot ' * 9_000}|", 1)
    filled = read(workbook(long))
    (found,) = [f for f in check([filled], PST, OBSERVED).findings if f.code == "V11"]
    assert found.record == "action 1.1.1 · Planter"
    (same,) = [f for f in consolidate([filled], PST).report.findings if f.code == "V11"
               and f.file != filled.file]  # fmt: skip
    assert same.record == found.record
