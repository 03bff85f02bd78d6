"""A row of nothing but signs is no record: it is left out and said; what was begun stays."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from support.located import classified, kept, said

HEADINGS = (
    "Id", "Code action", "Intitulé", "Type", "Validée", "ETP", "Échéance", "Synergie commune-CPAS",
)  # fmt: skip
PLANTER = ("a1", "1.1.1", "Planter", "PST", True, 1.0, dt.date(2027, 6, 30), "Non")
SIGNS = "signe seul écarté"


@pytest.mark.parametrize(
    "sign",
    [
        ".", "-", "x", "X", "·", "*", "/", "_", "'", "«", "…", "--", " . ", "a", "xx", "0", "0,00",
        "0 €", "\u200b", "✔", "?", 0.0, True, False, dt.date(1899, 12, 31), dt.time(),
    ],
)  # fmt: skip
@pytest.mark.parametrize("position", [2, 4, 6])
def test_a_sign_alone_on_its_row_is_left_out_and_said(sign: Any, position: int) -> None:
    found = classified(HEADINGS, PLANTER, (), (*[None] * position, sign))
    assert [number for number, _ in found.rows] == [2]
    assert [cell for cell, _ in said(found.layout, SIGNS)] == [f"{'ABCDEFGH'[position]}4"]


@pytest.mark.parametrize(
    "row",
    [
        (None, "-"), (None, "x"), (None, 0.0), (None, ".", "-", None, "x"),
        (None, None, None, "PST", None, None, None, "Non"),  # what blank cells say as well
        (None, 0.0, "-", "PST", False, 0.0, dt.date(1900, 1, 1), "Non"),
        ("a7", None, "."),  # it was sent with an id, and emptied
    ],
)  # fmt: skip
def test_a_row_of_signs_and_defaults_is_left_out(row: tuple[Any, ...]) -> None:
    assert kept(HEADINGS, PLANTER, row) == [2]
    assert kept(HEADINGS, row, PLANTER) == [3]


@pytest.mark.parametrize(
    "row",
    [
        (None, "A"), (None, "1"), (None, 1.0), (None, "1.1.2", "."), (None, "1.1.2", "x", None, "x"),
        (None, None, "Semer"), (None, None, "-", None, None, 2.0), (None, None, "10"),
        (None, None, None, "Pérenne"), (None, None, None, None, None, None, dt.date(2026, 1, 1)),
        (None, None, ".", None, None, None, None, None, "à revoir"),  # a remark under no heading
    ],
)  # fmt: skip
def test_what_was_only_begun_stays(row: tuple[Any, ...]) -> None:
    assert kept((*HEADINGS, None), PLANTER, row) == [2, 3]


def test_a_box_that_goes_down_the_sheet_is_said_once() -> None:
    found = classified(HEADINGS, PLANTER, *[(None, None, None, None, False)] * 40)
    assert said(found.layout, SIGNS) == [("E3", "faux, lignes 3 à 42")]
