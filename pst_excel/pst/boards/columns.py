"""The columns that several panels share."""

from __future__ import annotations

from pst_excel.model.figures.boards import PanelColumn
from pst_excel.model.figures.figures import Quotient
from pst_excel.model.figures.measures import When
from pst_excel.model.words.colors import Color
from pst_excel.pst import figures as f
from pst_excel.pst import vocabularies as v

SHARED = "Une action partagée compte entière sous chacun, une seule fois au total."


def progress(under: str | None = None) -> tuple[PanelColumn, ...]:
    """Return how many actions are followed, how far they are and should be, how many are late."""
    return (
        PanelColumn("Suivies", f.actions(f.FOLLOWED, under=under)),
        PanelColumn("Fait", f.progress(under), "% de 100"),
        PanelColumn("Attendu", f.expected(under), "% de 100", minor=True),
        PanelColumn("Écart", f.gap(under), "points", show="gap", limit=10),
        PanelColumn("En retard", f.late(under), show="worse"),
    )


def statuses(under: str | None = None) -> tuple[PanelColumn, ...]:
    """Return how many actions of type PST have each status, and how many have none."""
    none = f.actions(When("sans_statut", "=", 1.0), under=under)
    return (
        *(
            PanelColumn(
                choice.label,
                f.actions(f.PST_ONLY, When("statut", "=", choice.label), under=under),
                color=choice.color, tinted=True,
            )
            for choice in v.STATUTS.choices
        ),
        PanelColumn("Sans statut", none, color=Color.GREY, tinted=True),
    )  # fmt: skip


AMOUNTS = tuple(
    PanelColumn(label, f.budget(key), "€", span=2)
    for key, label in (
        ("prevu", "Prévu"), ("inscrit", "Inscrit"), ("engage", "Engagé"), ("realise", "Réalisé"),
    )
)  # fmt: skip
EXECUTION = PanelColumn("Exécution", Quotient(f.budget("realise"), f.budget("inscrit")), "%")
