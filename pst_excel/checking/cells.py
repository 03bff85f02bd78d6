"""Cells of which a message speaks, before it is said whose they are; those that were not read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pst_excel.checking.messages import column_words, message_of
from pst_excel.model.catalogue import CATALOGUE
from pst_excel.model.findings import Message
from pst_excel.model.schema import Column
from pst_excel.model.words.terms import Terms
from pst_excel.model.words.wording import say
from pst_excel.returns.frames import Batch

CellKey = tuple[int, str, int, str]
"""One cell of a batch: source, sheet, row, column."""

RowKey = tuple[int, str, int]
"""One row of a batch: source, sheet, row."""


@dataclass(frozen=True)
class CellMark:
    """A cell of which a message speaks, the words of its sentence, and what stands there.

    A mark that `claims` its cell leaves nothing else to be said of it; it is silent on a row where
    one of the rules of `after` spoke.
    """

    message: Message
    cell: CellKey
    words: Mapping[str, str]
    read: str
    claims: bool = True
    after: tuple[str, ...] = ()


def structural_mark(
    code: str, cell: CellKey, column: Column, words: Mapping[str, str], terms: Terms
) -> CellMark:
    """Return the mark of a structural message; a reading to be confirmed leaves its cell free."""
    facts = {**column_words(column, terms), **words}
    return CellMark(CATALOGUE[code], cell, facts, facts["read"], claims=code != "V06")


def unread_cells(batch: Batch) -> Iterator[CellMark]:
    """Give the cells that were not understood, and those to be confirmed."""
    for source, returned in enumerate(batch.returns):
        for reading in returned.readings:
            sheet, row, key = reading.place
            column = batch.plan[sheet][key]
            code = message_of(reading, column)
            if not code or (code == "V09" and not asked(column, batch, source)):
                continue
            words = {
                "read": say(reading.read),
                "understood": reading.understood,
                "reading": reading.rule,
            }
            cell = source, sheet, row, key
            yield structural_mark(code, cell, column, words, batch.terms[source])


def asked(column: Column, batch: Batch, source: int) -> bool:
    """Tell whether a blank is blamed at the stage of a source."""
    return column.stage.reached(batch.stages[source])
