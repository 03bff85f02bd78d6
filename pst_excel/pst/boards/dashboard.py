"""The dashboard of one institution: where the programme stands, on one page."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from pst_excel.model.figures.boards import Board, By, Extract, Heading, Panel, PanelColumn, Tile
from pst_excel.model.figures.figures import Quotient
from pst_excel.model.figures.measures import When
from pst_excel.model.formulas import Scope
from pst_excel.model.series import Frames, Parameters
from pst_excel.model.words.colors import Color
from pst_excel.pst import figures as f
from pst_excel.pst import vocabularies as v
from pst_excel.pst.sheets.actions import ACTIONS, BLOQUEE
from pst_excel.pst.sheets.actions_counted import SERVICE_PANEL, VOLET_PANEL
from pst_excel.pst.sheets.budget import EXERCICE_PANEL, SOURCE_PANEL
from pst_excel.pst.sheets.counting import CLE_OS

Headings = Callable[[Frames, Parameters], list[Heading]]


def strategic_objectives(frames: Frames, parameters: Parameters) -> list[Heading]:
    """Return one heading for each OS, the code before the title."""
    rows = frames["os"].dropna(subset="code").drop_duplicates("code")
    titles = rows["intitule"].fillna("(sans intitulé)")
    return [
        Heading(code, f"OS {code} · {title}")
        for code, title in zip(rows["code"].tolist(), titles.tolist(), strict=True)
    ]


def values_of(sheet: str, key: str, first: tuple[str, ...] = (), listed: str = "") -> Headings:
    """Return one heading for each value of a column: the declared ones first, then the others met.

    `first` are always shown; those of the institution's list `listed` when the column has them.
    """

    def headings(frames: Frames, parameters: Parameters) -> list[Heading]:
        met = frames[sheet][key].dropna().unique().tolist()
        known = [label for lists in parameters["lists"] for label in lists.get(listed, ())]
        ordered = [*first, *(label for label in known if label in met), *sorted(met, key=str)]
        return [Heading(value) for value in dict.fromkeys(ordered)]

    return headings


def exercices(frames: Frames, parameters: Parameters) -> list[Heading]:
    """Return one heading for each exercice of the legislature, and for others that are used."""
    years = range(parameters["annee_debut"] + 1, parameters["annee_fin"] + 1)
    met = frames["budget"]["exercice"].dropna().unique()
    return [Heading(float(year)) for year in sorted({*years, *(float(year) for year in met)})]


def _followed(under: str | None = None) -> tuple[PanelColumn, ...]:
    """Return the actions PST by status, those that are followed, how far and how late they are."""
    statuses = [
        PanelColumn(
            choice.label,
            f.actions(f.PST_ONLY, When("statut", "=", choice.label), under=under),
            color=choice.color,
            tinted=True,
        )
        for choice in v.STATUTS.choices
    ]
    none = f.actions(When("sans_statut", "=", 1.0), under=under)
    *kept, abandoned = statuses
    return (
        *kept,
        PanelColumn("Sans statut", none, color=Color.GREY, tinted=True),
        PanelColumn("Suivies", f.actions(f.FOLLOWED, under=under), charted=False),
        abandoned,
        PanelColumn("Taux moyen", f.progress(under), "% de 100", show="lights", charted=False),
        PanelColumn("En retard", f.late(under), charted=False),
        PanelColumn(
            "Sans retour", f.unanswered(under),
            charted=False, show="alert",
        ),
    )  # fmt: skip


_AMOUNTS = tuple(
    PanelColumn(label, f.budget(key), "€", color=color)
    for key, label, color in (
        ("prevu", "Prévu", Color.PALE), ("inscrit", "Inscrit", Color.YELLOW),
        ("engage", "Engagé", Color.BLUE), ("realise", "Réalisé", Color.GREEN),
    )
)  # fmt: skip
_EXECUTION = PanelColumn(
    "Exécution", Quotient(f.budget("realise"), f.budget("inscrit")), "%", show="bar", charted=False
)


def late_actions(frames: Frames, parameters: Parameters) -> pd.DataFrame:
    """Return the late actions, the oldest échéance first."""
    actions = frames["actions"]
    return actions[actions["retard"] == 1.0].sort_values(["echeance", "code"], kind="stable")


def blocked_actions(frames: Frames, parameters: Parameters) -> pd.DataFrame:
    """Return the actions in trouble."""
    stuck = BLOQUEE.evaluate(Scope(frames, ACTIONS.key, parameters))
    return frames[ACTIONS.key][stuck].sort_values(["service_pilote", "code"], kind="stable")


_LIGHTS = (
    "Actions PST : les suivies sont la somme des statuts à leur gauche, les abandonnées à part."
    " Feux : vert dès 50 %, orange dès 25 %, rouge en dessous. « Sans retour » : parmi les"
    " suivies, celles d’un service qui n’a pas répondu."
)
_MONEY = (
    "Dépenses de la feuille Budget, en euros, de toutes les lignes : actions PST, pérennes, hors"
    " champ et abandonnées, OO, OS et lignes sans lien."
)
_BY_SERVICE = By(
    "cle_service", "Service pilote",
    values_of("actions", "service_pilote", listed="services"), "Sans service",
)  # fmt: skip
_SHOWN = ("code", "intitule", "service_pilote", "echeance", "statut", "avancement")

DASHBOARD = Board(
    "tableau_de_bord",
    "Tableau de bord",
    "Où en est le programme ?",
    tiles=(
        Tile(f.NB_PST, f.NB_ACTIONS, "sur {} lignes d’action", Color.PALE, f.unanswered()),
        Tile(f.TAUX_MOYEN, f.TAUX_BUDGET, "pondéré par le budget : {}", Color.BLUE),
        Tile(f.TAUX_STRICT, f.TAUX_ENTAME, "sur les rails : {}", Color.GREEN),
        Tile(f.EN_RETARD, f.RETARD_DEMARRAGE, "démarrages en retard : {}", Color.RED),
        Tile(f.BUDGET_PREVU, f.EXECUTION, "exécution de l’inscrit : {}", Color.YELLOW),
        Tile(f.ATTEINTE, f.COMPLETUDE, "complétude des actions : {}", Color.NIGHT),
    ),
    panels=(
        Panel(
            "os",
            "Chaque objectif stratégique avance-t-il ?",
            By(CLE_OS, "Objectif stratégique", strategic_objectives, "Sans OS"),
            _followed(CLE_OS),
            chart="bar_share",
            note="Une action qui sert plusieurs OS compte entière sous chacun, une seule fois au"
            f" total : les lignes peuvent donc faire plus que le total. {_LIGHTS}",
        ),
        Panel(
            SERVICE_PANEL,
            "Quels services portent les actions, et où en sont-ils ?",
            _BY_SERVICE,
            _followed(),
            chart="bar_share",
            note=_LIGHTS,
        ),
        Panel(
            VOLET_PANEL,
            "Le volet interne et le volet externe vont-ils du même pas ?",
            By("cle_volet", "Volet", values_of("actions", "volet", v.VOLETS.labels), "Sans volet"),
            _followed(),
            chart="bar_share",
            note=_LIGHTS,
        ),
        Panel(
            EXERCICE_PANEL,
            "Combien, et quand ?",
            By("cle_exercice", "Exercice", exercices, "Sans exercice"),
            (*_AMOUNTS, _EXECUTION),
            chart="column",
            note=_MONEY,
        ),
        Panel(
            SOURCE_PANEL,
            "Qui paie ?",
            By(
                "cle_source", "Source de financement",
                values_of("budget", "source_financement", v.SOURCES.labels), "Sans source",
            ),
            (*_AMOUNTS, _EXECUTION),
            chart="bar",
            note=_MONEY,
        ),
        Panel(
            "completude",
            "Que manque-t-il pour bien suivre ?",
            _BY_SERVICE,
            tuple(
                PanelColumn(figure.label, figure.quantity, "%", show="bar", charted=False)
                for figure in (f.COMPLETUDE, *f.AVEC)
            ),
            note="Complétude : toutes les lignes d’action. Les autres parts : actions PST, sans les"
            " abandonnées.",
        ),
    ),
    extracts=(
        Extract(
            "retards", "Les actions les plus en retard", "actions", _SHOWN, late_actions,
            empty="Aucune action PST n’est en retard à la date d’observation.",
        ),
        Extract(
            "blocages", "Les actions qui demandent un arbitrage", "actions",
            ("code", "intitule", "service_pilote", "statut", "sante", "detail_sante"),
            blocked_actions, empty="Aucune action n’est bloquée.",
        ),
    ),
)  # fmt: skip
