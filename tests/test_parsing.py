"""Cells are understood by kind; what is not literal is noted, what is not understood is refused."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

import pytest
from support import column

from pst_excel.parsing import IN_WORDS, READERS, Confidence, Note, Value, as_text, parse
from pst_excel.pst import PST
from pst_excel.pst import vocabularies as v
from pst_excel.schema import Column, Kind

SPELLINGS = {one.key: one.by_spelling for one in PST.vocabularies}
STATUS = column(Kind.CHOICE, vocabulary=v.STATUTS)
YES_NO = column(Kind.CHOICE, vocabulary=v.OUI_NON)
NBSP, THIN = "\u00a0", "\u202f"


def reading(cell: Any, one: Column) -> tuple[Value, Note | None]:
    parsed = parse([cell], one, SPELLINGS)
    notes = dict(parsed.notes)
    return parsed.values[0], notes.get(0)


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
    assert note == Note(as_text(cell), "", Confidence.NONE, "")


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
    ("text", "day"),
    [
        ("15 octobre 2026", (2026, 10, 15)),
        ("1er mars 2026", (2026, 3, 1)),
        ("3 AOÛT 2027", (2027, 8, 3)),
    ],
)
def test_a_date_in_letters_is_understood(text: str, day: tuple[int, int, int]) -> None:
    assert reading(text, column(Kind.DATE))[0] == dt.date(*day)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("31/12/2026", dt.date(2026, 12, 31)), ("31/12/26", dt.date(2026, 12, 31)),
        ("1/3/2027", dt.date(2027, 3, 1)), ("1-3-2027", dt.date(2027, 3, 1)),
        ("01.03.27", dt.date(2027, 3, 1)), ("2027-03-01", dt.date(2027, 3, 1)),
        (" 29/02/2028 ", dt.date(2028, 2, 29)),
    ],
)  # fmt: skip
def test_a_date_written_as_text_is_read_day_first_and_noted(text: str, expected: dt.date) -> None:
    value, note = reading(text, column(Kind.DATE))
    assert value == expected
    assert note is not None
    assert (note.confidence, note.rule) == (Confidence.SURE, "date écrite en texte")


@pytest.mark.parametrize(
    "cell",
    [
        "31/02/2026", "29/02/2027", "31/13/2026", "13/2026", "fin", "20261", "T5 2026",
        "31/12/20267", "0/1/2026", True, 1899, 19_999, 80_001, dt.time(8, 30),
    ],
    ids=repr,
)  # fmt: skip
def test_what_is_not_a_date_is_refused_and_its_text_kept(cell: Any) -> None:
    value, note = reading(cell, column(Kind.DATE))
    assert value is None
    assert note == Note(as_text(cell), "", Confidence.NONE, "")


@pytest.mark.parametrize("cell", [dt.date(2026, 3, 1), dt.datetime(2026, 3, 1, 23, 59)])
def test_a_date_in_a_cell_loses_its_hour_only(cell: dt.date) -> None:
    value, note = reading(cell, column(Kind.DATE))
    assert (value, note) == (dt.date(2026, 3, 1), None)
    assert not isinstance(value, dt.datetime)


def test_a_date_shown_as_a_number_is_understood_and_noted() -> None:
    # 44 197 is the 1st of January 2021 in the 1900 system.
    value, note = reading(44_197, column(Kind.DATE))
    assert value == dt.date(2021, 1, 1)
    assert note is not None
    assert (note.confidence, note.understood) == (Confidence.LIKELY, "01/01/2021")


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
    value, note = reading(cell, column(Kind.CODE))
    assert value == expected
    assert note is not None
    assert (note.understood, note.confidence) == (expected, confidence)


@pytest.mark.parametrize("cell", [2, 2.0])
def test_a_whole_number_is_a_code(cell: float) -> None:
    assert reading(cell, column(Kind.CODE)) == ("2", None)


@pytest.mark.parametrize("status", v.STATUTS.labels)
def test_a_label_of_the_list_is_literal(status: str) -> None:
    assert reading(status, STATUS) == (status, None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("en cours", "En cours"), ("EN  COURS", "En cours"), ("Entamée", "En cours"),
        ("Cloturé", "Terminé"), ("TERMINE", "Terminé"), ("100 %", "Terminé"),
        ("À démarrer", "Non commencé"), ("NON_COMMENCE", "Non commencé"),
        ("suspendu", "Problème"), ("annulee", "Abandonné"), ("reporté", "En attente"),
    ],
)  # fmt: skip
def test_a_synonym_or_another_spelling_is_understood_and_noted(text: str, expected: str) -> None:
    value, note = reading(text, STATUS)
    assert value == expected
    assert note is not None
    assert (note.understood, note.confidence) == (expected, Confidence.SURE)


def test_a_word_that_is_not_in_the_list_keeps_its_text() -> None:
    assert reading("Presque fini", STATUS) == ("Presque fini", None)


@pytest.mark.parametrize(
    ("cell", "expected"), [(True, "Oui"), (False, "Non"), (1, "Oui"), (0.0, "Non"), ("x", "Oui")]
)
def test_ticks_and_numbers_say_yes_or_no(cell: Any, expected: str) -> None:
    assert reading(cell, YES_NO)[0] == expected


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
    assert note == Note(cell, "", Confidence.NONE, "")


@pytest.mark.parametrize("cell", [";", " ; ;", "\n;"])
def test_separators_alone_are_a_blank_cell(cell: str) -> None:
    assert reading(cell, column(Kind.CODE, many=True)) == (None, None)


def test_the_worst_confidence_of_the_pieces_is_noted() -> None:
    _, note = reading("OO 1.1; 2.1", column(Kind.CODE, many=True))
    assert note == Note(
        "OO 1.1; 2.1", "1.1; 2.1", Confidence.SURE, "préfixe ou ponctuation du code"
    )


def test_values_and_notes_keep_their_positions() -> None:
    parsed = parse(["10", "", "vingt", 30.0, None], column(Kind.NUMBER), SPELLINGS)
    assert parsed.values == [10.0, None, None, 30.0, None]
    assert [(at, note.confidence) for at, note in parsed.notes] == [
        (0, Confidence.SURE),
        (2, Confidence.NONE),
    ]


def test_a_distinct_value_is_read_once() -> None:
    parsed = parse(["12 €"] * 1000, column(Kind.AMOUNT), SPELLINGS)
    assert parsed.values == [12.0] * 1000
    assert len({id(note) for _, note in parsed.notes}) == 1


def test_equal_cells_of_different_types_are_told_apart() -> None:
    parsed = parse([True, 1, 1.0, "1"], column(Kind.NUMBER), SPELLINGS)
    assert parsed.values == [None, 1.0, 1.0, 1.0]


def test_every_kind_has_a_reader_and_its_words() -> None:
    assert set(READERS) == set(Kind) == set(IN_WORDS)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (123456789012345.0, "123456789012345"), (0.1 + 0.2, "0.3"), (1.0, "1"),
        (dt.datetime(2026, 3, 1, 8, 0), "01/03/2026"), (False, "Non"),
    ],
)  # fmt: skip
def test_a_cell_is_told_as_a_text_without_its_binary_dust(cell: Any, expected: str) -> None:
    assert as_text(cell) == expected


NASTY = [
    "(" * 5_000 + "1" + ")" * 5_000, "1" + " €" * 10_000, "5" + "%" * 30_000, "1" + "-" * 30_000,
    "a, " * 10_000, "1.1, " * 6_000, "11/" * 10_000, "1 " * 16_000, "9" * 32_767, "É\u0301" * 16_000,
    "OS " * 10_000, "fin " * 8_000 + "2026", "\u200b" * 32_767, "1.1 - " * 5_000, "; " * 16_000,
    "le " * 10_000 + "31/12/2026", "(" * 60 + "1" + ")" * 60,
]  # fmt: skip


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("many", [False, True])
def test_a_text_made_to_be_slow_is_read_or_refused_at_once(kind: Kind, many: bool) -> None:
    one = column(kind, vocabulary=v.ODD if kind is Kind.CHOICE else None, many=many)
    start = time.perf_counter()
    parsed = parse(NASTY, one, SPELLINGS)
    assert len(parsed.values) == len(NASTY)
    assert time.perf_counter() - start < 10  # minutes, or no end, if a form went back and forth
