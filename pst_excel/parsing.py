"""How the cells of a column are understood by kind: typed values, and notes on the others.

One reader a kind, in `READERS`; every distinct cell of a column is read once. A note either says
what was understood and how surely (an entry of the journal of corrections), or that nothing was.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pst_excel.schema import SEPARATOR, SHOWN, Column, Kind
from pst_excel.spelling import fold, tidy, verbatim
from pst_excel.wording import date, say

Value = str | float | dt.date | None
Spellings = Mapping[str, Mapping[str, str]]


class Confidence(StrEnum):
    """How sure a reading that is not literal is."""

    SURE = "sûr"
    LIKELY = "probable"
    TO_CONFIRM = "à confirmer"
    NONE = "non compris"


@dataclass(frozen=True)
class Note:
    """A cell that was not read literally: what it held, what was understood, how surely and why."""

    read: str
    understood: str
    confidence: Confidence
    rule: str


@dataclass(frozen=True)
class Parsed:
    """The values of a column, in order, and the notes by position."""

    values: list[Value]
    notes: list[tuple[int, Note]]


Reading = tuple[Value, Note | None]
Reader = Callable[[Any, Column, Mapping[str, str]], Reading]


def parse(raw: Sequence[Any], column: Column, spellings: Spellings) -> Parsed:
    """Read the cells of a column; blank cells are None, or the column's declared default."""
    vocabulary = column.vocabulary
    words = spellings.get(vocabulary.key, {}) if vocabulary else {}
    reader = _several if column.many else READERS[column.kind]
    known: dict[Any, Reading] = {"": (column.default, None)}
    values: list[Value] = []
    notes: list[tuple[int, Note]] = []
    for position, cell in enumerate(raw):
        # 1, 1.0 and True are equal, and do not read alike.
        key = cell if cell.__class__ is str else (cell.__class__, cell)
        if key not in known:
            known[key] = _read(reader, cell, column, words)
        value, note = known[key]
        values.append(value)
        if note is not None:
            notes.append((position, note))
    return Parsed(values, notes)


def _read(reader: Reader, cell: Any, column: Column, words: Mapping[str, str]) -> Reading:
    if cell is None:
        return column.default, None
    if isinstance(cell, str):
        cell = verbatim(cell) if column.kind is Kind.TEXT else tidy(cell)
        if not cell:
            return column.default, None
    return reader(cell, column, words)


def _refused(cell: Any) -> Reading:
    return None, Note(as_text(cell), "", Confidence.NONE, "")


def _noted(cell: Any, value: Value, kind: Kind, confidence: Confidence, rule: str) -> Reading:
    return value, Note(as_text(cell), say(value, kind), confidence, rule)


def as_text(cell: Any) -> str:
    """Return what a cell holds as a text, nothing shortened."""
    if isinstance(cell, bool):
        return "Oui" if cell else "Non"
    if isinstance(cell, int | float):
        return f"{cell:.15g}"
    if isinstance(cell, dt.datetime | dt.date):
        return date(cell)
    return str(cell)


def _text(cell: Any, column: Column, words: Mapping[str, str]) -> Reading:
    return as_text(cell), None


_LEVEL = re.compile(r"^(?:O\.?S\.?|O\.?O\.?|ACTION|A\.?)\s*(?:n°)?\s*(?=\d)", re.IGNORECASE)


def _code(cell: Any, column: Column, words: Mapping[str, str]) -> Reading:
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        value = f"{cell:.10g}"
        if float(cell).is_integer():
            return value, None
        return _noted(value, value, Kind.CODE, Confidence.LIKELY, "code devenu un nombre")
    if isinstance(cell, dt.datetime | dt.date):
        value = f"{cell.day}.{cell.month}.{cell.year % 100}"
        return _noted(cell, value, Kind.CODE, Confidence.TO_CONFIRM, "code devenu une date")
    text = str(cell).partition(SHOWN.rstrip())[
        0
    ]  # the drop-down lists leave a code and what it names
    value = _LEVEL.sub("", text).rstrip(". ")
    if value == text:
        return value, None
    return _noted(text, value, Kind.CODE, Confidence.SURE, "préfixe ou point final du code")


def _choice(cell: Any, column: Column, words: Mapping[str, str]) -> Reading:
    text = as_text(cell)
    label = words.get(fold(text))
    if label is None or label == text:
        return text, None
    if not isinstance(cell, str):
        return label, None
    return _noted(text, label, column.kind, Confidence.SURE, "synonyme ou graphie de la liste")


_NUMBER = re.compile(r"[+-]?(?:[1-9]\d{0,2}(?:[ .]\d{3})+|\d+)(?:[,.]\d+)?")


