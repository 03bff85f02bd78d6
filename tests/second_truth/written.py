"""What the boards of a written workbook show: its tiles, panels and evaluation, whoever calculated it."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from typing import Any

import openpyxl

from pst_excel.excel.boards.tiles import UNKNOWN
from pst_excel.model.figures.boards import Panel, Tiles
from pst_excel.model.schema import HEADING_ROW
from pst_excel.pst import PST
from pst_excel.pst.boards import EVALUATION
from second_truth.figures import FIGURES
from second_truth.program import BOARDS, UNITS, name_of
from second_truth.truth import NONE, TOTAL, Found, Line, Lines, Number, Truth

Row = tuple[Any, ...]
KEY, CODE, NAME, _, FIRST = range(5)
"""The columns of a page, from 0."""
LEVEL, UNIT, TITLE, UNIT_KEY, FIRST_UNIT = range(5)
"""The columns of the evaluation, from 0."""
_RESTS_ON = re.compile(r"connu pour (\S+) sur (\S+)")


def boards(data: bytes) -> Truth:
    """Return what the cells of the pages hold; of the figures, the tiles."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl says what it does not carry
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    figures: dict[str, Found] = {}
    panels: dict[str, Lines] = {}
    for board in BOARDS:
        page = [*book[board.title].iter_rows(values_only=True)]
        for row in board.blocks:
            if isinstance(row, Tiles):
                figures |= {key: found for key, found in _tiles(page, row).items()
                            if len(found) > len(figures.get(key, ()))}  # fmt: skip
        panels |= {panel.key: _panel(page, panel) for panel in board.panels}
    evaluation = book[PST[EVALUATION.sheet].title].iter_rows(
        min_row=HEADING_ROW + 1, values_only=True
    )
    counted = {key: found for key, found in figures.items() if key in FIGURES}  # no threshold
    return Truth(counted, panels, _evaluation(evaluation))


def _tiles(page: list[Row], block: Tiles) -> dict[str, Found]:
    """Return the figures of a row of tiles, and on how many rows they rest where that is said."""
    labels = [tile.figure.label for tile in block.tiles]
    at = next(n for n, row in enumerate(page) if _held(row) == labels)
    found: dict[str, Found] = {}
    columns = [n for n, cell in enumerate(page[at]) if cell]
    for tile, column in zip(block.tiles, columns, strict=True):
        value, beside, rests = (row[column] for row in page[at + 1 : at + 4])
        known = _RESTS_ON.fullmatch(rests or "")
        rows = (float(n) for n in known.groups()[::-1]) if known else ()
        found.setdefault(tile.beside.key, (_number(beside),))
        if value == UNKNOWN:
            assert known is None or known[1] == "0"  # of no row nothing is said
        else:
            found[tile.figure.key] = (_number(value), *rows)
    return found


def _held(row: Row) -> list[Any]:
    return [cell for cell in row[CODE:] if cell is not None]


def _panel(page: list[Row], panel: Panel) -> Lines:
    at = next(n for n, row in enumerate(page) if row[CODE] == panel.title) + 1
    assert page[at][CODE] == panel.by.title
    heads = ((n, head) for n, head in enumerate(page[at]) if n >= FIRST and head)
    columns = {head.removeprefix("■ "): n for n, head in heads}  # under their colour
    lines: Lines = {}
    for row in page[at + 1 :]:
        name = TOTAL if not row[KEY] else NONE if row[KEY] == "k" else name_of(row[CODE])
        lines[name] = {c.label: _number(row[columns[c.label]]) for c in panel.columns}
        if name == TOTAL:
            return lines
    raise AssertionError(f"« {panel.title} » has no total")


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
