"""Cells merged over several rows: what one says holds for each row that it covers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pst_excel.cells.grid import Grid, filled
from pst_excel.cells.readings import Reading
from pst_excel.cells.values import RawCell, as_text
from pst_excel.model.findings import Subject
from pst_excel.model.words.wording import column_letter, say
from pst_excel.reading.locating.tolerances import MERGED, rows_in_words


def spread(grid: Grid, heading: int, positions: Sequence[int]) -> tuple[Grid, list[Reading]]:
    """Return a grid where a value merged over several rows is in each that holds something else."""
    tall = [
        (top, left, min(bottom, len(grid.rows) - 1))
        for (top, left), (bottom, _) in grid.merged
        if heading < top < bottom and left in positions
    ]
    covered = {(row, left) for top, left, end in tall for row in range(top + 1, end + 1)}
    filled_in: dict[int, list[RawCell]] = {}
    readings = []
    for top, left, end in tall:
        value = grid.rows[top][left] if top <= end else ""
        if not filled(value):
            continue
        below = [
            at
            for at in range(top + 1, end + 1)
            if any(filled(grid.rows[at][p]) for p in positions if (at, p) not in covered)
        ]
        for at in below:
            filled_in.setdefault(at, list(grid.rows[at]))[left] = value
        if below:
            where = rows_in_words(at + 1 for at in (top, *below))
            subject = Subject(title=grid.title, cell=f"{column_letter(left)}{top + 1}")
            readings.append(MERGED.reading(subject, as_text(value), f"{say(value)}, {where}"))
    rows = [filled_in.get(at, row) for at, row in enumerate(grid.rows)] if filled_in else grid.rows
    return replace(grid, rows=rows), readings
