"""How far an indicator has come: what is known, what is not, and the same in a spreadsheet."""

from __future__ import annotations

import io
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import xlsxwriter
from support.office import libreoffice, recalculated, values

from pst_excel.model.expressions.attainment import Attainment, LastReading, Sense
from pst_excel.model.expressions.core import Param
from pst_excel.model.formulas import Scope

NAN = float("nan")
SENSE = Sense("sens", "Hausse", "Baisse", "Maintien")
REACHED = Attainment("depart", "cible", "mesure", SENSE)
LAST = LastReading((("r25", 2025), ("r26", 2026), ("r27", 2027)), Param("jour"))


def frame(sources: list[int], **columns: list[Any]) -> pd.DataFrame:
    """Return a frame indexed by source and row: `sens` as texts, the rest as numbers."""
    index = pd.MultiIndex.from_arrays(
        [sources, range(5, 5 + len(sources))], names=["source", "row"]
    )
    data = {
        key: pd.array(held, dtype="str" if key == "sens" else "float64")
        for key, held in columns.items()
    }
    return pd.DataFrame(data, index=index)


def reached(sense: str | None, start: float, target: float, last: float) -> float | None:
    """Return the attainment of one indicator, None where unknown."""
    rows = frame([0], sens=[sense], depart=[start], cible=[target], mesure=[last])
    (value,) = REACHED.evaluate(Scope({"here": rows}, "here", {}))
    return None if pd.isna(value) else float(value)


@pytest.mark.parametrize(
    ("start", "target", "last", "expected"),
    [
        (0, 100, 50, 0.5),
        (10, 20, 10, 0.0),
        (10, 20, 20, 1.0),
        (10, 20, 5, 0.0),  # it went back: nothing, not less
        (10, 20, 40, 1.0),  # further than the target: all, not more
        (-10, 10, 0, 0.5),
        (-10, 0, 0, 1.0),
        (0, 4, 0, 0.0),
        (NAN, 4, 1, None),  # no start: none is invented
        (0, NAN, 1, None),
        (0, 4, NAN, None),  # never measured: unknown, not nothing
        (4, 4, 4, None),  # there is no way to go
        (10, 4, 7, None),  # the target is behind
    ],
)
def test_what_is_to_rise_is_measured_from_its_start(
    start: float, target: float, last: float, expected: float | None
) -> None:
    assert reached("Hausse", start, target, last) == expected


@pytest.mark.parametrize(
    ("start", "target", "last", "expected"),
    [
        (100, 50, 75, 0.5),
        (100, 50, 100, 0.0),
        (100, 50, 50, 1.0),
        (100, 50, 120, 0.0),
        (100, 50, 10, 1.0),
        (10, 0, 0, 1.0),
        (10, -10, 0, 0.5),
        (NAN, 5, 10, None),
        (NAN, 0, 0, None),
        (5, 5, 5, None),
        (4, 10, 7, None),
    ],
)
def test_what_is_to_fall_is_measured_from_its_start(
    start: float, target: float, last: float, expected: float | None
) -> None:
    assert reached("Baisse", start, target, last) == expected


@pytest.mark.parametrize(
    ("target", "last", "expected"),
    [
        (10, 10, 1.0),
        (10, 8, 0.8),
        (10, 12, 0.8),  # too much is as far from the target as too little
        (10, 20, 0.0),
        (10, 35, 0.0),
        (10, 0, 0.0),
        (10, -5, 0.0),
        (-10, -8, 0.8),
        (0, 0, 1.0),
        (0, 0.1, 0.0),
        (10, NAN, None),
        (NAN, 10, None),
    ],
)
@pytest.mark.parametrize("start", [NAN, 10, 3])
def test_what_is_to_stay_loses_what_it_moved_away_whatever_its_start(
    start: float, target: float, last: float, expected: float | None
) -> None:
    assert reached("Maintien", start, target, last) == (
        None if expected is None else pytest.approx(expected)
    )


