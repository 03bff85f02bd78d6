"""What the boards of a written workbook show: its tiles, panels and evaluation, whoever calculated it."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from typing import Any

import openpyxl

from pst_excel.model.schema import HEADING_ROW
from pst_excel.pst import PST
from pst_excel.pst.boards import DASHBOARD, EVALUATION
from second_truth.program import BY_LABEL, UNITS, name_of
from second_truth.truth import NONE, TOTAL, Found, Line, Lines, Number, Truth

Row = tuple[Any, ...]
KEY, CODE, LABEL, FIRST = 0, 1, 2, 3
"""The columns of a panel, from 0."""
LEVEL, UNIT, TITLE, UNIT_KEY, FIRST_UNIT = range(5)
"""The columns of the evaluation, from 0."""
_RESTS_ON = re.compile(r"connu pour (\S+) sur (\S+)")


def boards(data: bytes) -> Truth:
    """Return what the cells of the boards hold; of the figures, the tiles."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl says what it does not carry
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    page = [*book[DASHBOARD.title].iter_rows(values_only=True)]
    evaluation = book[PST[EVALUATION.sheet].title].iter_rows(
        min_row=HEADING_ROW + 1, values_only=True
    )
    return Truth(_tiles(page), {panel.key: _panel(page, panel.title) for panel in DASHBOARD.panels},
                 _evaluation(evaluation))  # fmt: skip


def _tiles(page: list[Row]) -> dict[str, Found]:
    """Return the figures of the tiles, and on how many rows they rest where that is said."""
    found: dict[str, Found] = {}
    for number, tile in enumerate(DASHBOARD.tiles):
        label, value, beside, rests = (row[CODE + 2 * number] for row in page[3:7])
        assert label == tile.figure.label
        rows = _RESTS_ON.fullmatch(rests or "")
        found[tile.figure.key] = (
            (_number(value), *(float(n) for n in rows.groups()[::-1]))
            if rows
            else (_number(value),)
        )
        found[tile.beside.key] = (_number(beside),)
    return found


def _panel(page: list[Row], title: str) -> Lines:
    at = next(n for n, row in enumerate(page) if row[CODE] == title)
    heads = page[at + 2][FIRST:]
    names = [BY_LABEL.get(head, head) for head in heads if head]
    lines: Lines = {}
    for row in page[at + 3 :]:
        name = (
            TOTAL if not row[KEY] else NONE if row[KEY] == "k" else name_of(row[CODE] or row[LABEL])
        )
        lines[name] = _line(names, row[FIRST:])
        if name == TOTAL:
            return lines
    raise AssertionError(f"« {title} » has no total")


def _evaluation(rows: Iterator[Row]) -> dict[str, Lines]:
    levels = {level.name: level.sheet for level in EVALUATION.levels}
    rests = {level.rest: level.sheet for level in EVALUATION.levels}
    found: dict[str, Lines] = {sheet: {} for sheet in rests.values()}
    for row in rows:
        line = _line(UNITS, row[FIRST_UNIT:])
        if row[TITLE] in rests and not row[UNIT]:
            found[rests[row[TITLE]]][NONE] = line
        elif row[UNIT_KEY]:
            found[levels[row[LEVEL]]][name_of(row[UNIT])] = line
        elif row[TITLE] == "Total":
            found["os"][TOTAL] = line
    return found


def _line(names: list[str], cells: Row) -> Line:
    return dict(zip(names, map(_number, cells), strict=False))


def _number(cell: Any) -> Number:
    return None if cell in (None, "") else float(cell)
