"""Tout se tient-il ? Who works on which objective, the ODD, what leads nowhere."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from pst_excel.model.figures.boards import Board, Extract, Matrix, Panel, Shown, Tile, Tiles
from pst_excel.model.figures.lines import PanelColumn
from pst_excel.model.figures.messages import Choose, Plural, say
from pst_excel.model.series import Frames, Parameters
from pst_excel.pst import figures as f
from pst_excel.pst import figures_watched as w
from pst_excel.pst import quantities as q
from pst_excel.pst.boards.lines import BY_ODD, BY_OO, BY_OS, BY_PLAN, BY_SERVICE, BY_VOLET


def childless(sheet: str, count: str) -> Callable[[Frames, Parameters], pd.DataFrame]:
    """Return what picks the records of a sheet under which nothing stands."""

    def pick(frames: Frames, parameters: Parameters) -> pd.DataFrame:
        rows = frames[sheet]
        return rows[rows["code"].notna() & (rows[count] <= 0)]

    return pick


_PLANS = q.actions(q.FOLLOWED, among=BY_PLAN.key)


def shared_actions(frames: Frames, parameters: Parameters) -> pd.DataFrame:
    """Return the actions followed that stand under several OO."""
    actions = frames["actions"]
    return actions[(actions["suivie"] == 1.0) & (actions["partagee_oo"] == 1.0)]


COHERENCE = Board(
    "coherence",
    "Cohérence",
    "Tout se tient-il ?",
    Choose(
        f.NB_PST.quantity, "=", 0.0, "Aucune action n’est encore suivie",
        say(Plural(w.PARTAGEES.quantity, "action sert plusieurs OO", "actions servent plusieurs OO",
                   none="Aucune action ne sert plusieurs OO"), " ; ",
            Plural(w.OO_SANS_ACTION.quantity, "OO n’a aucune action", "OO n’ont aucune action",
                   none="chaque OO a ses actions")),
    ),
    (
        Tiles((
            Tile(w.OS_SANS_ENGAGEMENT, f.NB_OS, "sur {} OS (déclaration de politique)"),
            Tile(w.OS_SANS_OO, f.NB_OS, "sur {} OS"),
            Tile(w.OO_SANS_OS, f.NB_OO, "sur {} OO"),
            Tile(w.OO_SANS_ACTION, f.NB_OO, "sur {} OO"),
            Tile(w.ACTIONS_SANS_OO, f.NB_PST, "sur {} actions suivies"),
            Tile(f.SYNERGIES, w.PARTAGEES, "actions partagées : {}"),
        )),
        Matrix(
            "Qui travaille à quoi ? Actions suivies, par service et par objectif",
            BY_SERVICE, (BY_OO, BY_OS), lambda key: q.actions(q.FOLLOWED, under=key),
            note="Une action partagée compte entière sous chacun de ses objectifs.",
        ),
        Matrix(
            "Quels objectifs de développement durable ? Actions suivies, par ODD",
            BY_VOLET, (BY_ODD,), lambda key: q.actions(q.FOLLOWED, among=key),
            note="Une action compte pour chacun de ses ODD ; dernière colonne : aucun ODD.",
        ),
        Panel(
            "plans", "Quels autres plans le programme sert-il ?", BY_PLAN,
            (PanelColumn("Suivies", _PLANS),
             PanelColumn("En retard", q.late(among=BY_PLAN.key), show="worse")),
            note="Une action compte pour chacun des plans qu’elle sert, une seule fois au total.",
        ),
        Extract(
            "partagees", say(Plural(w.PARTAGEES.quantity, "action partagée entre des OO",
                             "actions partagées entre des OO",
                             none="Aucune action n’est partagée")), "actions",
            (Shown("code_oo", 3, "OO servis"), Shown("service_pilote", 3),
             Shown("agent_pilote", 3), Shown("services_partenaires", 3), Shown("echeance", 2),
             Shown("avancement", 2, "Fait")),
            shared_actions, 12, "Chaque action suivie sert un seul OO.",
            "filtrez la feuille Actions.",
        ),
        Extract(
            "oo_sans_action", say(Plural(w.OO_SANS_ACTION.quantity,
                                  "OO sans action", "OO sans action",
                                  none="Aucun OO n’est sans action")), "oo",
            (Shown("code_os", label="OS"), Shown("services", 4), Shown("mandataire", 3),
             Shown("echeance", 2), Shown("commentaire", 6)),
            childless("oo", "nb_actions"), 5, "Chaque OO a au moins une action.", "feuille OO.",
        ),
    ),
)  # fmt: skip
