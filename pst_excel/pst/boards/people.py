"""Qui fait quoi ? The actions of each service, mandataire and agent, and the ETP they ask for."""

from __future__ import annotations

from pst_excel.model.figures.boards import Board, Panel
from pst_excel.model.figures.lines import By, PanelColumn
from pst_excel.model.figures.measures import Measure, When
from pst_excel.model.figures.messages import Choose, Most, MostOf, Number, Plural, say
from pst_excel.pst import figures as f
from pst_excel.pst import figures_watched as w
from pst_excel.pst import quantities as q
from pst_excel.pst.boards.columns import PACE, progress
from pst_excel.pst.boards.lines import BY_AGENT, BY_MANDATAIRE, BY_SERVICE
from pst_excel.pst.sheets.actions_counted import AGENT_PANEL, MANDATAIRE_PANEL, SERVICE_PANEL

_ALONE = 7  # units of the page before those of the half-years
_LEFT = 9


FEW = 12
"""The people that the page shows: the others are folded under them."""


def _load(years: range) -> tuple[PanelColumn, ...]:
    """Return the ETP that the followed actions ask for, half-year by half-year."""
    return tuple(
        PanelColumn(
            f"S{half + 1} {year}",
            Measure("actions", "etp_suivi", (
                When("semestre_debut", "<=", 2.0 * (year - years[0] + 1) + half),
                When("semestre_fin", ">=", 2.0 * (year - years[0] + 1) + half),
            )),
            "ETP", show="heat", span=_LEFT / (2 * len(years)),
        )
        for year in years
        for half in (0, 1)
    )  # fmt: skip


def _people(key: str, title: str, by: By) -> Panel:
    return Panel(
        key, title, by,
        (
            *progress(),
            PanelColumn("À finir dans les 6 mois", w.ECHEANCES_6_MOIS.quantity, span=2),
            PanelColumn("Retard sur le rythme", w.RETARD_RYTHME.quantity, span=2, show="worse"),
            PanelColumn("ETP", w.ETP.quantity, "ETP"),
        ),
        most=FEW,
    )  # fmt: skip


def people(years: range) -> Board:
    """Return the page for the exercices of a legislature."""
    return Board(
        "qui",
        "Qui fait quoi",
        "Qui fait quoi, à quel pas ?",
        Choose(
            f.EN_RETARD.quantity, "=", 0.0,
            Choose(f.NB_PST.quantity, "=", 0.0, "Aucune action n’est encore suivie",
                   say(Most(SERVICE_PANEL, "Suivies"), " mène le plus d’actions : ",
                       MostOf(SERVICE_PANEL, "Suivies"), " sur ", Number(f.NB_PST.quantity))),
            say(Most(SERVICE_PANEL, "En retard"), " porte ", MostOf(SERVICE_PANEL, "En retard"),
                " des ", Plural(f.EN_RETARD.quantity, "retard", "retards")),
        ),
        (
            Panel(
                SERVICE_PANEL, "Chaque service : ses actions, leur pas, les ETP qu’elles demandent",
                BY_SERVICE,
                (*progress(), PanelColumn("Sans retour", q.unanswered(), show="alert"),
                 PanelColumn("ETP", w.ETP.quantity, "ETP"), *_load(years)),
                note="ETP par semestre : ceux des actions suivies qui courent alors.", told=PACE,
            ),
            _people(MANDATAIRE_PANEL, "Chaque mandataire : ce dont il répond", BY_MANDATAIRE),
            _people(AGENT_PANEL, "Les agents pilotes qui portent le plus d’actions", BY_AGENT),
        ),
        widths=(1.0,) * _ALONE + (_LEFT / (2 * len(years)),) * (2 * len(years)),
    )  # fmt: skip
