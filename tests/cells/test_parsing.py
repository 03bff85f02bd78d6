"""The cells of a column become values and notes, in order, each distinct value read once."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

import pytest
from support import column
from support.cell_readings import NBSP, reading

from pst_excel.cells.parsers import READERS
from pst_excel.cells.parsing import IN_WORDS, parse
from pst_excel.cells.readings import Confidence
from pst_excel.model.words.kinds import Kind
from pst_excel.pst import PST
from pst_excel.pst import vocabularies as v

SPELLINGS = {vocabulary.key: vocabulary.by_spelling for vocabulary in PST.vocabularies}


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.CHOICE])
@pytest.mark.parametrize("cell", [None, "", "   ", f"{NBSP}\n{NBSP}", "\u200b"])
def test_a_blank_cell_gives_nothing_and_no_note(kind: Kind, cell: str | None) -> None:
    assert reading(cell, column(kind)) == (None, None)


@pytest.mark.parametrize("cell", [None, "", "  "])
def test_a_blank_cell_gives_the_declared_default(cell: str | None) -> None:
    assert reading(cell, column(Kind.CHOICE, vocabulary=v.OUI_NON, default="Non")) == ("Non", None)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Deux\nlignes", "Deux\nlignes"), ("  des   espaces ", "des   espaces"), ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"), ("=1+1", "=1+1"),
        (12.0, "12"), (12.5, "12.5"), (True, "Oui"), (dt.date(2026, 3, 1), "01/03/2026"),
        ("0123", "0123"), ("NA", "NA"), ("nan", "nan"), ("null", "null"),
    ],
)  # fmt: skip
def test_a_text_takes_any_cell(cell: Any, expected: str) -> None:
    assert reading(cell, column(Kind.TEXT)) == (expected, None)


def test_values_and_notes_keep_their_positions() -> None:
    parsed = parse(["10", "", "vingt", 30.0, None], column(Kind.NUMBER), SPELLINGS)
    assert parsed.values == [10.0, None, None, 30.0, None]
    assert [(at, note.confidence) for at, note in parsed.readings] == [
        (0, Confidence.SURE),
        (2, Confidence.NONE),
    ]


def test_a_distinct_value_is_read_once() -> None:
    parsed = parse(["12 €"] * 1000, column(Kind.AMOUNT), SPELLINGS)
    assert parsed.values == [12.0] * 1000
    assert len({id(note) for _, note in parsed.readings}) == 1


def test_equal_cells_of_different_types_are_told_apart() -> None:
    parsed = parse([True, 1, 1.0, "1"], column(Kind.NUMBER), SPELLINGS)
    assert parsed.values == [None, 1.0, 1.0, 1.0]


def test_every_kind_has_a_reader_and_its_words() -> None:
    assert set(READERS) == set(Kind) == set(IN_WORDS)


NASTY = [
    "(" * 5_000 + "1" + ")" * 5_000, "1" + " €" * 10_000, "5" + "%" * 30_000, "1" + "-" * 30_000,
    "a, " * 10_000, "1.1, " * 6_000, "11/" * 10_000, "1 " * 16_000, "9" * 32_767, "É\u0301" * 16_000,
    "OS " * 10_000, "fin " * 8_000 + "2026", "\u200b" * 32_767, "1.1 - " * 5_000, "; " * 16_000,
    "le " * 10_000 + "31/12/2026", "(" * 60 + "1" + ")" * 60, "1.1 et " * 57, "1.1 " * 99,
    "(1.1" * 99, "OO " * 133, "1.1 - " * 66, "fin " * 99, "au plus tard " * 30, "1/2 " * 99,
    "Travaux " * 49, "oui ☑ " * 66, "A.1 - " * 66, "1.1 Doubler " * 33, "1. " * 133,
]  # fmt: skip


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("many", [False, True])
def test_a_text_made_to_be_slow_is_read_or_refused_at_once(kind: Kind, many: bool) -> None:
    one = column(kind, vocabulary=v.ODD if kind is Kind.CHOICE else None, many=many)
    start = time.process_time()
    parsed = parse(NASTY, one, SPELLINGS)
    assert len(parsed.values) == len(NASTY)
    assert time.process_time() - start < 10  # minutes, or no end, if a form went back and forth
