"""Digits are 0 to 9, as many as a number can have: what else looks like them is a text as it is."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import pytest

from pst_excel.cells.grid import dated
from pst_excel.cells.parsing import parse
from pst_excel.consolidating.ledgers import ORDER, _order
from pst_excel.model.schema import Column
from pst_excel.model.words.kinds import Kind
from pst_excel.text.spelling import counted, in_digits, version_order

LONG = "9" * 5_000
SEVERAL = Column("x", "X", Kind.PERCENT, "", many=True)


@pytest.mark.parametrize("text", ["²", "1²1", "١٢", "１２", "1_000", "", " 1", "+1", "1e3", "nan"])
def test_only_0_to_9_are_digits(text: str) -> None:
    assert not in_digits(text)
    assert counted(text) == 0


def test_a_number_of_5000_digits_is_counted_by_nobody() -> None:
    assert in_digits(LONG)
    assert counted(LONG) == 0
    assert _order({ORDER: LONG}) == 0


@pytest.mark.parametrize("version", [LONG, f"2026.{LONG}", "²", "١.٢", "2026.²"])
def test_no_version_of_any_form_stops_a_run(version: str) -> None:
    assert version_order(version) == ()


@pytest.mark.parametrize(
    "column",
    [
        *(Column("x", "X", kind, "") for kind in Kind if kind is not Kind.CHOICE),
        Column("x", "X", Kind.CODE, "", digits=5), Column("x", "X", Kind.CODE, "", many=True), SEVERAL,
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "text",
    [
        LONG, f"{LONG} {LONG}", f"{LONG}%", f"1.{LONG}", f"{LONG};{LONG}", f"1/{LONG}", "1²1", "²",
        "١٢", "١٢/١٢/٢٠٢٦", "1E+999", "nan", "infinity", "1_000", "1²1;1.1", f"1.1 - 1.{LONG}",
    ],
)  # fmt: skip
def test_what_looks_like_digits_is_read_without_a_crash(column: Column, text: str) -> None:
    (value,) = parse([text], column, {}).values

    assert not isinstance(value, float) or math.isfinite(value)


@pytest.mark.parametrize("text", ["١٢", "nan", "infinity", "1_000", "1E+999", LONG])
def test_what_is_no_number_gives_none(text: str) -> None:
    values: list[Any] = parse([text], Column("x", "X", Kind.NUMBER, ""), {}).values

    assert values == [None]


def test_a_moment_of_no_day_stays_a_text() -> None:
    assert dated("2026-13-45T00:00:00Z") == "2026-13-45T00:00:00Z"
    assert dated("2026-01-05T00:00:00Z") == dt.date(2026, 1, 5)
