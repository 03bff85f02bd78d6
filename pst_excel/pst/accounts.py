"""The communal chart of accounts, and the budget article read as function / economic code."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files

from pst_excel.model.words.writing import Writing

_ARTICLE = re.compile(
    r"(?:article |art\. ?|n° ?)?"
    r"(?P<function>[0-9]{3,5}) ?/ ?(?P<group>[0-9]{3}) ?[-./]? ?(?P<nature>[0-9]{2})"
    r"(?P<rest>(?:[ .,:/()-].*)?)", re.IGNORECASE,
)  # fmt: skip
_PLAIN = re.compile(r"[0-9]{3,5}/[0-9]{3}-[0-9]{2}")
_BETWEEN = re.compile("[ /-]")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_MARK = r"[ .,:/()-]+"
_EXERCICE = r"(?:exercice |ex\.? ?|budget )?(?P<exercice>(?:19|20)[0-9][0-9])"
_PROJECT = r"(?:projet |n° (?:de )?projet )?(?P<project>20[0-9][0-9][ /-]?[0-9]{4})"
_AFTER = tuple(
    re.compile(rf"{_MARK}{after}\)?", re.IGNORECASE)
    for after in (
        _EXERCICE, _PROJECT, rf"{_EXERCICE}{_MARK}{_PROJECT}", rf"{_PROJECT}{_MARK}{_EXERCICE}",
    )
)  # fmt: skip


def article_of(text: str) -> str | None:
    """Return a budget article as budgets write it: 421/731-60, 421/731-60/2024:20240012.

    After a bar stands the exercice that a credit comes from, after a colon the number of its
    project. None for another form, and where something else is written behind.

    Source of the forms: eComptes (421/73160.2024), accounting screens (421/731 - 60).
    """
    if _PLAIN.fullmatch(text):
        return text
    match = _ARTICLE.fullmatch(text.translate(_DASHES).strip())
    if match is None:
        return None
    rest = match["rest"].strip()
    found = [m for after in _AFTER if (m := after.fullmatch(match["rest"].rstrip()))]
    if rest and not found:
        return None
    said = found[0].groupdict() if rest else {}
    exercice, project = said.get("exercice"), _BETWEEN.sub("", said.get("project") or "")
    behind = (f"/{exercice}" if exercice else "") + (f":{project}" if project else "")
    return f"{match['function']}/{match['group']}-{match['nature']}{behind}"


ARTICLE = Writing(
    "article écrit comme au budget", article_of,
    (
        ("421/731 - 60", "421/731-60"), ("421 / 73160", "421/731-60"),
        ("421/731–60", "421/731-60"), ("art. 421/731-60", "421/731-60"),
        ("421/731/60", "421/731-60"),
        ("421/73160.2026", "421/731-60/2026"), ("421/731-60:2026", "421/731-60/2026"),
        ("421/731-60 (2026)", "421/731-60/2026"), ("012/12145.2020", "012/121-45/2020"),
        ("421/73160/2026-0012", "421/731-60:20260012"),
        ("421/731-60 : 20260012.2026", "421/731-60/2026:20260012"),
    ),
)  # fmt: skip


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
    written = article_of(article)
    return written.partition("/")[2][:6] if written else None
