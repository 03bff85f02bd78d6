"""The SQL of the boards: for each panel the lines of its dimension, and the units of Évaluation."""

from __future__ import annotations

from typing import NamedTuple

from second_truth.figures import (
    COMPLETUDE,
    EN_RETARD,
    EXECUTION,
    FIGURES,
    FOLLOWED,
    TAUX_MOYEN,
    TAUX_STRICT,
    counted,
    mean,
    total,
)


class Table(NamedTuple):
    """Lines of a table of the scope by the values of a column, blank for « Sans … », and a total.

    The total is that of a table `once`, where a row stands on several lines.
    """

    table: str
    by: str
    columns: dict[str, str]
    once: str = ""


OPEN = ("Non commencé", "En attente", "En cours", "Problème", "Terminé", "Sans statut")
_STATUSES = {
    **{label: counted(f"suivie and state = '{label}'") for label in OPEN},
    "Suivies": FOLLOWED,
    "Abandonné": counted("pst and state = 'Abandonné'"),
    "Taux moyen": TAUX_MOYEN,
    "En retard": EN_RETARD,
    "Sans retour": counted("suivie and sans_retour"),
}
_AMOUNTS = {
    "Prévu": total("prevu"),
    "Inscrit": total("inscrit"),
    "Engagé": total("engage"),
    "Réalisé": total("realise"),
    "Exécution": EXECUTION,
}
_FILLED = {"completude": COMPLETUDE} | {
    key: figure.value for key, figure in FIGURES.items() if key.startswith("avec_")
}

PANELS = {
    "os": Table("action_by_os", "os", _STATUSES, "action"),
    "service": Table("action", "service", _STATUSES),
    "volet": Table("action", "volet", _STATUSES),
    "exercice": Table("expense", "exercice", _AMOUNTS),
    "source": Table("expense", "source", _AMOUNTS),
    "completude": Table("action", "service", _FILLED),
}
"""By the key of the panel; the columns by their label, those of `completude` by their figure."""

_ACTIONS = {
    "Actions PST suivies": FOLLOWED,
    "Taux moyen": TAUX_MOYEN,
    "Taux strict": TAUX_STRICT,
    "En retard": EN_RETARD,
}
_HELD = {"total": "true", "own": "own", "below": "not own"}
_MONEY = {
    f"{key} {held}": total(key, rows)
    for key in ("prevu", "realise")
    for held, rows in _HELD.items()
}
_REACHED = {f"atteinte {held}": mean("atteinte", rows) for held, rows in _HELD.items()}

EVALUATION = {
    level: (
        Table(f"action_by_{level}", level, _ACTIONS, "action"),
        Table(f"under_{level}('expense')", "unit", _MONEY),
        Table(f"whole_under_{level}('indicator')", "unit", _REACHED, "once('indicator')"),
    )
    for level in ("os", "oo")
}
"""By level, the tables whose columns stand side by side on the line of a unit."""
