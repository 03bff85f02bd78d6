"""No text told to a CPAS or to a province names an organ or the law of a commune."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import replace

import pytest
from support import OBSERVED, TOWN, cells, read, workbook

from pst_excel.api.outputs import as_bytes
from pst_excel.api.templates import identified
from pst_excel.checking.report import check
from pst_excel.consolidating.consolidate import consolidate
from pst_excel.model.catalogue import CATALOGUE
from pst_excel.model.findings import Finding
from pst_excel.model.rules import Rule
from pst_excel.model.words.stages import Stage
from pst_excel.model.words.terms import filled
from pst_excel.pst import PST
from pst_excel.pst import vocabularies as v
from pst_excel.reading.examples import return_of
from pst_excel.returns.tables import Return

ORGANS = {
    v.COMMUNE: r"(collège|conseil) communal|L1123|politique communale|échevin|bourgmestre",
    v.CPAS: r"conseil de l’action sociale|bureau permanent|27ter|politique sociale",
    v.PROVINCE: r"(collège|conseil) provincial|L2212|politique générale|député provincial",
}
BARE = r"\bcollège (?!communal|provincial)|\bdu collège\b(?! communal| provincial)"
HOLE = re.compile(r"\{[A-Za-z_]+\}")
OTHERS = {
    kind: re.compile("|".join([BARE, *(words for of, words in ORGANS.items() if of != kind)]), re.I)
    for kind in ORGANS
}
KINDS = list(ORGANS)
ANY = re.compile("|".join([BARE, *ORGANS.values()]), re.I)


def told(finding: Finding) -> list[str]:
    return [finding.title, finding.message, finding.expected, finding.remedy]


def strange(texts: Iterable[str], kind: str) -> list[str]:
    """Return the texts that speak of another type of institution, or have a hole left."""
    return [text for text in texts if OTHERS[kind].search(text) or HOLE.search(text)]


def of_type(returned: Return, kind: str | None) -> Return:
    form = returned.tables[PST.form.key]
    known = replace(form, columns=form.columns | {"type": [kind]})
    return replace(returned, tables=returned.tables | {form.sheet: known})


@pytest.fixture(scope="module")
def findings() -> dict[str, list[Finding]]:
    """What is found in the bad example of every rule, told to an institution of each type."""
    made = [
        of_type(return_of(rule.bad, PST, f"{kind}|{rule.code}"), kind or None)
        for kind in (*KINDS, "")
        for rule in PST.rules
    ]
    by_kind: dict[str, list[Finding]] = {kind: [] for kind in (*KINDS, "")}
    for finding in check(made, PST, OBSERVED, stage=Stage.EVALUATION).findings:
        by_kind[finding.file.partition("|")[0]].append(finding)
    return by_kind


@pytest.mark.parametrize("kind", KINDS)
def test_the_findings_of_all_rules_speak_of_the_own_organs(
    kind: str, findings: dict[str, list[Finding]]
) -> None:
    found = findings[kind]
    assert len({f.code for f in found}) > len(PST.rules) - 5  # a few rules are of communes alone
    # What the file itself holds is quoted as it stands.
    texts = {re.sub("« [^»]*politique communale[^»]*»", "", t) for f in found for t in told(f)}
    assert strange(texts, kind) == []


def test_where_the_type_is_not_said_no_organ_of_one_type_is_named(
    findings: dict[str, list[Finding]],
) -> None:
    texts = {text for finding in findings[""] for text in told(finding)}
    assert [text for text in texts if ANY.search(text) or HOLE.search(text)] == []


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        (v.COMMUNE, "Le conseil communal aurait pris acte le 11/09/2025, avant l’adoption par le"
         " collège communal, le 22/09/2025."),
        (v.CPAS, "Le conseil de l’action sociale aurait pris acte le 11/09/2025, avant l’adoption"
         " par le bureau permanent, le 22/09/2025."),
        (v.PROVINCE, "Le conseil provincial aurait pris acte le 11/09/2025, avant l’adoption par le"
         " collège provincial, le 22/09/2025."),
        (None, "Le conseil aurait pris acte le 11/09/2025, avant l’adoption par l’organe compétent,"
         " le 22/09/2025."),
    ],
)  # fmt: skip
def test_the_order_of_adoption_is_told_in_the_words_of_each(
    kind: str | None, sentence: str
) -> None:
    rule = next(rule for rule in PST.rules if rule.code == "R08h")
    (finding,) = [f for f in check([of_type(return_of(rule.bad, PST), kind)], PST, OBSERVED).findings
                  if f.code == rule.code]  # fmt: skip
    assert finding.message == sentence


@pytest.mark.parametrize("rule", PST.rules, ids=lambda rule: rule.code)
def test_a_title_is_that_of_all_and_a_source_names_the_three_laws_or_none(rule: Rule) -> None:
    assert not HOLE.search(rule.title)
    assert not ANY.search(rule.title)
    source = filled(rule.source, PST.terms_of())
    assert not HOLE.search(source)
    laws = [law in source for law in ("L1123-27", "L2212-47", "27ter")]
    assert all(laws) or not any(laws)
    assert not re.search("L1123|L2212|27ter", rule.source)  # a law is named once, in the terms


def test_the_structural_messages_name_no_organ() -> None:
    for message in CATALOGUE.values():
        for text in (message.title, message.sentence, message.expected, message.remedy):
            assert not ANY.search(text)


def texts_of(data: bytes) -> list[str]:
    """Return every text of a workbook: of its cells, of the helps of its fields, of its formulas."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = [
            package.read(name).decode()
            for name in package.namelist()
            if re.match(r"xl/(sharedStrings|worksheets/sheet\d+)\.xml", name)
        ]
    return [html.unescape(piece) for part in parts for piece in re.split("<(?:si|dataV|f)", part)]


