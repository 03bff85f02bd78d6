"""The rules as people read them: the command, the page, the counts in the consolidated workbook."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest
from conftest import Run
from support import CLEAN, OBSERVED, office, opened, read

from pst_excel.api.outputs import as_bytes
from pst_excel.consolidating.consolidate import consolidate
from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.excel.books.template import write_template
from pst_excel.excel.sheets.controls import WAIVED
from pst_excel.model.findings import Severity
from pst_excel.model.schema import HEADING_ROW
from pst_excel.model.words.stages import Stage
from pst_excel.pst import PST
from pst_excel.pst.accounts import chart, economic
from pst_excel.pst.rules.likeness import keys_of
from pst_excel.reading.examples import return_of


def test_the_command_lists_every_rule_once(run: Run) -> None:
    lines = run("regles").output.splitlines()
    listed = [line.split()[0] for line in lines if re.match(r"  R\d", line)]
    assert Counter(listed) == Counter(rule.code for rule in PST.rules)


def test_the_command_explains_a_rule_whatever_its_case(run: Run) -> None:
    said = run("regles", "r10a").output
    for words in ("R10a — L’échéance d’une action est passée", "dès « suivi »", "à corriger :",
                  "en ordre :", "pourquoi"):  # fmt: skip
        assert words in said


def test_a_family_of_rules_is_explained_together(run: Run) -> None:
    said = run("regles", "R11").output
    family = [rule.code for rule in PST.rules if rule.code.startswith("R11")]
    assert {"R11a", "R11b", "R11c", "R11d"} <= set(family)
    assert re.findall(r"^(R\d+[a-z]?) — ", said, re.MULTILINE) == family


def test_a_rule_that_does_not_exist_is_said(run: Run) -> None:
    result = run("regles", "R99")
    assert result.exit_code == 2
    assert "« R99 » n’est le code d’aucune règle" in result.output


def test_a_stage_leaves_out_the_rules_that_wait(run: Run) -> None:
    found = json.loads(run("regles", "--etape", "brouillon", "--format", "json").output)
    assert {one["etape"] for one in found} == {"brouillon"}
    assert len(found) == sum(rule.stage is Stage.DRAFT for rule in PST.rules)


@lru_cache
def faulty() -> Consolidation:
    made = return_of(
        CLEAN
        + """
Dérogations
code | portee | motif                     | auteur | echeance
R06d | 1.1.2  | Les moyens sont discutés. | CODIR  | 31/12/2026
""",
        PST, "retour.xlsx",
    )  # fmt: skip
    table = made.tables["actions"]
    for key, values in table.columns.items():
        values += [values[0] if key != "id" else None, values[0] if key != "id" else None]
    table.columns["code"][1:] = ["1.1.2", "1.1.3"]
    table.columns["id"] = ["a", "b", "c"]
    table.columns["intitule"][1:] = ["Créer un jardin partagé", "Former les agents à l’accueil"]
    table.columns["etp"][1:] = [None, None]
    table.rows.extend((6, 7))
    return consolidate([read(write_template(made))], PST, OBSERVED, stage=Stage.FOLLOW_UP)


@lru_cache
def written() -> bytes:
    return as_bytes(faulty(), ".xlsx")


def rows_of(title: str) -> list[tuple[object, ...]]:
    sheet = opened(written())[title]
    return [tuple(c.value for c in row) for row in sheet.iter_rows(min_row=HEADING_ROW + 1)]


def test_what_is_waived_is_listed_last_with_its_reason() -> None:
    (last,) = [row for row in rows_of("Contrôles") if row[0] == WAIVED]
    assert rows_of("Contrôles")[-1] == last
    assert last[1] == "R06d"
    assert last[9] == "Dérogation : Les moyens sont discutés. (CODIR, jusqu’au 31/12/2026)"


def test_the_counts_by_rule_and_by_service_are_those_of_the_findings() -> None:
    report = faulty().report
    by_rule = {row[1]: row[8] for row in rows_of("Bilan des contrôles") if row[0] == "Par règle"}
    expected = Counter(f.code for f in report.findings)
    assert by_rule == {**{f.code: 0 for f in report.waived}, **expected}
    services = [row for row in rows_of("Bilan des contrôles") if row[0] == "Par service"]
    assert sum(row[8] for row in services) == len(report.findings)  # type: ignore[misc]
    hints = sum(f.severity is Severity.HINT for f in report.findings)
    assert sum(row[5] or 0 for row in services) == hints  # type: ignore[misc]


def test_the_completeness_sheet_says_what_each_blank_costs() -> None:
    parts = {part.sheet.title: part for part in faulty().report.complete}
    for sheet, rows, score, label, blank, cost in rows_of("Complétude"):
        part = parts[str(sheet)]
        assert (rows, score) == (part.rows, pytest.approx(part.score))
        assert cost == pytest.approx(blank / part.expected)  # type: ignore[operator]
        assert label in {name for name, _ in part.lacking} | {"(rien ne manque)"}


@pytest.mark.libreoffice
def test_the_sheets_of_the_controls_open_without_an_error(tmp_path: Path) -> None:
    again = office.recalculated({"PST.xlsx": written()}, tmp_path, "fr-FR")["PST.xlsx"]
    assert office.errors(office.values(again)) == []


def test_the_chart_of_accounts_fixes_service_by_its_last_digits() -> None:
    assert len(chart()) == 672
    for code, (_, sense, service) in chart().items():
        last = int(code[-2:])
        assert sense in "RD"
        assert (service == "O") == (1 <= last <= 48), code


@pytest.mark.parametrize(
    ("written_as", "code"),
    [("421/731-60", "731-60"), ("104/123 - 48", "123-48"), ("8013/332-02", "332-02"),
     ("123/45678.2020", "456-78"), ("84010/111-02", "111-02"), ("421/731-60/20260012", "731-60"),
     ("731-60", None), ("voirie", None), ("42/731-60", None)],
)  # fmt: skip
def test_an_article_is_read_in_the_forms_that_are_met(written_as: str, code: str | None) -> None:
    assert economic(written_as) == code


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Aménager une piste cyclable rue de la Station", "Aménagement de la piste cyclable, rue de la Station", True),
        ("Aménager une piste cyclable rue de la Station", "Aménager une piste cyclable rue du Moulin", False),
        ("Rénover l’école du Centre, phase 1", "Rénover l’école du Centre, phase 2", False),
        ("Créer un jardin partagé avec les aînés", "Créer un jardin partagé avec les aînés du Moulin", True),
        ("Aire de jeux", "Aires de jeux", False),
    ],
)  # fmt: skip
def test_two_titles_are_alike_by_their_words(one: str, other: str, alike: bool) -> None:
    mine, theirs = keys_of(one), keys_of(other)
    met = bool(mine and theirs) and (mine[0] in theirs or theirs[0] in mine)
    assert met is alike
