"""What a notebook shows of a united plan: what it unites, what is to be decided, its figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from pst_excel.merging.conflicts import Conflict
from pst_excel.model.figures.figures import Figure
from pst_excel.model.words.units import figure as said
from pst_excel.model.words.wording import date, listed, plural
from pst_excel.text.html import Grid, card

_CONFLICTS = 4  # that are told
_ABSENT = 6  # services that are named


def page(
    title: str, observed: dt.date, united: int, refused: int, absent: Sequence[str],
    conflicts: Sequence[Conflict], figures: Sequence[tuple[Figure, float | None]],
) -> str:  # fmt: skip
    """Return a plan as HTML; the values of the figures are those that the boards hold."""
    named = [*absent[:_ABSENT], *(["…"] if len(absent) > _ABSENT else [])]
    facts = [
        f"{plural(united, 'retour réuni', 'retours réunis')}, observé le {date(observed)}",
        plural(refused, "fichier refusé", "fichiers refusés") if refused else "",
        f"sans retour : {listed(named)} ({len(absent)})" if absent else "",
        f"{plural(len(conflicts), 'point')} à décider" if conflicts else "rien à décider",
    ]
    values = [(one.label, said(value, one.unit)) for one, value in figures]
    points = [(one.name, one.column, one.kept, one.other) for one in conflicts[:_CONFLICTS]]
    headings = ("Élément", "Colonne", "Retenu", "Écarté")
    return card(
        title, facts,
        Grid("Chiffres clés", ("Chiffre", "Valeur"), values, frozenset({1})),
        Grid("À décider", headings, points, total=len(conflicts)),
    )  # fmt: skip
