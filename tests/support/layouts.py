"""Workbooks laid out as people do, read, and what was remarked of their layout."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from openpyxl.workbook import Workbook

from pst_excel.model.plan import Plan
from pst_excel.pst import PST
from pst_excel.reading.limits import Options
from pst_excel.reading.reader import read_bytes
from pst_excel.returns.tables import Return, Table
from support import damaged, grid

Rows = Sequence[Sequence[Any]]
Change = Callable[[Workbook], object]
HEADINGS = ("Code action", "Intitulé", "Statut", "OO")
PLANTER = ("1.1.1", "Planter", "En cours", "1.1")
TAILLER = ("1.1.2", "Tailler", "Terminé", "1.1")


def read_sheets(
    sheets: Mapping[str, Rows], change: Change | None = None, options: Options = Options(),
    plan: Plan = PST,
) -> Return:  # fmt: skip
    """Return what is read of sheets given as rows of cells, after something was done to them."""
    data = grid(sheets)
    return read_bytes(damaged(data, change) if change else data, "retour.xlsx", plan, options)


def read_actions(
    *rows: Sequence[Any], change: Change | None = None, strict: bool = False
) -> Return:
    """Return what is read of a workbook that holds nothing but these rows of Actions."""
    return read_sheets({"Actions": rows}, change, Options(strict=strict))


def table(filled: Return, key: str = "actions") -> Table:
    """Return a table of what was read."""
    return filled.tables[key]


def remarks(filled: Return, rule: str) -> list[tuple[str, str, str]]:
    """Return the cell, what was read and what was understood of each remark of a rule."""
    return [
        (reading.cell, reading.read, reading.understood)
        for reading in filled.layout
        if reading.rule == rule
    ]


BANDS = (
    HEADINGS[:3],
    ("OS 1 : Être une commune où l’on roule",),
    ("O.O 1.1 - Doubler les pistes",),
    ("1.1.1", "Planter", "En cours"),
    ("1.1.2", "Tailler", "Terminé"),
    ("Objectif opérationnel 1.2 Favoriser la marche",),
    ("1.2.1", "Paver", "En cours"),
    ("OS n° 2 – Être une commune verte",),
    ("OO 2.1. Semer",),
    ("2.1.1", "Labourer", "En cours"),
)
"""Actions between which their objectives are written."""


def read_form(*rows: Sequence[Any], strict: bool = False) -> Return:
    """Return what is read of a workbook whose identification holds these rows."""
    sheets = {"Identification": rows, "Actions": [HEADINGS, PLANTER]}
    return read_sheets(sheets, options=Options(strict=strict))
