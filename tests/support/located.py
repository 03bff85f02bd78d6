"""Sheets given as rows of cells, without a file, and what is read of their layout."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pst_excel.cells.grid import Grid
from pst_excel.cells.readings import Reading
from pst_excel.pst import PST
from pst_excel.reading.locating.headings import headings_of
from pst_excel.reading.locating.rows import ClassifiedRows, classify_rows


def grid_of(*rows: Sequence[Any], **more: Any) -> Grid:
    """Return a sheet of these cells, as wide as its widest row; None is a blank cell."""
    width = max(map(len, rows))
    cells = [["" if cell is None else cell for cell in row] for row in rows]
    return Grid("Feuille", [row + [""] * (width - len(row)) for row in cells], **more)


def classified(*rows: Sequence[Any], sheet: str = "actions", **more: Any) -> ClassifiedRows:
    """Return which of these rows, of which the first are headings, are records."""
    grid = grid_of(*rows, **more)
    found = headings_of(PST[sheet], grid, strict=False)
    assert found is not None
    return classify_rows(PST[sheet], PST, grid, found, strict=False)


def kept(*rows: Sequence[Any], sheet: str = "actions", **more: Any) -> list[int]:
    """Return the numbers of the rows that are records."""
    return [number for number, _ in classified(*rows, sheet=sheet, **more).rows]


def said(readings: Sequence[Reading], rule: str) -> list[tuple[str, str]]:
    """Return the cell and what was read of each remark of a rule."""
    return [(reading.cell, reading.read) for reading in readings if reading.rule == rule]
