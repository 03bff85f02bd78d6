"""Columns on the screen: aligned, their headings on several lines where they are long."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

WIDEST = 120
"""Characters across the screen."""
_HEADING = 9  # characters of a heading from which it goes on below
_GAP = "  "


@dataclass(frozen=True)
class Heading:
    """The heading of a column, and on which side its values stand."""

    text: str
    right: bool = False


def aligned(headings: Sequence[Heading], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines of a table; where no column has a heading, the first line is blank."""
    widths = _widths(headings, rows)
    wrapped = [_wrapped(heading, _body(at, rows)) for at, heading in enumerate(headings)]
    high = max((len(lines) for lines in wrapped), default=1) or 1
    above = [[""] * (high - len(lines)) + lines for lines in wrapped]
    every = [*zip(*above, strict=True), *rows]
    return list(_lines(headings, widths, every))


def width_of(headings: Sequence[Heading], rows: Sequence[Sequence[str]]) -> int:
    """Return how many characters wide a table is."""
    return sum(_widths(headings, rows)) + len(_GAP) * (len(headings) - 1)


def _widths(headings: Sequence[Heading], rows: Sequence[Sequence[str]]) -> list[int]:
    return [
        max([_body(at, rows), *map(len, _wrapped(heading, _body(at, rows)))])
        for at, heading in enumerate(headings)
    ]


def _body(at: int, rows: Sequence[Sequence[str]]) -> int:
    return max((len(row[at]) for row in rows), default=0)


def _wrapped(heading: Heading, width: int) -> list[str]:
    return textwrap.wrap(heading.text, max(width, _HEADING), break_long_words=False)


def _lines(
    headings: Sequence[Heading], widths: Sequence[int], rows: Sequence[Sequence[str]]
) -> Iterator[str]:
    for row in rows:
        cells = [
            cell.rjust(width) if heading.right else cell.ljust(width)
            for cell, width, heading in zip(row, widths, headings, strict=True)
        ]
        yield _GAP.join(cells).rstrip()
