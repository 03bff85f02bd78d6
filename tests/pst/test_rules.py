"""Each coherence rule is silent on its good example and speaks once, at its cell, on its bad one."""

from __future__ import annotations

import re
from string import Formatter

import pytest
from support import CLEAN, OBSERVED, of_code, read, verdict, workbook
from support.rule_examples import Examples, as_written, asked, in_a_workbook

from pst_excel.checking.report import check
from pst_excel.model.catalogue import CATALOGUE
from pst_excel.model.findings import Severity
from pst_excel.model.rules import Rule
from pst_excel.model.words.stages import Stage
from pst_excel.model.words.wording import say
from pst_excel.pst import PST
from pst_excel.reading.examples import return_of
from pst_excel.reference.samples.selftest import dressed, text_of
from pst_excel.text.spelling import version_order

RULES: tuple[Rule, ...] = PST.rules
UNSAID = re.compile(r"[{}]|\bnan\b|\bNaN\b|\bNone\b|\bNaT\b|<NA>|\bTrue\b|\bFalse\b")
FAMILIES = [f"R{number:02d}" for number in range(1, 25)]

each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


@pytest.fixture(scope="module")
def written(request: pytest.FixtureRequest) -> Examples:
    """What is found in the examples as they are written."""
    return Examples(asked(request.session.items, "written"), as_written)


@pytest.fixture(scope="module")
def in_a_plan(request: pytest.FixtureRequest) -> Examples:
    """What is found in real workbooks of which each example is the only fault."""
    return Examples(asked(request.session.items, "in_a_plan"), in_a_workbook)


@each_rule
def test_a_rule_is_silent_on_its_good_example(rule: Rule, written: Examples) -> None:
    assert of_code(written.found(rule, "good"), rule.code) == []


@each_rule
def test_a_rule_speaks_once_on_its_bad_example_at_its_column(rule: Rule, written: Examples) -> None:
    (finding,) = of_code(written.found(rule, "bad"), rule.code)
    made = return_of(rule.bad, PST)
    addresses = {
        (PST[sheet].title, made.tables[sheet].cell(key, row))
        for sheet, key in rule.places(PST)
        for row in made.tables[sheet].rows
    }
    assert (finding.sheet, finding.cell) in addresses
    assert (finding.severity, finding.title) == (rule.effective_severity, rule.title)


@each_rule
def test_the_bad_example_is_found_at_its_cell_and_nowhere_else_in_a_real_plan(
    rule: Rule, in_a_plan: Examples
) -> None:
    (finding,) = in_a_plan.found(rule, "bad")
    places = {(PST[sheet].title, PST[sheet][key].label) for sheet, key in rule.places(PST)}
    assert finding.code == rule.code
    assert (finding.sheet, finding.column) in places
    assert finding.cell


@each_rule
def test_nothing_is_found_where_the_good_example_stands_in_a_real_plan(
    rule: Rule, in_a_plan: Examples
) -> None:
    assert in_a_plan.found(rule, "good") == []


@each_rule
def test_every_hole_of_a_message_is_filled(rule: Rule, written: Examples) -> None:
    for finding in written.found(rule, "good") + written.found(rule, "bad"):
        for text in (finding.message, finding.expected, finding.remedy, finding.read):
            assert not UNSAID.search(text), text


@each_rule
def test_the_message_says_what_was_read_in_the_cell(rule: Rule, written: Examples) -> None:
    (finding,) = of_code(written.found(rule, "bad"), rule.code)
    made = return_of(rule.bad, PST)
    said = {
        (table.title, table.cell(key, row)): say(table.columns[key][at], PST[sheet][key].kind)
        for sheet, key in rule.places(PST)
        for table in (made.tables[sheet],)
        for at, row in enumerate(table.rows)
    }
    assert finding.read == said[finding.sheet, finding.cell]


