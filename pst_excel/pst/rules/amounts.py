"""Amounts: their exercice, their order, and what the state of the action says of them."""

from __future__ import annotations

from pst_excel.model.expressions.conditions import beyond, holds
from pst_excel.model.expressions.core import All, Col, Either, Is, Not, Param
from pst_excel.model.findings import Severity
from pst_excel.model.formulas import Expression
from pst_excel.model.rules import Marks, RuleBook, RuleView
from pst_excel.model.series import Series
from pst_excel.model.words.stages import Stage
from pst_excel.pst import thresholds as t
from pst_excel.pst import vocabularies as v
from pst_excel.pst.rules.questions import action_is, of_action, said_year, this_year

RULES = RuleBook()

_SPENT = Not(holds("recette_depense", v.RECETTE))


@RULES.live(
    "R17h", Severity.WARNING, "Un exercice sort de la législature", at="budget.exercice",
    sentence="La ligne porte l’exercice {exercice} ; ceux de la législature sont {exercices}. Ses"
    " montants comptent.",
    expected="un exercice de {exercices}",
    remedy="Corrigez l’exercice ; ce qui précède ou suit la législature se dit en commentaire.",
    source="usage : le budget de l’année des élections est celui de la législature d’avant",
    stage=Stage.DRAFT, since="2026.2",
    good="""
    Budget
    code | niveau | code_lie | exercice
    B1   | Action | 1.1.1    | 2026
    """,
    bad="""
    Budget
    code | niveau | code_lie | exercice
    B1   | Action | 1.1.1    | 2024
    """,
)  # fmt: skip
def exercice_of_the_legislature(key: str) -> Expression:
    """Mark the exercices up to the year of the elections, and those after the last one."""
    before = Is(Col(key), "<=", Param("annee_debut"))
    return Either((before, Is(Col(key), ">", Param("annee_fin"))))


@RULES.live(
    "R17i", Severity.WARNING, "Le montant engagé dépasse le montant inscrit", at="budget.engage",
    sentence="La dépense engagée ({engage}) dépasse le crédit inscrit ({inscrit}).",
    expected="un montant engagé d’au plus {inscrit}",
    remedy="Corrigez le montant, ou mettez à jour le crédit après la modification budgétaire.",
    source="usage : une dépense ne s’engage que dans les limites du crédit inscrit",
    stage=Stage.FOLLOW_UP, since="2026.2",
    good="""
    Budget
    code | niveau | code_lie | inscrit | engage
    B1   | Action | 1.1.1    | 250000  | 240000
    """,
    bad="""
    Budget
    code | niveau | code_lie | inscrit | engage
    B1   | Action | 1.1.1    | 250000  | 260000
    """,
)  # fmt: skip
def committed_within_budget(key: str) -> Expression:
    """Mark the dépenses committed beyond what the budget enters."""
    return All((beyond(key, "inscrit"), _SPENT))


@RULES.live(
    "R17j", Severity.WARNING, "Le montant réalisé dépasse le montant engagé", at="budget.realise",
    sentence="La dépense réalisée ({realise}) dépasse le montant engagé ({engage}).",
    expected="un montant réalisé d’au plus {engage}",
    remedy="Corrigez l’un des deux montants : on ne paie que ce qui est engagé.",
    source="usage : une dépense s’engage avant de se payer",
    stage=Stage.FOLLOW_UP, since="2026.2",
    good="""
    Budget
    code | niveau | code_lie | inscrit | engage | realise
    B1   | Action | 1.1.1    | 250000  | 240000 | 120000
    """,
    bad="""
    Budget
    code | niveau | code_lie | inscrit | engage | realise
    B1   | Action | 1.1.1    | 250000  | 120000 | 240000
    """,
)  # fmt: skip
def paid_within_commitment(key: str) -> Expression:
    """Mark the dépenses paid beyond what is committed."""
    return All((beyond(key, "engage"), _SPENT))


@RULES.rule(
    "R17k", Severity.WARNING, "Un exercice à venir a déjà des dépenses",
    at=("budget.engage", "budget.realise"),
    sentence="« {label} » vaut {valeur} pour l’exercice {exercice}, qui n’a pas commencé à la date"
    " d’observation.",
    expected="une cellule vide jusqu’à l’exercice {exercice}",
    remedy="Corrigez l’exercice, ou déplacez le montant dans « Prévu ».",
    source="usage : rien ne s’engage sur un exercice qui n’est pas ouvert",
    stage=Stage.FOLLOW_UP, since="2026.2",
    good="""
    Budget
    code | niveau | code_lie | exercice | inscrit | engage
    B1   | Action | 1.1.1    | 2026     | 5000    | 5000
    """,
    bad="""
    Budget
    code | niveau | code_lie | exercice | inscrit | engage
    B1   | Action | 1.1.1    | 2028     | 5000    | 5000
    """,
)  # fmt: skip
def nothing_before_its_exercice(view: RuleView) -> Series:
    """Mark the amounts committed or paid on an exercice that has not begun."""
    return view.cells.gt(0) & view.here["exercice"].gt(this_year(view))


