"""How the cells that hold several values are read: parted, each piece by its kind, joined again."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from pst_excel.cells.parsers import choices, codes
from pst_excel.cells.parsers.choice_lists import number_range, split
from pst_excel.cells.parsers.code_lists import (
    BLANKS,
    DASHED,
    EITHER,
    ENDS,
    GLUED,
    MARKED,
    RANGE,
    TITLED,
    UNSURE,
    several_codes,
)
from pst_excel.cells.parsers.number_patterns import plain
from pst_excel.cells.parsers.patterns import ORDER, Context, KindReader, Understood
from pst_excel.cells.parsers.shares import FRACTIONS, NOT_WHOLE, in_fractions, shares
from pst_excel.cells.readings import Confidence
from pst_excel.cells.values import RawCell, Value, as_text, is_number
from pst_excel.model.schema import SEPARATOR, Column
from pst_excel.model.words.kinds import Kind
from pst_excel.model.words.vocabulary import Choice, Vocabulary
from pst_excel.text.spelling import fold, in_digits, tidy

PIECES = re.compile(r"[;\n]")
_CUT = re.compile(
    r"(?i:([,/&+-]|\b(?:et|and|ou|puis))) *\n *|\n *(?=(?i:[,/&+]|(?:et|and|ou|puis)\b))"
)
"""The end of a line that parts nothing: the mark before or after it does."""
_BULLET = re.compile(r"^[-–—*•·▪►➢] |^[•·▪►➢]")
_NUMBERS = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2})+")
NUMBER_OF_SEVERAL = "plusieurs numéros devenus un nombre ou une date"


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
    elif isinstance(cell, str) and _NUMBERS.fullmatch(cell):
        pieces = cell.split(".")
    else:
        return None
    labels = context.words.values()
    return pieces if all(piece in labels for piece in pieces) else None


def read(cell: RawCell, context: Context, reader: KindReader) -> Understood | None:
    """Return the values of a cell joined by `; `, None where one of them is not understood.

    Repeated codes and choices count once; numbers (the parts of a whole) are kept as they stand.
    """
    number = context.column.kind.is_number
    if number and isinstance(cell, str) and (fractions := in_fractions(cell)):
        return _joined([*fractions], context)
    found = [
        piece
        for part in (PIECES.split(_one_line(cell)) if isinstance(cell, str) else [cell])
        if (tidied := tidy(part) if isinstance(part, str) else part) != ""
        for piece in _read_part(tidied, context, reader)
    ]
    return _joined(found, context)


def _joined(found: list[Understood | None], context: Context) -> Understood | None:
    """Return several values as one, by the least sure of their readings."""
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
    if context.column.kind.is_number and isinstance(cell, str) and in_digits(cell):
        literal = plain(cell, context)
    if literal is not None:
        return [Understood(literal, Confidence.SURE, "")]
    for pieces, confidence, rule in (
        (_numbers(cell, context), Confidence.TO_CONFIRM, NUMBER_OF_SEVERAL),
        (
            isinstance(cell, str) and number_range(cell, context),
            _of_range(cell, context),
            RANGE,
        ),
    ):
        if pieces:
            return [Understood(piece, confidence, rule) for piece in pieces]
    if context.column.kind.is_number and isinstance(cell, str) and (found := shares(cell)):
        return [*found]
    parted = split(cell, context) if isinstance(cell, str) else None
    whole = _alone(cell, context, reader)
    if parted is None or (whole is not None and whole.rule and whole.confidence is Confidence.SURE):
        return [whole]
    read_part = partial(_read_part, context=context, reader=reader)
    marked = Understood(None, parted.confidence, parted.rule)
    return [piece for part in parted.pieces for piece in read_part(part)] + [marked]


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
         (("11, 13", "11; 13"), ("11/13", "11; 13"), ("9 et 13", "9; 13"), ("9 ET 13", "9; 13"),
          ("Industrie, innovation et infrastructure, Vie terrestre", "9; 15"),
          ("ODD 11, ODD 13", "11; 13"), ("Les ODD 11, 13 et 15", "11; 13; 15"),
          ("11 puis 13", "11; 13")), GOALS),
    SeveralPattern(MARKED, Confidence.SURE,
         (("Travaux / Finances", "Travaux; Finances"),
          ("Travaux, ADT/Mobilité", "Travaux; ADT/Mobilité"),
          ("Travaux et Finances", "Travaux; Finances"),
          ("Travaux ET Finances", "Travaux; Finances"),
          ("Travaux puis Finances", "Travaux; Finances"),
          ("Travaux + Finances", "Travaux; Finances"),
          ("Travaux,\nFinances", "Travaux; Finances"),
          ("Travaux, Voirie", "Travaux; Voirie")), TEAMS),
    SeveralPattern(MARKED, Confidence.LIKELY,
         (("Travaux - Finances", "Travaux; Finances"), ("Travaux (Finances)", "Travaux; Finances"),
          ("Travaux (+ Finances)", "Travaux; Finances")), TEAMS),
    SeveralPattern(MARKED, Confidence.SURE,
         (("1.1, 2.1", "1.1; 2.1"), ("1.1,2.1", "1.1; 2.1"), ("1.1 / 2.1", "1.1; 2.1"),
          ("OO 1.1 et 2.1", "1.1; 2.1"), ("1.1 & 2.1", "1.1; 2.1"), ("1.1 ET 1.10", "1.1; 1.10"),
          ("1.1 puis 2.1", "1.1; 2.1"), ("1.1 (+ 1.2)", "1.1; 1.2"),
          ("OO 1.1 et OO 2.3", "1.1; 2.3")), CODES),
    SeveralPattern(BLANKS, Confidence.LIKELY,
         (("1.1 1.10", "1.1; 1.10"), ("1.1. 1.2.", "1.1; 1.2"), ("OO 1.1 OO 2.3", "1.1; 2.3")),
         CODES),
    SeveralPattern(BLANKS, Confidence.LIKELY,
         (("11 13", "11; 13"), ("ODD 11 13", "11; 13")), GOALS),
    SeveralPattern(BLANKS, Confidence.TO_CONFIRM,
         (("Travaux Finances", "Travaux; Finances"),), TEAMS),
    SeveralPattern(TITLED, Confidence.LIKELY,
         (("1.1 (principal), 2.3", "1.1; 2.3"),
          ("1.1 · Doubler les pistes, 2.1 · Planter", "1.1; 2.1"),
          ("1.1 - Doubler les pistes, 2.1 - Planter", "1.1; 2.1")), CODES),
    SeveralPattern(EITHER, Confidence.TO_CONFIRM,
         (("1.10 ou 1.2", "1.10; 1.2"), ("1.1 et/ou 1.2", "1.1; 1.2")), CODES),
    SeveralPattern(EITHER, Confidence.TO_CONFIRM, (("11 ou 13", "11; 13"),), GOALS),
    SeveralPattern(DASHED, Confidence.TO_CONFIRM,
         (("1.1 - 1.2", "1.1; 1.2"), ("1.1-1.3", "1.1; 1.3")), CODES),
    SeveralPattern(UNSURE, Confidence.TO_CONFIRM,
         (("1.1 Doubler les pistes et 1.2 Planter", "1.1; 1.2"),
          ("1.1 en principal et 2.3 en appui", "1.1; 2.3")), CODES),
    SeveralPattern(ENDS, Confidence.TO_CONFIRM,
         (("1.1 à 1.3", "1.1; 1.3"), ("de 1.1 à 1.3", "1.1; 1.3")), CODES),
    SeveralPattern(GLUED, Confidence.TO_CONFIRM, (("1.1. 2", "1.1.2"),), CODES),
    SeveralPattern(MARKED, Confidence.SURE,
         (("60/40", "60; 40"), ("60 - 40", "60; 40"), ("60, 40", "60; 40"),
          ("60 % / 40 %", "60; 40"), ("60 % et 40 %", "60; 40")),
         SHARES),
    SeveralPattern(BLANKS, Confidence.LIKELY,
         (("60 40", "60; 40"), ("60 % 40 %", "60; 40"), ("60,40", "60; 40")), SHARES),
    SeveralPattern(FRACTIONS, Confidence.LIKELY,
         (("3/4 - 1/4", "75; 25"), ("0,6 / 0,4", "60; 40"), ("0,6; 0,4", "60; 40")), SHARES),
    SeveralPattern(FRACTIONS, Confidence.TO_CONFIRM, (("1/3 2/3", "33; 67"),), SHARES),
    SeveralPattern(NOT_WHOLE, Confidence.TO_CONFIRM, (("60/30", "60; 30"),), SHARES),
    SeveralPattern(RANGE, Confidence.LIKELY,
         (("11 à 13", "11; 12; 13"), ("11-13", "11; 12; 13"), ("ODD 11 à 13", "11; 12; 13"),
          ("9; 11 à 13", "9; 11; 12; 13"), ("du 11 au 13", "11; 12; 13")), GOALS),
    SeveralPattern(NUMBER_OF_SEVERAL, Confidence.TO_CONFIRM,
         ((11.13, "11; 13"), (dt.date(2026, 12, 11), "11; 12"), ("11.13", "11; 13")), GOALS),
)  # fmt: skip
REFUSED_SHARES = (
    ("60 ou 40", "laquelle des deux ?"), ("3/4", "une fraction : et le reste ?"),
    ("60 30", "deux nombres dont la somme n’est pas 100"),
    ("1.1 : 60 %; 1.2 : 40 %", "les parts seules, dans l’ordre des codes"),
)  # fmt: skip


def pieces_of(cell: str) -> Sequence[str]:
    """Return the pieces of a cell between semicolons and line breaks, tidied, blanks left out."""
    return [piece for part in PIECES.split(cell) if (piece := tidy(part))]
