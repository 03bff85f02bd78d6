"""Où en est-on ? The first page: how far the programme is, and how far it should be."""

from __future__ import annotations

from pst_excel.model.figures.boards import Bars, Board, Note, Pages, Panel, Tile, Tiles
from pst_excel.model.figures.messages import Choose, Number, Plural, say
from pst_excel.model.words.titles import DEPUIS, METHODE
from pst_excel.pst import figures as f
from pst_excel.pst import figures_watched as w
from pst_excel.pst import quantities as q
from pst_excel.pst import vocabularies as v
from pst_excel.pst.boards.columns import PACE, SHARED, progress, statuses
from pst_excel.pst.boards.lines import BY_OS, BY_VOLET
from pst_excel.pst.sheets.actions_counted import VOLET_PANEL
from pst_excel.pst.sheets.counting import CLE_OS

_POINTS = Plural(w.ECART_RYTHME.quantity, "point", "points", "points")
_PACE = Choose(
    w.ECART_RYTHME.known, "=", 0.0, "",
    Choose(
        w.ECART_RYTHME.quantity, "<=", -0.5, say(", ", _POINTS, " derrière le calendrier"),
        Choose(
            w.ECART_RYTHME.quantity, ">=", 0.5, say(", ", _POINTS, " devant le calendrier"),
            ", au rythme du calendrier",
        ),
    ),
)  # fmt: skip
_MESSAGE = Choose(
    f.NB_PST.quantity, "=", 0.0,
    "Aucune action n’est encore suivie : complétez la feuille Actions",
    Choose(
        f.TAUX_MOYEN.known, "=", 0.0,
        say(Plural(f.NB_PST.quantity, "action suivie", "actions suivies"),
            ", dont aucune ne dit son avancement"),
        say(Number(f.TAUX_MOYEN.quantity, "% de 100"), " du chemin est fait", _PACE),
    ),
)  # fmt: skip
_TOTAL = say(
    Plural(f.NB_PST.quantity, "action suivie", "actions suivies"),
    Choose(w.PARTAGEES.quantity, "=", 0.0, "",
           say(", dont ", Plural(w.PARTAGEES.quantity, "partagée", "partagées"))),
)  # fmt: skip
_BARS = (
    Bars("bullet", "plein : fait · cadre : attendu", ("Fait", "Attendu"), 3, "Écart"),
    Bars("share", "", (*v.STATUTS.labels, "Sans statut"), 0),
)

STANDING = Board(
    "tableau_de_bord",
    "Tableau de bord",
    "Où en est-on ?",
    _MESSAGE,
    (
        Tiles((
            Tile(f.NB_PST, f.NB_ACTIONS, "sur {} lignes d’action", q.unanswered()),
            Tile(f.TAUX_MOYEN, w.ATTENDU, "attendu à ce jour : {}"),
            Tile(f.TAUX_STRICT, f.TAUX_ENTAME, "sur les rails : {}"),
            Tile(f.EN_RETARD, f.RETARD_DEMARRAGE, "démarrages en retard : {}"),
            Tile(f.BUDGET_REALISE, f.BUDGET_PREVU, "sur {} prévus"),
            Tile(f.ATTEINTE, f.COMPLETUDE, "complétude des actions : {}"),
        )),
        Panel(
            "os", "Chaque objectif stratégique : ce qui est fait, ce que le calendrier attend",
            BY_OS, (*progress(CLE_OS), *statuses(CLE_OS)), _BARS, total=_TOTAL,
            note=SHARED, told=PACE,
        ),
        Panel(
            VOLET_PANEL, "Le volet interne et le volet externe vont-ils du même pas ?", BY_VOLET,
            (*progress(), *statuses()), _BARS,
        ),
        Pages("Les autres pages", ((DEPUIS, "Qu’est-ce qui a changé depuis la dernière fois ?"),)),
        Note(say(f"Chaque chiffre est défini dans la feuille « {METHODE} »."), small=True),
    ),
)  # fmt: skip
