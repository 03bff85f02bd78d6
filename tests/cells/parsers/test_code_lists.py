"""Several codes in a cell are read, asked about or refused: none is glued or taken for a title."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.cell_readings import CONFIRM, LIKELY, LITERAL, REFUSED, SURE, at, reading

from pst_excel.cells.known_codes import KnownCodes
from pst_excel.cells.parsing import parse

KNOWN = KnownCodes.of(["1.1", "1.2", "1.3", "1.10", "2.1", "2.3", "05.01"])


@pytest.mark.parametrize(
    ("cell", "expected", "confidence"),
    [
        ("1.1 à 1.3", "1.1; 1.2; 1.3", LIKELY), ("du 1.1 au 1.3 et 2.1", "1.1; 1.2; 1.3; 2.1", LIKELY),
        ("1.1 à 1.10", "1.1; 1.2; 1.3; 1.10", CONFIRM), ("1.1 à 1.9", "1.1; 1.9", CONFIRM),
        ("2.1 à 1.3", "2.1; 1.3", CONFIRM), ("1.3 à 2.1", "1.3; 2.1", CONFIRM),
        ("1.1 - 1.3", "1.1; 1.3", CONFIRM), ("1.1 A 1.3", "1.1; 1.3", CONFIRM),
        ("1.1 Doubler les pistes et 1.2 Planter", "1.1; 1.2", LIKELY),
        ("1.1 Plan 2.0 de relance", "1.1", LIKELY), ("1.1 Rénover, 2.5 millions", "1.1", LIKELY),
        ("1.1 - Rénover, 9.9 - Planter", "1.1; 9.9", CONFIRM), ("9.9 et 1.1", "9.9; 1.1", SURE),
        ("01.01", "1.1", SURE), ("5.1", "05.01", SURE), ("1.01 et 02.3", "1.1; 2.3", SURE),
        ("1.1; 01.1", "1.1", SURE), ("1.1", "1.1", LITERAL),
        ("1,1 et 1,2", "1.1; 1.2", CONFIRM), ("1,1 1,10", "1.1; 1.10", CONFIRM),
        ("1.1 sauf 1.2", "1.1; 1.2", CONFIRM), ("1.1 (pas 1.2)", "1.1; 1.2", CONFIRM),
        ("1.1 - Rouler sans voiture, 2.1 - Planter", "1.1; 2.1", LIKELY),
        ("1.1 jusque 1.3", "1.1; 1.2; 1.3", LIKELY), ("1.1\u200b1.2", "1.1; 1.2", LIKELY),
    ],
)  # fmt: skip
def test_the_codes_that_a_column_may_name_say_which_are_meant(
    cell: str, expected: str, confidence: str
) -> None:
    parsed = parse([cell], at("actions.code_oo"), {}, known=KNOWN)
    assert parsed.values == [expected]
    assert [note.confidence for _, note in parsed.readings] == [confidence] * (
        confidence != LITERAL
    )


def test_a_number_without_its_last_zero_is_the_one_code_that_is_known() -> None:
    parsed = parse([1.1], at("actions.code_oo"), {}, known=KnownCodes.of(["1.10", "1.2"]))
    assert parsed.values == ["1.10"]
    assert parsed.readings[0][1].confidence is CONFIRM


def test_codes_padded_in_two_ways_are_never_chosen_between() -> None:
    parsed = parse(["001.1"], at("actions.code_oo"), {}, known=KnownCodes.of(["1.1", "01.1"]))
    assert (parsed.values, parsed.readings) == (["001.1"], [])


@pytest.mark.parametrize(
    "cell",
    ["1.1 et 1.2", "1.1 1.10", "1.1, 1.2", "1.1\n1.2", "1.1 - 1.2", "1.1/1.2", "1.1 ou 1.2",
     "1.1 à 1.3", "OO 1.1 OO 1.2", "C1, C2", "1 2", "1.1. 1.2."],
)  # fmt: skip
@pytest.mark.parametrize("place", ["actions.code", "oo.code_os", "budget.code_lie"])
def test_where_one_code_is_expected_two_are_refused(place: str, cell: str) -> None:
    value, note = reading(cell, at(place))
    assert value is None
    assert note is not None
    assert note.confidence is REFUSED


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("1.1 - Doubler les pistes, 2.1 - Planter", "1.1"), ("1.1 · Doubler, 2.1 · Planter", "1.1"),
        ("1.1 Doubler et 1.2 Planter", "1.1"), ("1.1 et suivants", "1.1"),
    ],
)  # fmt: skip
def test_a_second_code_among_titles_is_asked_about(cell: str, expected: str) -> None:
    value, note = reading(cell, at("actions.code"))
    assert value == expected
    assert note is not None
    assert note.confidence is CONFIRM


@pytest.mark.parametrize(
    "cell", ["1.1.1 Planter 200 arbres", "1.1.1 Planter 200 arbres, 3 haies", "1.1 Rue du 3 mai",
             "2026-12", "1.1 bis", "1.1.1 · Atteindre 2.5 km"]
)  # fmt: skip
def test_the_numbers_of_a_title_are_no_codes(cell: str) -> None:
    value, note = reading(cell, at("actions.code"))
    assert value in (cell, "1.1.1", "1.1")
    assert note is None or note.confidence is LIKELY


MARKS = {" et ": SURE, " ET ": SURE, ", ": SURE, " / ": SURE, " & ": SURE, " + ": SURE, "\n": LITERAL,
         " puis ": SURE, " ": LIKELY, "\t": LIKELY, " ou ": CONFIRM, " - ": CONFIRM, ";": LITERAL}  # fmt: skip
CODES = st.from_regex(r"[1-9][0-9]?\.[1-9][0-9]?", fullmatch=True)


@given(st.lists(CODES, min_size=2, max_size=4, unique=True), st.sampled_from(sorted(MARKS)))
def test_no_code_of_a_cell_is_lost_nor_glued(codes: list[str], mark: str) -> None:
    value, note = reading(mark.join(codes), at("actions.code_oo"))
    assert value == "; ".join(codes)
    assert (note.confidence if note else LITERAL) == MARKS[mark]


@given(st.lists(CODES, min_size=3, max_size=12, unique=True), st.integers(0, 9), st.integers(0, 9))
def test_a_range_is_never_longer_than_what_is_known(codes: list[str], one: int, two: int) -> None:
    first, last = codes[one % len(codes)], codes[two % len(codes)]
    span = KnownCodes.of(codes).between(first, last)
    assert set(span) <= set(codes)
    if span:
        assert (span[0], span[-1]) == (first, last)
        numbers = [tuple(map(int, code.split("."))) for code in span]
        assert all(a < b for a, b in pairwise(numbers))
