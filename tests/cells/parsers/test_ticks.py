"""Crosses and crossed boxes are yes or no by what the other cells of the column hold."""

from __future__ import annotations

import pytest
from support import column
from support.cell_readings import CONFIRM, LIKELY, at, reading

from pst_excel.model.words.kinds import Kind
from pst_excel.pst import vocabularies as v


@pytest.mark.parametrize(
    ("cell", "others", "expected", "confidence"),
    [
        ("✘", (), "Non", CONFIRM), ("✘", ("✔",), "Non", LIKELY), ("✗", ("oui",), "Non", LIKELY),
        ("✗", ("non",), "Non", CONFIRM), ("☒", (), "Oui", CONFIRM), ("☒", ("☐",), "Oui", LIKELY),
        ("⊠", ("☑", "☐"), "Non", LIKELY),
    ],
)  # fmt: skip
def test_a_cross_is_told_by_what_stands_beside(
    cell: str, others: tuple[str, ...], expected: str, confidence: str
) -> None:
    value, note = reading(cell, at("actions.synergie"), *others)
    assert value == expected
    assert note is not None
    assert note.confidence is confidence


@pytest.mark.parametrize("cell", ["✘", "☒", "☑ Oui ☐ Non"])
def test_a_list_without_yes_and_no_has_no_ticks(cell: str) -> None:
    assert reading(cell, column(Kind.CHOICE, vocabulary=v.SANTE)) == (cell, None)
