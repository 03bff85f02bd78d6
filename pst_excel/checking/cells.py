"""Cells of which a message speaks, before it is said whose they are; those that were not read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pst_excel.cells.readings import NO_VALUE, Reading
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

AS_UNDERSTOOD = "Récrivez la cellule : telle qu’elle a été comprise si c’est juste, corrigée sinon"
TO_BE_WRITTEN = "Écrivez dans la cellule ce qui est attendu, ou videz-la"


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
    """Return the mark of a structural message, which leaves nothing else to be said of its cell."""
    facts = {**column_words(column, terms), **words}
    return CellMark(CATALOGUE[code], cell, facts, facts["read"])


def asked_mark(reading: Reading, cell: CellKey, column: Column, terms: Terms) -> CellMark:
    """Return the mark of a reading to be confirmed: rules still look at the value that it gave."""
    facts = column_words(column, terms)
    facts |= {
        "read": say(reading.read),
        "understood": f"a été compris comme « {reading.understood} »",
        "reading": reading.rule if reading.rule.endswith("?") else f"{reading.rule}.",
        "kind": facts["choices"] or facts["kind"],
        "settled": AS_UNDERSTOOD,
    }
    if known := reading.understood != NO_VALUE:
        facts["meanwhile"] = ""
    else:
        facts |= {"understood": "n’a donné aucune valeur", "settled": TO_BE_WRITTEN}
    return CellMark(CATALOGUE["V06"], cell, facts, facts["read"], claims=not known)


def unread_cells(batch: Batch) -> Iterator[CellMark]:
    """Give the cells that were not understood, and those to be confirmed."""
    for source, returned in enumerate(batch.returns):
        for reading in returned.readings:
            sheet, row, key = reading.place
            column = batch.plan[sheet][key]
            code = message_of(reading, column)
            if not code or (code == "V09" and not asked(column, batch, source)):
                continue
            cell, terms = (source, sheet, row, key), batch.terms[source]
            words = {"read": say(reading.read), "longest": str(batch.plan.longest)}
            if code == "V06":
                yield asked_mark(reading, cell, column, terms)
            else:
                yield structural_mark(code, cell, column, words, terms)


def asked(column: Column, batch: Batch, source: int) -> bool:
    """Tell whether a blank is blamed at the stage of a source."""
    return column.stage.reached(batch.stages[source])
