"""Values that are typed right and absurd are none, and told, before anything counts with them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from support import CLEAN, OBSERVED, read, workbook
from support.absurd import BEYOND, JUST, NO_NUMBER, identified, years_of

from pst_excel.cells.parsing import NEARLY_ZERO, parse
from pst_excel.cells.readings import IMPLAUSIBLE, Confidence
from pst_excel.checking.report import check
from pst_excel.model.findings import Finding
from pst_excel.model.schema import Column
from pst_excel.model.words.kinds import Kind
from pst_excel.pst import PST
from pst_excel.pst.plausible import BY_KIND
from pst_excel.returns.tables import Return

CELLS = [(kind, cell) for kind, cells in BEYOND.items() for cell in cells]


def _column(kind: Kind) -> Column:
    return Column("x", "X", kind, "", plausible=BY_KIND[kind])


@pytest.mark.parametrize(("kind", "cell"), CELLS, ids=repr)
def test_beyond_the_plausible_a_value_is_none_and_its_text_is_kept(kind: Kind, cell: Any) -> None:
    parsed = parse([cell], _column(kind), {})
    assert parsed.values == [None]
    ((_, reading),) = parsed.readings
    assert (reading.confidence, reading.understood) == (Confidence.NONE, "")
    assert reading.rule in ("", IMPLAUSIBLE)
    assert reading.read
    assert parse([cell], _column(kind), {}, strict=True).values == [None]


@pytest.mark.parametrize(("kind", "cell"), [(k, c) for k, cells in JUST.items() for c in cells])
def test_just_within_it_is_a_value(kind: Kind, cell: Any) -> None:
    parsed = parse([cell], _column(kind), {})
    assert (parsed.values, parsed.readings) == ([cell], [])


@pytest.mark.parametrize("kind", [Kind.AMOUNT, Kind.NUMBER, Kind.PERCENT])
def test_what_a_computation_leaves_is_zero(kind: Kind) -> None:
    parsed = parse([1e-17, -5e-11], _column(kind), {})
    assert parsed.values == [0.0, 0.0]
    rules = {reading.rule for _, reading in parsed.readings}
    assert kind is Kind.PERCENT or rules == {NEARLY_ZERO}


def test_one_share_beyond_makes_a_cell_of_shares_unread() -> None:
    parts = PST["actions"]["parts"]
    assert parse(["60; 40", "60; 1e+308", "5000; 2"], parts, {}).values == ["60; 40", None, None]


def test_a_plan_that_says_nothing_has_no_number_that_is_none() -> None:
    bare = Column("x", "X", Kind.NUMBER, "")
    assert parse([NO_NUMBER, 1e300, 1e14], bare, {}).values == [None, None, 1e14]


FIELDS = [
    ("annee_debut", 9998, "une année entre 2000 et 2100"),
    ("annee_fin", 5, "une année entre 2000 et 2100"),
    ("population", 0, "un nombre entier entre 1 et 99\u202f999\u202f999"),
    ("population", 1e8, "un nombre entier entre 1 et 99\u202f999\u202f999"),
    ("population", -20143, "un nombre entier entre 1 et 99\u202f999\u202f999"),
    ("date_observation", dt.date(9999, 12, 31), "une date entre le 01/01/1990 et le 31/12/2100"),
    ("version", "9" * 5_000, "une version comme « 2026.3 »"),
    ("version", "²", "une version comme « 2026.3 »"),
    ("version", "٢٠٢٦.٣", "une version comme « 2026.3 »"),
    ("version", 1e308, "une version comme « 2026.3 »"),
]


YEARS = [(2030, 2024), (2024, 2024), (2024, 2100), (1990, 2003)]


@pytest.fixture(scope="module")
def returns() -> dict[str, Return]:
    """One return for each field, and for each two years: a check of all costs that of one."""
    fields = {f"{key} {str(cell)[:20]}": {key: cell} for key, cell, _ in FIELDS}
    fields |= {f"{a}-{b}": {"annee_debut": a, "annee_fin": b} for a, b in YEARS}
    return {name: read(identified(**cells), name) for name, cells in fields.items()}


@pytest.fixture(scope="module")
def findings(returns: dict[str, Return]) -> list[Finding]:
    return check(list(returns.values()), PST, OBSERVED).findings


def _about(key: str, file: str, findings: list[Finding]) -> Finding:
    label = PST.form[key].label
    (finding,) = (one for one in findings if (one.file, one.column) == (file, label))
    assert finding.cell == f"C{PST.form.field_rows[key]}"
    return finding


@pytest.mark.parametrize(("key", "cell", "expected"), FIELDS, ids=lambda value: str(value)[:20])
def test_a_field_beyond_the_plausible_is_told_with_what_is_expected(
    key: str, cell: Any, expected: str, returns: dict[str, Return], findings: list[Finding]
) -> None:
    file = f"{key} {str(cell)[:20]}"
    assert returns[file].identity(key) is None
    finding = _about(key, file, findings)
    assert (finding.code, finding.expected) == ("V12", expected)


@pytest.mark.parametrize(("first", "last"), YEARS)
def test_years_that_make_no_legislature_say_nothing(
    first: int, last: int, returns: dict[str, Return], findings: list[Finding]
) -> None:
    file = f"{first}-{last}"
    assert years_of(returns[file]) == [None, None]
    assert returns[file].plan is PST
    for key, year in (("annee_debut", first), ("annee_fin", last)):
        finding = _about(key, file, findings)
        assert (finding.code, finding.read) == ("V13", str(year))
        assert finding.expected == "une législature d’un à 12 ans"


@pytest.mark.parametrize("year", [-3, 0, 1, 5, 9998, 9999, 10000, 1e308, 2024.5])
def test_an_absurd_year_leaves_the_plan_of_the_template(year: float) -> None:
    returned = read(identified(annee_debut=year, annee_fin=year + 6))
    assert years_of(returned) == [None, None]
    assert returned.plan is PST


def test_a_legislature_of_another_time_is_followed() -> None:
    assert read(identified(annee_debut=2018, annee_fin=2024)).plan.years == range(2019, 2025)


def test_nothing_is_implausible_in_a_good_plan() -> None:
    findings = check([read(workbook(CLEAN))], PST, OBSERVED).findings
    assert not {finding.code for finding in findings} & {"V12", "V13"}
