"""A measure counts the same over all rows, over the rows of a group, and over groups added up."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pst_excel.model.figures.figures import Quotient, Scaled, mean
from pst_excel.model.figures.measures import At, Measure, Quantity, When

NAN = float("nan")
AMOUNTS = st.sampled_from([NAN, 0.0, 1.0, 2.5, 40.0, -3.0])
GROUPS = st.sampled_from([None, "a", "b", "c"])
ROW = st.tuples(st.integers(0, 2), GROUPS, st.sampled_from([None, "x", "y"]), AMOUNTS, AMOUNTS,
                GROUPS, GROUPS, st.sampled_from([0.0, 0.3, 1.0]))  # fmt: skip
KEYS = ("groupe", "etat", "montant", "poids", "os_1", "os_2", "part_1")
OS = ("os_distinct_1", "os_distinct_2")


@st.composite
def frames(draw: st.DrawFn) -> dict[str, pd.DataFrame]:
    """Return the frames of one sheet, its rows spread over two OS at most."""
    rows = sorted(draw(st.lists(ROW, max_size=12)), key=lambda row: row[0])
    index = pd.MultiIndex.from_arrays(
        [[row[0] for row in rows], range(5, 5 + len(rows))], names=["source", "row"]
    )
    columns = {
        key: pd.array([row[at] for row in rows], dtype="float64" if at in (3, 4, 7) else "str")
        for at, key in enumerate(KEYS, start=1)
    }
    frame = pd.DataFrame(columns, index=index)
    frame["part_2"] = 1.0 - frame["part_1"]
    frame[OS[0]], frame[OS[1]] = frame["os_1"], frame["os_2"].mask(frame["os_2"] == frame["os_1"])
    return {"s": frame}


X = When("etat", "=", "x")
MEASURES = (
    Measure("s"),
    Measure("s", None, (X,)),
    Measure("s", "montant"),
    Measure("s", "montant", (When("poids", ">", 1.0),)),
    Measure("s", None, (When("montant", "filled"), When("poids", ">=", 1.0))),
)


def only(frames: dict[str, pd.DataFrame], rows: Any) -> dict[str, pd.DataFrame]:
    """Return the frames with some rows of the sheet."""
    return {"s": frames["s"][rows]}


@given(frames())
@settings(max_examples=30)
def test_by_a_column_is_the_same_as_on_the_rows_of_each_value(
    frames: dict[str, pd.DataFrame],
) -> None:
    quotients: tuple[Quantity, ...] = (
        mean("s", "montant", X),
        Scaled(Quotient(*MEASURES[1:3]), 3.0),
    )
    frame = frames["s"]
    for quantity in (*MEASURES, *quotients):
        grouped = quantity.by(frames, "groupe")
        for value in ("a", "b", "c"):
            alone = quantity.evaluate(only(frames, (frame["groupe"] == value).to_numpy(dtype=bool)))
            found = grouped.get(value, quantity.empty)
            assert found == pytest.approx(alone, nan_ok=True)


@given(frames())
@settings(max_examples=30)
def test_by_source_is_the_same_as_on_the_rows_of_each_return(
    frames: dict[str, pd.DataFrame],
) -> None:
    for quantity in MEASURES:
        grouped = quantity.by(frames, "source")
        for source in range(3):
            rows = frames["s"].index.get_level_values("source") == source
            alone = quantity.evaluate(only(frames, rows))
            assert grouped.get(source, quantity.empty) == pytest.approx(alone)


@given(frames())
@settings(max_examples=30)
def test_groups_and_the_rows_of_none_add_up_to_the_total(frames: dict[str, pd.DataFrame]) -> None:
    blank = frames["s"]["groupe"].isna().to_numpy(dtype=bool)
    for measure in MEASURES:
        groups = measure.by(frames, "groupe").sum()
        assert groups + measure.evaluate(only(frames, blank)) == pytest.approx(
            measure.evaluate(frames), abs=1e-9
        )


@given(frames())
@settings(max_examples=30)
def test_a_row_counts_once_in_all_and_by_its_parts_in_each_group(
    frames: dict[str, pd.DataFrame],
) -> None:
    frame = frames["s"]
    for measure in (Measure("s", spread="os"), Measure("s", "montant", (X,), spread="os")):
        rows = (frame["etat"] == "x") if measure.where else frame["etat"].notna() | True
        amounts = frame["montant"].fillna(0.0) if measure.key else 1.0
        weights = rows.astype("float64") * amounts
        by_hand = {
            value: sum(
                (weights * frame[f"part_{n}"])[
                    (frame[f"os_{n}"] == value).to_numpy(dtype=bool)
                ].sum()
                for n in (1, 2)
            )
            for value in ("a", "b", "c")
        }
        found = measure.by(frames, "os")

        assert measure.evaluate(frames) == pytest.approx(weights.sum(), abs=1e-9)
        for value, expected in by_hand.items():
            assert found.get(value, 0.0) == pytest.approx(expected, abs=1e-9)


@given(frames())
@settings(max_examples=30)
def test_a_row_counts_once_in_all_and_whole_in_each_group(frames: dict[str, pd.DataFrame]) -> None:
    frame = frames["s"]
    for measure in (Measure("s", under="os"), Measure("s", "montant", (X,), under="os")):
        found, plain = measure.by(frames, "os"), replace(measure, under=None)
        for value in ("a", "b", "c"):
            there = frame["os_1"].eq(value) | frame["os_2"].eq(value)
            alone = plain.evaluate(only(frames, there.to_numpy(dtype=bool)))
            assert found.get(value, 0.0) == pytest.approx(alone, abs=1e-9)
        assert measure.evaluate(frames) == plain.evaluate(frames)


class Layout:
    """Two places for each row."""

    def column(self, sheet: str, key: str) -> str:
        return f"{sheet}_{key}"

    def parts(self, sheet: str) -> int:
        return 2


def test_the_formula_of_a_whole_count_looks_at_each_place_and_its_total_at_none() -> None:
    count = Measure("s", "montant", (X,), under="os")

    assert count.render(Layout()) == 'SUMIFS(s_montant,s_etat,"x")'
    assert count.when(When("os", "=", At("A1"))).render(Layout()) == (
        '(SUMIFS(s_montant,s_etat,"x",s_os_distinct_1,A1)'
        '+SUMIFS(s_montant,s_etat,"x",s_os_distinct_2,A1))'
    )


def small() -> dict[str, pd.DataFrame]:
    """Return four rows: two known amounts, one blank, one in another state."""
    index = pd.MultiIndex.from_product([[0], range(5, 9)], names=["source", "row"])
    return {
        "s": pd.DataFrame(
            {
                "etat": pd.array(["x", "x", "x", "y"], dtype="str"),
                "montant": [10.0, 30.0, NAN, 99.0],
                "poids": [1.0, 3.0, 5.0, 7.0],
            },
            index=index,
        )
    }


def test_a_mean_is_over_the_rows_that_have_the_value() -> None:
    assert mean("s", "montant", X).evaluate(small()) == 20.0


def test_a_rate_of_nothing_is_unknown_and_a_count_of_nothing_is_zero() -> None:
    none = When("etat", "=", "z")

    assert pd.isna(mean("s", "montant", none).evaluate(small()))
    assert pd.isna(mean("s", "montant", none).empty)
    assert Measure("s", None, (none,)).evaluate(small()) == 0.0
    assert pd.isna(
        Scaled(Quotient(Measure("s"), Measure("s", None, (none,))), 2.0).evaluate(small())
    )


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (When("montant", ">", 10.0), 2.0), (When("montant", ">=", 10.0), 3.0),
        (When("montant", "<", 99.0), 2.0), (When("montant", "filled"), 3.0),
        (When("etat", "=", "x"), 3.0),
    ],
)  # fmt: skip
def test_a_condition_keeps_the_rows_it_says(condition: When, expected: float) -> None:
    assert Measure("s", None, (condition,)).evaluate(small()) == expected


def test_further_conditions_leave_the_first_measure_as_it_is() -> None:
    measure = Measure("s")

    assert measure.when(X).evaluate(small()) == 3.0
    assert measure.evaluate(small()) == 4.0
