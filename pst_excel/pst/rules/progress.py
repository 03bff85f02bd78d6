"""Where actions stand: status, progress and effective dates say the same thing; what is late."""

from __future__ import annotations

from pst_excel.model.expressions.conditions import blank, holds
from pst_excel.model.expressions.core import All, Col, Const, Filled, Is, Not, OneOf, Param
from pst_excel.model.findings import Severity
from pst_excel.model.formulas import Expression
from pst_excel.model.rules import RuleBook, RuleView
from pst_excel.model.series import Series
from pst_excel.model.words.stages import Stage
from pst_excel.pst import vocabularies as v
from pst_excel.pst.rules.questions import FEW, blank_while
from pst_excel.pst.sheets.actions import DEMARRAGE_EN_RETARD, EN_RETARD, RECURRENT

RULES = RuleBook()


@RULES.live(
    "R09a", Severity.ERROR, "Une action terminée n’est pas à 100 %", at="actions.avancement",
    sentence="L’action {code} est « Terminé » avec un avancement de {avancement}.",
    expected="100, ou un autre statut",
    remedy="Écrivez 100, ou corrigez le statut si l’action n’est pas achevée.",
    source="eComptes 201805V1 : TERMINE, l’action est achevée",
    stage=Stage.FOLLOW_UP, since="2026.1",
    good="""
    Actions
    code  | statut  | avancement
    1.1.1 | Terminé | 100
    """,
    bad="""
    Actions
    code  | statut  | avancement
    1.1.1 | Terminé | 80
    """,
)  # fmt: skip
def finished_is_complete(key: str) -> Expression:
    """Mark the finished actions below 100."""
    return All((holds("statut", v.TERMINE), Is(Col(key), "<>", Const(100))))


@RULES.live(
    "R09b", Severity.ERROR, "Une action non commencée avance déjà", at="actions.avancement",
    sentence="L’action {code} est « Non commencé » avec un avancement de {avancement}.",
    expected="0, ou un autre statut",
    remedy="Écrivez 0, ou choisissez le statut « En cours » si l’action a commencé.",
    source="eComptes 201805V1 : NON_COMMENCE, rien n’est entrepris",
    stage=Stage.FOLLOW_UP, since="2026.1",
    good="""
    Actions
    code  | statut       | avancement
    1.1.1 | Non commencé | 0
    """,
    bad="""
    Actions
    code  | statut       | avancement
    1.1.1 | Non commencé | 10
    """,
)  # fmt: skip
def not_begun_is_at_zero(key: str) -> Expression:
    """Mark the actions not begun that have progressed."""
    return All((holds("statut", v.NON_COMMENCE), Is(Col(key), ">", Const(0))))


@RULES.live(
    "R09c", Severity.WARNING, "Une action à 100 % n’est pas déclarée terminée", at="actions.statut",
    sentence="L’action {code} est à 100 % avec le statut « {statut} ».",
    expected="« Terminé », ou un avancement inférieur à 100",
    remedy="Choisissez « Terminé », ou corrigez l’avancement s’il reste à faire.",
    source="usage : le statut et l’avancement disent la même chose",
    stage=Stage.FOLLOW_UP, since="2026.1",
    good="""
    Actions
    code  | type_action | statut   | avancement
    1.1.1 | PST         | En cours | 95
    """,
    bad="""
    Actions
    code  | type_action | statut   | avancement
    1.1.1 | PST         | En cours | 100
    """,
)  # fmt: skip
def complete_is_finished(key: str) -> Expression:
    """Mark the actions at 100 still under way; a recurrent task may well be at 100 for the year."""
    open_still = OneOf(key, (v.EN_COURS, v.EN_ATTENTE, v.PROBLEME))
    return All((open_still, holds("avancement", 100), Not(RECURRENT)))


@RULES.live(
    "R09d", Severity.HINT, "Une action en cours n’a pas de début effectif",
    at="actions.debut_effectif", gathered=FEW,
    sentence="L’action {code} est « En cours » sans début effectif.",
    expected="la date à laquelle l’action a commencé",
    remedy="Complétez le début effectif, même approximatif.",
    source="iA.PST : date de début effective",
    stage=Stage.FOLLOW_UP, since="2026.1",
    good="""
    Actions
    code  | type_action | statut   | debut_effectif
    1.1.1 | PST         | En cours | 01/03/2026
    """,
    bad="""
    Actions
    code  | type_action | statut   | debut_effectif
    1.1.1 | PST         | En cours |
    """,
)  # fmt: skip
def under_way_has_begun(key: str) -> Expression:
    """Mark the actions under way without a start; a recurrent task has none."""
    return All((holds("statut", v.EN_COURS), Not(RECURRENT), blank(key, number=True)))


