"""The workbook that breaks every rule once gives exactly the list that is expected of it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pytest
from support import OBSERVED, SAMPLES

from pst_excel.checking.report import Report, check
from pst_excel.model.findings import Finding
from pst_excel.pst import PST
from pst_excel.reading.reader import read_bytes

FOLDER = SAMPLES / "auto-test"


@pytest.fixture(scope="module")
def report() -> Report:
    now, before = (
        read_bytes((FOLDER / f"auto-test_{name}.xlsx").read_bytes(), name, PST)
        for name in ("actuel", "precedent")
    )
    return check([replace(now, before=before)], PST, OBSERVED)


def test_every_rule_speaks_once_and_nothing_else_is_found(report: Report) -> None:
    assert Counter(f.code for f in report.findings) == Counter(rule.code for rule in PST.rules)


def test_each_rule_speaks_of_its_own_example(report: Report) -> None:
    found = {f.code: f for f in report.findings}
    for place, rule in enumerate(PST.rules, start=1):
        element = re.fullmatch(r"[A-Z]?(\d+)[\d.]*", found[rule.code].element)
        if element and not rule.whole_plan_only:
            assert int(element[1]) // 100 == place, rule.code


def test_the_expected_findings_are_committed_beside_the_samples() -> None:
    lines = (FOLDER.parent / "attendus.txt").read_text(encoding="utf-8").splitlines()
    said = Counter(
        line.split(" | ")[2] for line in lines if line.startswith("auto-test/auto-test_actuel")
    )
    alone = [rule.code for rule in PST.rules if not rule.needs_previous]
    assert said == Counter(alone)


def test_it_reads_as_it_was_written(report: Report) -> None:
    assert report.journal == []
    assert all(isinstance(f, Finding) and f.cell for f in report.findings)
