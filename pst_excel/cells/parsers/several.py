"""How the cells that hold several values are read: parted, each piece by its kind, joined again."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, partial
from typing import NamedTuple

from pst_excel.cells.parsers import choices, codes
from pst_excel.cells.parsers.code_lists import EITHER, MARKED, RANGE, several_codes
from pst_excel.cells.parsers.patterns import ORDER, Context, KindReader, Understood
from pst_excel.cells.readings import Confidence
from pst_excel.cells.values import RawCell, Value, as_text, is_number
from pst_excel.model.schema import SEPARATOR, Column
from pst_excel.model.words.kinds import Kind
from pst_excel.model.words.vocabulary import Choice, Vocabulary
from pst_excel.text.spelling import fold, tidy

PIECES = re.compile(r"[;\n]")
_CUT = re.compile(
    r"(?i:([,/&+-]|\b(?:et|and|ou|puis))) *\n *|\n *(?=(?i:[,/&+]|(?:et|and|ou|puis)\b))"
)
"""The end of a line that parts nothing: the mark before or after it does."""
_BULLET = re.compile(r"^[-–—*•·▪►➢] |^[•·▪►➢]")
_OTHER_MARKS = re.compile(r"( ?[,/|•·] ?| et | & | ?\+ ?)")
_NUMBER_MARKS = re.compile(r" ?[/|+-] ?|, | et ")
_LONGEST = 6  # tokens joined to one value: « Paix, justice et institutions efficaces » has three
_MOST = 101  # values and marks between; a longer list was not written by hand
NUMBER_OF_SEVERAL = "plusieurs numéros devenus un nombre ou une date"


def split(cell: str, context: Context) -> list[str] | None:
    """Return the pieces of a cell parted by other marks than semicolons, None where it is one."""
    kind, vocabulary = context.column.kind, context.column.vocabulary
    if kind.is_number:
        pieces = [p.strip(" %") for p in _NUMBER_MARKS.split(cell)]
        return pieces if len(pieces) > 1 and all(p.isdecimal() for p in pieces) else None
    return _known_pieces(cell, context) if vocabulary is not None else None


def _known_pieces(cell: str, context: Context) -> list[str] | None:
    """Part a text so that each piece is in the list: a value may itself hold a comma or a bar.

    In a list that people complete, one piece may be unknown where another is known.
    """
    tokens = _OTHER_MARKS.split(cell)
    if not 3 <= len(tokens) <= _MOST:
        return None
    pieces: list[str] = []
    known = at = 0
    while at < len(tokens):
        longest = min(len(tokens), at + 2 * _LONGEST)
        ends = range(longest - (longest - at + 1) % 2, at, -2)
        end = next((e for e in ends if _is_known("".join(tokens[at:e]), context)), None)
        known += end is not None
        pieces.append("".join(tokens[at : end or at + 1]).strip())
        at = (end or at + 1) + 1
    pieces = [piece for piece in pieces if piece]
    vocabulary = context.column.vocabulary
    local = vocabulary is not None and vocabulary.local
    enough = known == len(pieces) or (local and known)
    return pieces if enough and len(pieces) > 1 else None


def _is_known(text: str, context: Context) -> bool:
    piece = tidy(text)
    return choices.literal(piece, context) is not None or _range(piece, context) is not None or any(
        form.confidence is Confidence.SURE and form.read(piece, context) is not None
        for form in choices.CHOICE.forms[:-1]
    )  # fmt: skip


@cache
def _span(prefixes: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join(re.escape(fold(word)) for word in prefixes)
    first, last = rf"(?:{words}|de)? ?([0-9]{{1,2}})", rf"(?:{words})? ?([0-9]{{1,2}})"
    return re.compile(rf"{first} ?(?:-|–|a|au|jusqu'a|\.\.\.?) ?{last}")


def _range(text: str, context: Context) -> list[str] | None:
    """Return the numbers of a list that « 11 à 13 » names."""
    vocabulary = context.column.vocabulary
    if vocabulary is None or not choices.numbered(vocabulary):
        return None
    match = _span(vocabulary.prefixes).fullmatch(fold(text))
    if match is None or int(match[1]) >= int(match[2]):
        return None
    span = [str(number) for number in range(int(match[1]), int(match[2]) + 1)]
    return span if all(label in context.words.values() for label in span) else None


def _of_range(cell: RawCell, context: Context) -> Confidence:
    """Return how sure a range is: « ODD 11-ODD 13 » may be these two alone."""
    vocabulary = context.column.vocabulary
    prefixes = vocabulary.prefixes if vocabulary is not None else ()
    twice = isinstance(cell, str) and "-" in cell and any(
        fold(cell).count(fold(word)) > 1 for word in prefixes
    )  # fmt: skip
    return Confidence.TO_CONFIRM if twice else Confidence.LIKELY


def _numbers(cell: RawCell, context: Context) -> list[str] | None:
    """Return the two numbers of a list that Excel made one number (11,13) or a date (11/12) of."""
    if not choices.numbered(context.column.vocabulary):
        return None
    if isinstance(cell, dt.date):
        pieces = [str(cell.day), str(cell.month)]
    elif is_number(cell) and not float(cell).is_integer():
        pieces = f"{cell:.10g}".split(".")
    else:
        return None
    labels = context.words.values()
    return pieces if all(piece in labels for piece in pieces) else None


def read(cell: RawCell, context: Context, reader: KindReader) -> Understood | None:
    """Return the values of a cell joined by `; `, None where one of them is not understood.

    Repeated codes and choices count once; numbers (the parts of a whole) are kept as they stand.
    """
    found = [
        piece
        for part in (PIECES.split(_one_line(cell)) if isinstance(cell, str) else [cell])
        if (tidied := tidy(part) if isinstance(part, str) else part) != ""
        for piece in _read_part(tidied, context, reader)
    ]
    if any(piece is None for piece in found):
        return None
    read = [piece for piece in found if piece is not None and piece.value is not None]
    texts = [as_text(piece.value) for piece in read]
    if not context.column.kind.is_number:
        texts = list(dict.fromkeys(texts))
    if not found:
        return Understood(None, Confidence.SURE, "")
    interpreted = [piece for piece in reversed(found) if piece is not None and piece.rule]
    joined = SEPARATOR.join(texts) or None
    if not interpreted:
        return Understood(joined, Confidence.SURE, "")
    worst = max(interpreted, key=lambda piece: ORDER.index(piece.confidence))
    return Understood(joined, worst.confidence, worst.rule)


def _one_line(cell: str) -> str:
    """Return a cell without the bullets of its lines, those joined that a mark parts already."""
    if "\n" not in cell:
        return cell
    joined = _CUT.sub(lambda found: f"{found[1] or ''} ", cell)
    return "\n".join(_BULLET.sub("", line.strip()) for line in joined.split("\n"))


def _read_part(cell: RawCell, context: Context, reader: KindReader) -> list[Understood | None]:
    """Read a piece between semicolons: as one value if it is one, else parted further."""
    literal = reader.literal(cell, context)
    if context.column.kind is Kind.CODE:
        return _codes(cell, literal, context)
    if context.column.kind.is_number and isinstance(cell, str) and cell.isdecimal():
        literal = float(cell)
    if literal is not None:
        return [Understood(literal, Confidence.SURE, "")]
    for pieces, confidence, rule in (
        (_numbers(cell, context), Confidence.TO_CONFIRM, NUMBER_OF_SEVERAL),
        (isinstance(cell, str) and _range(cell, context), _of_range(cell, context), RANGE),
    ):
        if pieces:
            return [Understood(piece, confidence, rule) for piece in pieces]
    parts = split(cell, context) if isinstance(cell, str) else None
    whole = _alone(cell, context, reader)
    if parts is None or (whole is not None and whole.rule and whole.confidence is Confidence.SURE):
        return [whole]
    read_part = partial(_read_part, context=context, reader=reader)
    marked = Understood(None, Confidence.SURE, MARKED)
    return [piece for part in parts for piece in read_part(part)] + [marked]


def _codes(cell: RawCell, literal: Value, context: Context) -> list[Understood | None]:
    if literal is not None:
        return [Understood(literal, Confidence.SURE, "")]
    several = several_codes(cell, context) if isinstance(cell, str) else None
    if several is None:
        return [codes.understood(cell, context)]
    return [Understood(code, several.confidence, several.rule) for code in several.codes]


def _alone(cell: RawCell, context: Context, reader: KindReader) -> Understood | None:
    found = reader.understand(cell, context)
    if found is None and context.column.kind.is_text and isinstance(cell, str):
        return Understood(cell, Confidence.SURE, "")  # a word of no list: kept
    return found


_GOALS = Vocabulary(
    "objectifs", "Objectifs",
    tuple(Choice(str(n), (title,) if title else (), title or "…") for n, title in (
        (9, "Industrie, innovation et infrastructure"), (11, "Villes et communautés durables"),
        (12, ""),
        (13, ""), (15, "Vie terrestre"), (16, "Paix, justice et institutions efficaces"))),
    explained=True, prefixes=("ODD",),
)  # fmt: skip
_TEAMS = Vocabulary(
    "equipes",
    "Équipes",
    (Choice("Travaux"), Choice("ADT/Mobilité"), Choice("Finances"), Choice("Fêtes et culture")),
    local=True,
)
GOALS = Column("x", "X", Kind.CHOICE, "", vocabulary=_GOALS, many=True)
TEAMS = Column("x", "X", Kind.CHOICE, "", vocabulary=_TEAMS, many=True)
CODES = replace(codes.DRESSED, many=True)
SHARES = Column("x", "X", Kind.INTEGER, "", many=True)


class SeveralPattern(NamedTuple):
    """A way of writing several values, as a form is one of writing a value."""

    rule: str
    confidence: Confidence
    examples: tuple[tuple[RawCell, Value], ...]
    column: Column


SEVERAL = (
    SeveralPattern(MARKED, Confidence.SURE,
         (("11, 13", "11; 13"), ("11/13", "11; 13"), ("9 et 13", "9; 13"),
          ("Industrie, innovation et infrastructure, Vie terrestre", "9; 15"),
          ("ODD 11, ODD 13", "11; 13")), GOALS),
    SeveralPattern(MARKED, Confidence.SURE,
         (("Travaux / Finances", "Travaux; Finances"),
          ("Travaux, ADT/Mobilité", "Travaux; ADT/Mobilité"),
          ("Travaux et Finances", "Travaux; Finances"),
          ("Travaux, Voirie", "Travaux; Voirie")), TEAMS),
    SeveralPattern(MARKED, Confidence.SURE,
         (("1.1, 2.1", "1.1; 2.1"), ("1.1,2.1", "1.1; 2.1"), ("1.1 / 2.1", "1.1; 2.1"),
          ("OO 1.1 et 2.1", "1.1; 2.1"), ("1.1 & 2.1", "1.1; 2.1")), CODES),
    SeveralPattern(MARKED, Confidence.SURE,
         (("60/40", "60; 40"), ("60 - 40", "60; 40"), ("60, 40", "60; 40"),
          ("60 % / 40 %", "60; 40")),
         SHARES),
    SeveralPattern(RANGE, Confidence.LIKELY,
         (("11 à 13", "11; 12; 13"), ("11-13", "11; 12; 13"), ("ODD 11 à 13", "11; 12; 13"),
          ("9; 11 à 13", "9; 11; 12; 13")), GOALS),
    SeveralPattern(NUMBER_OF_SEVERAL, Confidence.TO_CONFIRM,
         ((11.13, "11; 13"), (dt.date(2026, 12, 11), "11; 12")), GOALS),
)  # fmt: skip


def pieces_of(cell: str) -> Sequence[str]:
    """Return the pieces of a cell between semicolons and line breaks, tidied, blanks left out."""
    return [piece for part in PIECES.split(cell) if (piece := tidy(part))]
