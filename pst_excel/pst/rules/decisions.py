"""What people decide: the evaluation's decisions, and the waivers of rules."""

from __future__ import annotations

from pst_excel.model.findings import Severity
from pst_excel.model.joins import mapped, source_of
from pst_excel.model.rules import Marks, RuleBook, RuleView
from pst_excel.model.schema import ALL
from pst_excel.model.series import Series
from pst_excel.model.words.stages import Stage
from pst_excel.pst import vocabularies as v
from pst_excel.pst.rules.questions import blank_beside, day, naming, unknown
from pst_excel.text.spelling import fold

RULES = RuleBook()


@RULES.rule(
    "R31", Severity.WARNING, "Une décision de l’évaluation n’est pas motivée",
    at=("evaluation.motif_mi", "evaluation.motif_fin"), replaces_blank_message=True,
    sentence="La décision prise pour l’{niveau} {code} n’est pas motivée.",
    expected="la raison de la décision, en une phrase",
    remedy="Complétez « {label} ».",
    source="{loi} : le PST est évalué à mi-législature et au terme",
    stage=Stage.EVALUATION, since="2026.2",
    good="""
    Évaluation
    niveau | code | decision_mi | motif_mi
    OS     | 1    | Reporter    | Le subside est attendu pour 2028.
    """,
    bad="""
    Évaluation
    niveau | code | decision_mi | motif_mi
    OS     | 1    | Reporter    |
    """,
)  # fmt: skip
def decision_without_reason(view: RuleView) -> Series:
    """Mark the reasons that lack beside a decision other than to go on."""
    decision = view.here[view.column.replace("motif", "decision")]
    return decision.notna() & decision.ne(v.POURSUIVRE) & view.cells.isna()


@RULES.rule(
    "R32a", Severity.WARNING, "Une dérogation ne nomme aucune règle qui se lève",
    at="derogations.code", not_waivable=True,
    sentence="« {code} » n’est pas le code d’une règle qui se lève : la dérogation ne lève rien.",
    expected="le code d’une règle, comme R10a ; une ligne par règle",
    remedy="Recopiez le code que montre la remarque ; les messages S et V ne se lèvent pas.",
    source="usage : une dérogation dit exactement ce qu’elle lève",
    stage=Stage.DRAFT, since="2026.2",
    good="""
    Dérogations
    code | portee | motif                        | auteur            | echeance
    R10a | Toutes | Calendrier revu en janvier. | Comité de pilotage | 31/01/2027
    """,
    bad="""
    Dérogations
    code | portee | motif                        | auteur            | echeance
    R99z | Toutes | Calendrier revu en janvier. | Comité de pilotage | 31/01/2027
    """,
)  # fmt: skip
def rule_exists(view: RuleView) -> Series:
    """Mark the waivers of no rule."""
    known = {fold(code) for code in view.waivable}
    return view.cells.notna() & ~mapped(view.cells, fold, "str").isin(known)


@RULES.rule(
    "R32d", Severity.WARNING, "Une dérogation est incomplète",
    at=("derogations.portee", "derogations.motif", "derogations.auteur", "derogations.echeance"),
    replaces_blank_message=True, not_waivable=True,
    sentence="Sans « {label} », la dérogation à {code} ne lève rien.",
    expected="une portée, un motif, qui en décide et jusqu’à quand",
    remedy="Complétez la cellule, ou supprimez la ligne.",
    source="usage : on n’accepte une remarque que pour une raison et pour un temps",
    stage=Stage.DRAFT, since="2026.2",
    good="""
    Dérogations
    code | portee | motif                       | auteur             | echeance
    R10a | Toutes | Calendrier revu en janvier. | Comité de pilotage | 31/01/2027
    """,
    bad="""
    Dérogations
    code | portee | motif | auteur             | echeance
    R10a | Toutes |       | Comité de pilotage | 31/01/2027
    """,
)  # fmt: skip
def waiver_lacks_a_cell(view: RuleView) -> Series:
    """Mark the cells without which a waiver waives nothing."""
    return blank_beside(view, "code")


@RULES.rule(
    "R32b", Severity.HINT, "Une dérogation a expiré", at="derogations.echeance", not_waivable=True,
    sentence="La dérogation à {code} valait jusqu’au {echeance} : la remarque compte à nouveau.",
    expected="une date à venir, ou plus de dérogation",
    remedy="Supprimez la ligne, ou faites fixer une nouvelle date.",
    source="usage : une dérogation vaut pour un temps",
    stage=Stage.DRAFT, since="2026.2",
    good="""
    Dérogations
    code | portee | motif                       | auteur             | echeance
    R10a | Toutes | Calendrier revu en janvier. | Comité de pilotage | 31/10/2026
    """,
    bad="""
    Dérogations
    code | portee | motif                       | auteur             | echeance
    R10a | Toutes | Calendrier revu en janvier. | Comité de pilotage | 30/10/2026
    """,
)  # fmt: skip
def waiver_is_over(view: RuleView) -> Series:
    """Mark the waivers whose last day has passed."""
    return view.cells < day(view)


@RULES.rule(
    "R32c", Severity.WARNING, "Une dérogation vise une ligne qui n’existe pas",
    at="derogations.portee", needs=("os", "oo", "actions", "indicateurs"), not_waivable=True,
    sentence="La dérogation à {code} vise « {inconnus} », qui n’est le code d’aucune ligne.",
    expected=f"des codes de lignes, séparés par un point-virgule, ou « {ALL} »",
    remedy="Corrigez le code, ou retirez la ligne si l’élément n’existe plus.",
    source="usage : une dérogation dit exactement ce qu’elle lève",
    stage=Stage.DRAFT, since="2026.2",
    good="""
    Actions
    code
    1.1.1

    Dérogations
    code | portee | motif                       | auteur             | echeance
    R06a | 1.1.1  | Calendrier revu en janvier. | Comité de pilotage | 31/01/2027
    """,
    bad="""
    Actions
    code
    1.1.1

    Dérogations
    code | portee | motif                       | auteur             | echeance
    R06a | 1.1.9  | Calendrier revu en janvier. | Comité de pilotage | 31/01/2027
    """,
)  # fmt: skip
def row_exists(view: RuleView) -> Marks:
    """Return the waivers of which a code is that of no row."""
    sheets = ("constat", "os", "oo", "actions", "indicateurs", "budget")
    codes = unknown(view.cells, *(view[sheet] for sheet in sheets))
    everywhere = mapped(codes, fold, "str").eq(fold(ALL))
    filled = source_of(codes).isin(source_of(view["actions"]))
    return naming(codes[~everywhere & filled])
