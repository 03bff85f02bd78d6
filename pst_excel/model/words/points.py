"""What was found on a day and what is seen live, in the words that tell them apart everywhere.

A point to be looked at is an error, a warning or a hint that a check found. The workbook of a
service sees less by itself, and at once: rows to be updated, cells to be filled, doubts.
"""

from __future__ import annotations

import datetime as dt

from pst_excel.model.words.wording import date, plural

LIVE = "En direct"
TO_UPDATE, TO_FILL, IN_DOUBT = "lignes à mettre à jour", "cellules à remplir", "doutes"
"""What is counted live, on Lisez-moi."""

STILL = "Cette liste ne bouge pas avant le prochain contrôle."


def points(count: int) -> str:
    """Say how many points there are to be looked at."""
    return plural(count, "point à voir", "points à voir") if count else "aucun point à voir"


def found_by(plan: str, observed: dt.date) -> str:
    """Say who found, in the state of which day, what is listed of a workbook handed back."""
    return f"Relevé par la cellule {plan} au {date(observed)}"


def found_there(count: int, plan: str) -> str:
    """Say how many points there are in a sheet, and who found them, where there is little room."""
    return f"{points(count)} (cellule {plan})"