@each_rule
def test_a_message_is_a_french_sentence_with_its_four_parts(rule: Rule, written: Examples) -> None:
    (finding,) = of_code(written.found(rule, "bad"), rule.code)
    assert finding.message[0] in "«" or finding.message[0].isupper() or finding.message[0].isdigit()
    assert finding.message[-1] in ".?"
    assert finding.remedy.endswith(".")
    assert finding.expected
    assert finding.read
    assert finding.cell
    assert "'" not in rule.sentence + rule.expected + rule.remedy + rule.title


@each_rule
def test_a_rule_names_its_source(rule: Rule) -> None:
    known = r"(\{loi\}|eComptes|iA\.PST|UVCW|RGPD|plan comptable communal|usage)[ ,]? ?[\w :]"
    assert re.match(known, rule.source)


@each_rule
def test_a_rule_points_at_columns_that_people_fill(rule: Rule) -> None:
    assert all(key in {c.key for c in PST[sheet].inputs} for sheet, key in rule.places(PST))


def test_the_codes_are_unique_and_no_structural_message_has_them() -> None:
    codes = [rule.code for rule in RULES]
    assert len(set(codes)) == len(codes)
    assert not set(codes) & set(CATALOGUE)
    assert all(re.fullmatch(r"R\d\d[a-z]?", code) for code in codes)


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_of_rules_is_there(family: str) -> None:
    assert any(rule.code.startswith(family) for rule in RULES)


def test_the_catalogue_has_the_rules_that_practice_asks() -> None:
    assert len(RULES) >= 45


@each_rule
def test_a_rule_says_since_when_and_never_comes_before_the_template(rule: Rule) -> None:
    assert (2026, 1) <= version_order(rule.since) <= version_order(PST.version)


@pytest.mark.parametrize("stage", Stage)
def test_a_rule_speaks_from_its_stage_on_and_not_before(stage: Stage) -> None:
    made = [return_of(rule.bad, PST, rule.code) for rule in RULES]
    findings = check(made, PST, OBSERVED, stage=stage).findings
    spoken = {f.code for f in findings if f.code == f.file}
    assert spoken == {rule.code for rule in RULES if rule.stage.reached(stage)}


def test_a_rule_is_silent_where_one_that_it_follows_spoke() -> None:
    both = """
    Actions
    code  | code_oo  | parts
    1.1.1 | 1.1; 2.1 | 60; 30; 30
    """
    codes = {f.code for f in verdict(both).findings}
    assert "R03a" in codes
    assert "R03b" not in codes


def test_what_a_rule_on_trial_finds_is_counted_and_blames_no_row() -> None:
    rule = next(rule for rule in RULES if rule.trial and rule.at[0][0] == "actions")
    report = check([read(workbook(text_of(dressed(rule.bad))))], PST, OBSERVED)
    assert [f.severity for f in report.findings] == [Severity.TRIAL]
    assert report.clean == report.rows
    assert report.errors == 0


def test_the_titles_tell_the_rules_apart() -> None:
    assert len({rule.title for rule in RULES}) == len(RULES)


def test_nothing_is_said_of_a_plan_without_fault() -> None:
    assert verdict(workbook(CLEAN)).findings == []


@pytest.mark.parametrize(
    "rule", [r for r in RULES if r.whole_plan_only], ids=lambda rule: rule.code
)
def test_a_rule_of_the_whole_plan_does_not_judge_the_return_of_a_service(rule: Rule) -> None:
    made = return_of(rule.bad, PST)
    made.tables["identification"].columns["service"] = ["Travaux"]
    assert of_code(verdict(made).findings, rule.code) == []


@each_rule
def test_the_holes_of_the_words_are_plain_names(rule: Rule) -> None:
    # A format inside a hole would crash on a blank: formats belong to the wording.
    for text in (rule.sentence, rule.expected, rule.remedy):
        for _, name, form, conversion in Formatter().parse(text):
            assert name is None or re.fullmatch(r"\w+", name)
            assert not form
            assert conversion is None
