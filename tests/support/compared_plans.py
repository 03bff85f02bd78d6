"""Whole plans to compare, and what a comparison says of them."""

from __future__ import annotations

from typing import Any

from pst_excel.comparing.compare import Comparison, FigureValue, Received
from pst_excel.excel.books.comparison import write_comparison
from pst_excel.pst import PST
from pst_excel.reading.examples import return_of
from pst_excel.returns.tables import Return
from support import cells, damaged, read, workbook

ACTION = "\nActions\ncode | statut | avancement | echeance\n1.1.1 | En cours | 40 | 2026-06-30\n"
BUDGET = "\nBudget\nniveau | code_lie | exercice | prevu\nAction | 1.1.1 | 2026 | {}\n"


def plan(
    name: str = "Nassogne", ins: str = "83040", file: str = "", rows: str = ACTION, **more: str
) -> Return:
    """Return a whole plan as read from its workbook."""
    return return_of(text(name, ins, rows, **more), PST, file or f"DUPONT Sophie {name}.xlsx")


def book(name: str = "Nassogne", ins: str = "83040", rows: str = ACTION, **more: str) -> bytes:
    """Return the workbook of a whole plan."""
    return workbook(text(name, ins, rows, **more))


def text(name: str, ins: str, rows: str, **more: str) -> str:
    """Return a whole plan as small tables of text."""
    known = {"nom": name, "type": "Commune", "ins": ins, "annee_debut": "2024",
             "annee_fin": "2030", "date_observation": "2026-10-31"} | more  # fmt: skip
    form = "\n".join(f"{key} | {value}" for key, value in known.items() if value)
    return f"Identification\ncle | valeur\n{form}\n{rows}"


def without(data: bytes, *titles: str) -> Return:
    """Return a plan whose workbook has lost sheets, or columns named « Feuille.Titre »."""

    def lose(opened: Any) -> None:
        for title in titles:
            sheet, _, heading = title.partition(".")
            if not heading:
                opened.remove(opened[sheet])
                continue
            places = [
                c.column for c in opened[sheet][4] if str(c.value or "").strip(" ✱") == heading
            ]
            assert places, title
            opened[sheet].delete_cols(places[0])

    return read(damaged(data, lose), "PST version DUPONT Sophie.xlsx")


def figure(comparison: Comparison, key: str, at: int = 0) -> FigureValue:
    """Return a figure of an institution by its place."""
    return comparison.values[at][key]


def told(comparison: Comparison) -> list[tuple[str, str, str]]:
    """Return what « Fichiers » says: the state, the institution, the remark."""
    return [(one.state, one.name, " ; ".join(one.remarks)) for one in comparison.received]


def remark(comparison: Comparison, name: str) -> str:
    """Return all that is said of the one workbook of an institution."""
    (one,) = [one for one in comparison.received if one.name == name]
    return said(one)


def said(one: Received) -> str:
    """Return the remarks on what was received."""
    return " ; ".join(one.remarks)


def written(comparison: Comparison, title: str) -> list[str]:
    """Return the texts of a sheet of the workbook written."""
    return [str(value) for value in cells(write_comparison(comparison), title).values()]
