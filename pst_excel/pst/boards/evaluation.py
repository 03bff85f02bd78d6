"""What the evaluation computes for each OS and OO, beside what the collège writes."""

from __future__ import annotations

from pst_excel.model.figures.boards import Evaluation, Level, PanelColumn
from pst_excel.model.figures.figures import Quotient, mean
from pst_excel.model.figures.measures import Measure, When
from pst_excel.pst import figures as f
from pst_excel.pst import vocabularies as v


def _columns(level: str, name: str) -> tuple[PanelColumn, ...]:
    kept = Measure("actions", None, (f.CODED, *f.SCOPE), spread=level)
    done = kept.when(When("statut", "=", v.TERMINE))
    own = (f.CODED, When("niveau", "=", name))

    def money(key: str) -> Measure:
        return Measure("actions", key, (f.CODED,), spread=level)

    return (
        PanelColumn("Actions PST", kept),
        PanelColumn("Taux moyen", f.progress(level), "% de 100", show="bar"),
        PanelColumn("Taux strict", Quotient(done, kept), "%"),
        PanelColumn("En retard", Measure("actions", "retard", (f.CODED, *f.SCOPE), spread=level)),
        PanelColumn("Budget prévu", money("budget_prevu"), "€"),
        PanelColumn("Budget réalisé", money("budget_realise"), "€"),
        PanelColumn(
            "Atteinte des indicateurs", mean("indicateurs", "atteinte", *own), "%", by="code_lie"
        ),
    )


EVALUATION = Evaluation(
    "evaluation",
    (
        Level("os", v.NIVEAU_OS, "os", "", _columns("os", v.NIVEAU_OS)),
        Level("oo", v.NIVEAU_OO, "oo", "code_os", _columns("oo", v.NIVEAU_OO)),
    ),
)
