"""Texts longer than a cell of Excel: what a cell shows of one, and how it is known again.

A cell holds 32 767 characters; other programs write more. What a cell shows of a longer text ends
with its length and a print of the whole, so that one that was not touched since is no change.
"""

from __future__ import annotations

import hashlib
import re

from pst_excel.model.words.wording import number, plural

LONGEST = 32_767  # units of UTF-16, as Excel counts them
_SURELY_FITS = LONGEST // 2
_ENDING = "… [coupé : {} en tout, n° {}]"
_CUT = re.compile(r"… \[coupé : ([0-9\s]+)caractères en tout, n° [0-9a-f]{8}\]\Z")


def length(text: str) -> int:
    """Return how many characters Excel counts in a text."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def fits(text: str) -> bool:
    """Tell whether a cell of Excel can hold a text whole."""
    return len(text) <= _SURELY_FITS or length(text) <= LONGEST


def in_a_cell(text: str) -> str:
    """Return what a cell holds of a text: all of it, else its beginning and what says so."""
    if fits(text):
        return text
    mark = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    ending = _ENDING.format(plural(length(text), "caractère"), mark)
    return _beginning(text, LONGEST - length(ending)) + ending


def _beginning(text: str, units: int) -> str:
    held = text.encode("utf-16-le", "surrogatepass")[: 2 * units]
    return held.decode("utf-16-le", "ignore")  # half a character is no character


def whole_length(text: str) -> int:
    """Return how many characters a text had before it was cut to fit; 0 where it is whole."""
    if len(text) < _SURELY_FITS:
        return 0
    if not fits(text):
        return length(text)
    cut = _CUT.search(text, len(text) - 99)
    return int("".join(cut[1].split())) if cut else 0


def forms(text: str) -> tuple[str, str]:
    """Return what a cell shows of a text that is too long: as it is cut here, and by Excel."""
    return in_a_cell(text), _beginning(text, LONGEST)


def alike(one: object, other: object) -> bool:
    """Tell whether two values are one text that no cell holds: whole, or as a cell shows it."""
    if not (isinstance(one, str) and isinstance(other, str)):
        return False
    if min(len(one), len(other)) < _SURELY_FITS:
        return False
    shorter, longer = sorted((one, other), key=length)
    return shorter in forms(longer) if not fits(longer) else _cut_alike(one, other)


def _cut_alike(one: str, other: str) -> bool:
    """Tell whether of two texts one was cut here and the other by Excel, at the same place."""
    for cut, whole in ((one, other), (other, one)):
        mark = _CUT.search(cut, len(cut) - 99)
        if mark and length(whole) == LONGEST and whole.startswith(cut[: mark.start()]):
            return not _CUT.search(whole, len(whole) - 99)
    return False


def cut_in(count: int) -> str:
    """Say how many characters a text has."""
    return f"{number(count)} caractères"
