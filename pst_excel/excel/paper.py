"""How a table is laid on paper: as few pages as can still be read, upright or on its side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import ceil

A3, A4 = 8, 9
SMALLEST = 0.5
"""The scale under which what is printed is no longer read: 11 points become 5.5."""
LEFT, RIGHT, TOP, BOTTOM = 0.4, 0.4, 0.5, 0.6  # inches; the footer stands in the last
TITLE_ROWS = (34, 15, 15)
"""The heights of the rows above the headings of a sheet, in points."""
_SIDES = {A3: (842, 1191), A4: (595, 842)}  # points
_CLEARLY = 1.15  # times larger
_INCH, _CHARACTER, _EDGES = 72, 5.4, 4  # a character as the widest program prints it
_ROOM = 0.98  # of the height of a page: no two programs give rows quite the same


@dataclass(frozen=True)
class Laid:
    """A table on paper: which way the page stands, how many across, at what scale, on how many."""

    portrait: bool
    across: int
    scale: float
    pages: int


def laid(paper: int, widths: Sequence[float], heights: Iterable[float], head: float = 0) -> Laid:
    """Return how a table takes the fewest pages, all of them large enough to be read.

    `widths` are those of the columns in sight, in characters, `heights` those of the rows, in
    points; `head` is what stands again at the top of each page but the first.
    """
    rows = [*heights]
    wide = sum(_CHARACTER * width + _EDGES for width in widths if width)
    ways = [_way(paper, portrait, wide, rows, head) for portrait in (False, True)]
    return min(ways, key=lambda way: (way.pages, way.across, -way.scale))


def upright(paper: int, widths: Sequence[float], heights: Iterable[float]) -> bool:
    """Tell whether a table that is printed on one page is clearly larger when the page stands."""
    wide, tall = sum(_CHARACTER * width + _EDGES for width in widths if width), sum(heights)
    scales = []
    for portrait in (False, True):
        width, height = _room(paper, portrait)
        scales.append(min(1.0, width / wide, height / tall))
    return scales[1] > scales[0] * _CLEARLY


def _room(paper: int, portrait: bool) -> tuple[float, float]:
    """Return the width and the height that can be printed on, in points."""
    short, long = _SIDES[paper]
    across, down = (short, long) if portrait else (long, short)
    return across - _INCH * (LEFT + RIGHT), (down - _INCH * (TOP + BOTTOM)) * _ROOM


def _way(paper: int, portrait: bool, wide: float, rows: Sequence[float], head: float) -> Laid:
    width, height = _room(paper, portrait)
    beside = max(1, ceil(wide * SMALLEST / width))
    scale = min(1.0, width * beside / wide) if wide else 1.0
    return Laid(portrait, beside, scale, beside * _filled(rows, height / scale, head))


def _filled(rows: Sequence[float], height: float, head: float) -> int:
    """Return how many pages of a height rows fill, none of them cut."""

    def turned(page: tuple[int, float], row: float) -> tuple[int, float]:
        number, used = page
        return (number, used + row) if used + row <= height else (number + 1, head + row)

    (*_, (pages, _)) = accumulate(rows, turned, initial=(1, 0.0))
    return pages
