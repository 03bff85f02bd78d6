"""Que vient-il ? What is to be finished and begun in the next months."""

from __future__ import annotations

import pandas as pd

from pst_excel.model.figures.boards import Board, Extract, Shown, Tile, Tiles
from pst_excel.model.figures.messages import Choose, Plural, say
from pst_excel.model.series import Frames, Parameters
from pst_excel.pst import figures as f

_YEAR = 366


def coming_deadlines(frames: Frames, parameters: Parameters) -> pd.DataFrame:
    """Return the actions to finish within twelve months, the nearest first."""
    actions = frames["actions"]
    near = actions["jours_echeance"].between(0, _YEAR)
    return actions[near].sort_values(["echeance", "code"], kind="stable")


_NEXT = Plural(f.ECHEANCES_3_MOIS.quantity, "échéance", "échéances")
COMING = Board(
    "vient",
    "Ce qui vient",
    "Que vient-il ?",
    Choose(
        f.ECHEANCES_12_MOIS.quantity, "=", 0.0, "Aucune échéance dans les douze mois",
        say(Choose(f.ECHEANCES_3_MOIS.quantity, "=", 0.0, "Aucune échéance", _NEXT),
            " dans les trois mois, ", Plural(f.ECHEANCES_12_MOIS.quantity, "", ""),
            "dans l’année"),
    ),
    (
        Tiles((
            Tile(f.ECHEANCES_3_MOIS, f.NB_PST, "sur {} actions suivies"),
            Tile(f.ECHEANCES_6_MOIS, f.NB_PST, "sur {} actions suivies"),
            Tile(f.ECHEANCES_12_MOIS, f.NB_PST, "sur {} actions suivies"),
            Tile(f.DANS_LES_TEMPS, f.EN_AVANCE, "en avance : {}"),
            Tile(f.RETARD_RYTHME, f.ATTENDU, "avancement attendu : {}"),
            Tile(f.SANS_ECHEANCE, f.EN_RETARD, "échéances passées : {}"),
        )),
        Extract(
            "echeances",
            say("Les prochaines échéances : ", Plural(f.ECHEANCES_12_MOIS.quantity, "action",
                "actions"), " dans les douze mois"), "actions",
            (Shown("service_pilote", 3), Shown("agent_pilote", 2), Shown("echeance", 2),
             Shown("jours_echeance", label="Dans", kind="days"), Shown("avancement", label="Fait"),
             Shown("attendu_lu", label="Attendu"), Shown("statut", 2), Shown("commentaire", 4)),
            coming_deadlines, 18, "Aucune action n’arrive à échéance dans les douze mois.",
            "filtrez la feuille Actions sur l’échéance.",
        ),
    ),
)  # fmt: skip
