"""What a workbook marks while it is filled, and what the checker says of it: the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl.utils import get_column_letter
from support import CLEAN, OBSERVED, RETURN, ROOT, office, read, verdict, workbook

from pst_excel.checking.report import check
from pst_excel.excel import palette
from pst_excel.excel.books.template import write_template
from pst_excel.model.findings import Severity
from pst_excel.model.row_status import DOUBTS, MISSING, STATE, conditions, demanded, refusals
from pst_excel.model.schema import HEADING_ROW
from pst_excel.model.words.kinds import Where
from pst_excel.model.words.stages import Stage
from pst_excel.pst import PST
from pst_excel.reference.samples.selftest import selftest
from pst_excel.returns.frames import Batch
from pst_excel.returns.tables import Return

SCRATCH = 80  # the first of the columns, far to the right, where conditions are calculated
COLOURS = {
    (fill.lstrip("#"), text.lstrip("#")): severity
    for severity, (fill, text) in palette.SEVERITY.items()
}
LIVE = {
    (rule.code, sheet.title) for sheet in PST.tables for rule, _, _ in conditions(sheet, PST.rules)
}
REFUSED = {
    (code, sheet.title, sheet[key].label)
    for sheet in PST.tables
    for key, _ in refusals(sheet)
    for code in ("V02", "V03", "V04", "V05", "R19")
}
BLANK = {"V01", *(rule.code for rule in PST.rules if rule.replaces_blank_message)}
# The checker leaves out what follows from what another rule said of the row, as R10b after R10a; a
# formula of one cell does not know what another cell shows, so the workbook marks both.
ALOUD = replace(PST, rules=tuple(replace(rule, after=()) for rule in PST.rules))
Marks = dict[tuple[str, str], str]
"""The worst severity shown at a sheet and a cell."""


def shown_by(look: Any) -> str | None:
    """Return the severity whose colours a mark has: a lent row has the fill of one, not its text."""
    if look is None or not look.fill or not look.font or not look.font.color:
        return None
    return COLOURS.get((str(look.fill.bgColor.rgb)[2:], str(look.font.color.rgb)[2:]))


def conditional(sheet: Any) -> Iterator[tuple[str, int, str, str]]:
    """Give the conditions that colour cells as findings: column, first row, formula, severity."""
    letter_of_state = next(
        (c.column_letter for c in sheet[HEADING_ROW] if str(c.value).startswith("Saisie")), ""
    )
    for area in sheet.conditional_formatting:
        first = next(iter(area.sqref.ranges))
        letter = get_column_letter(first.min_col)
        for rule in area.rules:
            severity = shown_by(rule.dxf)
            if rule.type == "expression" and severity and letter != letter_of_state:
                yield letter, first.min_row, rule.formula[0], severity


def with_conditions(
    data: bytes, one: Return
) -> tuple[bytes, dict[tuple[str, str], tuple[str, str]]]:
    """Return the workbook with each condition calculated in a cell, and what each cell is of."""
    where: dict[tuple[str, str], tuple[str, str]] = {}

    def calculate(book: Any) -> None:
        for table in one.tables.values():
            sheet = book[table.title]
            for at, (letter, first, formula, severity) in enumerate(conditional(sheet)):
                column = get_column_letter(SCRATCH + at)
                for row in [first] if table.places else table.rows:
                    moved = re.sub(rf"(\$[A-Z]+){first}\b", rf"\g<1>{row}", formula)
                    sheet[f"{column}{row}"] = f"={moved}"
                    where[table.title, f"{column}{row}"] = f"{letter}{row}", severity

    return office.edited(data, calculate), where


def marked(cells: office.Cells, where: dict[tuple[str, str], tuple[str, str]]) -> Marks:
    """Return what the conditions show: at each cell, the first of the worst that holds."""
    shown: dict[tuple[str, str], list[str]] = {}
    for (sheet, scratch), (cell, severity) in where.items():
        if cells.get((sheet, scratch)) is True:
            shown.setdefault((sheet, cell), []).append(severity)
    return {place: min(found, key=lambda s: Severity(s).rank) for place, found in shown.items()}


def told(one: Return) -> Marks:
    """Return what the checker says at each cell, by the rules and the blanks that the sheet shows.

    The marks of a workbook do not know the stage of the plan: they ask for all that is ever asked.
    """
    said: dict[tuple[str, str], list[Severity]] = {}
    for finding in check([one], ALOUD, OBSERVED, stage=Stage.EVALUATION).findings:
        cell = finding.code, finding.sheet, finding.column
        if finding.code in BLANK or cell[:2] in LIVE or cell in REFUSED:
            said.setdefault((finding.sheet, finding.cell), []).append(finding.severity)
    return {place: str(min(found, key=lambda s: s.rank)) for place, found in said.items()}


def literal(marks: Marks, one: Return) -> Marks:
    """Leave out the rows of which a cell was not read literally: a formula has no tolerance."""
    titles = {table.sheet: table.title for table in one.tables.values()}
    noted = {(titles[key], row) for key, row, _ in (r.place for r in one.readings)}
    return {
        (sheet, cell): severity
        for (sheet, cell), severity in marks.items()
        if (sheet, int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))) not in noted
    }


def agreeing(files: dict[str, bytes], folder: Path, locale: str) -> dict[str, tuple[Marks, Marks]]:
    """Return for each workbook what it shows and what the checker says."""
    read_ones = {name: read(data, name) for name, data in files.items()}
    made = {name: with_conditions(data, read_ones[name]) for name, data in files.items()}
    done = office.recalculated({name: data for name, (data, _) in made.items()}, folder, locale)
    return {
        name: (
            literal(marked(office.values(done[name]), made[name][1]), one),
            literal(told(one), one),
        )
        for name, one in read_ones.items()
    }


@pytest.mark.libreoffice
@office.libreoffice
def test_the_samples_show_what_the_checker_says(tmp_path: Path) -> None:
    files = {path.name: path.read_bytes() for path in (ROOT / "samples/retours").glob("*.xlsx")}
    found = agreeing(files, tmp_path, "fr-FR")
    assert len(found) == 15
    assert {name: shown for name, (shown, _) in found.items()} == {
        name: said for name, (_, said) in found.items()
    }
    assert sum(len(shown) for shown, _ in found.values()) > 25


@pytest.mark.libreoffice
@office.libreoffice
def test_the_bad_example_of_each_live_rule_is_shown_at_its_cell(tmp_path: Path) -> None:
    """All of them in one plan that is filled, and one for each sheet in a return that is not."""
    rules = [rule for rule in PST.rules if rule.code in {code for code, _ in LIVE}]
    files = {"plan.xlsx": write_template(selftest(rules)[0])}
    alone = {sheet: code for code, sheet in sorted(LIVE)}
    files |= {f"{code}.xlsx": workbook(RETURN + "\n" + bad(code)) for code in alone.values()}
    found = agreeing(files, tmp_path, "en-US")
    for name, (shown, said) in found.items():
        assert shown == said
        findings = verdict(read(files[name]), stage=Stage.EVALUATION).findings
        for rule in rules if name == "plan.xlsx" else ():
            places = {(f.sheet, f.cell) for f in findings if f.code == rule.code}
            assert places
            assert places <= shown.keys()


def bad(code: str) -> str:
    """Return the bad example of a rule."""
    return next(rule.bad for rule in PST.rules if rule.code == code)


def states(text: str, sheet: str = "actions") -> list[Any]:
    """Return the state of each row of a sheet, as the template holds it."""
    one = read(workbook(text))
    batch = Batch([one], PST, one.identity("date_observation"), Where.RETURN)
    return batch.frames[sheet][[MISSING, DOUBTS, STATE]].values.tolist()


def test_a_row_says_how_it_stands() -> None:
    assert states(CLEAN) == [[0, 0, "✔ complète"]]
    assert states(CLEAN.replace("| En cours | 40 ", "|          | 40 ")) == [
        [1, 0, "✎ 1 à remplir"]
    ]
    done = CLEAN.replace("| 40         |", "| 100        |")
    assert states(done) == [[0, 1, "⚠ 1 à vérifier"]]


def test_what_is_missing_comes_before_what_is_in_doubt() -> None:
    both = RETURN + "\nActions\ncode  | statut   | avancement\n1.1.1 | En cours | 100\n"
    ((missing, doubts, state),) = states(both)
    assert missing == len(demanded(PST["actions"])) - 3
    assert doubts > 0
    assert state == f"✎ {missing:g} à remplir"


@pytest.mark.parametrize("role", ["Partenaire", "Référence"])
def test_a_lent_row_is_neither_complete_nor_incomplete(role: str) -> None:
    text = RETURN + f"\nActions\ncode  | role\n1.1.1 | {role}\n"
    missing, doubts, state = states(text)[0]
    assert missing != missing
    assert doubts != doubts
    assert state == f"ℹ {role}"


def test_a_prepared_workbook_is_not_blamed_for_a_code_that_it_does_not_hold() -> None:
    text = RETURN + "\nOO\ncode\n1.1\n\nActions\ncode | code_oo | empreinte\n9.9.1 | 9.9 | {}\n"
    told = {stamp: {f.code for f in verdict(text.format(stamp)).findings} for stamp in ("", "a1")}
    assert told[""] - told["a1"] == {"R01b"}
