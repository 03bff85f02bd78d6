"""Waivers: rows of data that let exactly what they name go, for a reason and for a time."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from conftest import Run
from hypothesis import given
from hypothesis import strategies as st
from support import (
    CLEAN,
    OBSERVED,
    RETURN,
    TOWN,
    of_code,
    read,
    saved,
    verdict,
    with_table,
    workbook,
)
from support.snapshots import snapshot

from pst_excel.api.outputs import as_bytes
from pst_excel.checking.report import Report, check
from pst_excel.checking.waivers import Waiver, limited, waived
from pst_excel.consolidating.consolidate import consolidate
from pst_excel.distributing.prepare import prepare
from pst_excel.excel.books.template import write_template
from pst_excel.model.findings import Finding, Message, Severity, Subject
from pst_excel.model.words.stages import Stage
from pst_excel.pst import PST
from pst_excel.reading.examples import return_of
from pst_excel.returns.shared_rows import fingerprint, row_contents
from pst_excel.returns.tables import Return

LATE = """
Actions
code  | code_oo | intitule | statut   | service_pilote | echeance   | avancement
1.1.1 | 1.1     | Un       | En cours | Travaux        | 30/06/2026 | 40
1.1.2 | 1.1     | Deux     | En cours | Travaux        | 30/06/2026 | 40
1.1.3 | 1.1     | Trois    | En cours | Finances       | 30/06/2026 | 40
"""
HEAD = "\nDérogations\ncode | portee | service_vise | motif | auteur | echeance\n"
WHY = "Le calendrier est revu. | Comité de pilotage"


def plan(*rows: str, lines: str = LATE) -> Return:
    return return_of(lines + HEAD + "\n".join(rows), PST, "retour.xlsx")


def late(report: Report) -> list[str]:
    return [f.element for f in of_code(report.findings, "R10a")]


def let_go(report: Report) -> list[str]:
    return [f.element for f in report.waived]


def test_a_waiver_removes_the_rows_that_it_names_and_no_other() -> None:
    report = verdict(plan(f"R10a | 1.1.1; 1.1.3 | | {WHY} | 31/12/2026"))
    assert late(report) == ["1.1.2"]
    assert let_go(report) == ["1.1.1", "1.1.3"]
    assert {f.code for f in report.waived} == {"R10a"}


def test_a_waiver_of_all_the_rows_removes_its_rule_and_no_other() -> None:
    before, after = verdict(plan()), verdict(plan(f"R10a | Toutes | | {WHY} | 31/12/2026"))
    rest = [f for f in before.findings if f.code != "R10a"]
    assert [f.message for f in after.findings] == [f.message for f in rest]
    assert let_go(after) == ["1.1.1", "1.1.2", "1.1.3"]


def test_a_waiver_limited_to_a_service_leaves_the_others() -> None:
    report = verdict(plan(f"R10a | Toutes | Finances | {WHY} | 31/12/2026"))
    assert late(report) == ["1.1.1", "1.1.2"]


def test_what_is_waived_says_why_by_whom_and_until_when() -> None:
    (one,) = verdict(plan(f"r10a | 1.1.2 | | {WHY} | 31/12/2026")).waived
    assert one.waived == "Le calendrier est revu. (Comité de pilotage, jusqu’au 31/12/2026)"
    assert one.as_json()["derogation"] == one.waived


def test_a_waiver_holds_on_its_last_day_and_no_longer() -> None:
    made = plan(f"R10a | 1.1.1 | | {WHY} | 31/10/2026")
    assert let_go(check([made], PST, OBSERVED)) == ["1.1.1"]
    day_after = check([made], PST, OBSERVED + dt.timedelta(1))
    assert let_go(day_after) == []
    assert "1.1.1" in late(day_after)
    assert [f.cell for f in of_code(day_after.findings, "R32b")]


def test_a_waiver_without_a_reason_removes_nothing_and_is_said() -> None:
    report = verdict(plan("R10a | 1.1.1 | | | Comité | 31/12/2026"))
    assert let_go(report) == []
    (said,) = [f for f in report.findings if f.sheet == "Dérogations"]
    assert (said.code, said.column) == ("R32d", "Motif")
    assert said.message == "Sans « Motif », la dérogation à R10a ne lève rien."


def test_a_message_of_structure_and_a_national_number_are_never_waived() -> None:
    made = plan(f"V01 | Toutes | | {WHY} | 31/12/2026", f"R28c | Toutes | | {WHY} | 31/12/2026")
    made.tables["actions"].columns["description"][0] = "Bénéficiaire 85.07.30-033.28"
    report = verdict(made)
    assert report.waived == []
    assert {"V01", "R28c"} <= {f.code for f in report.findings}
    assert [f.read for f in of_code(report.findings, "R32a")] == ["V01", "R28c"]


def test_a_waiver_of_no_rule_removes_nothing_and_is_said() -> None:
    report = verdict(plan(f"R99 | Toutes | | {WHY} | 31/12/2026"))
    assert let_go(report) == []
    (said,) = of_code(report.findings, "R32a")
    assert (said.sheet, said.read) == ("Dérogations", "R99")


def test_a_waiver_of_a_row_that_is_not_there_is_said() -> None:
    report = verdict(plan(f"R10a | 1.1.9 | | {WHY} | 31/12/2026", lines=CLEAN))
    assert [f.read for f in of_code(report.findings, "R32c")] == ["1.1.9"]


def test_the_waiver_of_one_workbook_holds_for_no_other() -> None:
    other = replace(plan(), file="autre.xlsx")
    report = verdict(plan(f"R10a | Toutes | | {WHY} | 31/12/2026"), other)
    assert {f.file for f in report.waived} == {"retour.xlsx"}
    assert [f.file for f in of_code(report.findings, "R10a")] == ["autre.xlsx"] * 3


def test_the_waivers_of_the_campaign_hold_for_every_return_and_their_faults_are_said() -> None:
    campaign = replace(plan(f"R10a | 1.1.1 | | {WHY} | 31/12/2026",
                            f"R98 | Toutes | | {WHY} | 31/12/2026", lines=""), file="regles.xlsx")  # fmt: skip
    two = [plan(), replace(plan(), file="autre.xlsx")]
    report = check(two, PST, OBSERVED, campaign=campaign)
    assert [(f.file, f.element) for f in report.waived] == [
        ("autre.xlsx", "1.1.1"), ("retour.xlsx", "1.1.1"),
    ]  # fmt: skip
    assert [(f.file, f.code) for f in report.findings if f.file == "regles.xlsx"] == [
        ("regles.xlsx", "R32a")
    ]


def a_return(service: str, code: str, *rows: str) -> Return:
    text = RETURN.replace("service | Travaux", f"service | {service}") + f"""
