"""How many lines a text takes in a cell: neither Excel nor LibreOffice says it before it shows it.

The widths are those of Calibri at 11 points on a usual screen, in pixels, of which a column has
seven for each character. Where LibreOffice, whose columns are wider, still has less room for a
sign than Excel, its share of that room is written. Bold texts of 10 points are no wider.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from unicodedata import normalize

LINE = 15  # points: what Excel gives to each line
PADDING = 3  # points left under the last line, so that it does not touch the next row
TALLEST = 400  # points: Excel has no row higher than 409
_SMALL_LINE, _BUTTON = 14, 20  # of the headings; above the text and under it

_DIGIT = 7
INDENT = 9 / _DIGIT  # characters, for each step of an indent
_BY_PIXELS = {
    3: " '\u00a0\u202f",
    3.9: "’‘",
    4: ",.:;`Iijl·",
    5: "!()-J[]frt{}°²³",
    6: '"/L\\csz',
    7: "#*+<=>?EFSTYZ^_agkvxy|~–",
    7.75: "0123456789$€",
    8: "BCKPRXbdehnopqu«»",
    9: "ADGHV",
    9.7: "U",
    10: "&NOQ…",
    11: "%w",
    12: "mæ",
    12.6: "Mœ",
    13: "@WŒÆ✱✔↻✎⚠ℹ",
    13.6: "—",
}
_USUAL, _WIDE, _IDEOGRAPHS = 8.0, 15.0, 0x1100  # from there on signs are as wide as they are high
_PIECES, _WORDS = re.compile(r"[^ \t-]+-*|-+|[ \t]+"), re.compile(r"[^ \t]+|[ \t]+")


class _Widths(dict[str, float]):
    """The width of each sign; those that are not listed are as wide as their letter."""

    def __missing__(self, sign: str) -> float:
        letter = normalize("NFD", sign)[0]
        known = letter != sign and letter < "\x7f"
        usual = _USUAL if ord(sign) < _IDEOGRAPHS else _WIDE
        self[sign] = wide = self[letter] if known else usual
        return wide


_WIDTHS = _Widths({sign: width for width, signs in _BY_PIXELS.items() for sign in signs})


@lru_cache(maxsize=16384)  # a workbook says the same in many cells
def lines_of(text: str, width: float) -> int:
    """Return how many lines a text takes in a wrapped cell of a width in characters.

    Where programs differ in what they keep together, the one that needs more lines is followed.
    """
    room = round(width * _DIGIT, 6)
    return sum(_wrapped(line, room) for line in text.split("\n"))


def height_of(lines: int) -> int:
    """Return the height of a row of so many lines, in points."""
    return min(LINE * lines + PADDING, TALLEST)


def heading_height(columns: Iterable[tuple[str, int]], lines: int = 1) -> int:
    """Return the height of a row of headings, given with their widths, in points.

    The button of a filter has its place under the last line; there are so many lines at least.
    """
    most = max((lines_of(label, width - INDENT) for label, width in columns), default=1)
    return _SMALL_LINE * max(most, lines) + _BUTTON


@lru_cache(maxsize=16384)
def width_of(text: str) -> float:
    """Return the width of a text that is not wrapped, in characters."""
    return _pixels(text) / _DIGIT


def _wrapped(line: str, room: float) -> int:
    if len(line) * _WIDE <= room or sum(map(_pixels, _WORDS.findall(line))) <= room:
        return 1
    return max(_filled(pieces.findall(line), room) for pieces in (_PIECES, _WORDS))


def _filled(pieces: list[str], room: float) -> int:
    """Return how many lines pieces fill, of which only one wider than a line is cut."""
    lines, at = 1, 0.0
    for piece in pieces:
        wide = _pixels(piece)
        if at + wide <= room:
            at += wide
        elif piece.isspace():
            at = room
        else:
            lines, at = lines + bool(at), 0.0
            for sign in piece if wide > room else ():
                lines, at = (lines, at) if at + _WIDTHS[sign] <= room else (lines + 1, 0.0)
                at += _WIDTHS[sign]
            at = at or wide
    return lines


@lru_cache(maxsize=16384)
def _pixels(text: str) -> float:
    return sum(map(_WIDTHS.__getitem__, text))
