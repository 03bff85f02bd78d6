"""What a cell holds: dates, texts and numbers, as the file writes them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pst_excel.ooxml.cells.values import (
    LONGEST,
    escaped,
    moment,
    number_text,
    serial,
    text_of,
    unescaped,
)
from pst_excel.ooxml.errors import Refused
from pst_excel.ooxml.package.names import MAIN

TEXTS = st.text(st.characters(codec="utf-8"), max_size=40)


@pytest.mark.parametrize(
    ("day", "number"),
    [
        (dt.date(1900, 1, 1), 1),
        (dt.date(1900, 2, 28), 59),
        (dt.date(1900, 3, 1), 61),
        (dt.date(2026, 11, 25), 46351),
        (dt.datetime(2026, 11, 25, 18, 0), 46351.75),
        (dt.time(6, 0), 0.25),
        (dt.timedelta(hours=36), 1.5),
    ],
)
def test_a_day_is_its_number_in_the_calendar_of_1900(day, number):
    assert serial(day, epoch_1904=False) == number


def test_a_day_is_1462_less_in_the_calendar_of_1904():
    day = dt.date(2026, 11, 25)
    assert serial(day, epoch_1904=True) == serial(day, epoch_1904=False) - 1462


@pytest.mark.parametrize("epoch_1904", [False, True])
def test_a_date_before_the_calendar_is_refused(epoch_1904):
    with pytest.raises(Refused, match="aucune date"):
        serial(dt.date(1899, 12, 31), epoch_1904)


@given(st.datetimes(dt.datetime(1904, 1, 2), dt.datetime(9999, 12, 31)), st.booleans())
def test_a_moment_read_back_is_the_moment_written_to_the_second(value, epoch_1904):
    value = value.replace(microsecond=0)
    assert moment(serial(value, epoch_1904), epoch_1904) == value


@given(TEXTS)
def test_a_text_read_back_is_the_text_written(text):
    kept = text.replace("￾", "").replace("￿", "")
    parsed = etree.fromstring(f"<t>{_xml(escaped(kept))}</t>".encode()).text or ""
    assert unescaped(parsed) == kept


def _xml(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("a_x000D_b", "a_x005F_x000D_b"),
        ("a\rb", "a_x000D_b"),
        ("\x01", "_x0001_"),
        ("a\tb\n", "a\tb\n"),
    ],
)
def test_what_xml_cannot_hold_is_escaped_as_excel_does(text, held):
    assert escaped(text) == held


def test_a_text_longer_than_a_cell_is_refused_counted_as_excel_does():
    assert escaped("é" * LONGEST)
    with pytest.raises(Refused, match="32767"):
        escaped("😀" * (LONGEST // 2 + 1))


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_number_that_is_not_finite_is_refused(value):
    with pytest.raises(Refused):
        number_text(value)


@given(st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(10**15), 10**15))
def test_a_number_read_back_is_the_number_written(value):
    assert float(number_text(value)) == float(value)


def test_the_phonetic_guide_of_a_text_is_no_part_of_it():
    rich = f'<si xmlns="{MAIN}"><r><t>課</t></r><rPh sb="0" eb="1"><t>カ</t></rPh><r><t>税</t></r></si>'
    assert text_of(etree.fromstring(rich)) == "課税"
