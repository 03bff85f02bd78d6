"""The second truth of plans at their dates: their figures, their panels, their evaluations."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb

from second_truth.boards import EVALUATION, PANELS, Table
from second_truth.figures import FIGURES
from second_truth.raw import COLUMNS, RawPlan

Number = float | None
Line = dict[str, Number]
"""A number for each column, None when it is unknown."""

TOTAL, NONE, EMPTY = "(total)", "(sans)", "(vide)"
"""The lines that every table has, beside those of its values; the last is that of no row at all."""
Lines = dict[str, Line]
Found = tuple[Number, ...]
"""Of a figure: its value, the rows it is about, those that it uses."""


@dataclass(frozen=True)
class Truth:
    """What SQL finds: each figure as (value, base, known), the lines of each table by their key."""

    figures: dict[str, Found]
    panels: dict[str, Lines]
    evaluation: dict[str, Lines]


_SCOPE = Path(__file__).with_name("scope.sql").read_text(encoding="utf-8")
Connection = duckdb.DuckDBPyConnection
_connection = cache(lambda: duckdb.connect(config={"threads": 1}))


def truths(plans: Sequence[RawPlan]) -> list[Truth]:
    """Return what SQL finds over the raw rows of each plan, all asked together."""
    ask = _connection()
    for sheet, columns in COLUMNS.items():
        rows = [{"plan": at} | row for at, plan in enumerate(plans) for row in plan.rows[sheet]]
        _table(ask, sheet, columns, rows)
    days = [{"plan": at, "day": plan.observed.isoformat()} for at, plan in enumerate(plans)]
    _table(ask, "observation", {"day": "date"}, days)
    people = [
        {"plan": at, "people": plan.people, "exercices": plan.exercices}
        for at, plan in enumerate(plans)
    ]
    _table(ask, "person", {"people": "double", "exercices": "double"}, people)
    absent = [
        {"plan": at, "service": name} for at, plan in enumerate(plans) for name in plan.absent
    ]
    _table(ask, "absent", {"service": "varchar"}, absent)
    ask.execute(_SCOPE)
    count = len(plans)
    figures = _figures(ask, count)
    panels = {key: _lines(ask, table, count) for key, table in PANELS.items()}
    evaluation = {
        level: list(
            map(_beside, zip(*(_lines(ask, table, count) for table in tables), strict=True))
        )
        for level, tables in EVALUATION.items()
    }
    for lines in evaluation["oo"]:
        del lines[TOTAL]  # what belongs to an OS stands under no OO
    return [
        Truth(figures[at], {key: found[at] for key, found in panels.items()},
              {level: found[at] for level, found in evaluation.items()})
        for at in range(count)
    ]  # fmt: skip


def _table(ask: Connection, name: str, columns: Mapping[str, Any], rows: Sequence[object]) -> None:
    """Make a table of raw rows, each with the number of its plan and its own."""
    numbered = json.dumps([{"line": line} | row for line, row in enumerate(rows)])
    kinds = json.dumps([{"plan": "int", "line": "int"} | columns])
    made = (
        f"create or replace table {name} as select unnest(from_json(?, '{kinds}'), max_depth := 2)"
    )
    ask.execute(made, [numbered])


def _figures(ask: Connection, count: int) -> list[dict[str, Found]]:
    found: list[dict[str, Found]] = [{} for _ in range(count)]
    by_table = sorted(FIGURES.items(), key=lambda item: item[1].table)
    for table, group in groupby(by_table, key=lambda item: item[1].table):
        figures = dict(group)
        asked = [
            expression
            for figure in figures.values()
            for expression in (figure.value, figure.base or figure.value,
                               figure.known or figure.base or figure.value)
        ]  # fmt: skip
        for at, row in enumerate(_by_plan(ask, table, asked, count)):
            triples = zip(row[::3], row[1::3], row[2::3], strict=True)
            found[at] |= dict(zip(figures, triples, strict=True))
    return found


def _over_nothing(ask: Connection, table: str, asked: Sequence[str]) -> list[Number]:
    """Return expressions over no row at all: 0 for a count or a sum, unknown for a rate."""
    (row,) = ask.execute(f"select {', '.join(asked)} from {table} where false").fetchall()
    return [*map(_number, row)]


def _by_plan(ask: Connection, table: str, asked: Sequence[str], count: int) -> list[list[Number]]:
    """Return expressions over the rows of each plan."""
    found = ask.execute(f"select plan, {', '.join(asked)} from {table} group by plan").fetchall()
    by_plan = {plan: [*map(_number, cells)] for plan, *cells in found}
    nothing = _over_nothing(ask, table, asked)
    return [by_plan.get(at, nothing) for at in range(count)]


def _lines(ask: Connection, table: Table, count: int) -> list[Lines]:
    """Return the lines of a table in each plan by their key, and the total of the plan."""
    asked = [*table.columns.values()]

    def line(cells: Sequence[Any]) -> Line:
        return dict(zip(table.columns, map(_number, cells), strict=True))

    empty = line(_over_nothing(ask, table.table, asked))
    totals = _by_plan(ask, table.once or table.table, asked, count)
    lines: list[Lines] = [{NONE: empty, EMPTY: empty, TOTAL: line(cells)} for cells in totals]
    by = f"select plan, {table.by}, {', '.join(asked)} from {table.table} group by all"
    for plan, key, *cells in ask.execute(by).fetchall():
        lines[plan][_name(key)] = line(cells)
    return lines


def _beside(tables: Sequence[Lines]) -> Lines:
    """Return the lines of several tables as one, their columns side by side."""
    keys = dict.fromkeys(key for table in tables for key in table)
    return {
        key: {name: cell for table in tables for name, cell in table.get(key, table[EMPTY]).items()}
        for key in keys
    }


def _number(cell: Any) -> Number:
    return None if cell is None else float(cell)


def _name(key: Any) -> str:
    return NONE if key is None else f"{key:.15g}" if isinstance(key, float) else str(key)
