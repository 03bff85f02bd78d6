"""The communal chart of accounts, and the budget article read as function / economic code."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files

_ARTICLE = re.compile(r"(\d{3,5}) ?/ ?(\d{3}) ?[-–.]? ?(\d{2})(?:[ .:/]+\d{4,8})?")
"""421/731-60, with spaces, without hyphen, with the exercice or the project behind."""


@cache
def chart() -> dict[str, tuple[str, str, str]]:
    """Return the economic codes: label, R or D, O or E."""
    text = (files("pst_excel.pst") / "data" / "codes_economiques.csv").read_text(encoding="utf-8")
    return {
        row["code_economique"]: (
            row["libelle"].replace("'", "’"),
            row["recette_depense"],
            row["ordinaire_extraordinaire"],
        )
        for row in csv.DictReader(text.splitlines())
    }  # fmt: skip


def economic(article: str) -> str | None:
    """Return the economic code of an article, as the chart writes it; None for another form."""
    match = _ARTICLE.fullmatch(article.strip())
    return f"{match[2]}-{match[3]}" if match else None
