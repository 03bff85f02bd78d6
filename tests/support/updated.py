"""A consolidated workbook that people change, then brought up to date with another plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.excel.books.consolidated import write
from pst_excel.model.plan import Plan
from pst_excel.model.words.kinds import Where
from pst_excel.pst import PST
from pst_excel.reading.reader import read_bytes
from pst_excel.returns.tables import Return
from pst_excel.updating.update import Updated, updated
from support import damaged, read
from support.consolidated import PLAN, sent_by, united

KEYS = "id | code | code_oo | intitule | service_pilote | statut | avancement | echeance"
NAME = "PST_consolide.xlsx"


def action(number: int, title: str = "", progress: int = 40) -> str:
    """Return the row of an action, known by its number whatever its place in the plan."""
    words = title or f"Action numéro {number}"
    return (
        f"a{number} | 1.1.{number} | 1.1 | {words} | Travaux | En cours | {progress} | 31/12/2027"
    )


def plan_of(rows: Iterable[str], more: str = "") -> Consolidation:
    """Return the plan made of one return that holds these actions."""
    actions = "\nActions\n" + "\n".join((KEYS, *rows)) + "\n"
    return united(sent_by("Travaux") + PLAN + actions + more)


def brought_up(data: bytes, consolidation: Consolidation, plan: Plan = PST) -> Updated:
    """Return a workbook up to date, read as the program reads it."""
    return updated(data, read_bytes(data, NAME, plan), consolidation)


def in_place(data: bytes, consolidation: Consolidation) -> bytes:
    """Return a workbook up to date, which could be done in place."""
    result = brought_up(data, consolidation)
    assert result.in_place, result.reason
    return result.data


def twice_in_place(data: bytes, consolidation: Consolidation) -> bytes:
    """Return a workbook up to date, in which nothing changes when it is done once more."""
    once = in_place(data, consolidation)
    assert in_place(once, consolidation) == once
    return once


def read_back(data: bytes, plan: Plan = PST) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of the sheets that people fill, by what tells them apart, as they are read."""
    return rows_of(read(data, NAME, plan))


def rows_of(filled: Return) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of the sheets that people fill, whatever their order."""
    found = {}
    for sheet in filled.plan.tables:
        table = filled.tables.get(sheet.key)
        if sheet.program or table is None:
            continue
        keys = [c.key for c in sheet.inputs if c.stands(Where.WHOLE)]
        rows = [{key: table.columns[key][at] for key in keys} for at in range(len(table))]
        found[sheet.key] = sorted(rows, key=repr)
    return found


def edited(consolidation: Consolidation, change: Callable[[Any], object]) -> bytes:
    """Return the consolidated workbook after somebody changed it."""
    return damaged(write(consolidation), change)


def row_of(data: bytes, ident: str, sheet: str = "actions") -> int:
    """Return the row of a record in a workbook."""
    table = read(data, NAME).tables[sheet]
    return table.rows[table.columns["id"].index(ident)]
