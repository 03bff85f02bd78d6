"""What a notebook shows of a comparison: institutions and their first figures, and who is missing.

Neither a file nor an agent is named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from pst_excel.model.figures.figures import Figure
from pst_excel.model.words.units import WHOLES
from pst_excel.model.words.units import figure as said
from pst_excel.model.words.wording import plural, share
from pst_excel.text.html import ROWS, Grid, card

FIRST = 3  # figures that are shown


class Known(Protocol):
    """A figure of an institution, as far as it is shown."""

    @property
    def value(self) -> float | None:
        """The value; None when it is missing."""

    @property
    def completeness(self) -> float | None:
        """The share of its rows on which it is known."""


def page(
    title: str, names: Sequence[str], figures: Sequence[Figure],
    values: Sequence[Mapping[str, Known]], aside: int, refused: int,
) -> str:  # fmt: skip
    """Return a comparison as HTML: the first shares, which tell more than counts do."""
    first = [one for one in figures if one.unit in WHOLES][:FIRST] or figures[:FIRST]
    rows = [
        (name, *(_said(of[one.key], one) for one in first))
        for name, of in zip(names[:ROWS], values, strict=False)
    ]
    facts = [
        plural(len(names), "institution comparée", "institutions comparées"),
        plural(aside, "plan écarté", "plans écartés") if aside else "",
        plural(refused, "fichier illisible", "fichiers illisibles") if refused else "",
        "entre parenthèses : la part des lignes sur lesquelles le chiffre est connu",
    ]
    headings = ("Institution", *(one.label for one in first))
    caption = f"{len(first)} des {plural(len(figures), 'chiffre')}"
    numbers = frozenset(range(1, len(headings)))
    return card(title, facts, Grid(caption, headings, rows, numbers, len(names)))


def _said(known: Known, figure: Figure) -> str:
    value = "inconnu" if known.value is None else said(known.value, figure.unit)
    part = known.completeness
    return value if part is None else f"{value} ({share(part)})"
