"""How the shares of one cell are parted: whole per cents, or fractions of a whole."""

from __future__ import annotations

import re
from fractions import Fraction

from pst_excel.cells.parsers.code_lists import BLANKS, MARKED
from pst_excel.cells.parsers.patterns import LONGEST, Understood
from pst_excel.cells.readings import Confidence
from pst_excel.text.spelling import fold

FRACTIONS = "parts écrites en fractions"
NOT_WHOLE = "parts dont la somme n’est pas 100"
_MOST = 20  # shares of one whole; more were not written by hand
_MARKS = re.compile(r"\s?[;/|:+–—-]\s?|, |\s?&\s?| (?:et|and|puis) ")
_FRACTION = re.compile(r"([0-9]{1,2})/([0-9]{1,2})")
_BETWEEN_FRACTIONS = re.compile(r" ?[-–—,+&|;] ?| (?:et|and|puis|/) | ")
_BETWEEN = re.compile(r" |,|(?<=%)(?=[0-9])")
_POINTED = re.compile("[.,/]")
_SHARE = re.compile("[0-9]{1,9}")
_DECIMAL = re.compile(r"0[.,][0-9]{1,4}")
_SIGN = re.compile(r" ?(?:%|pour ?cents?|p\.c\.)")
_WHOLE = 100


def shares(cell: str) -> list[Understood] | None:
    """Return the shares of a cell that holds several, None where it does not say which they are."""
    text = _SIGN.sub("%", fold(cell.strip(" ()[]"))) if len(cell) <= LONGEST else ""
    return _fractions(text) or _marked(text) or _spaced(text)


def in_fractions(cell: str) -> list[Understood] | None:
    """Return the shares of a cell of fractions, whatever parts them."""
    return _fractions(fold(cell)) if len(cell) <= LONGEST and _POINTED.search(cell) else None


def _read(pieces: list[str], confidence: Confidence, rule: str) -> list[Understood] | None:
    if not 2 <= len(pieces) <= _MOST or not all(map(_SHARE.fullmatch, pieces)):
        return None
    return [Understood(float(piece), confidence, rule) for piece in pieces]


def _marked(text: str) -> list[Understood] | None:
    pieces = [p.strip(" %") for p in _MARKS.split(text)]
    found = _read(pieces, Confidence.SURE, MARKED)
    if found is None or sum(map(int, pieces)) == _WHOLE:
        return found
    # « 3/4 » is a fraction of what remains unsaid; « 60/30 » lacks something.
    return None if _FRACTION.fullmatch(text) and int(pieces[0]) < int(pieces[1]) else [
        one._replace(confidence=Confidence.TO_CONFIRM, rule=NOT_WHOLE) for one in found
    ]  # fmt: skip


def _spaced(text: str) -> list[Understood] | None:
    """Return shares that only a blank or a comma parts: their sum or their signs say so."""
    pieces = _BETWEEN.split(text)
    bare = [piece.strip("%") for piece in pieces]
    whole = sum(int(piece) for piece in bare if _SHARE.fullmatch(piece)) == _WHOLE
    if not whole and not all(piece.endswith("%") for piece in pieces):
        return None
    return _read(bare, Confidence.LIKELY, BLANKS)


def _fractions(text: str) -> list[Understood] | None:
    """Return the per cents of « 3/4 - 1/4 » or « 0,6 / 0,4 »; thirds are rounded, and asked."""
    parts: list[Fraction] = []
    for piece in _BETWEEN_FRACTIONS.split(text) if "/" in text else []:
        match = _FRACTION.fullmatch(piece)
        if match is None or not 0 < int(match[1]) < int(match[2]):
            parts = []
            break
        parts.append(Fraction(int(match[1]), int(match[2])))
    if not parts:
        pieces = _MARKS.split(text)
        if all(map(_DECIMAL.fullmatch, pieces)):
            parts = [Fraction(piece.replace(",", ".")) for piece in pieces]
    if not 2 <= len(parts) <= _MOST or sum(parts) != 1:
        return None
    exact = [part * _WHOLE for part in parts]
    ends = [round(sum(exact[: at + 1])) for at in range(len(exact))]
    rounded = [end - before for before, end in zip([0, *ends], ends, strict=False)]
    even = all(part.denominator == 1 for part in exact)
    confidence = Confidence.LIKELY if even else Confidence.TO_CONFIRM
    return [Understood(float(part), confidence, FRACTIONS) for part in rounded]
