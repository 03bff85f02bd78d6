"""Each coherence rule is silent on its good example and speaks once, at its cell, on its bad one."""

from __future__ import annotations

import re
from string import Formatter
from typing import Any

import pandas as pd
import pytest
from support import CLEAN, OBSERVED, of_code, read, toy, verdict, workbook

from pst_excel.examples import return_of
from pst_excel.findings import CATALOGUE, Finding, Severity
from pst_excel.pst import PST
from pst_excel.rulebook import Book, Check, Rule, RuleBook
from pst_excel.stages import Stage
from pst_excel.verdict import check
from pst_excel.wording import say

RULES: tuple[Rule, ...] = PST.rules
UNSAID = re.compile(r"[{}]|\bnan\b|\bNaN\b|\bNone\b|\bNaT\b|<NA>|\bTrue\b|\bFalse\b")
IN_ISSUE = ("R01", "R02", "R03", "R04", "R05", "R06", "R07", "R08", "R09", "R10", "R11", "R12",
            "R19", "R20", "R22", "R24")  # fmt: skip

each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


def by_file(side: str, *, real: bool) -> dict[str, list[Finding]]:
    """Check one example of every rule in one batch; return the findings by the rule's code."""
    texts = {rule.code: getattr(rule, side) for rule in RULES}
    returns = [
        read(workbook(text), code) if real else return_of(text, PST, code)
        for code, text in texts.items()
    ]
    findings = check(returns, PST, OBSERVED, stage=Stage.EVALUATION).findings
    return {code: [f for f in findings if f.file == code] for code in texts}


@pytest.fixture(scope="module")
def good() -> dict[str, list[Finding]]:
    return by_file("good", real=False)


@pytest.fixture(scope="module")
def bad() -> dict[str, list[Finding]]:
    return by_file("bad", real=False)


@pytest.fixture(scope="module")
def real_good() -> dict[str, list[Finding]]:
    return by_file("good", real=True)


@pytest.fixture(scope="module")
def real_bad() -> dict[str, list[Finding]]:
    return by_file("bad", real=True)


@each_rule
def test_a_rule_is_silent_on_its_good_example(rule: Rule, good: dict[str, list[Finding]]) -> None:
    assert of_code(good[rule.code], rule.code) == []


@each_rule
def test_a_rule_speaks_once_on_its_bad_example_at_its_column(
    rule: Rule, bad: dict[str, list[Finding]]
) -> None:
    (finding,) = of_code(bad[rule.code], rule.code)
    made = return_of(rule.bad, PST)
    addresses = {
        (PST[sheet].title, made.tables[sheet].cell(key, row))
        for sheet, key in rule.at
        for row in made.tables[sheet].rows
    }
    assert (finding.sheet, finding.cell) in addresses
    assert (finding.severity, finding.title) == (rule.severity, rule.title)


@each_rule
def test_the_examples_say_the_same_in_a_real_workbook(
    rule: Rule, good: dict[str, list[Finding]], bad: dict[str, list[Finding]],
    real_good: dict[str, list[Finding]], real_bad: dict[str, list[Finding]],
) -> None:  # fmt: skip
    def told(findings: list[Finding]) -> list[tuple[str, str, str, str]]:
        return [(f.code, f.sheet, f.cell, f.message) for f in findings]

    assert told(of_code(real_good[rule.code], rule.code)) == []
    assert told(real_bad[rule.code]) == told(bad[rule.code])
    assert told(real_good[rule.code]) == told(good[rule.code])


@each_rule
def test_every_hole_of_a_message_is_filled(
    rule: Rule, good: dict[str, list[Finding]], bad: dict[str, list[Finding]]
) -> None:
    for finding in good[rule.code] + bad[rule.code]:
        for text in (finding.message, finding.expected, finding.remedy, finding.read):
            assert not UNSAID.search(text), text


@each_rule
def test_the_message_says_what_was_read_in_the_cell(
    rule: Rule, bad: dict[str, list[Finding]]
) -> None:
    (finding,) = of_code(bad[rule.code], rule.code)
    made = return_of(rule.bad, PST)
    said = {
        (table.title, table.cell(key, row)): say(table.columns[key][at], PST[sheet][key].kind)
        for sheet, key in rule.at
        for table in (made.tables[sheet],)
        for at, row in enumerate(table.rows)
    }
    assert finding.read == said[finding.sheet, finding.cell]


