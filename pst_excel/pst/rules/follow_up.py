"""Actions followed up: what their status, their health and their parents say together."""

from __future__ import annotations

import pandas as pd

from pst_excel.model.expressions.conditions import holds
from pst_excel.model.expressions.core import All, Col, Filled, Is, Not, OneOf
from pst_excel.model.findings import Severity
from pst_excel.model.formulas import Expression
from pst_excel.model.joins import fetch, found, source_of
from pst_excel.model.rules import Marks, RuleBook, RuleView
from pst_excel.model.series import Series
from pst_excel.model.words.stages import Stage
from pst_excel.pst import thresholds as t
from pst_excel.pst import vocabularies as v
from pst_excel.pst.rules.dates import FIRST_DAY
from pst_excel.pst.rules.questions import compared, day, running, served
from pst_excel.pst.sheets.actions import RECURRENT

RULES = RuleBook()


@RULES.live(
    "R09g", Severity.WARNING, "Une action abandonnée est à 100 %", at="actions.statut",
    sentence="L’action {code} est « Abandonné » avec un avancement de 100 %.",
    expected="« Terminé », ou l’avancement au moment de l’abandon",
    remedy="Choisissez « Terminé » si elle est achevée, sinon corrigez l’avancement.",
    source="eComptes 201805V1 : ANNULE_ABANDONNE, l’action n’est pas achevée",
    stage=Stage.FOLLOW_UP, since="2026.2",
    good="""
    Actions
    code  | statut    | avancement | commentaire
    1.1.1 | Abandonné | 30         | Subside refusé en mars 2026
    """,
    bad="""
    Actions
    code  | statut    | avancement | commentaire
    1.1.1 | Abandonné | 100        | Subside refusé en mars 2026
    """,
)  # fmt: skip
def abandoned_and_complete(key: str) -> Expression:
    """Mark the abandoned actions at 100."""
    return All((holds(key, v.ABANDONNE), holds("avancement", 100)))


@RULES.live(
    "R09h", Severity.WARNING, "Une action qui court a une fin effective",
    at="actions.fin_effective",
    sentence="L’action {code} a fini le {fin_effective} et son statut est « {statut} ».",
    expected="« Terminé » ou « Abandonné », ou une cellule vide",
    remedy="Mettez à jour le statut, ou effacez la fin effective.",
    source="iA.PST : la date de fin effective est celle d’une action finie",
    stage=Stage.FOLLOW_UP, since="2026.2",
    good="""
    Actions
    code  | type_action | statut  | avancement | debut_effectif | fin_effective
    1.1.1 | PST         | Terminé | 100        | 01/03/2026     | 30/06/2026
    """,
    bad="""
    Actions
    code  | type_action | statut   | avancement | debut_effectif | fin_effective
    1.1.1 | PST         | En cours | 60         | 01/03/2026     | 30/06/2026
    """,
)  # fmt: skip
def ended_and_running(key: str) -> Expression:
    """Mark the ends of actions that are neither finished nor abandoned; recurrent tasks aside."""
    closed = OneOf("statut", v.CLOS)
    return All((Filled(key, number=True), Filled("statut"), Not(closed), Not(RECURRENT)))


@RULES.rule(
    "R09i", Severity.HINT, "Une action en cours depuis des mois est à 0 %",
    at="actions.avancement",
    sentence="L’action {code}, commencée le {debut_effectif}, est toujours à 0 %.",
    expected="un avancement au-dessus de 0, ou un statut qui dit l’attente",
    remedy="Estimez ce qui est fait, ou choisissez « En attente » et dites de quoi.",
    source="usage : le statut et l’avancement disent la même chose",
    stage=Stage.FOLLOW_UP, since="2026.2", thresholds=(t.BEGUN,),
    good="""
    Actions
    code  | statut   | avancement | debut_effectif
    1.1.1 | En cours | 5          | 01/03/2026
    """,
    bad="""
    Actions
    code  | statut   | avancement | debut_effectif
    1.1.1 | En cours | 0          | 01/03/2026
    """,
)  # fmt: skip
def under_way_at_zero(view: RuleView) -> Series:
    """Mark the actions under way for long that are at 0."""
    old = (day(view) - view.here["debut_effectif"]).dt.days.gt(view.threshold(t.BEGUN))
    return view.here["statut"].eq(v.EN_COURS) & view.cells.eq(0) & old


@RULES.rule(
    "R09j", Severity.WARNING, "Un OS clôturé a des actions qui courent",
    at="os.statut", whole_plan_only=True,
    sentence="L’OS {code} est « Clôturé », et des actions courent encore ({nombre}).",
    expected="des actions terminées ou abandonnées, ou un OS en cours",
    remedy="Mettez à jour les actions, ou rouvrez l’OS.",
    source="iA.PST : un objectif est clôturé quand il n’est plus poursuivi",
    stage=Stage.FOLLOW_UP, since="2026.2",
    good="""
    OS
    code | statut
    1    | En cours
    """,
    bad="""
    OS
    code | statut
    1    | Clôturé

    OO
    code | code_os
    1.1  | 1

    Actions
    code  | code_oo | statut
    1.1.1 | 1.1     | En cours
    """,
)  # fmt: skip
def closed_os_runs(view: RuleView) -> Marks:
    """Return the OS that are closed and have actions running."""
    under = served(view, "type_lu", "statut")
    under = under[running(under)]
    os_codes = compared(fetch(under["oo"], view["oo"], "code_os")).to_frame("code_os")
    counts = os_codes.groupby([source_of(os_codes), "code_os"]).size().rename("nombre")
    closed = compared(view.here["code"])[view.cells.eq(v.CLOTURE)]
    keys = pd.MultiIndex.from_arrays([source_of(closed), closed])
    number = pd.Series(counts.reindex(keys).to_numpy(), index=closed.index, dtype="float64")
    return Marks(closed.index[number.gt(0)], {"nombre": number})


