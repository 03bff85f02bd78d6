"""Codes are kept to the letter; what dressed or converted them is taken off, or asked."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from support import column
from support.cell_readings import CONFIRM, LIKELY, at, reading

from pst_excel.cells.parsing import parse
from pst_excel.cells.readings import Confidence
from pst_excel.model.words.kinds import Kind
from pst_excel.pst import vocabularies as v


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["1.8", "1.9", 1.1, "1.11"], ["1.8", "1.9", "1.10", "1.11"]),
        ([1.8, 1.9, 1.1, 1.11, 1.19, 1.2], ["1.8", "1.9", "1.10", "1.11", "1.19", "1.20"]),
        (["1.1", 1.1, "1.2"], ["1.1", "1.1", "1.2"]),
        ([1.9, 1.9, 1.1, 1.1], ["1.9", "1.9", "1.10", "1.10"]),
        (["2.9", 1.1], ["2.9", "1.1"]),
        ([1.9, "1.1"], ["1.9", "1.1"]),
    ],
)
def test_a_ten_that_lost_its_zero_finds_it_again_after_a_nine(
    cells: list[Any], expected: list[str]
) -> None:
    parsed = parse(cells, at("oo.code"), {})
    assert parsed.values == expected
    lost = [at for at, (cell, code) in enumerate(zip(cells, expected, strict=True))
            if isinstance(cell, float) and code.endswith("0")]  # fmt: skip
    asked = [at for at, note in parsed.readings if note.confidence is CONFIRM]
    assert asked == lost


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        (["05.1.02", "05.1.03"], "05.1.01"),
        (["5.1.2"], "5.1.1"),
        (["1.2", "1.3"], "5.1"),
        ([], "5.1.1"),
    ],
)
def test_a_code_that_became_a_date_takes_the_shape_of_the_others(
    others: list[str], expected: str
) -> None:
    assert reading(dt.datetime(2001, 1, 5), at("actions.code"), *others)[0] == expected


def test_a_comma_among_codes_of_as_many_parts_is_a_point_and_is_asked() -> None:
    read, note = reading("3,2", at("actions.code_oo"), "1.1", "2.1")
    assert read == "3.2"
    assert note is not None
    assert note.confidence is CONFIRM
    assert reading("3,2", at("actions.code_oo"), "1", "2")[0] == "3,2"


def test_a_number_that_may_be_another_code_is_asked() -> None:
    for others, confidence in ((("8.10",), CONFIRM), (("8.2",), LIKELY)):
        read, note = reading(8.1, at("actions.code_oo"), *others)
        assert read == "8.1"
        assert note is not None
        assert note.confidence is confidence


def test_strokes_stand_for_points_among_dotted_codes_only() -> None:
    assert reading("1-1-2", at("actions.code"), "1.1.1")[0] == "1.1.2"
    assert reading("1-1-2", at("actions.code"))[0] == "1-1-2"


@pytest.mark.parametrize("text", ["1", "1.1", "1.10", "01.02", "5.1.01", "C1", "I-12", "1.1.a"])
def test_a_code_is_kept_to_the_letter(text: str) -> None:
    assert reading(text, column(Kind.CODE)) == (text, None)


@pytest.mark.parametrize(
    ("cell", "expected", "confidence"),
    [
        ("OS 1", "1", Confidence.SURE),
        ("O.S. 1", "1", Confidence.SURE),
        ("OO n° 2.3", "2.3", Confidence.SURE),
        ("Action 2.3.1", "2.3.1", Confidence.SURE),
        ("2.3.1.", "2.3.1", Confidence.SURE),
        (1.1, "1.1", Confidence.LIKELY),
        (dt.datetime(2001, 1, 5), "5.1.1", Confidence.TO_CONFIRM),
        (dt.date(2026, 2, 1), "1.2.26", Confidence.TO_CONFIRM),
    ],
)
def test_a_code_that_was_dressed_or_converted_is_understood_and_noted(
    cell: Any, expected: str, confidence: Confidence
) -> None:
    value, note = reading(cell, column(Kind.CODE, prefixes=v.DEVANT_UN_CODE))
    assert value == expected
    assert note is not None
    assert (note.understood, note.confidence) == (expected, confidence)


@pytest.mark.parametrize("cell", ["OS 1", "SA3", "Action 2.3.1"])
def test_a_word_that_the_plan_does_not_put_before_its_codes_is_part_of_them(cell: str) -> None:
    assert reading(cell, column(Kind.CODE)) == (cell, None)


@pytest.mark.parametrize("cell", [2, 2.0])
def test_a_whole_number_is_a_code(cell: float) -> None:
    assert reading(cell, column(Kind.CODE)) == ("2", None)
