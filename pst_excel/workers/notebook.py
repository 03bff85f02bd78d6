"""What a notebook shows of what was read: the returns, and why files were refused."""

from __future__ import annotations

from collections.abc import Sequence

from pst_excel.model.words.wording import NBSP, number, plural
from pst_excel.returns.tables import Refusal, Return
from pst_excel.text.html import Grid, card


def page(returns: Sequence[Return], refusals: Sequence[Refusal]) -> str:
    """Return what was read as HTML."""
    read = [
        (one.file, one.institution, one.service or "plan entier", number(_rows(one)))
        for one in returns
    ]
    refused = [(one.file, one.reason) for one in refusals]
    title = f"{plural(len(returns), 'retour')}, {number(len(refusals))}{NBSP}refus"
    headings = ("Fichier", "Institution", "Service", "Lignes")
    few = refused[:_REFUSED]
    return card(
        title, [],
        Grid("Retours lus", headings, read, frozenset({3})),
        Grid("Fichiers refusés", ("Fichier", "Pourquoi"), few, total=len(refused)),
    )  # fmt: skip


_REFUSED = 5  # files that are named with the reason


def _rows(returned: Return) -> int:
    tables = returned.tables
    return sum(len(tables[sheet.key]) for sheet in returned.plan.tables if sheet.key in tables)
