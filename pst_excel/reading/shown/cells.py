"""The numbers and the days among codes, replaced by what their cells show where that is sure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from pst_excel.cells.grid import Grid, Place
from pst_excel.cells.values import RawCell, ShownText, as_text, is_date, is_number

_DECIMALS = re.compile(r"(?<![0-9])[0-9]++\.[0-9]++\Z")


def with_codes_shown(grid: Grid, columns: Collection[int], first: int) -> Grid:
    """Return a sheet whose columns of codes hold, from a row on, what their formats show."""
    places = [
        (at, position)
        for at, row in enumerate(grid.rows[first:], start=first)
        for position in columns
        if row[position].__class__ is not str
    ]
    found = codes_shown(grid, places) if places else {}
    if not found:
        return grid
    rows = list(grid.rows)
    for (at, position), cell in found.items():
        rows[at] = [*rows[at][:position], cell, *rows[at][position + 1 :]]
    return replace(grid, rows=rows)


def codes_shown(grid: Grid, places: Iterable[Place]) -> Mapping[Place, ShownText]:
    """Return what is shown at places of numbers and of days that they do not say by themselves."""
    cells: dict[Place, RawCell] = {}
    for at, position in places:
        cell = grid.rows[at][position]
        if is_number(cell) or is_date(cell):
            cells[at, position] = cell
    texts = grid.shown(cells) if cells else {}
    return {
        place: ShownText(text, cells[place])
        for place, text in texts.items()
        if _tells_more(text, cells[place])
    }


def _tells_more(text: str, cell: RawCell) -> bool:
    if not is_number(cell):
        return True
    decimals = _DECIMALS.search(text)
    # 1.00 is 1: no code has a part of nothing.
    whole = float(cell).is_integer() and decimals is not None and float(decimals[0]) == cell
    return text != as_text(cell) and not whole
