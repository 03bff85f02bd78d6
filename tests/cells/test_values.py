"""A cell is told as a text as people would write it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from pst_excel.cells.values import as_text


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (123456789012345.0, "123456789012345"), (0.1 + 0.2, "0.3"), (1.0, "1"),
        (dt.datetime(2026, 3, 1, 8, 0), "01/03/2026"), (False, "Non"),
    ],
)  # fmt: skip
def test_a_cell_is_told_as_a_text_without_its_binary_dust(cell: Any, expected: str) -> None:
    assert as_text(cell) == expected
