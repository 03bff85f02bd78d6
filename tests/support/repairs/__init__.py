"""What makes Excel repair or refuse a workbook, looked for in the file without Excel.

A schema says which XML is allowed; most of what Excel repairs is allowed by the schema: two cells
at one address, a table whose heading is not its column, a formula with one parenthesis too few.
Each invariant is one small function named after what must hold.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from support.repairs import cells, drawings, formulas, names, rules, styles, tables, views
from support.repairs.book import Book, Sheet, Table
from support.repairs.formulas import Formula, formulas_of
from support.repairs.package import Package
from support.repairs.registry import INVARIANTS, Look

__all__ = ["INVARIANTS", "broken", "complaints"]

_MODULES = (cells, drawings, formulas, names, rules, styles, tables, views)  # they register theirs


def complaints(data: bytes) -> list[str]:
    """Return one line for each place of a workbook where Excel would not open it without a word."""
    return [f"{place}: {text}" for _, place, text in broken(data)]


def broken(data: bytes) -> list[tuple[str, str, str]]:
    """Return the invariants that do not hold in a workbook: name, place, what is wrong there."""
    subjects = _subjects(Book(Package(data)))
    return [
        (look.__name__, place, text)
        for subject, look in INVARIANTS
        for place, one in subjects[subject]
        for text in _said(look, one)
    ]


def _subjects(book: Book) -> dict[type, list[tuple[str, Any]]]:
    """Return what the invariants are about, each with the place where it stands."""
    found: dict[type, Iterable[tuple[str, Any]]] = {
        Package: [("package", book.package)],
        Book: [("workbook", book)],
        Sheet: ((sheet.title, sheet) for sheet in book.sheets),
        Table: ((table.name, table) for sheet in book.sheets for table in sheet.tables),
        Formula: ((formula.place, formula) for formula in formulas_of(book)),
    }
    return {subject: list(ones) for subject, ones in found.items()}


def _said(look: Look, subject: Any) -> list[str]:
    try:
        return list(look(subject))
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        # a file may be too damaged for an invariant to be looked at, which is worth saying too
        return [f"{look.__name__} cannot be told: {error!r}"]
