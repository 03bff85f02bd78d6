"""The workbooks whose formulas are calculated again by other programs, and what is edited in them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

from pst_excel.api.outputs import as_bytes
from pst_excel.consolidating.consolidate import consolidate
from pst_excel.pst import PST
from pst_excel.reading.reader import read_bytes
from pst_excel.returns.tables import Return
from support import office
from support.office import Cells
from support.small_plan import EDITS, NAMES, NOT_UNDERSTOOD, SHARES, SMALL, TOWN

BOOKS: dict[str, Callable[[], bytes]] = {
    "sample": office.sample_book,
    "comparison": office.sample_comparison,
    "small": lambda: office.consolidated(SMALL),
    "not understood": lambda: office.consolidated(NOT_UNDERSTOOD),
    "shares not understood": lambda: office.consolidated(SHARES),
    "names": lambda: office.consolidated(NAMES),
    "no row": lambda: office.consolidated(TOWN),
}


@cache
def book(name: str) -> bytes:
    """Return a workbook of the list; one that cannot be written fails its own tests only."""
    return BOOKS[name]()


@cache
def edited(name: str) -> bytes:
    """Return the small plan's workbook after an edit."""

    def change(workbook: Any) -> None:
        for one in EDITS[name]:
            one(workbook)

    return office.edited(book("small"), change)


@cache
def reread(name: str) -> Return:
    """Return what the program reads in the edited workbook."""
    return read_bytes(edited(name), f"{name}.xlsx", PST)


@cache
def evaluated(name: str) -> tuple[frozenset[tuple[str, str]], Cells]:
    """Return the formulas that the edited plan shares with its own consolidation, and its values."""
    # Texts that are not understood would have columns of their own, and move the formulas.
    filled = replace(reread(name), readings=[])
    date: Any = filled.identity("date_observation")
    again = as_bytes(consolidate([filled], PST, date), ".xlsx")
    common = office.formulas(again).keys() & office.formulas(edited(name)).keys()
    return frozenset(common), office.values(again)


def said(differing: list[str]) -> str:
    """Say what differs, the first ones."""
    return f"{len(differing)} cells\n" + "\n".join(differing[:12])
