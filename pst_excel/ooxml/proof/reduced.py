"""Two states of a sheet without the rows that are alike in both: the rest is compared.

Most of a sheet is not touched: looking at bytes costs a fraction of parsing them.
"""

from __future__ import annotations

import re

_ROW, _OPEN, _CLOSE = b'<row r="', b"<sheetData>", b"</sheetData>"
_ROOT = re.compile(rb"<(?![?!])[^<>]*+>")
_ASIDE = re.compile(rb"<!")  # a comment could hold what looks like rows


def reduced(old: bytes, new: bytes) -> tuple[bytes, bytes]:
    """Return both states without the rows that they have in common.

    Rows that share a formula are kept, since they are read with others. Both states are returned
    whole when their rows are not written plainly, each with a number and no two with one, or are
    not in the same order, or when the names in force are not the same.
    """
    olds, news = _rows(old), _rows(new)
    roots = [found[0] if (found := _ROOT.search(state)) else b"" for state in (old, new)]
    if olds is None or news is None or roots[0] != roots[1] or _ASIDE.search(new):
        return old, new
    if [n for n in olds if n in news] != [n for n in news if n in olds]:
        return old, new
    same = {
        number
        for number, row in olds.items()
        if number in news and _alike(row, news[number]) and b"shared" not in row
    }
    return _without(old, olds, same), _without(new, news, same)


def _alike(old: bytes, new: bytes) -> bool:
    """Return whether a row is the same bytes, or became so by being written by this package."""
    return old == new or old.replace(b"&quot;", b'"').replace(b"<v></v>", b"<v/>") == new


def _rows(state: bytes) -> dict[bytes, bytes] | None:
    """Return the rows by the number that they are written with; None when that cannot be told."""
    start, end = state.find(_OPEN), state.rfind(_CLOSE)
    before, *pieces = state[start + len(_OPEN) : end].split(_ROW)
    rows = {piece[: piece.find(b'"')]: piece for piece in pieces}
    plain = 0 <= start < end and len(rows) == len(pieces) and not before.strip()
    return rows if plain else None


def _without(state: bytes, rows: dict[bytes, bytes], same: set[bytes]) -> bytes:
    kept = [_ROW + row for number, row in rows.items() if number not in same]
    start, end = state.find(_OPEN) + len(_OPEN), state.rfind(_CLOSE)
    return b"".join([state[:start], *kept, state[end:]])