@RULES.rule(
    "R02d", Severity.WARNING, "Toutes les actions d’un OO sont abandonnées", at="oo.code",
    whole_plan_only=True, after=("R02b",),
    sentence="Toutes les actions qui servent l’OO {code} sont abandonnées.",
    expected="au moins une action qui court, ou un OO abandonné lui aussi",
    remedy="Ajoutez une action, ou retirez cet OO et dites pourquoi dans l’évaluation.",
    source="{loi} : les objectifs opérationnels se déclinent en projets et en actions",
    stage=Stage.FOLLOW_UP, since="2026.2",
    good="""
    OO
    code
    1.1

    Actions
    code  | code_oo | statut    | commentaire
    1.1.1 | 1.1     | Abandonné | Subside refusé en mars 2026
    1.1.2 | 1.1     | En cours  |
    """,
    bad="""
    OO
    code
    1.1

    Actions
    code  | code_oo | statut    | commentaire
    1.1.1 | 1.1     | Abandonné | Subside refusé en mars 2026
    """,
)  # fmt: skip
def all_abandoned(view: RuleView) -> Series:
    """Mark the OO whose actions are all abandoned."""
    actions = served(view, "statut")
    rest = actions[actions["statut"].ne(v.ABANDONNE)]
    return found(view.cells, actions, "oo") & ~found(view.cells, rest, "oo")


@RULES.live(
    "R11c", Severity.WARNING, "Une action en problème est en bonne santé", at="actions.sante",
    sentence="L’action {code} est « Problème » et sa santé « Bon ».",
    expected="« Risque », « Blocage » ou « En pause »",
    remedy="Corrigez la santé, ou le statut si le problème est levé.",
    source="iA.PST : l’indice de santé dit ce qui menace l’action",
    stage=Stage.FOLLOW_UP, since="2026.2",
    good="""
    Actions
    code  | statut   | sante   | detail_sante          | commentaire
    1.1.1 | Problème | Blocage | Le terrain est pollué | Analyse du sol en cours
    """,
    bad="""
    Actions
    code  | statut   | sante   | detail_sante          | commentaire
    1.1.1 | Problème | Bon     | Le terrain est pollué | Analyse du sol en cours
    """,
)  # fmt: skip
def problem_in_health(key: str) -> Expression:
    """Mark the actions with a problem said to be well."""
    return All((holds(key, v.BON), holds("statut", v.PROBLEME)))


@RULES.rule(
    "R11d", Severity.HINT, "Une action finie est encore menacée", at="actions.sante",
    sentence="L’action {code} est « {statut} », et sa santé est encore « {sante} ».",
    expected="« Bon », ou une cellule vide",
    remedy="Effacez la santé : plus rien ne menace une action finie.",
    source="iA.PST : l’indice de santé est celui d’une action qui court",
    stage=Stage.FOLLOW_UP, since="2026.2",
    good="""
    Actions
    code  | statut  | avancement | fin_effective | sante
    1.1.1 | Terminé | 100        | 30/06/2026    | Bon
    """,
    bad="""
    Actions
    code  | statut  | avancement | fin_effective | sante  | detail_sante
    1.1.1 | Terminé | 100        | 30/06/2026    | Risque | Agent absent trois mois
    """,
)  # fmt: skip
def finished_and_threatened(view: RuleView) -> Series:
    """Mark what threatens actions that are finished or abandoned."""
    threatened = view.cells.isin((v.RISQUE, v.BLOCAGE, v.EN_PAUSE))
    return threatened & view.here["statut"].isin(v.CLOS)


@RULES.live(
    "R16b", Severity.WARNING, "Une action a fini avant la législature", at="actions.fin_effective",
    sentence="L’action {code} a fini le {fin_effective}, avant la législature {legislature}.",
    expected="une date de la législature {legislature}",
    remedy="Corrigez la date, ou retirez l’action : elle relève du PST précédent.",
    source="usage : les projets finis ne sont pas dans le PST (Burdinne)",
    stage=Stage.DRAFT, since="2026.2",
    good="""
    Actions
    code  | statut  | avancement | debut_effectif | fin_effective
    1.1.1 | Terminé | 100        | 01/03/2025     | 30/06/2025
    """,
    bad="""
    Actions
    code  | statut  | avancement | debut_effectif | fin_effective
    1.1.1 | Terminé | 100        | 01/03/2023     | 30/06/2023
    """,
)  # fmt: skip
def ended_before_the_legislature(key: str) -> Expression:
    """Mark the actions that ended before the year of the elections."""
    return Is(Col(key), "<", FIRST_DAY)
