"""What the evaluation computes for each OS and OO, beside what the collège writes."""

from __future__ import annotations

from pst_excel.model.figures.boards import Evaluation, Level
from pst_excel.model.figures.figures import Quotient
from pst_excel.model.figures.lines import PanelColumn
from pst_excel.model.figures.measures import Measure, Total, When
from pst_excel.pst import quantities as q
from pst_excel.pst import vocabularies as v
from pst_excel.pst.sheets.counting import CLE_OO, CLE_OS, SANS_LIEN


def _columns(key: str, name: str) -> tuple[PanelColumn, ...]:
    kept = q.actions(q.FOLLOWED, under=key)
    done = kept.when(When("statut", "=", v.TERMINE))
    return (
        PanelColumn("Actions suivies", kept),
        PanelColumn("Taux moyen", q.progress(key), "% de 100", show="bar"),
        PanelColumn("Taux strict", Quotient(done, kept), "%"),
        PanelColumn("En retard", q.late(key)),
        *_money("Budget prévu", "prevu", "budget_prevu", key, name),
        *_money("Budget réalisé", "realise", "budget_realise", key, name),
        *_attainment(key, name),
    )


def _own(sheet: str, value: str, name: str, *where: When) -> Measure:
    """Sum a column of what is attached to the unit itself."""
    return Measure(sheet, value, (*where, When("niveau_lu", "=", name)))


def _below(of_actions: Measure, sheet: str, value: str, name: str, *where: When) -> Total:
    """Sum the same of its actions, and of what stands between them and the unit.

    What is attached to nothing stands there too: it counts on the line of what has no place.
    """
    between = (v.NIVEAU_OO, SANS_LIEN) if name == v.NIVEAU_OS else (SANS_LIEN,)
    return Total((of_actions, *(_own(sheet, value, level, *where) for level in between)))


def _money(label: str, value: str, of_actions: str, key: str, name: str) -> tuple[PanelColumn, ...]:
    own = _own("budget", value, name, q.SPENT)
    by_parts = Measure("actions", of_actions, spread=key)
    below = _below(by_parts, "budget", value, name, q.SPENT)
    return (
        PanelColumn(label, Total((own, *below.terms)), "€"),
        PanelColumn("dont en propre", own, "€", minor=True),
        PanelColumn("dont en dessous", below, "€", minor=True),
    )


def _attainment(key: str, name: str) -> tuple[PanelColumn, ...]:
    own = _own("indicateurs", "atteinte", name), _own("indicateurs", "mesure", name)
    below = (
        _below(Measure("actions", "atteintes", under=key), "indicateurs", "atteinte", name),
        _below(Measure("actions", "mesures", under=key), "indicateurs", "mesure", name),
    )
    every = [Total((mine, *under.terms)) for mine, under in zip(own, below, strict=True)]
    return (
        PanelColumn("Atteinte des indicateurs", Quotient(*every), "%"),
        PanelColumn("dont en propre", Quotient(*own), "%", minor=True),
        PanelColumn("dont en dessous", Quotient(*below), "%", minor=True),
    )


EVALUATION = Evaluation(
    "evaluation",
    (
        Level("os", v.NIVEAU_OS, "intitule", CLE_OS, "", _columns(CLE_OS, v.NIVEAU_OS), "Sans OS"),
        Level("oo", v.NIVEAU_OO, "intitule", CLE_OO, CLE_OS, _columns(CLE_OO, v.NIVEAU_OO),
              "Sans OO"),
    ),
    "Actions, taux et retards : actions PST, sans les abandonnées. Budgets et indicateurs : toutes"
    " les actions, et ce qui se rattache à l’OS ou à l’OO (en propre). Une action partagée compte"
    " entière sous chaque OS et chaque OO, une seule fois au total ; son budget s’y répartit.",
)  # fmt: skip
