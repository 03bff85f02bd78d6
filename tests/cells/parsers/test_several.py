"""A cell of several values is parted, each piece understood by its kind."""

from __future__ import annotations

from typing import Any

import pytest
from support import column
from support.cell_readings import CONFIRM, at, reading

from pst_excel.cells.readings import Confidence, Reading
from pst_excel.model.words.kinds import Kind
from pst_excel.pst import vocabularies as v


def test_a_range_that_names_both_ends_is_asked() -> None:
    read, note = reading("ODD11-ODD13", at("actions.odd"))
    assert read == "11; 12; 13"
    assert note is not None
    assert note.confidence is CONFIRM


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("1.1; 2.1", "1.1; 2.1"), ("1.1;2.1", "1.1; 2.1"), ("1.1 ;; 2.1;", "1.1; 2.1"),
        ("1.1\n2.1", "1.1; 2.1"), ("1.1; 1.1", "1.1"), ("1.1", "1.1"),
    ],
)  # fmt: skip
def test_several_codes_are_parted_by_semicolons_or_line_breaks(cell: str, expected: str) -> None:
    assert reading(cell, column(Kind.CODE, many=True)) == (expected, None)


@pytest.mark.parametrize(
    ("cell", "expected", "noted"),
    [
        ("11; 13", "11; 13", False), (11.0, "11", False), ("11;11", "11", False),
        ("ODD 11; Vie terrestre", "11; 15", True), ("11; autre", "11; autre", False),
    ],
)  # fmt: skip
def test_several_choices_are_each_understood(cell: Any, expected: str, noted: bool) -> None:
    value, note = reading(cell, column(Kind.CHOICE, vocabulary=v.ODD, many=True))
    assert value == expected
    assert (note is not None) is noted


@pytest.mark.parametrize(
    ("cell", "expected"), [("60; 40", "60; 40"), ("50;50", "50; 50"), (100.0, "100")]
)
def test_several_shares_are_kept_even_when_equal(cell: Any, expected: str) -> None:
    assert reading(cell, column(Kind.INTEGER, many=True))[0] == expected


@pytest.mark.parametrize("cell", ["60; beaucoup", "60; 12,5"])
def test_one_piece_that_is_not_understood_refuses_the_cell(cell: str) -> None:
    value, note = reading(cell, column(Kind.INTEGER, many=True))
    assert value is None
    assert note == Reading(cell, "", Confidence.NONE, "")


@pytest.mark.parametrize("cell", [";", " ; ;", "\n;"])
def test_separators_alone_are_a_blank_cell(cell: str) -> None:
    assert reading(cell, column(Kind.CODE, many=True)) == (None, None)


def test_the_worst_confidence_of_the_pieces_is_noted() -> None:
    _, note = reading("OO 1.1; 2.1", column(Kind.CODE, many=True, prefixes=v.DEVANT_UN_CODE))
    assert note == Reading(
        "OO 1.1; 2.1", "1.1; 2.1", Confidence.SURE, "préfixe ou ponctuation du code"
    )
