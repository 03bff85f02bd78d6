"""Who answers for what, by when, and why an action is at a standstill."""

from __future__ import annotations

from pst_excel.model.expressions.conditions import blank
from pst_excel.model.expressions.core import All, OneOf
from pst_excel.model.findings import Severity
from pst_excel.model.formulas import Expression
from pst_excel.model.joins import exploded, found
from pst_excel.model.rules import RuleBook, RuleView
from pst_excel.model.series import Series
from pst_excel.model.words.stages import Stage
from pst_excel.pst import vocabularies as v
from pst_excel.pst.rules.questions import ROW, own_list
from pst_excel.pst.sheets.actions import RUNNING

RULES = RuleBook()


@RULES.rule(
    "R05a", Severity.ERROR, "Un OO n’a pas tous ses responsables", replaces_blank_message=True,
    at=("oo.mandataire", "oo.responsable_administratif", "oo.services"),
    sentence="« {label} » de l’OO {code} est vide.",
    expected="un mandataire, un responsable administratif et au moins un service",
    remedy="Choisissez dans la liste qui en répond.",
    source="iA.PST : champs obligatoires de l’OO",
    stage=Stage.ADOPTION, since="2026.1",
    good="""
    OO
    code | mandataire   | responsable_administratif | services
    1.1  | DUPONT Marie | LAMBERT Julie             | Travaux
    """,
    bad="""
    OO
    code | mandataire   | responsable_administratif | services
    1.1  | DUPONT Marie |                           | Travaux
    """,
)  # fmt: skip
def oo_has_no_one(view: RuleView) -> Series:
    """Mark the OO for which someone is missing."""
    return view.cells.isna()


@RULES.rule(
    "R05b", Severity.ERROR, "Une action n’a pas de service pilote", replaces_blank_message=True,
    at="actions.service_pilote",
    sentence="L’action {code} n’a pas de service pilote.",
    expected="un service de la liste",
    remedy="Choisissez le service qui mène l’action.",
    source="iA.PST : tout projet a un gestionnaire",
    stage=Stage.ADOPTION, since="2026.1",
    good="""
    Actions
    code  | service_pilote
    1.1.1 | Travaux
    """,
    bad="""
    Actions
    code  | service_pilote
    1.1.1 |
    """,
)  # fmt: skip
def action_has_no_service(view: RuleView) -> Series:
    """Mark the actions that no service leads."""
    return view.cells.isna()


@RULES.rule(
    "R05c", Severity.WARNING, "Une action a plusieurs services pilotes",
    at="actions.service_pilote",
    sentence="L’action {code} nomme plusieurs services pilotes : « {service_pilote} ».",
    expected="un seul service",
    remedy="Gardez le service qui mène l’action ; les autres vont dans « Services partenaires ».",
    source="usage : un seul service pilote par action, qui en rend compte",
    stage=Stage.DRAFT, since="2026.1",
    good="""
    Listes
    liste    | valeur
    services | Culture, tourisme
    services | Travaux

    Actions
    code  | service_pilote
    1.1.1 | Culture, tourisme
    """,
    bad="""
    Listes
    liste    | valeur
    services | Culture, tourisme
    services | Travaux

    Actions
    code  | service_pilote
    1.1.1 | Culture, tourisme; Travaux
    """,
)  # fmt: skip
def several_leaders(view: RuleView) -> Series:
    """Mark the cells with a semicolon, or with a comma between two services of the list."""
    listed = own_list(view, v.SERVICES)
    pieces = exploded(view.cells.str.replace(",", ";", regex=False))
    counts = found(pieces, listed, "valeur").groupby(level=ROW).sum()
    many = counts.reindex(view.here.index).ge(2) | view.cells.str.contains(";", regex=False)
    return many & ~found(view.cells, listed, "valeur")


@RULES.live(
    "R06a", Severity.WARNING, "Une action n’a pas d’agent pilote", at="actions.agent_pilote",
    sentence="L’action {code} n’a pas d’agent pilote.",
    expected="un agent de la liste",
    remedy="Choisissez la personne qui mène l’action.",
    source="{loi} : les actions sont définies par les moyens humains",
    stage=Stage.ADOPTION, since="2026.1",
    good="""
    Actions
    code  | type_action | statut   | agent_pilote
    1.1.1 | PST         | En cours | LAMBERT Julie
    """,
    bad="""
    Actions
    code  | type_action | statut   | agent_pilote
    1.1.1 | PST         | En cours |
    """,
)  # fmt: skip
def no_agent(key: str) -> Expression:
    """Mark the actions still running that no one leads."""
    return All((RUNNING, blank(key)))


@RULES.live(
    "R06b", Severity.WARNING, "Une action n’a pas d’échéance", at="actions.echeance",
    sentence="L’action {code} n’a pas d’échéance.",
    expected="la date à laquelle l’action doit être terminée",
    remedy="Complétez l’échéance, même approximative : la fin du trimestre ou de l’année ; une"
    " tâche sans fin est de type « Pérenne ».",
    source="usage : un programme est un échéancier",
    stage=Stage.ADOPTION, since="2026.1",
    good="""
    Actions
    code  | type_action | statut   | echeance
    1.1.1 | PST         | En cours | 31/12/2027
    """,
    bad="""
    Actions
    code  | type_action | statut   | echeance
    1.1.1 | PST         | En cours |
    """,
)  # fmt: skip
def no_due_date(key: str) -> Expression:
    """Mark the actions still running without a due date."""
    return All((RUNNING, blank(key, number=True)))


@RULES.live(
    "R11a", Severity.WARNING, "Une action menacée ou bloquée ne dit pas par quoi",
    at="actions.detail_sante",
    sentence="La santé de l’action {code} est « {sante} », sans détail.",
    expected="ce qui menace ou bloque l’action",
    remedy="Dites en quelques mots ce qui menace ou bloque l’action.",
    source="iA.PST : détails de l’indice de santé",
    stage=Stage.FOLLOW_UP, since="2026.1",
    good="""
    Actions
    code  | sante  | detail_sante
    1.1.1 | Risque | Agent absent trois mois
    """,
    bad="""
    Actions
    code  | sante  | detail_sante
    1.1.1 | Risque |
    """,
)  # fmt: skip
def threat_is_not_said(key: str) -> Expression:
    """Mark the actions at risk or blocked without a word of it."""
    return All((OneOf("sante", (v.RISQUE, v.BLOCAGE)), blank(key)))


@RULES.live(
    "R11b", Severity.WARNING, "Une attente ou un abandon n’est pas motivé",
    at="actions.commentaire",
    sentence="L’action {code} est « {statut} », sans commentaire ni détail de santé.",
    expected="la raison de l’arrêt, de l’attente ou de l’abandon",
    remedy="Motivez ce statut en une phrase dans « Commentaire d’avancement ».",
    source="eComptes 201805V1 : RemarqueStatut",
    stage=Stage.FOLLOW_UP, since="2026.1",
    good="""
    Actions
    code  | statut    | commentaire
    1.1.1 | Abandonné | Subside refusé en mars 2026
    """,
    bad="""
    Actions
    code  | statut    | commentaire
    1.1.1 | Abandonné |
    """,
)  # fmt: skip
def standstill_is_not_said(key: str) -> Expression:
    """Mark the actions at a standstill without a reason; the detail of their health is one."""
    stopped = OneOf("statut", (v.ABANDONNE, v.EN_ATTENTE, v.PROBLEME))
    return All((stopped, blank(key), blank("detail_sante")))