@pytest.mark.parametrize("kind", [v.CPAS, v.PROVINCE])
def test_the_template_speaks_of_the_own_organs(kind: str) -> None:
    data = as_bytes(identified(PST, {"type": kind}), ".xlsx")
    assert strange(texts_of(data), kind) == []
    helps = cells(data, "Identification")
    own = {"CPAS": "du bureau permanent", "Province": "du collège provincial"}[kind]
    assert any(own in text for text in texts_of(data))
    assert PST.terms[kind]["le_conseil"] in helps[f"D{PST.form.field_rows['date_conseil']}"]


def test_the_template_for_all_lists_the_three_or_says_what_holds_for_all() -> None:
    data = as_bytes(identified(PST, {}), ".xlsx")
    named = re.compile("|".join([BARE, *(r"(collège|conseil) (communal|provincial)", "L1123")]))
    assert [text for text in texts_of(data) if named.search(text) or HOLE.search(text)] == []


def test_the_consolidated_workbook_of_a_cpas_speaks_of_its_own_organs() -> None:
    rule = next(rule for rule in PST.rules if rule.code == "R08h")
    dates = "".join(f"{line.strip()}\n" for line in rule.bad.splitlines() if "date_" in line)
    text = TOWN.replace("Commune", "CPAS").replace("politique communale", "politique sociale")
    text = text.replace("population ", f"{dates}population ", 1)
    text += "\nOS\ncode | intitule\n1 | Être un CPAS proche"
    united = consolidate([read(workbook(text))], PST, OBSERVED)
    data = as_bytes(united, ".xlsx")
    assert strange(texts_of(data), v.CPAS) == []
    assert any("le bureau permanent" in text for text in texts_of(data))


def test_the_terms_of_all_types_fill_the_same_holes() -> None:
    holes = {frozenset(terms) for terms in PST.terms.values()}
    assert len(holes) == 1
    assert set(PST.terms) == {*KINDS, ""}


def test_what_the_form_says_of_a_field_is_read_back_as_no_value() -> None:
    filled_in = read(workbook(TOWN.replace("Commune", v.CPAS)))
    assert filled_in.identity("date_college") is None
    assert filled_in.layout == []
