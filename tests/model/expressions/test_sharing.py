"""A row that counts in several places counts once in all: its parts make 1, whatever is written."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pst_excel.model.expressions.core import Col
from pst_excel.model.expressions.counting import Named
from pst_excel.model.expressions.sharing import DeclaredPart, Distinct, Part, PlaceKey, Size
from pst_excel.model.formulas import Scope

SAID = tuple(f"dite_{n}" for n in (1, 2, 3))
CODES = ("1.1", "1.2", "2.1", "9.9", "2.2")


def shared(codes: str | None, parts: str | None) -> dict[str, Any]:
    """Return what three columns of places say of one row, its OO being 1.1, 1.2, 2.1 and 2.2."""
    index = pd.MultiIndex.from_tuples([(0, 5)], names=["source", "row"])
    row = pd.DataFrame({"oo": [codes], "parts": [parts], "ligne": [1.0]}, index=index)
    row = row.astype({"oo": "str", "parts": "str"})
    known = pd.DataFrame(
        {"cle": ["k1.1", "k1.2", "k2.1", "k2.2"], "sous": ["k1", "k1", "k", "k2"]},
        index=pd.MultiIndex.from_product([[0], range(5, 9)], names=["source", "row"]),
    )
    scope = Scope({"ici": row, "oo": known}, "ici", {})
    columns = {"taille": Size("oo"), "nombre": Size("parts")}
    columns |= {f"dite_{n}": DeclaredPart("parts", n, "nombre") for n in (1, 2, 3)}
    columns |= {f"part_{n}": Part(n, "taille", "nombre", SAID) for n in (1, 2, 3)}
    columns |= {f"oo_{n}": PlaceKey("oo", n, 3, "taille", "oo") for n in (1, 2, 3)}
    columns |= {f"os_{n}": Named("oo", "sous", Col(f"oo_{n}")) for n in (1, 2, 3)}
    for key in ("oo", "os"):
        columns |= {
            f"{key}_distinct_{n}": Distinct(tuple(f"{key}_{m}" for m in range(1, n + 1)), f"oo_{n}")
            for n in (1, 2, 3)
        }
    for key, expression in columns.items():
        row[key] = expression.evaluate(scope)
    return {str(key): value for key, value in row.iloc[0].items()}


@pytest.mark.parametrize(
    ("codes", "parts", "expected"),
    [
        ("1.1", None, [1.0, 0.0, 0.0]),
        ("1.1; 2.1", None, [0.5, 0.5, 0.0]),
        ("1.1; 2.1", "60; 40", [0.6, 0.4, 0.0]),
        ("1.1; 2.1", "60; 20", [0.5, 0.5, 0.0]),
        ("1.1; 2.1", "60; le reste", [0.5, 0.5, 0.0]),
        ("1.1; 2.1", "62,5; 37,5", [0.5, 0.5, 0.0]),
        ("1.1; 2.1", "120; -20", [0.5, 0.5, 0.0]),
        ("1.1; 2.1", "100", [0.5, 0.5, 0.0]),
        ("1.1; 2.1", "5000%; 5000%", [0.5, 0.5, 0.0]),
        ("1.1; 2.1", "1e2; 0", [0.5, 0.5, 0.0]),
        ("1.1", "60; 40", [1.0, 0.0, 0.0]),
        ("1.1; 1.2; 2.1; 2.2", "40; 30; 20; 10", [0.25, 0.25, 0.5]),
        (None, "60; 40", [1.0, 0.0, 0.0]),
        (None, None, [1.0, 0.0, 0.0]),
    ],
)
def test_parts_are_those_declared_when_they_can_be_used_else_equal(
    codes: str | None, parts: str | None, expected: list[float]
) -> None:
    found = shared(codes, parts)

    assert [found[f"part_{n}"] for n in (1, 2, 3)] == expected


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ("1.1; 2.1", [("k1.1", "k1"), ("k2.1", "k"), (None, "k")]),
        ("9.9", [("k", "k"), (None, "k"), (None, "k")]),
        (None, [("k", "k"), (None, "k"), (None, "k")]),
        ("1.1; 1.2; 2.2; 2.1", [("k1.1", "k1"), ("k1.2", "k1"), ("k", "k")]),
    ],
)
def test_a_place_that_is_unknown_or_one_too_many_is_none(
    codes: str | None, expected: list[tuple[str | None, str | None]]
) -> None:
    found = shared(codes, None)
    places = [(found[f"oo_{n}"], found[f"os_{n}"]) for n in (1, 2, 3)]

    assert [tuple(None if pd.isna(x) else x for x in pair) for pair in places] == expected


@pytest.mark.parametrize(
    ("codes", "oo", "os"),
    [
        ("1.1; 1.2", ("k1.1", "k1.2", None), ("k1", None, None)),
        ("1.1; 1.1; 2.2", ("k1.1", None, "k2.2"), ("k1", None, "k2")),
        ("2.1; 9.9", ("k2.1", "k", None), ("k", None, None)),
        ("9.9; 2.2; 8.8", ("k", "k2.2", None), ("k", "k2", None)),
        ("1.1; 2.2; 1.2; 2.1", ("k1.1", "k2.2", "k"), ("k1", "k2", "k")),
        (None, ("k", None, None), ("k", None, None)),
    ],
)
def test_a_row_stands_once_under_each_record_that_it_names(
    codes: str | None, oo: tuple[str | None, ...], os: tuple[str | None, ...]
) -> None:
    found = shared(codes, None)

    for key, expected in (("oo", oo), ("os", os)):
        places = [found[f"{key}_distinct_{n}"] for n in (1, 2, 3)]
        assert tuple(None if pd.isna(one) else one for one in places) == expected


@given(
    st.lists(st.sampled_from(CODES), max_size=6),
    st.lists(st.sampled_from(["10", "50", "40", "100", "-5", "x", "33,3", ""]), max_size=6),
)
def test_the_parts_of_a_row_make_one(codes: list[str], parts: list[str]) -> None:
    found = shared("; ".join(codes) or None, "; ".join(parts).strip() or None)

    assert sum(found[f"part_{n}"] for n in (1, 2, 3)) == pytest.approx(1.0)
    assert all(found[f"part_{n}"] == 0.0 or isinstance(found[f"oo_{n}"], str) for n in (1, 2, 3))
