"""One cell read as a column reads it: its value, the note on it, how surely."""

from __future__ import annotations

from typing import Any

from pst_excel.cells.parsing import parse
from pst_excel.cells.readings import Confidence, Reading
from pst_excel.cells.values import Value
from pst_excel.model.schema import Column
from pst_excel.pst import PST
from pst_excel.text.spelling import fold

SURE, LIKELY, CONFIRM = Confidence.SURE, Confidence.LIKELY, Confidence.TO_CONFIRM
LITERAL = ""
REFUSED = Confidence.NONE
NBSP, THIN = "\u00a0", "\u202f"

LISTS = {
    "services": ("Travaux", "ADT/Mobilité", "Finances", "JCS/Sport/RESCAM", "Fêtes et culture",
                 "Ressources humaines", "Tous services"),
    "agents": ("LAMBERT Julie", "DUPONT Marie", "VAN DEN BERG Jean-Paul", "DUPONT Marc", "MAES Céline"),
    "mandataires": ("DUPONT Marie", "LEROY Anne", "LEROI Anne"),
}  # fmt: skip
"""The institution's own words in the lists that it fills."""


def spellings_for(column: Column) -> dict[str, dict[str, str]]:
    """Return the spellings of the list of a column, the institution's own words among them."""
    if column.vocabulary is None:
        return {}
    own = LISTS.get(column.vocabulary.key, ())
    return {
        column.vocabulary.key: column.vocabulary.by_spelling | {fold(label): label for label in own}
    }


def reading(
    cell: Any, column: Column, *others: Any, strict: bool = False
) -> tuple[Value, Reading | None]:
    """Return what a cell of a column means, among others, and the note on it if it has column."""
    parsed = parse([cell, *others], column, spellings_for(column), strict=strict, last_year=2030)
    return parsed.values[0], dict(parsed.readings).get(0)


def at(place: str) -> Column:
    """Return a column of the PST by its sheet and key."""
    sheet, key = place.split(".")
    return PST[sheet][key]
