"""The faultless workbook, what is done to it, and what is read of it then."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from openpyxl.workbook import Workbook

from pst_excel.returns.tables import Return
from support import CLEAN, workbook

GOOD = workbook(CLEAN)

ACTIONS = """
Actions
code   | code_oo | intitule             | statut       | avancement
1.1.1  | 1.1     | Planter des arbres   | En cours     | 40
1.1.2  | 1.1     | Tailler des haies    | Non commencé | 0
1.1.10 | 1.10    | Semer du blé         | Terminé      | 100
"""
"""Three actions, one of which has a code that a number would lose."""


def values(filled: Return, sheet: str, *keys: str) -> list[Any]:
    """Return columns of a sheet as lists of values."""
    table = filled.tables[sheet]
    return [table.columns[key] for key in keys]


def content(filled: Return) -> dict[str, Any]:
    """Return the columns of every table."""
    return {key: table.columns for key, table in filled.tables.items()}


def put(sheet: str, cell: str, value: Any) -> Callable[[Workbook], None]:
    """Return the change that writes a value in a cell."""

    def change(book: Workbook) -> None:
        book[sheet][cell] = value

    return change
