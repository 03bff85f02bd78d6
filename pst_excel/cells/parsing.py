"""How the cells of a column become typed values, and readings where they were not literal.

Every distinct cell of a column is read once. A reading either says what was understood and how
surely (a line of the journal of corrections), or that nothing was. `parsers` has the ways of
writing.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from pst_excel.cells.grid import UnreadCell
from pst_excel.cells.known_codes import KnownCodes
from pst_excel.cells.parsers import READERS, codes, own_codes, several
from pst_excel.cells.parsers.patterns import (
    LONGEST,
    NO_CODES,
    UNSEEN,
    Context,
    Understood,
    of_another,
    reading_of,
    refused,
    understand,
)
from pst_excel.cells.readings import IMPLAUSIBLE, Confidence, Reading
from pst_excel.cells.values import RawCell, ShownText, Value, as_text, is_number
from pst_excel.model.plausible import plausible_in
from pst_excel.model.schema import SEPARATOR, Column
from pst_excel.model.words.kinds import Kind
from pst_excel.model.words.plausible import REMAINDER, Plausible
from pst_excel.model.words.writing import Writing
from pst_excel.text.spelling import tidy, verbatim

Spellings = Mapping[str, Mapping[str, str]]
Result = tuple[Value, Reading | None]
LITERAL = (Confidence.SURE, "")
NEARLY_ZERO = "reste d’un calcul : zéro"
_ALONE = (Kind.CODE, Kind.CHOICE)  # a value of these is literal by itself among several as well
IN_WORDS: dict[Kind, str] = {kind: reader.words for kind, reader in READERS.items()}


@dataclass(frozen=True)
class Parsed:
    """The values of a column, in order, and the readings by position."""

    values: list[Value]
    readings: list[tuple[int, Reading]]


def parse(
    raw: Sequence[RawCell], column: Column, spellings: Spellings,
    *, strict: bool = False, last_year: int | None = None, known: KnownCodes = NO_CODES,
) -> Parsed:  # fmt: skip
    """Read the cells of a column; blank cells are None, or the column's declared default.

    In a `strict` reading, what is not literal is not understood. `last_year` ends the legislature,
    `known` are the codes that the column may name.
    """
    vocabulary = column.vocabulary
    words = spellings.get(vocabulary.key, {}) if vocabulary else {}
    context = Context(column, words, raw, last_year, known)
    plausible = None if column.kind is Kind.CODE else plausible_in(column)
    read: dict[Hashable, Result] = {"": (column.default, None)}
    values: list[Value] = []
    readings: list[tuple[int, Reading]] = []
    for position, cell in enumerate(raw):
        # 1, 1.0 and True are equal, and do not read alike.
        key: Hashable = cell
        if cell.__class__ is not str:
            key = cell.key if isinstance(cell, ShownText) else (cell.__class__, cell)
        if key not in read:
            result = _read(cell, context, strict)
            read[key] = (
                result if plausible is None else _within(plausible, result, cell, context, strict)
            )
        value, reading = read[key]
        values.append(value)
        if reading is not None:
            readings.append((position, reading))
    if column.kind is Kind.CODE and not strict and not column.many:
        if readings:
            values, readings = own_codes.lost_tens(raw, values, readings)
        if not column.refers and not column.digits:
            values, readings = own_codes.padded_alike(raw, values, readings)
    return Parsed(values, readings)


def _within(
    known: Plausible, result: Result, cell: RawCell, context: Context, strict: bool
) -> Result:
    """Return what a cell means; a value that is not plausible is none, and its text is kept."""
    value, column = result[0], context.column
    if value is None:
        return result
    one_by_one = column.many and column.kind.is_number
    values = map(float, str(value).split(SEPARATOR)) if one_by_one else (value,)
    if not all(map(known.admits, values)):
        return None, refused(cell, IMPLAUSIBLE)
    if isinstance(value, float) and 0 < abs(value) < REMAINDER:
        zero = Understood(0.0, Confidence.SURE, NEARLY_ZERO)
        return _settled(cell, zero, column, strict)
    return result


def _read(cell: RawCell, context: Context, strict: bool) -> Result:
    column = context.column
    if cell is None:
        return column.default, None
    if isinstance(cell, ShownText):
        return _read_shown(cell, context, strict)
    if isinstance(cell, UnreadCell):
        return None, refused(cell, cell.rule)
    written = cell
    if column.writing is not None and not strict and isinstance(cell, str):
        return _rewritten(cell, column.writing)
    if isinstance(cell, str):
        written = cell = verbatim(cell)
        # The pieces of a cell of several values are tidied one by one: a line break parts them.
        if column.kind is not Kind.TEXT and not column.many:
            cell = tidy(cell)
        if not cell or (column.many and not several.pieces_of(cell)):
            return column.default, None
    reader = READERS[column.kind]
    literal = reader.literal(cell, context) if column.kind in _ALONE or not column.many else None
    as_written = literal == cell if column.many else literal is not None and cell == written
    if as_written and (not context.known or literal in context.known.codes):
        return literal, None
    if column.many:
        found = several.read(cell, context, reader)
    else:
        seen = UNSEEN if cell != written else LITERAL
        found = _otherwise(cell, context) if literal is None else Understood(literal, *seen)
    if context.known and not strict:
        found = codes.as_known(found, context)
    return _settled(written, found, column, strict)


def _rewritten(cell: str, writing: Writing) -> Result:
    """Return a text in the form that its column asks; what has none stands as it is written."""
    text = verbatim(cell)
    normal = writing.normal(tidy(text)) if len(text) <= LONGEST else None
    if not text or normal in (None, text):
        return text or None, None
    return normal, reading_of(text, Understood(normal, Confidence.SURE, writing.rule), Kind.TEXT)


def _read_shown(cell: ShownText, context: Context, strict: bool) -> Result:
    """Read a code by what its format shows; a number by itself where that says no more."""
    held = _read(cell.held, context, strict)
    found = understand(cell, (codes.BY_FORMAT,), context)
    if found is None or (found.value == held[0] and is_number(cell.held) and not cell.padded):
        return held
    return _settled(cell, codes.as_known(found, context), context.column, strict)


def _otherwise(cell: RawCell, context: Context) -> Understood | None:
    """Return what a cell that is not literal means; what is in no list stands as it is written."""
    kind = context.column.kind
    if (another := of_another(cell, context)) is not None:
        return another
    if kind is Kind.CODE:
        return codes.understood(cell, context)
    found = READERS[kind].understand(cell, context)
    if found is None and kind is Kind.CHOICE:
        return Understood(as_text(cell), Confidence.SURE, "")
    return found


def _settled(cell: RawCell, found: Understood | None, column: Column, strict: bool) -> Result:
    if found is None:
        return None, refused(cell)
    if not found.rule:
        return found.value, None
    if strict:
        # A word of no list keeps its text: the list itself will be named to who reads.
        return (as_text(cell), None) if column.kind is Kind.CHOICE else (None, refused(cell))
    return (column.default if found.value is None else found.value), reading_of(
        cell, found, column.kind
    )
