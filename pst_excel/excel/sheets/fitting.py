"""How wide the columns of texts are and how high the rows, so that few pages hold a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf

from pst_excel.excel.paper import A3, TITLE_ROWS, Laid, laid
from pst_excel.excel.wrapping import INDENT, heading_height, height_of, lines_of, width_of

_FACTORS = (1, 1.2, 1.4, 1.6, 1.8, 2)  # times its width, at most, that a column of texts takes
_FROZEN = 96  # characters that may stay in sight: half of a laptop's screen


@dataclass(frozen=True)
class Shown:
    """A column as it is seen: its heading, its width in characters, the texts of its rows.

    The width is 0 where it is not seen; `wraps` tells whether its texts go on on another line.
    """

    heading: str
    width: int
    texts: Sequence[object] = ()
    wraps: bool = False

    def widened(self, factor: float, room: float) -> Shown:
        """Return it as much wider, by so much room at most, and no wider than its longest text.

        One that nobody has filled yet waits for texts of any length.
        """
        if factor == 1 or not (self.width and self.texts):
            return self
        longest = max((width_of(text) for text in self.texts if isinstance(text, str)), default=inf)
        asked = min(self.width * factor, self.width + room, longest + 2 * INDENT)
        return replace(self, width=max(self.width, round(asked)))


@dataclass(frozen=True)
class Fitted:
    """The widths of the columns, the heights of the heading and of the rows, the way of paper."""

    widths: list[int]
    head: int
    heights: list[int]
    way: Laid


def heights_of(columns: Sequence[Shown], rows: int) -> list[int]:
    """Return the height of each row: that of its longest wrapped text."""
    lines = [1] * rows
    for column in columns:
        if column.width and column.wraps:
            for at, text in enumerate(column.texts):
                if isinstance(text, str) and 2 * len(text) > column.width:
                    lines[at] = max(lines[at], lines_of(text, column.width - INDENT))
    return [height_of(count) for count in lines]


def fitted(columns: Sequence[Shown], rows: int, kept: int, spread: bool) -> Fitted:
    """Return columns and rows as they are written; to `spread`, texts get the room of paper.

    Columns up to `kept` stay in sight when others pass.
    """
    if not spread:
        return _of(columns, rows)
    left = _FROZEN - sum(column.width for column in columns[: kept + 1])
    rooms = [left if at <= kept else inf for at in range(len(columns))]
    ways = [
        _of([c.widened(factor, room) for c, room in zip(columns, rooms, strict=True)], rows)
        for factor in _FACTORS
    ]
    return min(ways, key=lambda way: (way.way.across, way.way.pages))


def _of(columns: Sequence[Shown], rows: int) -> Fitted:
    widths = [column.width for column in columns]
    head = heading_height([(c.heading, c.width) for c in columns if c.width], lines=2)
    heights = heights_of(columns, rows)
    return Fitted(widths, head, heights, laid(A3, widths, [*TITLE_ROWS, head, *heights], head))
