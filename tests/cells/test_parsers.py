"""The ways of writing that are declared: each example, each refusal, each said surely or not.

What colleagues really write is told beside, cell by cell, in support/pairs.py.
"""

from __future__ import annotations

from typing import Any

import pytest
from support import column
from support.cell_readings import CONFIRM, LIKELY, LITERAL, REFUSED, SURE, at, reading
from support.pairs import PAIRS

from pst_excel.cells.parsers import READERS, several
from pst_excel.cells.parsers.patterns import Pattern
from pst_excel.cells.readings import NO_VALUE, Confidence
from pst_excel.cells.values import Value
from pst_excel.model.schema import Column
from pst_excel.model.words.kinds import Kind
from pst_excel.model.words.wording import say

DECLARED = [
    pytest.param(form.column or Column("x", "X", kind, ""), form, cell, value,
                 id=f"{kind}-{form.rule}-{cell!r}")
    for kind, reader in READERS.items()
    for form in reader.forms
    if kind is not Kind.CHOICE or form.column is not None
    for cell, value in form.examples
] + [
    pytest.param(way.column, way, cell, value, id=f"plusieurs-{way.rule}-{cell!r}")
    for way in several.SEVERAL
    for cell, value in way.examples
]  # fmt: skip

NOT_UNDERSTOOD = [
    pytest.param(kind, cell, id=f"{kind}-{cell!r}")
    for kind, reader in READERS.items()
    for cell, _ in reader.refused
]


@pytest.mark.parametrize(("one", "form", "cell", "value"), DECLARED)
def test_a_declared_way_of_writing_is_understood_as_declared(
    one: Column, form: Pattern, cell: Any, value: Value
) -> None:
    read, note = reading(cell, one)
    assert read == value
    assert note is not None
    assert (note.rule, note.confidence) == (form.rule, form.confidence)
    assert note.understood == (NO_VALUE if value is None else say(value, one.kind, 32_767))


@pytest.mark.parametrize(("kind", "cell"), NOT_UNDERSTOOD)
def test_a_declared_refusal_is_refused_and_its_text_kept(kind: Kind, cell: Any) -> None:
    value, note = reading(cell, column(kind))
    assert value is None
    assert note is not None
    assert (note.understood, note.confidence) == ("", Confidence.NONE)
    assert note.read != ""


@pytest.mark.parametrize(
    ("place", "cell", "value", "confidence", "why"), PAIRS,
    ids=[f"{place}-{cell!r:.70}" for place, cell, *_ in PAIRS],
)  # fmt: skip
def test_a_cell_is_understood_as_a_careful_colleague_would(
    place: str, cell: Any, value: Value, confidence: str, why: str
) -> None:
    read, note = reading(cell, at(place))
    assert read == value, why
    assert (note.confidence if note else LITERAL) == confidence, why


def test_the_tables_hold_enough_pairs_all_different() -> None:
    pairs = {(p.values[0].kind, repr(p.values[2])) for p in DECLARED}
    pairs |= {(p.values[0], repr(p.values[1])) for p in NOT_UNDERSTOOD}
    pairs |= {(at(place).kind, repr(cell)) for place, cell, *_ in PAIRS}
    assert len(pairs) >= 250


@pytest.mark.parametrize(
    ("place", "cell", "value"),
    [pytest.param(*pair[:3], id=f"{pair[0]}-{pair[1]!r:.70}") for pair in PAIRS
     if pair[3] == LITERAL and pair[1] != ""],
)  # fmt: skip
def test_a_literal_cell_reads_alike_when_strict(place: str, cell: Any, value: Value) -> None:
    assert reading(cell, at(place), strict=True) == (value, None)


@pytest.mark.parametrize(
    ("place", "cell"),
    [pytest.param(*pair[:2], id=f"{pair[0]}-{pair[1]!r:.70}") for pair in PAIRS
     if pair[3] in (SURE, LIKELY, CONFIRM)],
)  # fmt: skip
def test_nothing_is_understood_when_strict(place: str, cell: Any) -> None:
    read, note = reading(cell, at(place), strict=True)
    if at(place).kind is Kind.CHOICE:
        assert read not in at(place).vocabulary.labels  # type: ignore[union-attr]
    else:
        assert read is None
        assert note is not None
        assert note.confidence is REFUSED
