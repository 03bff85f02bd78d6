"""What each word of a computed column gives on small frames: blanks, several sources, no row."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from pst_excel.model.expressions.attainment import Attainment, Sense
from pst_excel.model.expressions.core import (
    All,
    Col,
    Const,
    Filled,
    Flag,
    Is,
    Not,
    OneOf,
    Param,
    quoted,
)
from pst_excel.model.expressions.lookups import Fetch
from pst_excel.model.expressions.relations import (
    FilledShare,
    Nth,
    OrDefault,
    Tally,
)
from pst_excel.model.formulas import Expression, Scope
from pst_excel.model.schema import Column
from pst_excel.model.words.kinds import Kind

NAN = float("nan")
DAYS = np.array(["2026-01-01", "NaT", "2026-03-01"], dtype="datetime64[s]")


def frame(sources: list[int], **columns: list[Any]) -> pd.DataFrame:
    """Return a frame indexed by source and row; texts as texts, numbers as numbers."""
    index = pd.MultiIndex.from_arrays(
        [sources, range(5, 5 + len(sources))], names=["source", "row"]
    )
    data = {
        key: pd.array(values, dtype="float64")
        if all(isinstance(v, float) for v in values) and values
        else pd.array(values, dtype="str")
        for key, values in columns.items()
    }
    return pd.DataFrame(data, index=index)


def columns(*keys: str) -> tuple[Column, ...]:
    """Return optional columns of these keys, numbers where the key is « n »."""
    return tuple(
        Column(key, key, Kind.NUMBER if key == "n" else Kind.TEXT, "Une colonne.") for key in keys
    )


def given(expression: Expression, rows: pd.DataFrame, **others: pd.DataFrame) -> list[Any]:
    """Return the values of an expression on a sheet, None where unknown."""
    date = np.array(["2026-02-01", "2026-12-31"], dtype="datetime64[s]")
    scope = Scope({"here": rows, **others}, "here", {"jour": date, "un": 1.0})
    values = expression.evaluate(scope)
    assert values.index.equals(rows.index)
    return [None if pd.isna(value) else value for value in values]


def test_a_blank_is_its_default_on_a_row_that_says_something() -> None:
    rows = frame([0, 0, 0], ligne=[1.0, 1.0, 0.0], a=["x", None, None])

    assert given(OrDefault("a", "défaut"), rows) == ["x", "défaut", None]


@pytest.mark.parametrize(
    ("sign", "expected"),
    [("<", [True, False, False]), ("<=", [True, False, True]), (">", [False] * 3),
     (">=", [False, False, True]), ("=", [False, False, True]), ("<>", [True, False, False])],
)  # fmt: skip
def test_a_blank_takes_part_in_no_comparison(sign: str, expected: list[bool]) -> None:
    rows = frame([0, 0, 0], a=[1.0, NAN, 2.0], b=[2.0, 2.0, 2.0])

    assert given(Is(Col("a"), sign, Col("b")), rows) == expected
    assert given(Is(Col("a"), sign, Const(2.0)), rows) == expected


def test_a_parameter_is_that_of_each_source() -> None:
    rows = frame([0, 0, 1], a=[1.0, 1.0, 1.0]).assign(d=DAYS)

    assert given(Is(Col("d"), "<", Param("jour")), rows) == [True, False, True]
    assert given(Param("un"), rows) == [1.0, 1.0, 1.0]


def test_conditions_combine() -> None:
    rows = frame([0, 0, 0], a=["x", "y", None], n=[1.0, NAN, 3.0])

    assert given(OneOf("a", ("x", "z")), rows) == [True, False, False]
    assert given(Filled("n"), rows) == [True, False, True]
    assert given(Not(OneOf("a", ("x",))), rows) == [False, True, True]
    assert given(All((Filled("a"), Filled("n"))), rows) == [True, False, False]
    assert given(Flag(All((Filled("a"), Filled("n")))), rows) == [1.0, 0.0, 0.0]


def test_a_code_means_something_only_inside_its_source() -> None:
    rows = frame([0, 1, 1, 1], code=["1", "1", "2", None])
    other = frame([0, 1, 1], code=["1", "1", "1"], nom=["zéro", "un", "encore"], n=[5.0, 7.0, NAN])

    assert given(Fetch("other", "nom", Col("code")), rows, other=other) == [
        "zéro",
        "un",
        None,
        None,
    ]
    assert given(Tally("other", "code", by="code"), rows, other=other) == [1.0, 2.0, 0.0, 0.0]
    assert given(Tally("other", "code", "n", by="code"), rows, other=other) == [5.0, 7.0, 0.0, 0.0]
    where = (("nom", "un"),)
    assert given(Tally("other", "code", "n", where, "code"), rows, other=other) == [
        0.0,
        7.0,
        0.0,
        0.0,
    ]


def test_codes_alike_are_not_the_same_code() -> None:
    rows = frame([0, 0, 0], code=["1.1", "1.10", "01.1"])
    other = frame([0, 0, 0], code=["1.1", "1.10", "1.10"])

    assert given(Tally("other", "code", by="code"), rows, other=other) == [1.0, 2.0, 0.0]


def test_several_values_are_taken_one_by_one() -> None:
    rows = frame([0, 0, 0], codes=["1.1; 2.1", "3.1", None])

    assert given(Nth("codes", 1), rows) == ["1.1", "3.1", None]
    assert given(Nth("codes", 2), rows) == ["2.1", None, None]


def test_completeness_is_the_share_of_filled_cells_and_nothing_on_a_row_that_says_nothing() -> None:
    rows = frame([0, 0, 0], ligne=[1.0, 1.0, 0.0], code=["1", "2", None], a=["x", None, "x"],
                 n=[1.0, NAN, 1.0])  # fmt: skip

    assert given(FilledShare(columns("code", "a", "n")), rows) == pytest.approx([1.0, 1 / 3, 0.0])


EVERY = (
    Is(Col("n"), "<", Const(2.0)), OneOf("a", ("x",)), Filled("a"), All((Filled("a"),)),
    Not(Filled("a")), Flag(Filled("a")), Fetch("here", "a", Col("code")), Tally("here", "code", by="code"),
    Tally("here", "code", "n", by="code"), Nth("a", 1), FilledShare(columns("a", "n")),
    Attainment("n", "n", "n", Sense("a", "Hausse", "Baisse", "Maintien")), Const(1.0), Param("un"),
)  # fmt: skip


@pytest.mark.parametrize("expression", EVERY, ids=str)
def test_a_sheet_without_rows_has_no_values(expression: Expression) -> None:
    none = pd.array([], dtype="float64")
    rows = frame([], code=[], a=[]).assign(n=none, ligne=none)

    assert given(expression, rows) == []


def test_constants_are_quoted_as_formulas_have_them() -> None:
    assert quoted('dit « "oui" »') == '"dit « ""oui"" »"'
    assert quoted(2.0) == "2"
    assert quoted(0.5) == "0.5"
