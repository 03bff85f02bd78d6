"""The points of a plan are told apart: those that its returns give alone, those of the whole."""

from __future__ import annotations

import re
from pathlib import Path

from conftest import Run
from support import CLEAN, OBSERVED, RETURN, SAMPLES, TOWN, read, saved, workbook
from support.office import sample

from pst_excel.checking.checker import check_batch, file_findings
from pst_excel.checking.grouping import once
from pst_excel.checking.report import check
from pst_excel.consolidating.consolidate import consolidate
from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.consolidating.echoes import Echoes, echoes
from pst_excel.model.findings import Finding, Message, Severity, Subject
from pst_excel.pst import PST
from pst_excel.returns.frames import Batch

PLAN, HERE, THERE = "plan", "a.xlsx", "b.xlsx"
WHERE = {7: (HERE, 5), 8: (THERE, 5), 9: ("", 9)}
"""Where the rows of the plan come from; the last from no return."""


def finding(file: str, row: int, code: str = "R1", **more: object) -> Finding:
    severity = Severity.TRIAL if code == "R9" else Severity.HINT
    message = Message(code, severity, "", "", "", "", gathered=1 if code == "R2" else None)
    subject = Subject(file, "actions", "Actions", row, "code", cell=f"A{row}")
    return Finding(message, subject, **more)  # type: ignore[arg-type]


def compared(plan: list[Finding], returns: list[Finding]) -> Echoes:
    return echoes(plan, returns, lambda found: WHERE[found.subject.row])


def test_one_is_that_of_a_return_where_the_same_message_speaks_of_the_same_row() -> None:
    plan = [finding(PLAN, 7), finding(PLAN, 8), finding(PLAN, 9)]
    returns = [finding(HERE, 5), finding(THERE, 6), finding(THERE, 5, "R3")]
    assert compared(plan, returns) == Echoes(both=1, whole=2, partly=0, told=1)


def test_one_that_stands_for_many_is_told_by_each_return() -> None:
    plan = [finding(PLAN, 7, "R2"), finding(PLAN, 8, "R2")]
    returns = [finding(HERE, 5, "R2"), finding(THERE, 5, "R2")]
    assert compared(plan, returns) == Echoes(both=1, whole=0, partly=0, told=2)


def test_one_that_stands_for_more_than_the_returns_know_is_of_the_plan_in_part() -> None:
    plan = [finding(PLAN, 7, "R2"), finding(PLAN, 9, "R2")]
    assert compared(plan, [finding(HERE, 5, "R2")]) == Echoes(both=0, whole=1, partly=1, told=0)


def test_what_is_on_trial_is_not_counted() -> None:
    assert compared([finding(PLAN, 7, "R9")], [finding(HERE, 5, "R9")]) == Echoes()


def test_a_row_that_moved_is_known_by_its_id() -> None:
    plan = Subject(PLAN, "actions", "Actions", 9, "code", id="x1")
    there = Subject(THERE, "actions", "Actions", 44, "code", id="x1")
    message = Message("R1", Severity.HINT, "", "", "", "")
    found = compared([Finding(message, plan)], [Finding(message, there)])
    assert found == Echoes(both=1, whole=0, partly=0, told=1)


def place(united: Consolidation, found: Finding) -> tuple[str, int]:
    """Return the file and the row where a finding of the plan was read."""
    key = found.subject.sheet
    source, row = united.origins[key][united.merged.tables[key].rows.index(found.subject.row)]
    return united.returns[source].file, row


def test_the_samples_compared_finding_by_finding_are_what_is_said() -> None:
    united = sample()
    given = check_batch(Batch(united.returns, united.plan, united.observed))
    known = {(f.code, f.subject.column, f.file, f.subject.row) for f in given}
    assert file_findings(united.returns, united.plan) == []
    of_the_plan = [
        [(f.code, f.subject.column, *place(united, f)) in known for f in same]
        for said, same in once(check_batch(united.batch))
        if said.severity is not Severity.TRIAL
    ]
    assert united.echoes.both == sum(map(all, of_the_plan))
    assert united.echoes.whole == sum(not all(found) for found in of_the_plan)
    assert len(of_the_plan) == sum(f.severity is not Severity.TRIAL for f in united.report.findings)


def test_a_whole_plan_alone_shows_nothing_more_than_its_file() -> None:
    assert consolidate([read(workbook(CLEAN))], PST, OBSERVED).echoes == Echoes()
    faulty = read(workbook(CLEAN.replace("| 250000", "| -1")))
    assert consolidate([faulty], PST, OBSERVED).echoes == Echoes(both=1, told=1)


def test_what_only_the_whole_can_know_is_of_the_plan() -> None:
    empty = "\nOO\ncode | code_os | intitule\n1.2 | 1 | Ouvrir trois haltes de bus d’ici 2028\n"
    one = CLEAN.replace(TOWN, RETURN).replace("| 250000", "| -1")
    two = RETURN.replace("| Travaux\nnom", "| Finances\nnom", 1) + empty
    returns = [read(workbook(text), f"{at}.xlsx") for at, text in enumerate((one, two))]
    united = consolidate(returns, PST, OBSERVED)
    alone = {f.code for f in check(returns, PST, OBSERVED).findings}
    assert alone == {"V04", "R01a"}  # the OS of the OO stands in the other return
    found = [f.code for f in united.report.findings]
    assert "R01a" not in found
    assert "R02b" in found  # no action serves the OO
    assert united.echoes == Echoes(both=1, whole=len(found) - 1, told=1)


def test_the_screen_says_what_verifier_finds_too(run: Run, tmp_path: Path) -> None:
    faulty = CLEAN.replace("| 250000", "| -1")
    path = saved(tmp_path / "a.xlsx", faulty)
    screen = run("consolider", path, "-o", tmp_path / "plan.xlsx").stdout.replace("\xa0", " ")
    assert "1 point à voir, soit 1 erreur · 0 avertissement · 0 conseil.\n" in screen
    assert "  Dont 1 que « verifier » trouve aussi dans les retours.\n" in screen


def test_the_counts_of_the_two_commands_are_explained_on_the_samples(
    run: Run, tmp_path: Path
) -> None:
    folder = SAMPLES / "retours"
    alone = run("verifier", folder).stdout.replace("\xa0", " ")
    screen = run("consolider", folder, "-o", tmp_path / "plan.xlsx").stdout.replace("\xa0", " ")
    (found,) = re.findall(r": (\d+) points à voir, soit", alone)
    (points,) = re.findall(r"; (\d+) points à voir, soit", screen)
    both, told, whole = re.findall(r"Dont (\d+) que .* \(en (\d+) points\), et (\d+) que", screen)[
        0
    ]
    assert int(both) + int(whole) == int(points)
    assert int(told) < int(found)  # a change of a lent row, and what another return answers
