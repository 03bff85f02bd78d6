"""What people decide: the evaluation's decisions, and the waivers of rules."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pst_excel.findings import Severity
from pst_excel.joins import Frame, exploded, found, mapped, source_of
from pst_excel.pst import vocabularies as v
from pst_excel.pst.rules.book import RULES, day, naming
from pst_excel.rulebook import Book
from pst_excel.spelling import fold
from pst_excel.stages import Stage
from pst_excel.waivers import ALL


@RULES.rule(
    "R31", Severity.WARNING, "Une décision de l’évaluation n’est pas motivée", blank=True,
    at=("evaluation.motif_mi", "evaluation.motif_fin"),
    sentence="La décision prise pour l’{niveau} {code} n’est pas motivée.",
    expected="la raison de la décision, en une phrase",
    remedy="Complétez « {label} ».",
    source="CDLD L1123-27 : le PST est évalué à mi-législature et au terme",
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
def decision_without_reason(book: Book) -> pd.Series[Any]:
    """Mark the reasons that lack beside a decision other than to go on."""
    decision = book.here[book.column.replace("motif", "decision")]
    return decision.notna() & decision.ne(v.POURSUIVRE) & book.cells.isna()


@RULES.rule(
    "R32a", Severity.WARNING, "Une dérogation ne nomme aucune règle qui se lève",
    at="derogations.code", firm=True,
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
def rule_exists(book: Book) -> pd.Series[Any]:
    """Mark the waivers of no rule."""
    known = {fold(rule.code) for rule in RULES.rules if not rule.firm}
    return book.cells.notna() & ~mapped(book.cells, fold, "str").isin(known)


@RULES.rule(
    "R32d", Severity.WARNING, "Une dérogation est incomplète", blank=True, firm=True,
    at=("derogations.portee", "derogations.motif", "derogations.auteur", "derogations.echeance"),
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
def waiver_lacks_a_cell(book: Book) -> pd.Series[Any]:
    """Mark the cells without which a waiver waives nothing."""
    return book.cells.isna() & book.here["code"].notna()


@RULES.rule(
    "R32b", Severity.HINT, "Une dérogation a expiré", at="derogations.echeance", firm=True,
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
def waiver_is_over(book: Book) -> pd.Series[Any]:
    """Mark the waivers whose last day has passed."""
    return book.cells < day(book)


@RULES.rule(
    "R32c", Severity.WARNING, "Une dérogation vise une ligne qui n’existe pas",
    at="derogations.portee", needs=("os", "oo", "actions", "indicateurs"), firm=True,
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
def row_exists(book: Book) -> Frame:
    """Return the waivers of which a code is that of no row."""
    codes = exploded(book.cells)
    everywhere = mapped(codes, fold, "str").eq(fold(ALL))
    known = everywhere
    for sheet in ("constat", "os", "oo", "actions", "indicateurs", "budget"):
        known = known | found(codes, book[sheet])
    filled = source_of(codes).isin(source_of(book["actions"]))
    return naming(book.here, codes[~known & filled])
