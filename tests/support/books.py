"""The workbooks whose formulas are calculated again by other programs, and what is edited in them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from string import ascii_uppercase
from typing import Any

from pst_excel.api.outputs import as_bytes
from pst_excel.consolidating.consolidate import consolidate
from pst_excel.model.schema import HEADING_ROW
from pst_excel.pst import PST
from pst_excel.reading.reader import read_bytes
from pst_excel.returns.tables import Return
from support import office
from support.office import Cells
from support.random_plans import DAY, drawn
from support.small_plan import EDITS, NAMES, NOT_UNDERSTOOD, SHARES, SMALL, TOWN

RANDOM = 3  # plans drawn


@cache
def _drawn() -> list[Return]:
    return drawn(2 * RANDOM)[RANDOM:]  # the first ones drawn are the simplest


def _random(number: int) -> bytes:
    return as_bytes(consolidate([_drawn()[number]], PST, DAY), ".xlsx")


BOOKS: dict[str, Callable[[], bytes]] = {
    "sample": office.sample_book,
    "comparison": office.sample_comparison,
    "small": lambda: office.consolidated(SMALL),
    "not understood": lambda: office.consolidated(NOT_UNDERSTOOD),
    "shares not understood": lambda: office.consolidated(SHARES),
    "names": lambda: office.consolidated(NAMES),
    "no row": lambda: office.consolidated(TOWN),
    **{f"random {n}": partial(_random, n) for n in range(RANDOM)},
}


def first_rows(workbook: Any) -> None:
    """Change what the first rows hold, whatever it was: their lines on the boards are others."""
    for sheet, values in FIRST.items():
        page, declared = workbook[PST[sheet].title], PST[sheet]
        headings = {str(c.value).rstrip(" ✱ƒ"): c.column for c in page[HEADING_ROW]}
        for at, row in enumerate(values, start=HEADING_ROW + 1):
            for key, value in row.items():
                page.cell(at, headings[declared[key].label]).value = value


FIRST: dict[str, tuple[dict[str, Any], ...]] = {
    "actions": (
        {"code_oo": "1.1", "parts": None, "statut": "Terminé", "avancement": 100, "etp": 2},
        {"statut": None, "avancement": 140, "echeance": DAY.replace(year=2026, month=1)},
        {"code_oo": "1.1; B1; 9.9; 1; 1.10", "parts": "60; 40"},
    ),
    "budget": ({"prevu": -0.3, "realise": 12.5}, {"niveau": None, "prevu": 0.4, "inscrit": None}),
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
    values = office.values(again)
    return frozenset(common - other_rows(again, edited(name))), values


def other_rows(data: bytes, other: bytes) -> set[tuple[str, str]]:
    """Return the cells of boards that show another row than those of another workbook.

    Which rows deserve a look, and the order of people, is chosen when a page is written; the cells
    are live.
    """
    values, others = office.values(data), office.values(other)
    found = set()
    for (sheet, cell), text in office.formulas(data).items():
        key = f"A{cell.lstrip(ascii_uppercase)}"
        moved = values.get((sheet, key)) != others.get((sheet, key))
        if moved and re.search(rf"\${key}\b", text):
            found.add((sheet, cell))
    return found


def said(differing: list[str]) -> str:
    """Say what differs, the first ones."""
    return f"{len(differing)} cells\n" + "\n".join(differing[:12])