@RULES.rule(
    "R17p", Severity.WARNING, "Une action non commencée a déjà des dépenses", at="budget.realise",
    sentence="{realise} sont réalisés pour l’action {code_lie}, qui est « Non commencé ».",
    expected="une action en cours, ou une cellule vide",
    remedy="Mettez à jour le statut de l’action, ou corrigez le montant.",
    source="usage : une dépense réalisée suppose une action entamée",
    stage=Stage.FOLLOW_UP, since="2026.2",
    good="""
    Actions
    code  | statut   | debut_prevu
    1.1.1 | En cours | 01/12/2026

    Budget
    code | niveau | code_lie | inscrit | engage | realise
    B1   | Action | 1.1.1    | 12500   | 12500  | 12500
    """,
    bad="""
    Actions
    code  | statut       | debut_prevu
    1.1.1 | Non commencé | 01/12/2026

    Budget
    code | niveau | code_lie | inscrit | engage | realise
    B1   | Action | 1.1.1    | 12500   | 12500  | 12500
    """,
)  # fmt: skip
def spent_before_it_began(view: RuleView) -> Series:
    """Mark the amounts paid for an action that has not begun."""
    return view.cells.gt(0) & action_is(view, v.NON_COMMENCE)


@RULES.rule(
    "R17q", Severity.HINT, "Une action terminée n’a pas ses dépenses réalisées",
    at="budget.realise",
    sentence="L’action {code_lie} est terminée ; des {prevu} prévus en {exercice}, rien n’est dit"
    " réalisé.",
    expected="le montant payé, 0 s’il n’a rien coûté",
    remedy="Complétez le montant réalisé : l’évaluation compare le coût prévu et le coût réel.",
    source="{loi} : le PST est évalué au terme de la législature",
    stage=Stage.EVALUATION, since="2026.2",
    good="""
    Actions
    code  | statut  | debut_prevu
    1.1.1 | Terminé | 01/03/2025

    Budget
    code | niveau | code_lie | exercice | prevu | inscrit | engage | realise
    B1   | Action | 1.1.1    | 2025     | 12500 | 12500   | 12000  | 11800
    """,
    bad="""
    Actions
    code  | statut  | debut_prevu
    1.1.1 | Terminé | 01/03/2025

    Budget
    code | niveau | code_lie | exercice | prevu | inscrit | engage | realise
    B1   | Action | 1.1.1    | 2025     | 12500 | 12500   | 12000  |
    """,
)  # fmt: skip
def finished_without_its_cost(view: RuleView) -> Series:
    """Mark the lines of finished actions, of an exercice that has begun, without what was paid."""
    begun = view.here["exercice"].le(this_year(view))
    finished = action_is(view, v.TERMINE)
    return finished & begun & view.here["prevu"].gt(0) & view.cells.isna()


@RULES.rule(
    "R17r", Severity.HINT, "Une action abandonnée garde des montants à venir", at="budget.prevu",
    sentence="L’action {code_lie} est abandonnée, et {prevu} restent prévus en {exercice}.",
    expected="0, ou une action qui n’est pas abandonnée",
    remedy="Ramenez à 0 ce qui ne sera pas dépensé.",
    source="usage : ce qui est abandonné ne coûte plus",
    stage=Stage.FOLLOW_UP, since="2026.2",
    good="""
    Actions
    code  | statut
    1.1.1 | Abandonné

    Budget
    code | niveau | code_lie | exercice | prevu
    B1   | Action | 1.1.1    | 2028     | 0
    """,
    bad="""
    Actions
    code  | statut
    1.1.1 | Abandonné

    Budget
    code | niveau | code_lie | exercice | prevu
    B1   | Action | 1.1.1    | 2028     | 12500
    """,
)  # fmt: skip
def abandoned_still_costs(view: RuleView) -> Series:
    """Mark the amounts planned after the date of observation for abandoned actions."""
    ahead = view.here["exercice"].gt(this_year(view))
    return ahead & view.cells.gt(0) & action_is(view, v.ABANDONNE)


@RULES.rule(
    "R17s", Severity.HINT, "Un exercice tombe hors du calendrier de l’action",
    at="budget.exercice",
    sentence="L’exercice {exercice} tombe hors du calendrier de l’action {code_lie}, prévue de"
    " {debut} à {fin}.",
    expected="un exercice de {debut} à {fin}, ou de {seuil_calendrier} an avant ou après au plus",
    remedy="Corrigez l’exercice, ou les dates de l’action.",
    source="usage : on étudie une action l’année d’avant, on la paie jusqu’à l’année d’après",
    stage=Stage.ADOPTION, since="2026.2", after=("R17h",), thresholds=(t.AROUND,),
    good="""
    Actions
    code  | debut_prevu | echeance
    1.1.1 | 01/03/2026  | 31/12/2027

    Budget
    code | niveau | code_lie | exercice
    B1   | Action | 1.1.1    | 2028
    """,
    bad="""
    Actions
    code  | debut_prevu | echeance
    1.1.1 | 01/03/2026  | 31/12/2027

    Budget
    code | niveau | code_lie | exercice
    B1   | Action | 1.1.1    | 2029
    """,
)  # fmt: skip
def exercice_of_the_action(view: RuleView) -> Marks:
    """Return the lines long before an action begins, or long after its end."""
    start, end = (of_action(view, key).dt.year for key in ("debut_prevu", "echeance"))
    around = view.threshold(t.AROUND)
    outside = view.cells.lt(start - around) | view.cells.gt(end + around)
    return Marks(outside & start.le(end), {"debut": said_year(start), "fin": said_year(end)})
