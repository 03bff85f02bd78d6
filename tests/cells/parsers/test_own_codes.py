"""The few codes of a sheet that are padded otherwise than all others are made like them."""

from __future__ import annotations

from typing import Any

import pytest
from support.cell_readings import CONFIRM, LIKELY, at

from pst_excel.cells.parsing import parse


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["1.1.1", "01.01.02", "01.01.03"], "01.01.01"), (["05.1.3", "05.1.01", "05.1.02"], "05.1.03"),
        (["01.01.01", "1.1.2", "1.1.3"], "1.1.1"), ([3, "01", "02"], "03"), (["B1", "B02", "B03"], "B01"),
    ],
)  # fmt: skip
def test_an_odd_code_is_written_like_all_the_others(cells: list[Any], expected: str) -> None:
    parsed = parse(cells, at("actions.code"), {})
    assert parsed.values == [expected, *cells[1:]]
    assert [(at, note.confidence) for at, note in parsed.readings] == [(0, LIKELY)]


@pytest.mark.parametrize(
    "cells",
    [["05.1.01", "1.1.1", "1.1.2"], ["1.3", "01.01", "01.02", "1.4"], ["1.1", "01.02"], ["10.11", "01.02", "02.03"]],
)  # fmt: skip
def test_where_the_others_do_not_agree_a_code_stands(cells: list[Any]) -> None:
    parsed = parse(cells, at("actions.code"), {})
    assert (parsed.values, parsed.readings) == (cells, [])


def test_where_both_are_codes_which_is_meant_is_asked() -> None:
    cells = ["1.1.1", "01.01.01", "01.01.02"]
    parsed = parse(cells, at("actions.code"), {})
    assert parsed.values == cells
    assert [(at, note.confidence) for at, note in parsed.readings] == [(0, CONFIRM)]


def test_nothing_is_made_alike_when_strict() -> None:
    cells = ["1.1.1", "01.01.02", "01.01.03"]
    assert parse(cells, at("actions.code"), {}, strict=True).values == cells
