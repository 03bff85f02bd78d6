"""Quand ? The objectives over the legislature: done, time gone, to come."""

from __future__ import annotations

from pst_excel.model.figures.boards import Board, Calendar, Row
from pst_excel.model.figures.lines import PanelColumn
from pst_excel.model.figures.messages import Choose, Number, Plural, say
from pst_excel.pst import figures_watched as w
from pst_excel.pst import quantities as q
from pst_excel.pst.sheets.counting import CLE_OO, CLE_OS


def _row(sheet: str, key: str, parent: str = "") -> Row:
    return Row(
        sheet, key, "intitule", q.earliest(key), q.latest(key), q.progress(key), q.gap(key),
        (PanelColumn("En retard", q.late(key)),),
        parent,
    )  # fmt: skip


QUARTERS = Board(
    "calendrier",
    "Calendrier",
    "Quand ?",
    Choose(
        w.ATTENDU.known, "=", 0.0, "Les actions n’ont pas encore de début ni d’échéance",
        say("Le calendrier attend ", Number(w.ATTENDU.quantity, "% de 100"), " : ",
            Plural(w.RETARD_RYTHME.quantity, "action est en retard", "actions sont en retard"),
            " sur son rythme, ", Number(w.EN_AVANCE.quantity), " en avance"),
    ),
    (
        Calendar(
            (_row("os", CLE_OS), _row("oo", CLE_OO, CLE_OS)),
            note="Du premier début à la dernière échéance des actions suivies. Le fait s’arrête à"
            " aujourd’hui pour un objectif au rythme du calendrier, avant ou après selon son"
            " écart.",
        ),
    ),
)  # fmt: skip
