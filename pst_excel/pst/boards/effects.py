"""Avec quels effets ? Each indicator: where it started, where it is, where it must go."""

from __future__ import annotations

import pandas as pd

from pst_excel.model.figures.boards import Board, Extract, Shown, Tile, Tiles
from pst_excel.model.figures.messages import Choose, Number, Plural, say
from pst_excel.model.series import Frames, Parameters
from pst_excel.pst import figures as f
from pst_excel.pst import figures_watched as w
from pst_excel.pst import vocabularies as v


def leading_indicators(frames: Frames, parameters: Parameters) -> pd.DataFrame:
    """Return the indicators, those of OS first, then of OO, then of actions."""
    rows = frames["indicateurs"]
    order = {v.NIVEAU_OS: 0, v.NIVEAU_OO: 1, v.NIVEAU_ACTION: 2}
    level = rows["niveau_lu"].map(order).fillna(3)
    return rows.assign(_level=level).sort_values(["_level", "mesure"], ascending=[True, False],
                                                 kind="stable")  # fmt: skip


def figured_findings(frames: Frames, parameters: Parameters) -> pd.DataFrame:
    """Return the constats that have a number and an answer, the least attained first."""
    rows = frames["constat"]
    told = rows[rows["valeur"].notna() & rows["liens"].notna()]
    return told.sort_values("effet", na_position="last", kind="stable")


EFFECTS = Board(
    "effets",
    "Effets",
    "Avec quels effets ?",
    Choose(
        f.ATTEINTE.base, "=", 0.0, "Aucun indicateur : complétez la feuille Indicateurs",
        Choose(
            f.ATTEINTE.known, "=", 0.0,
            say(Plural(f.ATTEINTE.base, "indicateur", "indicateurs"), ", aucun n’est mesuré"),
            say("Les indicateurs mesurés en sont à ", Number(f.ATTEINTE.quantity, "%"),
                " de leur cible ; ", Plural(w.NON_MESURES.quantity, "n’a pas de mesure",
                                            "n’ont pas de mesure", none="tous sont mesurés")),
        ),
    ),
    (
        Tiles((
            Tile(f.ATTEINTE, f.TAUX_MOYEN, "avancement des actions : {}"),
            Tile(w.NON_MESURES, f.AVEC[2], "actions avec indicateur : {}"),
        )),
        Extract(
            "indicateurs", say("Les indicateurs des objectifs, puis des actions"), "indicateurs",
            (Shown("code_lie", label="Lié à"), Shown("unite", 2), Shown("valeur_depart",
             label="Départ"), Shown("", kind="years"), Shown("cible"),
             Shown("rapproche", 1, "Dernière mesure", "toward"),
             Shown("derniere_mesure", 2, "Évolution", "course"), Shown("atteinte", 2, kind="bar")),
            leading_indicators, 30, "Aucun indicateur n’est encore déclaré.",
            "feuille Indicateurs.",
        ),
        Extract(
            "constats", say("Du constat à l’effet : les constats chiffrés, et ce que mesurent les"
                            " indicateurs de ce qui y répond"), "constat",
            (Shown("valeur", 2), Shown("unite", 3), Shown("annee"), Shown("liens", 3),
             Shown("source", 5), Shown("effet", 2, "Atteinte", "bar")),
            figured_findings, 8, "Aucun constat n’a de chiffre auquel quelque chose réponde.",
            "feuille Constat.",
        ),
    ),
    widths=(1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2),
)  # fmt: skip
