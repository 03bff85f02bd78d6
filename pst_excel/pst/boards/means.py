"""Avec quels moyens ? The amounts by exercice and by source, what is missing, the ETP."""

from __future__ import annotations

from pst_excel.model.figures.boards import Bars, Board, Panel, Tile, Tiles
from pst_excel.model.figures.lines import PanelColumn
from pst_excel.model.figures.measures import When
from pst_excel.model.figures.messages import Choose, Millions, Number, say
from pst_excel.pst import figures as f
from pst_excel.pst import figures_watched as w
from pst_excel.pst import quantities as q
from pst_excel.pst import vocabularies as v
from pst_excel.pst.boards.columns import AMOUNTS, EXECUTION
from pst_excel.pst.boards.lines import BY_EXERCICE, BY_SOURCE
from pst_excel.pst.sheets.budget import EXERCICE_PANEL, SOURCE_PANEL

_MONEY = (
    "Dépenses de la feuille Budget, de toutes les lignes : actions PST, pérennes, hors champ et"
    " abandonnées, OO, OS et lignes sans lien. Une ligne partagée suit ses parts."
)
_BARS = "plein : réalisé · cadre : prévu"
_KINDS = tuple(
    PanelColumn(f"dont {label.lower()}", q.budget("prevu", When("service_budgetaire", "=", label)),
                "€", minor=True, span=2)
    for label in (v.ORDINAIRE, v.EXTRAORDINAIRE)
)  # fmt: skip
_SOURCES = tuple(
    PanelColumn(choice.label, q.budget("prevu", When("source_financement", "=", choice.label)),
                "€", span=2)
    for choice in v.SOURCES.choices
)  # fmt: skip

MEANS = Board(
    "moyens",
    "Moyens",
    "Avec quels moyens ?",
    Choose(
        f.BUDGET_PREVU.known, "=", 0.0, "Aucun budget n’est encore renseigné",
        say(Millions(f.BUDGET_PREVU.quantity), " prévus",
            Choose(f.BUDGET_REALISE.known, "=", 0.0, ", aucune dépense n’est encore renseignée",
                   say(", ", Millions(f.BUDGET_REALISE.quantity), " dépensés")),
            Choose(w.SANS_BUDGET.quantity, "=", 0.0, "",
                   say(" ; ", Number(w.SANS_BUDGET.quantity), " actions en cours sans budget"))),
    ),
    (
        Tiles((
            Tile(f.BUDGET_PREVU, f.BUDGET_HABITANT, "{} par habitant"),
            Tile(f.BUDGET_REALISE, f.EXECUTION, "exécution de l’inscrit : {}"),
            Tile(f.EMPRUNTS_HABITANT, f.BALISE, "balise : {}"),
            Tile(w.ETP, f.TAUX_ETP, "avancement pondéré : {}"),
            Tile(w.SANS_BUDGET, f.AVEC[3], "avec un budget : {}"),
            Tile(f.TAUX_BUDGET, f.TAUX_MOYEN, "sans pondération : {}"),
        )),
        Panel(
            EXERCICE_PANEL, "Combien, et quand ?", BY_EXERCICE,
            (AMOUNTS[0], *_KINDS, *AMOUNTS[1:], EXECUTION),
            (Bars("bullet", _BARS, ("Réalisé", "Prévu"), 3),),
        ),
        Panel(
            SOURCE_PANEL, "Qui paie ?", BY_SOURCE, (*AMOUNTS, EXECUTION),
            (Bars("bullet", _BARS, ("Réalisé", "Prévu"), 7),), note=_MONEY,
        ),
        Panel(
            "exercice_source", "Qui paie, année par année ? Dépenses prévues", BY_EXERCICE,
            _SOURCES,
        ),
    ),
)  # fmt: skip
