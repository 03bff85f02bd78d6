"""The workbook that breaks every rule once gives exactly the list that is expected of it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pytest
from support import OBSERVED, SAMPLES

from pst_excel.cells.values import Value
from pst_excel.checking.report import Report, check
from pst_excel.model.findings import Finding
from pst_excel.model.rules import Rule
from pst_excel.pst import PST
from pst_excel.reading.reader import read_bytes
from pst_excel.reference.samples.selftest import dressed, place_of, selftest
from pst_excel.returns.tables import Return

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
    for rule in PST.rules:
        element = re.fullmatch(r"[A-Z]?(\d+)[\d.]*", found[rule.code].element)
        if element and not rule.whole_plan_only:
            assert int(element[1]) // 100 == place_of(rule.code), rule.code


def rows_of(made: Return) -> dict[str, list[tuple[Value, ...]]]:
    """Return the rows of each table, ids and all, whatever line they stand on."""
    return {
        key: list(zip(*table.columns.values(), strict=True))
        for key, table in made.tables.items()
        if key != PST.form.key
    }


@pytest.fixture(scope="module")
def whole() -> tuple[Return, Return]:
    return selftest()


@pytest.mark.parametrize("rule", PST.rules, ids=lambda rule: rule.code)
def test_a_rule_more_adds_its_rows_and_changes_none_of_the_others(
    rule: Rule, whole: tuple[Return, Return]
) -> None:
    others = selftest(one for one in PST.rules if one is not rule)
    for all_of_them, rest, own in zip(whole, others, selftest([rule]), strict=True):
        rows, mine = rows_of(all_of_them), rows_of(own)
        kept = {key: [row for row in rows[key] if row not in mine[key]] for key in rows}
        assert kept == rows_of(rest)
        assert all(row in rows[key] for key in mine for row in mine[key])
        for key, entries in all_of_them.lists.items():
            assert set(entries) == {*rest.lists.get(key, ()), *own.lists.get(key, ())}
        for key, (value,) in all_of_them.tables[PST.form.key].columns.items():
            assert value in [one.tables[PST.form.key].columns[key][0] for one in (rest, own)]


def test_no_two_rules_have_one_place() -> None:
    letters = ["", *"abcdefghijklmnopqrstuvwxyz"]
    codes = [f"R{number:02d}{letter}" for number in range(100) for letter in letters]
    assert len({place_of(code) for code in codes}) == len(codes) == 2700


@pytest.mark.parametrize("code", ["R1", "R100", "R13ab", "R13B", "S13", "13b", "R13b "])
def test_a_rule_whose_code_gives_no_place_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="two digits, and one small letter at most"):
        place_of(code)


def test_an_example_whose_codes_would_fall_in_the_place_of_another_is_refused() -> None:
    assert dressed("OS\ncode\n99", place_of("R13b"))["OS"][0]["code"] == "130299"
    with pytest.raises(ValueError, match="100: an example numbers its codes under 100"):
        dressed("OS\ncode\n100", place_of("R13b"))


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
