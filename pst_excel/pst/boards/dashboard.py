"""The dashboard of one institution: where the programme stands, on one page."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from pst_excel.model.figures.boards import Board, By, Extract, Heading, Panel, PanelColumn, Tile
from pst_excel.model.figures.figures import Quotient
from pst_excel.model.figures.measures import Measure, When
from pst_excel.model.series import Frames, Parameters
from pst_excel.model.words.colors import Color
from pst_excel.pst import figures as f
from pst_excel.pst import vocabularies as v

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


def _by_status(spread: str | None = None) -> tuple[PanelColumn, ...]:
    return tuple(
        PanelColumn(
            choice.label,
            f.actions(f.PST_ONLY, When("statut", "=", choice.label), spread=spread),
            color=choice.color,
            tinted=True,
        )
        for choice in v.STATUTS.choices
    )


def _followed(spread: str | None = None) -> tuple[PanelColumn, ...]:
    late = Measure("actions", "retard", (f.CODED, *f.SCOPE), spread=spread)
    return (
        PanelColumn("Taux moyen", f.progress(spread), "% de 100", show="lights", charted=False),
        PanelColumn("En retard", late, charted=False),
    )


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
    """Return the actions in trouble: statut Problème, or santé Blocage while still open."""
    actions = frames["actions"]
    stuck = (actions["statut"] == v.PROBLEME) | (actions["sante"] == v.BLOCAGE)
    return actions[stuck & ~actions["statut"].isin(v.CLOS)].sort_values(
        ["service_pilote", "code"], kind="stable"
    )


_LIGHTS = (
    "Toutes les actions PST, abandonnées comprises ; le taux laisse celles-ci de côté."
    " Feux : vert dès 50 %, orange dès 25 %, rouge en dessous."
)
_SHOWN = ("code", "intitule", "service_pilote", "echeance", "statut", "avancement")

DASHBOARD = Board(
    "tableau_de_bord",
    "Tableau de bord",
    "Où en est le programme ?",
    tiles=(
        Tile(f.NB_PST, f.NB_ACTIONS, "sur {} lignes d’action", Color.PALE),
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
            By("os", "Objectif stratégique", strategic_objectives, "Sans OS reconnu"),
            (*_by_status("os"), *_followed("os")),
            chart="bar_share",
            note=f"Une action qui sert plusieurs OO compte dans chaque OS pour sa part. {_LIGHTS}",
        ),
        Panel(
            "service",
            "Quels services portent les actions, et où en sont-ils ?",
            By(
                "service_pilote", "Service pilote",
                values_of("actions", "service_pilote", listed="services"), "Sans service",
            ),
            (*_by_status(), *_followed()),
            chart="bar_share",
            note=_LIGHTS,
        ),
        Panel(
            "volet",
            "Le volet interne et le volet externe vont-ils du même pas ?",
            By("volet", "Volet", values_of("actions", "volet", v.VOLETS.labels), "Sans volet"),
            (*_by_status(), *_followed()),
            chart="bar_share",
            note=_LIGHTS,
        ),
        Panel(
            "exercice",
            "Combien, et quand ?",
            By("exercice", "Exercice", exercices, "Sans exercice"),
            (*_AMOUNTS, _EXECUTION),
            chart="column",
            note="Dépenses de la feuille Budget, en euros.",
        ),
        Panel(
            "source",
            "Qui paie ?",
            By(
                "source_financement", "Source de financement",
                values_of("budget", "source_financement", v.SOURCES.labels), "Source non précisée",
            ),
            (*_AMOUNTS, _EXECUTION),
            chart="bar",
        ),
        Panel(
            "completude",
            "Que manque-t-il pour bien suivre ?",
            By(
                "service_pilote", "Service pilote",
                values_of("actions", "service_pilote", listed="services"),
            ),
            tuple(
                PanelColumn(figure.label, figure.quantity, "%", show="bar", charted=False)
                for figure in (f.COMPLETUDE, *f.AVEC)
            ),
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
