"""Numbers are understood as they are typed, with their signs; what is not one is refused."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from support import column
from support.cell_readings import CONFIRM, LIKELY, NBSP, THIN, at, reading

from pst_excel.cells.readings import Confidence, Reading
from pst_excel.cells.values import as_text
from pst_excel.model.words.kinds import Kind


def test_one_is_the_whole_among_fractions_only() -> None:
    read, note = reading(1.0, at("actions.avancement"), 0.4, 0.0)
    assert read == 100
    assert note is not None
    assert note.confidence is LIKELY
    for others in ((40.0,), (0.4, 80.0), (0.0,), ("50 %",)):
        read, note = reading(1.0, at("actions.avancement"), *others)
        assert read == 1
        assert note is not None
        assert note.confidence is CONFIRM


@pytest.mark.parametrize("kind", [Kind.NUMBER, Kind.AMOUNT, Kind.PERCENT])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("40", 40), ("0", 0), ("-3", -3), ("+4", 4), ("12,5", 12.5), ("12.5", 12.5),
        ("12 500", 12_500), ("1 234 567", 1_234_567), ("12 500,00", 12_500),
        ("12.500,00", 12_500), ("1.234.567", 1_234_567), ("12 500.50", 12_500.5),
        (f"12{NBSP}500", 12_500), (f"12{THIN}500,25", 12_500.25),
        ("12 500,00 €", 12_500), ("12500€", 12_500), ("12 500 EUR", 12_500),
        ("  40 ", 40),
    ],
)  # fmt: skip
def test_a_number_written_as_text_is_understood_and_noted(
    kind: Kind, text: str, expected: float
) -> None:
    value, note = reading(text, column(kind))
    assert value == expected
    assert note is not None
    assert note.confidence is Confidence.SURE


@pytest.mark.parametrize("text", ["0.125", "0.500"])
def test_a_group_of_thousands_does_not_begin_with_zero(text: str) -> None:
    assert reading(text, column(Kind.NUMBER))[0] == float(text)


@pytest.mark.parametrize("kind", [Kind.NUMBER, Kind.AMOUNT, Kind.PERCENT, Kind.INTEGER, Kind.YEAR])
@pytest.mark.parametrize(
    "cell",
    [
        "environ 50", "10-20", "1e5", "12 34", "1 23,4", "cinquante", "50 % ?", "1/2", "=1+1",
        "#N/A", "€", "1.2.3", True, False, dt.timedelta(hours=30),
    ],
    ids=repr,
)  # fmt: skip
def test_what_is_not_a_number_is_refused_and_its_text_kept(kind: Kind, cell: Any) -> None:
    value, note = reading(cell, column(kind))
    assert value is None
    assert note == Reading(as_text(cell), "", Confidence.NONE, "")


@pytest.mark.parametrize("kind", [Kind.INTEGER, Kind.YEAR])
@pytest.mark.parametrize("cell", [2.5, "2,5"])
def test_a_whole_number_has_no_decimals(kind: Kind, cell: Any) -> None:
    value, note = reading(cell, column(kind))
    assert value is None
    assert note is not None
    assert note.confidence is Confidence.NONE


@pytest.mark.parametrize("kind", [Kind.INTEGER, Kind.NUMBER, Kind.AMOUNT, Kind.YEAR, Kind.PERCENT])
@pytest.mark.parametrize("cell", [0, 3, 2026, 2026.0])
def test_a_number_in_a_cell_is_taken_as_it_is(kind: Kind, cell: float) -> None:
    value, note = reading(cell, column(kind))
    assert (value, note) == (float(cell), None)
    assert isinstance(value, float)


def test_a_fraction_in_a_column_of_percentages_was_typed_with_its_sign() -> None:
    value, note = reading(0.35, column(Kind.PERCENT))
    assert value == 35
    assert note is not None
    assert (note.read, note.understood) == ("0,35", f"35{NBSP}%")
    assert note.confidence is Confidence.LIKELY


@pytest.mark.parametrize("cell", [0.0, 40.0, 100.0, 40.5])
def test_a_percentage_that_is_no_fraction_stands(cell: float) -> None:
    assert reading(cell, column(Kind.PERCENT)) == (cell, None)


def test_one_is_one_per_cent_or_a_whole_so_it_is_to_be_confirmed() -> None:
    value, note = reading(1.0, column(Kind.PERCENT))
    assert value == 1.0
    assert note is not None
    assert note.confidence is Confidence.TO_CONFIRM


@pytest.mark.parametrize("text", ["0,35", "0.35"])
def test_a_fraction_written_as_text_is_read_as_the_number_is(text: str) -> None:
    assert reading(text, column(Kind.PERCENT))[0] == 35.0


@pytest.mark.parametrize(
    ("cell", "others", "expected", "confidence"),
    [
        ("0,5", (), 50, CONFIRM), ("0,5", ("0,25",), 50, LIKELY), ("0.5", (0.25,), 50, LIKELY),
        ("0,5", ("0,25", "40"), 50, CONFIRM), ("0,5", (40.0,), 50, CONFIRM), ("0,5", ("1",), 50, CONFIRM),
        ("0,5", ("0,25", "40 %"), 50, CONFIRM), ("1", ("0,5", "0,25"), 100, LIKELY),
    ],
)  # fmt: skip
def test_a_fraction_in_text_is_asked_unless_the_column_has_fractions_only(
    cell: str, others: tuple[Any, ...], expected: float, confidence: str
) -> None:
    value, note = reading(cell, at("actions.avancement"), *others)
    assert value == expected
    assert note is not None
    assert note.confidence is confidence


@pytest.mark.parametrize(
    ("cell", "others", "confidence"),
    [
        ("1.234", (), CONFIRM), ("1.234 €", (), CONFIRM), ("1.234", ("12.500,00",), LIKELY),
        ("1.234", ("1.234.567",), LIKELY), ("1.234", ("12,50",), LIKELY), ("1.234", ("12.50",), CONFIRM),
        ("1.234", ("12 500",), CONFIRM), ("1.234", (12_500.0, 30_000.0), LIKELY),
        ("1.234", (12.0, 30_000.0), CONFIRM), ("1.234", ("2.500", "3.100 €"), LIKELY),
        ("1.234", ("2.500", "0.500", "3.100"), CONFIRM), ("1,234", (), CONFIRM),
        ("1,234", ("1,234,567",), LIKELY), ("1,234", ("12.50",), LIKELY), ("1,234", ("12,50",), CONFIRM),
        ("1,234", ("1.234.567",), CONFIRM),
    ],
)  # fmt: skip
def test_a_mark_before_three_figures_is_asked_unless_the_column_settles_it(
    cell: str, others: tuple[Any, ...], confidence: str
) -> None:
    value, note = reading(cell, at("budget.prevu"), *others)
    assert value == 1234
    assert note is not None
    assert note.confidence is confidence


def test_a_mark_of_decimals_elsewhere_is_one_here_where_decimals_may_be_three() -> None:
    value, note = reading("1.500", at("indicateurs.cible"), "2.5", "0.75")
    assert value == 1.5
    assert note is not None
    assert note.confidence is LIKELY
