"""How the values of a list are told in a cell that holds several, whatever stands between them."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from pst_excel.cells.parsers import choices
from pst_excel.cells.parsers.code_lists import BLANKS, EITHER, MARKED
from pst_excel.cells.parsers.patterns import Context
from pst_excel.cells.readings import Confidence
from pst_excel.text.spelling import fold, tidy

_MARKS = re.compile(r"( ?[,/|•·] ?| et | & | ?\+ ?)", re.IGNORECASE)
_WORDS = re.compile(
    r"( ?[,/|•·>] ?| (?:et|and|puis|ou|et/ou|ainsi que|avec|plus|y compris|[-–—]) | ?& ?| ?\+ ?)",
    re.IGNORECASE,
)
_BLANKS = re.compile("( )")
_RANGE = frozenset(("a", "au", "jusque", "jusqu'a", "jusqu'au", "to", "->", "→", "..", "..."))
_DASHES = frozenset("-–—")
_IN_BRACKETS = re.compile(r"([^()]+?) ?\( ?([^()]+?) ?\)")
_LONGEST = 6  # tokens joined to one value: « Paix, justice et institutions efficaces » has three
_MOST = 101  # values and marks between; a longer list was not written by hand
_MARK_FIRST = re.compile("^(?:[+&,/]|(?:et|ou|puis|avec) ) ?", re.IGNORECASE)
_FIGURE = re.compile("[0-9]")


class Parted(NamedTuple):
    """The pieces of a cell, and how surely they are several values."""

    pieces: list[str]
    confidence: Confidence
    rule: str


def split(cell: str, context: Context) -> Parted | None:
    """Return the pieces of a cell parted by other marks than semicolons, None where it is one.

    A value of a list may itself hold a comma, a bar or « et ». Where people complete the list, one
    piece may be unknown where another is known; between dashes, blanks and brackets, none.
    """
    vocabulary = context.column.vocabulary
    if vocabulary is None:
        return None
    marked = _known_pieces(_MARKS.split(cell), context, vocabulary.local)
    if marked:
        return Parted(marked, Confidence.SURE, MARKED)
    return _worded(cell, context) or _bracketed(cell, context) or _blank_parted(cell, context)


def _worded(cell: str, context: Context) -> Parted | None:
    tokens = _WORDS.split(cell)
    pieces = _known_pieces(tokens, context)
    if pieces is None:
        return None
    marks = {fold(token) for token in tokens[1::2]}
    if "ou" in marks or "et/ou" in marks:
        return Parted(pieces, Confidence.TO_CONFIRM, EITHER)
    if not marks & _DASHES:
        return Parted(pieces, Confidence.SURE, MARKED)
    # « 11 - Vie terrestre » is one goal, whose number and title disagree.
    if not _are_values(pieces, context):
        return None
    numbered = choices.numbered(context.column.vocabulary)
    return Parted(pieces, Confidence.TO_CONFIRM if numbered else Confidence.LIKELY, MARKED)


def _are_values(pieces: list[str], context: Context) -> bool:
    """Tell whether no piece may be what another one's number means."""
    each = all(map(_FIGURE.search, pieces))
    return each or not choices.numbered(context.column.vocabulary)


def _bracketed(cell: str, context: Context) -> Parted | None:
    found = _IN_BRACKETS.fullmatch(cell)
    if found is None:
        return None
    pieces = _known_pieces([found[1], ", ", _MARK_FIRST.sub("", found[2])], context)
    if pieces is None or not _are_values(pieces, context):
        return None
    either = found[2].casefold().startswith("ou ")
    return Parted(
        pieces, *((Confidence.TO_CONFIRM, EITHER) if either else (Confidence.LIKELY, MARKED))
    )


def _blank_parted(cell: str, context: Context) -> Parted | None:
    pieces = _known_pieces(_BLANKS.split(cell), context)
    if pieces is None or not _are_values(pieces, context):
        return None
    sure = choices.numbered(context.column.vocabulary) and not _RANGE & {*fold(cell).split()}
    return Parted(pieces, Confidence.LIKELY if sure else Confidence.TO_CONFIRM, BLANKS)


def _known_pieces(
    tokens: list[str], context: Context, unknown_too: bool = False
) -> list[str] | None:
    """Return values and the marks between them joined into pieces that are in the list."""
    if not 3 <= len(tokens) <= _MOST:
        return None
    pieces: list[str] = []
    known = at = 0
    while at < len(tokens):
        longest = min(len(tokens), at + 2 * _LONGEST)
        ends = range(longest - (longest - at + 1) % 2, at, -2)
        end = next((e for e in ends if _is_known("".join(tokens[at:e]), context)), None)
        if end is None and not unknown_too:
            return None
        known += end is not None
        pieces.append("".join(tokens[at : end or at + 1]).strip())
        at = (end or at + 1) + 1
    pieces = [piece for piece in pieces if piece]
    enough = known == len(pieces) or (unknown_too and known)
    return pieces if enough and len(pieces) > 1 else None


def _is_known(text: str, context: Context) -> bool:
    piece = tidy(text)
    if fold(piece) in context.words:
        return True
    vocabulary = context.column.vocabulary
    if vocabulary is None or not (vocabulary.persons or choices.numbered(vocabulary)):
        return choices.detailed(piece, context) is not None
    return number_range(piece, context) is not None or any(
        form.confidence is Confidence.SURE and form.read(piece, context) is not None
        for form in choices.CHOICE.forms[:-1]
    )


@cache
def _span(prefixes: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join(re.escape(fold(word)) for word in prefixes)
    first, last = rf"(?:(?:{words})s?|de|du)? ?([0-9]{{1,2}})", rf"(?:{words})? ?([0-9]{{1,2}})"
    return re.compile(rf"{first} ?(?:-|–|a|au|to|jusque|jusqu'au?|jusqu'a|->|→|\.\.\.?) ?{last}")


def number_range(text: str, context: Context) -> list[str] | None:
    """Return the numbers of a list that « 11 à 13 » names."""
    vocabulary = context.column.vocabulary
    if vocabulary is None or not choices.numbered(vocabulary):
        return None
    match = _span(vocabulary.prefixes).fullmatch(fold(text))
    if match is None or int(match[1]) >= int(match[2]):
        return None
    span = [str(number) for number in range(int(match[1]), int(match[2]) + 1)]
    return span if all(label in context.words.values() for label in span) else None