Actions
code   | code_oo | intitule        | statut   | service_pilote | echeance   | avancement
{code} | 1.1     | Action de {service} | En cours | {service} | 30/06/2026 | 40
"""  # fmt: skip
    return read(workbook(text + HEAD + "\n".join(rows)), f"{service}.xlsx")


def test_united_the_waiver_of_a_service_stays_its_own() -> None:
    returns = [
        a_return("Travaux", "1.1.1", f"R10a | Toutes | | {WHY} | 31/12/2026"),
        a_return("Finances", "1.1.2"),
    ]
    result = consolidate(returns, PST, OBSERVED)
    assert let_go(result.report) == ["1.1.1"]
    assert late(result.report) == ["1.1.2"]


def test_the_waivers_of_the_plan_are_taken_up_by_the_next_consolidation() -> None:
    first = consolidate([a_return("Travaux", "1.1.1")], PST, OBSERVED)
    with_waiver = return_of(HEAD + f"R10a | 1.1.1 | | {WHY} | 31/12/2026", PST)
    first.merged.tables["derogations"] = with_waiver.tables["derogations"]
    before = read(as_bytes(first, ".xlsx"), "PST.xlsx")
    again = consolidate([a_return("Travaux", "1.1.1")], PST, OBSERVED, previous=before)
    assert let_go(again.report) == ["1.1.1"]


CODES, ELEMENTS, SERVICES = ("R01", "R02"), ("1", "1.1", "2"), ("Travaux", "Finances")
findings = st.builds(
    lambda code, element, service, cell: Finding(
        Message(code, Severity.HINT, "", "", "", ""),
        Subject("f", title="Actions", cell=cell, row=5, code=element, owner=service),
    ),
    st.sampled_from(CODES), st.sampled_from(ELEMENTS), st.sampled_from(SERVICES),
    st.sampled_from(("A5", "B5")),
)  # fmt: skip
waivers = st.builds(
    lambda rule, codes, service: Waiver(rule, frozenset(codes), service, "m", "a", OBSERVED),
    st.sampled_from(CODES), st.sets(st.sampled_from(ELEMENTS), max_size=2),
    st.sampled_from(("", *SERVICES)),
)  # fmt: skip


@given(st.lists(findings, max_size=12), st.lists(waivers, max_size=4))
def test_each_finding_is_either_counted_or_waived_by_one_that_names_it(
    found: list[Finding], given_waivers: list[Waiver]
) -> None:
    counting, accepted = waived(found, given_waivers)
    parts = [*counting, *(replace(f, waived="") for f in accepted)]
    assert sorted(map(str, map(snapshot, parts))) == sorted(map(str, map(snapshot, found)))
    for f in found:
        named = any(
            w.rule == f.code
            and (not w.codes or f.element in w.codes)
            and w.service in ("", f.service)
            for w in given_waivers
        )
        assert (f in counting) is not named


def test_a_waiver_travels_with_the_stage() -> None:
    made = plan(f"R10a | Toutes | | {WHY} | 31/12/2026")
    assert check([made], PST, OBSERVED, stage=Stage.DRAFT).waived == []


def test_the_rows_that_the_campaign_names_are_those_of_the_returns() -> None:
    campaign = replace(plan(f"R10a | 1.1.1; 1.1.9 | | {WHY} | 31/12/2026", lines=""), file="d.xlsx")
    report = check([plan()], PST, OBSERVED, campaign=campaign)
    (said,) = [f for f in report.findings if f.file == "d.xlsx"]
    assert (said.code, said.read) == ("R32c", "1.1.1; 1.1.9")
    assert "« 1.1.9 »" in said.message


def test_a_workbook_of_waivers_alone_is_not_blamed_for_the_rows_that_it_lacks() -> None:
    alone = plan(f"R10a | 1.1.1 | | {WHY} | 31/12/2026", lines="")
    assert of_code(check([alone], PST, OBSERVED).findings, "R32c") == []


def test_the_command_says_why_a_file_of_waivers_cannot_serve(run: Run, tmp_path: Path) -> None:
    path = saved(tmp_path / "retour.xlsx", CLEAN)
    text = tmp_path / "notes.xlsx"
    text.write_text("bonjour")
    for given_path, why in (
        (tmp_path, "est un dossier ; donnez un classeur"), (tmp_path / "rien.xlsx", "n’existe pas"),
        (text, "notes.xlsx"), (path, "ne contient aucune dérogation"),
    ):  # fmt: skip
        result = run("verifier", path, "--derogations", given_path)
        assert result.exit_code == 2
        assert why in result.output


def test_a_new_consolidation_says_what_changed_since_the_one_before(
    run: Run, tmp_path: Path
) -> None:
    target = tmp_path / "PST.xlsx"
    saved(tmp_path / "retours" / "retour.xlsx", CLEAN)
    run("consolider", tmp_path / "retours", "-o", target)
    saved(tmp_path / "retours" / "retour.xlsx", CLEAN.replace("| 250000", "| 2500000"))
    result = run("consolider", tmp_path / "retours", "-o", target)
    assert "1\u00a0changement à vérifier depuis le résultat précédent" in result.output


def test_a_waiver_that_was_sent_and_left_as_it_was_holds_for_the_whole_plan() -> None:
    source = read(
        workbook(TOWN + LATE + HEAD + f"R10a | 1.1.1; 1.1.3 | | {WHY} | 31/12/2026"), "PST.xlsx"
    )
    sent = [
        read(write_template(envelope.content), envelope.file)
        for envelope in prepare(source).workbooks
    ]
    untouched = [limited(returned) for returned in sent]
    assert {one.tables["derogations"].columns["service_vise"][0] for one in untouched} == {None}
    result = consolidate(sent, PST, OBSERVED)
    assert result.conflicts == []
    assert let_go(result.report) == ["1.1.1", "1.1.3"]


def test_a_waiver_that_its_service_wrote_or_changed_is_limited_to_it() -> None:
    row = f"R10a | Toutes | | {WHY} | 31/12/2026"
    mine = a_return("Travaux", "1.1.1", row)
    assert limited(mine).tables["derogations"].columns["service_vise"] == ["Travaux"]
    table = mine.tables["derogations"]
    held = row_contents(mine, table, PST["derogations"])
    sent = table.columns | {"empreinte": [fingerprint(one) for one in held]}
    untouched = with_table(mine, "derogations", columns=sent)
    assert limited(untouched).tables["derogations"].columns["service_vise"] == [None]
    edited = with_table(mine, "derogations", columns=sent | {"motif": ["Autre chose"]})
    assert limited(edited).tables["derogations"].columns["service_vise"] == ["Travaux"]


def test_waivers_alone_in_their_workbook_hold_for_all() -> None:
    line = "R10a | 1.1.1 |  | Le calendrier est revu. | Comité de pilotage | 31/12/2026"
    campaign = plan(line, lines="")
    del campaign.tables[PST.form.key]
    report = check([plan()], PST, OBSERVED, campaign=campaign)
    assert let_go(report) == ["1.1.1"]
