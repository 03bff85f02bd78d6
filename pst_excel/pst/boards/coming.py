"""Que vient-il ? What is to be finished and begun in the next months."""

from __future__ import annotations

import pandas as pd

from pst_excel.model.figures.boards import Board, Extract, Shown, Tile, Tiles
from pst_excel.model.figures.messages import Choose, Number, Plural, say
from pst_excel.model.series import Frames, Parameters
from pst_excel.pst import figures as f
from pst_excel.pst import figures_watched as w
from pst_excel.pst.sheets.counting import MANDATAIRE_LU


def coming_deadlines(frames: Frames, parameters: Parameters) -> pd.DataFrame:
    """Return the actions to finish within twelve months, the nearest first."""
    actions = frames["actions"]
    near = actions["jours_echeance"].between(0, w.DAYS[12])
    return actions[near].sort_values(["echeance", "code"], kind="stable")


_NEXT = Plural(w.ECHEANCES_3_MOIS.quantity, "échéance", "échéances")
COMING = Board(
    "vient",
    "Ce qui vient",
    "Que vient-il ?",
    Choose(
        w.ECHEANCES_12_MOIS.quantity, "=", 0.0, "Aucune échéance dans les douze mois",
        say(Choose(w.ECHEANCES_3_MOIS.quantity, "=", 0.0, "Aucune échéance", _NEXT),
            " dans les trois mois, ", Number(w.ECHEANCES_12_MOIS.quantity),
            " dans l’année"),
    ),
    (
        Tiles((
            Tile(w.ECHEANCES_3_MOIS, f.NB_PST, "sur {} actions suivies"),
            Tile(w.ECHEANCES_6_MOIS, f.NB_PST, "sur {} actions suivies"),
            Tile(w.ECHEANCES_12_MOIS, f.NB_PST, "sur {} actions suivies"),
            Tile(w.DANS_LES_TEMPS, w.EN_AVANCE, "en avance : {}"),
            Tile(w.RETARD_RYTHME, w.ATTENDU, "avancement attendu : {}"),
            Tile(w.SANS_ECHEANCE, f.EN_RETARD, "échéances passées : {}"),
        )),
        Extract(
            "echeances",
            say("Les prochaines échéances : ", Plural(w.ECHEANCES_12_MOIS.quantity, "action",
                "actions"), " dans les douze mois"), "actions",
            (Shown("service_pilote", 2), Shown("agent_pilote", 2),
             Shown(MANDATAIRE_LU, 2, "Mandataire"), Shown("echeance", 2),
             Shown("jours_echeance", label="Dans", kind="days"), Shown("avancement", label="Fait"),
             Shown("attendu_lu", label="Attendu", kind="percent"), Shown("statut", 2),
             Shown("commentaire", 3)),
            coming_deadlines, 26, "Aucune action n’arrive à échéance dans les douze mois.",
            "filtrez la feuille Actions sur l’échéance.",
        ),
    ),
)  # fmt: skip
