"""The columns that several panels share."""

from __future__ import annotations

from pst_excel.model.figures.figures import Quotient
from pst_excel.model.figures.lines import PanelColumn
from pst_excel.model.figures.measures import When
from pst_excel.model.figures.messages import Number, say
from pst_excel.model.words.colors import Color
from pst_excel.pst import figures_watched as w
from pst_excel.pst import quantities as q
from pst_excel.pst import vocabularies as v
from pst_excel.pst.thresholds import RHYTHM

SHARED = "Une action partagée compte entière sous chacun, une seule fois au total."
PACE = say(
    "Attendu : part du temps passée entre début et échéance. Écart : fait moins attendu, sur les ",
    Number(w.ATTENDU.known), " actions dont début, échéance et avancement sont connus.",
)  # fmt: skip


def progress(under: str | None = None) -> tuple[PanelColumn, ...]:
    """Return how many actions are followed, how far they are and should be, how many are late."""
    return (
        PanelColumn("Suivies", q.actions(q.FOLLOWED, under=under)),
        PanelColumn("Fait", q.progress(under), "% de 100"),
        PanelColumn("Attendu", q.expected(under), "% de 100", minor=True),
        PanelColumn("Écart", q.gap(under), "points", show="gap", limit=RHYTHM),
        PanelColumn("En retard", q.late(under), show="worse"),
    )


def statuses(under: str | None = None) -> tuple[PanelColumn, ...]:
    """Return how many actions of type PST have each status, and how many have none."""
    none = q.actions(When("sans_statut", "=", 1.0), under=under)
    return (
        *(
            PanelColumn(
                choice.label,
                q.actions(q.PST_ONLY, When("statut", "=", choice.label), under=under),
                color=choice.color, tinted=True,
            )
            for choice in v.STATUTS.choices
        ),
        PanelColumn("Sans statut", none, color=Color.GREY, tinted=True),
    )  # fmt: skip


AMOUNTS = tuple(
    PanelColumn(label, q.budget(key), "€", span=2)
    for key, label in (
        ("prevu", "Prévu"), ("inscrit", "Inscrit"), ("engage", "Engagé"), ("realise", "Réalisé"),
    )
)  # fmt: skip
EXECUTION = PanelColumn(
    "Réalisé / inscrit", Quotient(q.budget("realise"), q.budget("inscrit")), "%"
)
