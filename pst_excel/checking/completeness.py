"""How complete returns are, and what is missing: a score that says its own reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from pst_excel.model.schema import Sheet
from pst_excel.returns.frames import Batch
from pst_excel.returns.shared_rows import lent


@dataclass(frozen=True)
class Completeness:
    """How full a sheet is: rows, cells filled of those that count, blanks by the column's label.

    The columns that count are the obligatory and the recommended ones, each for as much; the score
    of Actions is the mean of its column « Complétude ».
    """

    sheet: Sheet
    rows: int
    filled: int
    expected: int
    lacking: tuple[tuple[str, int], ...]

    @property
    def score(self) -> float:
        """The share, 0 to 1, of the cells that count that are filled."""
        return self.filled / self.expected

    @classmethod
    def together(cls, parts: Iterable[Completeness]) -> list[Completeness]:
        """Return one for each sheet, of what several say of it."""
        by_sheet: dict[str, list[Completeness]] = {}
        for part in parts:
            by_sheet.setdefault(part.sheet.key, []).append(part)
        return [_sum(same) for same in by_sheet.values()]


def _sum(same: list[Completeness]) -> Completeness:
    lacking: Counter[str] = Counter()
    for part in same:
        lacking.update(dict(part.lacking))
    rows, filled, expected = (
        sum(getattr(part, name) for part in same) for name in ("rows", "filled", "expected")
    )
    return Completeness(same[0].sheet, rows, filled, expected, _most_first(lacking))


def completeness(batch: Batch) -> list[Completeness]:
    """Return how complete each sheet with rows is; what is lent is not counted."""
    found = []
    for sheet in batch.plan.tables:
        tables = [t for returned in batch.returns if (t := returned.tables.get(sheet.key))]
        own = [not is_lent for table in tables for is_lent in lent(table)]
        columns = sheet.counted
        if sheet.program or sheet.spare or not any(own) or not columns:
            continue
        frame = batch.frames[sheet.key][[c.key for c in columns]][np.array(own, dtype=bool)]
        blank = frame.isna().sum()
        lacking = Counter({c.label: int(blank[c.key]) for c in columns if c.default is None})
        expected = len(frame) * len(columns)
        filled = expected - lacking.total()
        found.append(Completeness(sheet, len(frame), filled, expected, _most_first(lacking)))
    return found


def _most_first(lacking: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple((label, count) for label, count in lacking.most_common() if count)
