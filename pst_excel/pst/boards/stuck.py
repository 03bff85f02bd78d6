"""Qu’est-ce qui coince ? What is late, blocked, forgotten, and what nobody can follow."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from pst_excel.model.figures.boards import Board, Extract, Note, Shown, Tile, Tiles
from pst_excel.model.figures.measures import When
from pst_excel.model.figures.messages import Choose, Number, Plural, say
from pst_excel.model.series import Frames, Parameters
from pst_excel.pst import figures as f
from pst_excel.pst import figures_watched as w
from pst_excel.pst import quantities as q
from pst_excel.pst import vocabularies as v
from pst_excel.pst.sheets.counting import MANDATAIRE_LU

Pick = Callable[[Frames, Parameters], pd.DataFrame]


def flagged(key: str, *order: str) -> Pick:
    """Return what picks the actions that a helper column marks, in an order."""

    def pick(frames: Frames, parameters: Parameters) -> pd.DataFrame:
        actions = frames["actions"]
        return actions[actions[key] == 1.0].sort_values([*order, "code"], kind="stable")

    return pick


late_actions = flagged("retard", "echeance")
blocked_actions = flagged("bloquee", "service_pilote")


def abandoned_actions(frames: Frames, parameters: Parameters) -> pd.DataFrame:
    """Return the projects that were given up, those without a reason first."""
    actions = frames["actions"]
    gone = actions[(actions["pst"] == 1.0) & (actions["statut"] == v.ABANDONNE)]
    return gone.sort_values("abandon_sans_motif", ascending=False, kind="stable")


_ABANDONED = q.actions(q.PST_ONLY, When("statut", "=", v.ABANDONNE))
_WHO = (Shown("service_pilote", 2), Shown("agent_pilote", 2), Shown(MANDATAIRE_LU, 2, "Mandataire"))
_ELSEWHERE = "filtrez la feuille Actions, où tout se lit."
_BLOCKED = Plural(w.BLOQUEES.quantity, "action bloquée attend", "actions bloquées attendent")
_LATE = Plural(f.EN_RETARD.quantity, "action en retard", "actions en retard")
_LACKING = say(
    "Actions en cours de suivi · sans agent pilote : ", Number(w.SANS_PILOTE.quantity),
    " · sans échéance : ", Number(w.SANS_ECHEANCE.quantity),
    " · sans indicateur : ", Number(w.SANS_INDICATEUR.quantity),
    " · sans budget : ", Number(w.SANS_BUDGET.quantity),
)  # fmt: skip

STUCK = Board(
    "coince",
    "Ce qui coince",
    "Qu’est-ce qui coince ?",
    Choose(
        w.BLOQUEES.quantity, ">", 0.0,
        say(_BLOCKED, " une décision ; ", Choose(f.EN_RETARD.quantity, "=", 0.0,
                                                   "aucune n’est en retard", _LATE)),
        Choose(f.EN_RETARD.quantity, ">", 0.0, say("Rien n’est bloqué ; ", _LATE),
               "Rien n’est bloqué ni en retard"),
    ),
    (
        Tiles((
            Tile(w.BLOQUEES, w.A_RISQUE, "à risque ou en pause : {}"),
            Tile(f.EN_RETARD, f.PART_RETARD, "{} de celles qui ont une échéance"),
            Tile(f.RETARD_DEMARRAGE, f.NB_PST, "sur {} suivies"),
            Tile(w.RETARD_RYTHME, w.EN_AVANCE, "en avance sur le rythme : {}"),
            Tile(w.SANS_MAJ, w.AGE_MAJ, "âge moyen d’une mise à jour : {} jours"),
            Tile(w.ABANDON_SANS_MOTIF, w.PARTAGEES, "actions partagées : {}"),
        )),
        Note(_LACKING),
        Extract(
            "blocages", say("À décider : ", Plural(w.BLOQUEES.quantity, "action bloquée",
                                                     "actions bloquées")), "actions",
            (*_WHO, Shown("detail_sante", 5, "Cause du blocage"), Shown("commentaire", 5)),
            blocked_actions, 12, "Aucune action n’est bloquée.", _ELSEWHERE,
        ),
        Extract(
            "retards", say("Échéance passée : ", _LATE, ", les plus anciennes d’abord"), "actions",
            (*_WHO, Shown("echeance", 2), Shown("jours_echeance", label="Retard", kind="days"),
             Shown("avancement", label="Fait"), Shown("commentaire", 6)),
            late_actions, 14, "Aucune action PST n’est en retard à la date d’observation.",
            _ELSEWHERE,
        ),
        Extract(
            "demarrages", say("À démarrer : ", Plural(f.RETARD_DEMARRAGE.quantity,
                              "début prévu est passé", "débuts prévus sont passés")), "actions",
            (*_WHO, Shown("debut_prevu", 2), Shown("echeance", 2), Shown("commentaire", 6)),
            flagged("retard_demarrage", "debut_prevu"), 4, "Aucun démarrage n’est en retard.",
            _ELSEWHERE,
        ),
        Extract(
            "abandons", say("Abandonnées : ", Plural(_ABANDONED, "action", "actions"),
                            ", ", Plural(w.ABANDON_SANS_MOTIF.quantity, "sans motif", "sans motif",
                                         none="chacune avec son motif")), "actions",
            (*_WHO, Shown("detail_sante", 5), Shown("commentaire", 5)),
            abandoned_actions, 8, "Aucune action n’est abandonnée.", _ELSEWHERE,
        ),
    ),
)  # fmt: skip
