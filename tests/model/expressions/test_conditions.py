"""The words that rules share: what each marks, and that a blank is never compared."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pst_excel.model.expressions.conditions import (
    before,
    beyond,
    blank,
    holds,
    outside,
    unknown_code,
)
from pst_excel.model.expressions.core import Const
from pst_excel.model.formulas import Expression, Scope

INDEX = pd.MultiIndex.from_arrays([[0, 0, 0, 1], [5, 6, 7, 5]], names=["source", "row"])
ROWS = pd.DataFrame(
    {
        "code": pd.array(["1.1", "1.9", None, "1.1"], dtype="str"),
        "low": [1.0, 2.0, np.nan, 4.0],
        "high": [2.0, 2.0, 3.0, 3.0],
    },
    index=INDEX,
)
OTHER = pd.DataFrame({"code": pd.array(["1.1"], dtype="str")}, index=INDEX[:1])


@pytest.mark.parametrize(
    ("condition", "marked"),
    [
        (holds("code", "1.1"), [True, False, False, True]),
        (holds("high", 2), [True, True, False, False]),
        (blank("code"), [False, False, True, False]),
        (blank("low", number=True), [False, False, True, False]),
        (before("low", "high"), [True, False, False, False]),
        (beyond("low", "high"), [False, False, False, True]),
        (outside("low", Const(2), Const(3)), [True, False, False, True]),
        (unknown_code("code", "other"), [False, True, True, True]),
    ],
    ids=["holds", "holds a number", "blank", "no number", "before", "beyond", "outside", "unknown"],
)
def test_a_word_marks_the_rows_that_it_says_and_no_blank_compared(
    condition: Expression, marked: list[bool]
) -> None:
    scope = Scope({"here": ROWS, "other": OTHER}, "here", {})
    assert condition.evaluate(scope).tolist() == marked
