"""Dates are read day first, in figures or in letters; what is not one is refused."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from support import column
from support.cell_readings import reading

from pst_excel.cells.readings import Confidence, Reading
from pst_excel.cells.values import as_text
from pst_excel.model.words.kinds import Kind


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
    assert note == Reading(as_text(cell), "", Confidence.NONE, "")


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
