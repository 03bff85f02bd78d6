"""The numbers from which rules speak are those of the institution, and change nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

import pytest
from support import OBSERVED, read, workbook

from pst_excel.checking.report import check
from pst_excel.model.findings import Finding
from pst_excel.model.rules import Rule, RuleView
from pst_excel.model.sources import sources
from pst_excel.model.words.stages import Stage
from pst_excel.model.words.thresholds import Threshold
from pst_excel.pst import PST, thresholds
from pst_excel.reading.examples import return_of
from pst_excel.reference.samples.selftest import dressed, text_of
from pst_excel.returns.frames import Batch
from pst_excel.returns.tables import Return

FORM = PST.form.key
PAIRS = [(rule, one) for rule in PST.rules for one in rule.thresholds]


def example(rule: Rule, side: str, file: str = "", **values: float | None) -> Return:
    """Return an example of a rule, where the institution says thresholds of its own."""
    made = return_of(getattr(rule, side), PST, file or rule.code)
    form = made.tables[FORM]
    columns = form.columns | {key: [value] for key, value in values.items()}
    return replace(made, tables=made.tables | {FORM: replace(form, columns=columns)})


def found(*returns: Return) -> dict[str, list[Finding]]:
    """Return the findings of files by their names."""
    by_file = defaultdict(list)
    for finding in check(returns, PST, OBSERVED, stage=Stage.EVALUATION).findings:
        by_file[finding.file].append(finding)
    return by_file


def codes(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(f.code, f.cell) for f in findings]


def test_every_threshold_is_asked_by_a_rule_or_a_figure_and_every_one_asked_is_in_the_form() -> (
    None
):
    read = {key for figure in PST.figures for sheet, key in sources(figure, PST) if sheet == FORM}
    in_form = {one.key for one in PST.form.thresholds}
    by_figures = read & in_form

    assert {one.key for _, one in PAIRS} | by_figures == in_form
    assert {thresholds.RHYTHM.key, thresholds.STALE.key} <= by_figures
    assert PST.form.thresholds == thresholds.THRESHOLDS


@pytest.mark.parametrize("one", PST.form.thresholds, ids=lambda one: one.key)
def test_a_threshold_says_its_usual_number_its_source_and_its_year(one: Threshold) -> None:
    field = PST.form[one.key]
    assert one.low <= one.default <= one.high
    assert one.source
    assert 2000 < one.year <= 2026
    for words in (one.usual, one.source, str(one.year)):
        assert words in field.help
    assert field.since == "2026.3"
    assert len(one.label) <= 32  # Excel shows no longer title
    assert len("Facultatif. " + field.help) <= 255
    assert one.key not in {rule.sentence for rule in PST.rules}


def _moved() -> Iterator[tuple[Rule, Threshold, str, float]]:
    for rule, one in PAIRS:
        for side in ("good", "bad"):
            for bound in (one.low, one.high):
                yield rule, one, side, bound


def test_a_threshold_that_moves_changes_its_rule_and_nothing_else() -> None:
    moves = list(_moved())
    moved = [
        example(rule, side, f"{at}", **{one.key: bound})
        for at, (rule, one, side, bound) in enumerate(moves)
    ]
    still = [
        example(rule, side, f"{rule.code} {side}")
        for rule in {rule.code: rule for rule, _ in PAIRS}.values()
        for side in ("good", "bad")
    ]
    findings = found(*moved, *still)
    changed = set()
    for at, (rule, one, side, _) in enumerate(moves):
        before, after = findings[f"{rule.code} {side}"], findings[f"{at}"]
        others = {other.code for other, asked in PAIRS if asked == one}
        assert [c for c in codes(before) if c[0] not in others] == [
            c for c in codes(after) if c[0] not in others
        ]
        if codes(before) != codes(after):
            changed.add((rule.code, one.key))
    assert changed == {(rule.code, one.key) for rule, one in PAIRS}


def test_rules_without_a_threshold_do_not_see_those_of_the_others() -> None:
    rules = [rule for rule in PST.rules if not rule.thresholds]
    lowest = {one.key: one.low for one in PST.form.thresholds}
    own = {rule.code for rule, _ in PAIRS}
    usual = [example(rule, "bad") for rule in rules]
    moved = [example(rule, "bad", f"{rule.code} moved", **lowest) for rule in rules]
    findings = found(*usual, *moved)
    for rule in rules:
        assert [c for c in codes(findings[rule.code]) if c[0] not in own] == [
            c for c in codes(findings[f"{rule.code} moved"]) if c[0] not in own
        ]


def test_each_institution_of_a_batch_is_judged_by_its_own() -> None:
    rule = next(rule for rule in PST.rules if rule.code == "R18")
    findings = found(
        example(rule, "bad", "usual"),
        example(rule, "bad", "larger", seuil_emprunts=200.0),
        example(rule, "good", "smaller", seuil_emprunts=150.0),
    )
    assert {
        name: [f.expected for f in few if f.code == "R18"] for name, few in findings.items()
    } == {
        "usual": ["au plus 180\xa0€ par habitant et par an"],
        "smaller": ["au plus 150\xa0€ par habitant et par an"],
    } | ({"larger": []} if "larger" in findings else {})


@pytest.mark.parametrize(
    ("cell", "code"), [("-5", "V04"), ("beaucoup", "V02"), ("1000000000", "V04")]
)
def test_an_absurd_threshold_is_said_and_the_usual_one_is_followed(cell: str, code: str) -> None:
    rule = next(rule for rule in PST.rules if rule.code == "R18")
    raw = dressed(rule.bad)
    raw["Identification"].append({"cle": "seuil_emprunts", "valeur": cell})
    findings = check([read(workbook(text_of(raw)))], PST, OBSERVED).findings
    (absurd,) = [f for f in findings if f.column == "Balise d’emprunt"]
    assert absurd.code == code
    assert absurd.message.endswith(
        "En attendant, le programme suit l’usage, 180\xa0€ par habitant et par an."
    )
    (judged,) = [f for f in findings if f.code == "R18"]
    assert judged.expected == "au plus 180\xa0€ par habitant et par an"


def test_a_rule_is_given_no_threshold_that_it_does_not_declare() -> None:
    view = RuleView({}, {}, "actions", "code", thresholds=(thresholds.STALE,))
    with pytest.raises(ValueError, match="does not declare"):
        view.threshold(thresholds.LOAD)


def test_what_is_compared_follows_the_usual_thresholds() -> None:
    rule = next(rule for rule in PST.rules if rule.code == "R18")
    given = [example(rule, "bad"), example(rule, "bad", seuil_emprunts=200.0)]
    own, usual = (Batch(given, PST, OBSERVED, usual=flag).parameters for flag in (False, True))
    assert own["seuil_emprunts"].tolist() == [180.0, 200.0]
    assert usual["seuil_emprunts"].tolist() == [180.0, 180.0]


def test_the_definitions_are_of_rules_or_messages_that_exist() -> None:
    known = {rule.code for rule in PST.rules} | {"V05"}
    assert {code for code, _ in PST.fixed} <= known
