"""How each kind of cell is read: literally, in the other ways of writing it, what is refused."""

from __future__ import annotations

from pst_excel.cells.parsers import choices, codes, dates, numbers
from pst_excel.cells.parsers.patterns import Context, KindReader
from pst_excel.cells.values import RawCell, Value, as_text
from pst_excel.model.words.kinds import Kind


def _text(cell: RawCell, context: Context) -> Value:
    return as_text(cell)


READERS: dict[Kind, KindReader] = {
    Kind.TEXT: KindReader("un texte", _text),
    Kind.CODE: codes.CODE,
    Kind.CHOICE: choices.CHOICE,
    Kind.INTEGER: numbers.INTEGER,
    Kind.NUMBER: numbers.NUMBER,
    Kind.PERCENT: numbers.PERCENT,
    Kind.AMOUNT: numbers.AMOUNT,
    Kind.YEAR: numbers.YEAR,
    Kind.DATE: dates.DATE,
}