def _number(cell: Any, column: Column, words: Mapping[str, str]) -> Reading:
    if isinstance(cell, bool):
        return _refused(cell)
    if isinstance(cell, int | float):
        return float(cell), None
    if not isinstance(cell, str):
        return _refused(cell)
    text = re.sub(r"\s*(?:€|EUR|%)$", "", cell, flags=re.IGNORECASE).strip()
    if not _NUMBER.fullmatch(text):
        return _refused(cell)
    whole, mark, decimals = text.partition(",")
    if mark or whole.count(".") > 1 or re.fullmatch(r"[+-]?[1-9]\d{0,2}(\.\d{3}|( \d{3})+)", whole):
        whole = whole.replace(" ", "").replace(".", "")
    value = float(f"{whole.replace(' ', '')}.{decimals or 0}" if mark else whole.replace(" ", ""))
    return _noted(cell, value, column.kind, Confidence.SURE, "nombre écrit en texte")


def _integer(cell: Any, column: Column, words: Mapping[str, str]) -> Reading:
    value, note = _number(cell, column, words)
    if isinstance(value, float) and not value.is_integer():
        return _refused(cell)
    return value, note


def _percent(cell: Any, column: Column, words: Mapping[str, str]) -> Reading:
    value, note = _number(cell, column, words)
    if isinstance(value, float) and 0 < value <= 1 and "%" not in as_text(cell):
        # Excel turns « 50 % » typed by a person into 0,5, and « 100 % » into 1.
        rule = "pourcentage écrit en fraction"
        if value == 1:
            return _noted(cell, value, column.kind, Confidence.TO_CONFIRM, rule)
        return _noted(cell, round(value * 100, 6), column.kind, Confidence.LIKELY, rule)
    return value, note


_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})")
_MONTHS = {
    month: number
    for number, month in enumerate(
        ("janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre",
         "octobre", "novembre", "decembre"), start=1,
    )
}  # fmt: skip
_IN_LETTERS = re.compile(r"(\d{1,2})(?:er)? ([a-z]+) (\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


def _date(cell: Any, column: Column, words: Mapping[str, str]) -> Reading:
    if isinstance(cell, dt.datetime):
        return cell.date(), None
    if isinstance(cell, dt.date):
        return cell, None
    if isinstance(cell, float | int) and not isinstance(cell, bool) and 20_000 <= cell <= 80_000:
        value = dt.date(1899, 12, 30) + dt.timedelta(days=int(cell))
        return _noted(cell, value, Kind.DATE, Confidence.LIKELY, "date écrite en nombre")
    if not isinstance(cell, str):
        return _refused(cell)
    if match := _ISO.fullmatch(cell):
        parts = (match[1], match[2], match[3])
    elif match := _DAY_FIRST.fullmatch(cell):
        parts = (match[3], match[2], match[1])
    elif (match := _IN_LETTERS.fullmatch(fold(cell))) and match[2] in _MONTHS:
        parts = (match[3], str(_MONTHS[match[2]]), match[1])
    else:
        return _refused(cell)
    year, month, day = (int(part) for part in parts)
    try:
        value = dt.date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return _refused(cell)
    return _noted(cell, value, Kind.DATE, Confidence.SURE, "date écrite en texte")


READERS: dict[Kind, Reader] = {
    Kind.TEXT: _text,
    Kind.CODE: _code,
    Kind.CHOICE: _choice,
    Kind.INTEGER: _integer,
    Kind.NUMBER: _number,
    Kind.PERCENT: _percent,
    Kind.AMOUNT: _number,
    Kind.YEAR: _integer,
    Kind.DATE: _date,
}

IN_WORDS: dict[Kind, str] = {
    Kind.TEXT: "un texte",
    Kind.CODE: "un code",
    Kind.CHOICE: "une valeur de la liste",
    Kind.INTEGER: "un nombre entier",
    Kind.NUMBER: "un nombre",
    Kind.PERCENT: "un pourcentage entre 0 et 100",
    Kind.AMOUNT: "un montant en euros",
    Kind.YEAR: "une année à quatre chiffres",
    Kind.DATE: "une date (jj/mm/aaaa)",
}

_PIECES = re.compile(r"[;\n]")


def _several(cell: Any, column: Column, words: Mapping[str, str]) -> Reading:
    """Read a several-valued cell: each piece by its kind, joined again.

    Repeated codes and choices count once; numbers (the parts of a whole) are kept as they stand.
    """
    reader = READERS[column.kind]
    pieces = [tidy(p) for p in _PIECES.split(cell)] if isinstance(cell, str) else [cell]
    readings = [reader(piece, column, words) for piece in pieces if piece != ""]
    if not readings:
        return column.default, None
    if any(value is None for value, _ in readings):
        return _refused(cell)
    texts = [as_text(value) for value, _ in readings]
    if column.kind.is_number:
        return SEPARATOR.join(texts), None
    joined = SEPARATOR.join(dict.fromkeys(texts))
    notes = [note for _, note in readings if note is not None]
    if not notes:
        return joined, None
    worst = max((note.confidence for note in notes), key=list(Confidence).index)
    return joined, Note(as_text(cell), joined, worst, notes[0].rule)
