"""How many lines a text takes in a cell: neither Excel nor LibreOffice says it before it shows it.

The widths are those of Carlito, which is as wide as Calibri, at 11 points, counted in the
characters by which columns are measured (7 pixels each), and rounded up.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache

LINE = 15

_BY_WIDTH = {
    0.5: " \u00a0\u202f'’ilîï",
    0.57: "jI.,·:;",
    0.68: "f()[]-J!",
    0.75: "t²°r",
    0.86: 'sz/\\"',
    0.92: "Lcçx",
    1.0: "kvyFS?Zgaàâ|",
    1.05: "eéèêëTEYÉÈÊ–_+=*<>#",
    1.07: "0123456789€«»",
    1.3: "ABCDKPRVXÀÇ",
    1.45: "GHNOQUÔ&…",
    1.92: "wmæœMWŒ%@—",
}
_WIDTHS = {ord(sign): width for width, signs in _BY_WIDTH.items() for sign in signs}
_USUAL, _FULL, _WIDEST = 1.11, 2.1, 2.1
_IDEOGRAPHS = 0x1100  # from there on signs are as wide as they are high
_PIECES, _WORDS = re.compile(r"[^ \t-]+-*|-+|[ \t]+"), re.compile(r"[^ \t]+|[ \t]+")


@lru_cache(maxsize=16384)  # a workbook says the same in many cells
def lines_of(text: str, width: int) -> int:
    """Return how many lines a text takes in a wrapped cell of a width in characters.

    Where programs differ in what they keep together, the one that needs more lines is followed.
    """
    return sum(_wrapped(line, width) for line in text.split("\n"))


def _wrapped(line: str, width: int) -> int:
    if len(line) * _WIDEST <= width or sum(map(_wide, _WORDS.findall(line))) <= width:
        return 1
    return max(_filled(pieces.findall(line), width) for pieces in (_PIECES, _WORDS))


def _filled(pieces: list[str], width: int) -> int:
    """Return how many lines pieces fill, of which only one wider than a line is cut."""
    lines, at = 1, 0.0
    for piece in pieces:
        wide = _wide(piece)
        if at + wide <= width:
            at += wide
        elif piece.isspace():
            at = width
        else:
            more = max(math.ceil(wide / width), 1)
            lines += more if at else more - 1
            at = wide - (more - 1) * width
    return lines


@lru_cache(maxsize=16384)
def _wide(text: str) -> float:
    return sum(
        _WIDTHS.get(sign, _USUAL if sign < _IDEOGRAPHS else _FULL) for sign in map(ord, text)
    )