@RULES.rule(
    "R09e", Severity.HINT, "Une action terminée n’a pas de fin effective",
    at="actions.fin_effective", gathered=FEW,
    sentence="L’action {code} est « Terminé » sans fin effective.",
    expected="la date à laquelle l’action s’est terminée",
    remedy="Complétez la fin effective, même approximative.",
    source="iA.PST : date de fin effective",
    stage=Stage.FOLLOW_UP, since="2026.1",
    good="""
    Actions
    code  | statut  | fin_effective
    1.1.1 | Terminé | 30/06/2026
    """,
    bad="""
    Actions
    code  | statut  | fin_effective
    1.1.1 | Terminé |
    """,
)  # fmt: skip
def finished_has_an_end(view: RuleView) -> Series:
    """Mark the finished actions without an end."""
    return blank_while(view, "statut", v.TERMINE)


@RULES.live(
    "R09f", Severity.WARNING, "Une action non commencée a un début effectif",
    at="actions.debut_effectif",
    sentence="L’action {code} est « Non commencé » avec un début effectif le {debut_effectif}.",
    expected="une cellule vide, ou un autre statut",
    remedy="Effacez le début effectif, ou choisissez le statut « En cours ».",
    source="usage : une action qui a un début effectif a commencé",
    stage=Stage.FOLLOW_UP, since="2026.1",
    good="""
    Actions
    code  | statut       | debut_effectif
    1.1.1 | Non commencé |
    """,
    bad="""
    Actions
    code  | statut       | debut_effectif
    1.1.1 | Non commencé | 01/03/2026
    """,
)  # fmt: skip
def not_begun_has_no_start(key: str) -> Expression:
    """Mark the actions not begun that have an effective start."""
    return All((holds("statut", v.NON_COMMENCE), Filled(key, number=True)))


@RULES.live(
    "R10a", Severity.WARNING, "L’échéance d’une action est passée", at="actions.echeance",
    sentence="L’action {code}, attendue pour le {echeance}, est « {statut} » avec un avancement de"
    " {avancement} le {observation}.",
    expected="une action terminée, ou une échéance à venir",
    remedy="Mettez à jour le statut, ou reportez l’échéance et dites pourquoi en commentaire.",
    source="iA.PST : actions en retard du point de vue de l’échéance",
    extra_words={"observation": Param("date_observation")},
    stage=Stage.FOLLOW_UP, since="2026.1",
    good="""
    Actions
    code  | type_action | echeance   | statut   | avancement
    1.1.1 | PST         | 31/10/2026 | En cours | 90
    """,
    bad="""
    Actions
    code  | type_action | echeance   | statut   | avancement
    1.1.1 | PST         | 30/10/2026 | En cours | 90
    """,
)  # fmt: skip
def late(key: str) -> Expression:
    """Mark the actions that are late, observed at their date."""
    return EN_RETARD


@RULES.live(
    "R10b", Severity.WARNING, "Le début prévu d’une action est passé", at="actions.debut_prevu",
    sentence="L’action {code} devait commencer le {debut_prevu} ; elle est « {statut} ».",
    expected="une action commencée, ou un début prévu à venir",
    remedy="Mettez à jour le statut et le début effectif, ou reportez le début prévu.",
    source="iA.PST : actions en retard du point de vue de la date de début",
    stage=Stage.FOLLOW_UP, since="2026.1",
    good="""
    Actions
    code  | type_action | debut_prevu | statut
    1.1.1 | PST         | 01/12/2026  | Non commencé
    """,
    bad="""
    Actions
    code  | type_action | debut_prevu | statut
    1.1.1 | PST         | 01/09/2026  | Non commencé
    """,
)  # fmt: skip
def start_is_late(key: str) -> Expression:
    """Mark the actions whose planned start has passed: those that are counted as late to start."""
    return DEMARRAGE_EN_RETARD