@pytest.mark.parametrize(
    ("start", "target", "last", "expected"),
    [(0, 10, 5, 0.5), (10, 0, 5, 0.5), (5, 5, 5, None), (NAN, 10, 5, None)],
)
def test_without_a_sense_the_target_says_it(
    start: float, target: float, last: float, expected: float | None
) -> None:
    assert reached(None, start, target, last) == expected


def last_of(observed: Any, sources: list[int], *readings: tuple[float, float, float]) -> list[Any]:
    """Return the last reading of each row, None where there is none."""
    keys = [key for key, _ in LAST.readings]
    rows = frame(sources, **{key: [row[at] for row in readings] for at, key in enumerate(keys)})
    found = LAST.evaluate(Scope({"here": rows}, "here", {"jour": observed}))
    assert found.index.equals(rows.index)
    return [None if pd.isna(value) else value for value in found]


def test_a_measure_of_an_exercice_after_the_observation_does_not_count() -> None:
    day = pd.Timestamp("2026-10-31")

    rows = [(1.0, 2.0, 3.0), (1.0, NAN, 3.0), (NAN, NAN, 3.0), (NAN, 0.0, NAN)]

    assert last_of(day, [0] * 4, *rows) == [2.0, 1.0, None, 0.0]


def test_each_source_has_its_date_and_without_a_date_every_measure_counts() -> None:
    days = np.array(["2025-12-31", "2026-01-01", "NaT"], dtype="datetime64[s]")

    assert last_of(days, [0, 1, 2], *[(1.0, 2.0, 3.0)] * 3) == [1.0, 2.0, 3.0]
    assert last_of(pd.NaT, [0], (1.0, 2.0, 3.0)) == [3.0]


TYPED = ("sens", "depart", "cible", "r25", "r26", "r27")


class Cells:
    """One row of a small workbook: the columns of an indicator, the date in a cell of its own."""

    def __init__(self, row: int) -> None:
        self.row = row

    def cell(self, key: str) -> str:
        """Return the reference of a cell of the row."""
        return f"${'ABCDEFG'[[*TYPED, 'mesure'].index(key)]}{self.row}"

    def parameter(self, key: str) -> str:
        """Return the cell of the date."""
        return "Z1"


NUMBERS = (None, 0, 10, 4, -2.5)
CASES = [
    (sense, start, target, *readings)
    for sense in ("Hausse", "Baisse", "Maintien", None)
    for start, target in product(NUMBERS, NUMBERS)
    for readings in ((None, None, 7), (7, 3, None), (2, 10, 99), (-4, None, 1), (None, 0, None))
]


def small_workbook(date: str | None) -> bytes:
    """Return a workbook of one row a case, with both formulas."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("I")
        if date:
            sheet.write_formula("Z1", f"=DATE({date})")
        for at, case in enumerate(CASES):
            for column, value in enumerate(case):
                if value is not None:
                    sheet.write(at, column, value)
            cells: Any = Cells(at + 1)
            sheet.write_formula(at, 6, "=" + LAST.render(cells))
            sheet.write_formula(at, 7, "=" + REACHED.render(cells))
    return buffer.getvalue()


@libreoffice
@pytest.mark.parametrize(
    ("date", "observed"), [("2026,10,31", pd.Timestamp("2026-10-31")), (None, pd.NaT)]
)
def test_a_spreadsheet_calculates_the_same(date: str | None, observed: Any, tmp_path: Path) -> None:
    columns = {key: [case[at] for case in CASES] for at, key in enumerate(TYPED)}
    rows = frame([0] * len(CASES), **columns)
    scope = Scope({"here": rows}, "here", {"jour": observed})
    rows["mesure"] = LAST.evaluate(scope)
    expected = REACHED.evaluate(scope).tolist()

    made = recalculated({"i.xlsx": small_workbook(date)}, tmp_path, "fr-FR")
    cells = values(made["i.xlsx"])
    found = [cells.get(("I", f"H{at + 1}"), NAN) for at in range(len(CASES))]

    assert found == pytest.approx(expected, nan_ok=True)
    assert sum(pd.isna(value) for value in expected) > 100
