"""The SQL of the boards: for each panel the lines of its dimension, and the units of Évaluation."""

from __future__ import annotations

from typing import NamedTuple

from second_truth.figures import (
    ATTENDU,
    ECART,
    EN_RETARD,
    EXECUTION,
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
_PROGRESS = {
    "Suivies": FOLLOWED,
    "Fait": TAUX_MOYEN,
    "Attendu": ATTENDU,
    "Écart": ECART,
    "En retard": EN_RETARD,
}
_STATUSES = {
    **{label: counted(f"suivie and state = '{label}'") for label in OPEN},
    "Abandonné": counted("pst and state = 'Abandonné'"),
}
_AMOUNTS = {
    "Prévu": total("prevu"),
    "Inscrit": total("inscrit"),
    "Engagé": total("engage"),
    "Réalisé": total("realise"),
    "Réalisé / inscrit": EXECUTION,
}
_KINDS = {
    f"dont {kind}": total("prevu", f"budget_kind = '{kind}'")
    for kind in ("ordinaire", "extraordinaire")
}
_SOURCES = {
    label: total("prevu", f"source = '{label.lower()}'")
    for label in ("Fonds propres", "Emprunt part communale", "Emprunt à charge d’autrui", "Subside",
                  "Fonds de réserve extraordinaire", "Prélèvement ordinaire", "Autre")
}  # fmt: skip
_ETP = {"ETP": total("etp", "suivie")}
_LOAD = {
    f"S{half} {year}": total(
        "etp",
        f"suivie and debut <= date '{year}-{last}' and echeance >= date '{year}-{first}'",
    )
    for year in range(2025, 2031)
    for half, first, last in ((1, "01-01", "06-30"), (2, "07-01", "12-31"))
}
_WATCHED = _PROGRESS | {
    "À finir dans les 6 mois": counted("jours between 0 and 183"),
    "Retard sur le rythme": counted("ecart <= -10"),
    **_ETP,
}

PANELS = {
    "os": Table("watched_by_os", "os", _PROGRESS | _STATUSES, "watched"),
    "volet": Table("watched", "volet", _PROGRESS | _STATUSES),
    "service": Table(
        "watched", "service",
        _PROGRESS | _ETP | _LOAD | {"Sans retour": counted("suivie and sans_retour")},
    ),
    "mandataire": Table("watched", "mandataire", _WATCHED),
    "agent": Table("watched", "key_of(agent)", _WATCHED),
    "exercice": Table("expense", "exercice", _AMOUNTS | _KINDS),
    "exercice_source": Table("expense", "exercice", _SOURCES),
    "source": Table("expense", "source", _AMOUNTS),
    "plans": Table(
        "watched_by_plan", "other",
        {"Suivies": FOLLOWED, "En retard": EN_RETARD}, "watched",
    ),
}  # fmt: skip
"""By the key of the panel; the columns by their label."""

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