@each_rule
def test_a_message_is_a_french_sentence_with_its_four_parts(
    rule: Rule, bad: dict[str, list[Finding]]
) -> None:
    (finding,) = of_code(bad[rule.code], rule.code)
    assert finding.message[0] in "«" or finding.message[0].isupper() or finding.message[0].isdigit()
    assert finding.message.endswith(".")
    assert finding.remedy.endswith(".")
    assert finding.expected
    assert finding.read
    assert finding.cell
    assert "'" not in rule.sentence + rule.expected + rule.remedy + rule.title


@each_rule
def test_a_rule_names_its_source(rule: Rule) -> None:
    assert re.match(r"(CDLD|eComptes|iA\.PST|usage)", rule.source)


@each_rule
def test_a_rule_points_at_columns_that_people_fill(rule: Rule) -> None:
    assert all(key in {c.key for c in PST[sheet].inputs} for sheet, key in rule.at)


def test_the_codes_are_unique_and_no_structural_message_has_them() -> None:
    codes = [rule.code for rule in RULES]
    assert len(set(codes)) == len(codes)
    assert not set(codes) & set(CATALOGUE)
    assert all(re.fullmatch(r"R\d\d[a-z]?", code) for code in codes)


@pytest.mark.parametrize("family", IN_ISSUE)
def test_every_family_of_rules_is_there(family: str) -> None:
    assert any(rule.code.startswith(family) for rule in RULES)


def test_the_titles_tell_the_rules_apart() -> None:
    assert len({rule.title for rule in RULES}) == len(RULES)


def test_nothing_is_said_of_a_plan_without_fault() -> None:
    assert verdict(workbook(CLEAN)).findings == []


@pytest.mark.parametrize("rule", [r for r in RULES if r.whole], ids=lambda rule: rule.code)
def test_a_rule_of_the_whole_plan_does_not_judge_the_return_of_a_service(rule: Rule) -> None:
    text = "Identification\ncle | valeur\nservice | Travaux\n\n" + rule.bad
    assert of_code(verdict(text).findings, rule.code) == []


WORDS: dict[str, Any] = {
    "expected": "peu",
    "remedy": "Baissez.",
    "source": "usage",
    "good": "",
    "bad": "",
    "stage": Stage.DRAFT,
    "since": "1",
}


def one_rule(check: Check, at: str = "choses.montant") -> Rule:
    book = RuleBook()
    book.rule("X01", Severity.ERROR, "Trop cher", at=at, sentence="{code} est cher.", **WORDS)(
        check
    )
    return book.rules[0]


def dear(book: Book) -> pd.Series[Any]:
    return book.cells > 100


ROWS = "Choses\ncode | intitule | montant\nA | un | 50\nB | deux | 500"


def test_a_rule_marks_rows_and_the_engine_says_the_rest() -> None:
    (finding,) = verdict(ROWS, plan=toy(one_rule(dear))).findings
    assert (finding.message, finding.cell, finding.row) == ("B est cher.", "C6", 6)


def test_an_exception_in_a_rule_crashes() -> None:
    def broken(book: Book) -> pd.Series[Any]:
        return book["nulle part"]["code"].isna()

    with pytest.raises(KeyError, match="nulle part"):
        verdict(ROWS, plan=toy(one_rule(broken)))


def test_marks_that_do_not_follow_the_rows_crash() -> None:
    def shifted(book: Book) -> pd.Series[Any]:
        return dear(book).reset_index(drop=True)

    with pytest.raises(ValueError, match="do not follow the rows"):
        verdict(ROWS, plan=toy(one_rule(shifted)))


def test_a_rule_that_points_nowhere_crashes() -> None:
    with pytest.raises(ValueError, match="not declared"):
        verdict(ROWS, plan=toy(one_rule(dear, at="choses.couleur")))


def test_a_code_taken_twice_is_refused() -> None:
    book = RuleBook()
    book.rule("X01", Severity.ERROR, "Un", at="choses.code", sentence="", **WORDS)(dear)
    with pytest.raises(ValueError, match="two rules have this code"):
        book.rule("X01", Severity.ERROR, "Deux", at="choses.code", sentence="", **WORDS)


@each_rule
def test_the_holes_of_the_words_are_plain_names(rule: Rule) -> None:
    # A format inside a hole would crash on a blank: formats belong to the wording.
    for text in (rule.sentence, rule.expected, rule.remedy):
        for _, name, form, conversion in Formatter().parse(text):
            assert name is None or re.fullmatch(r"\w+", name)
            assert not form
            assert conversion is None
