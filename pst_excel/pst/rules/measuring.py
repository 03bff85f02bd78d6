"""What an indicator needs to measure: a start, a date for its target, a unit."""

from __future__ import annotations

from pst_excel.model.findings import Severity
from pst_excel.model.rules import RuleBook, RuleView
from pst_excel.model.series import Series
from pst_excel.model.words.stages import Stage
from pst_excel.pst import vocabularies as v
from pst_excel.pst.rules.indicators import UNKNOWN
from pst_excel.pst.rules.questions import FEW, blank_beside, blank_while, lacking, matching

RULES = RuleBook()

_PART = r"^(part|taux|pourcentage|proportion)\b|\(en ?%\)|\ben %"
_PER_CENT = r"%|pour ?cent|‰|points?\b"
_RATE = r"/|‰|\bpar \w|\b(pour|sur) ([0-9]|mille|cent\b)"


@RULES.rule(
    "R12e", Severity.HINT, "Un indicateur n’a pas de valeur de départ",
    at="indicateurs.valeur_depart",
    gathered=FEW,
    sentence="L’indicateur {code} doit évoluer ({sens}) sans dire d’où il part."
    f" {UNKNOWN}",
    expected="la valeur avant le programme, avec son année",
    remedy="Complétez la valeur de départ, ou dites en commentaire quand elle sera mesurée.",
    source="UVCW : un objectif mesurable se compare à un point de départ",
    stage=Stage.ADOPTION, since="2026.2",
    good="""
    Indicateurs
    code | sens   | valeur_depart | annee_depart | cible
    I1   | Hausse | 14            | 2024         | 28
    """,
    bad="""
    Indicateurs
    code | sens   | valeur_depart | annee_depart | cible
    I1   | Hausse |               |              | 28
    """,
)  # fmt: skip
def no_start(view: RuleView) -> Series:
    """Mark the indicators that are to rise or to fall from nobody knows where."""
    return blank_while(view, "sens", v.HAUSSE, v.BAISSE)


@RULES.rule(
    "R12f", Severity.HINT, "Une cible n’a pas de date", at="indicateurs.echeance",
    gathered=FEW,
    sentence="La cible de l’indicateur {code} ({cible}) n’a pas de date.",
    expected="la date à laquelle la cible doit être atteinte",
    remedy="Complétez l’échéance : celle de l’action, ou la fin de la législature.",
    source="UVCW : un objectif est situé dans le temps",
    stage=Stage.ADOPTION, since="2026.2",
    good="""
    Indicateurs
    code | cible | echeance
    I1   | 28    | 31/12/2028
    """,
    bad="""
    Indicateurs
    code | cible | echeance
    I1   | 28    |
    """,
)  # fmt: skip
def target_has_no_date(view: RuleView) -> Series:
    """Mark the targets without a date."""
    return blank_beside(view, "cible")


@RULES.rule(
    "R12g", Severity.HINT, "Une part n’est pas en pour cent", at="indicateurs.unite",
    sentence="« {libelle} » ({code}) se mesure en « {unite} » : est-ce une proportion ?",
    expected="« % », ou un libellé qui dit un nombre",
    remedy="Corrigez l’unité, ou le libellé : une part se dit en %.",
    source="iA.PST : le libellé dit ce que le nombre veut dire",
    stage=Stage.DRAFT, since="2026.2",
    good="""
    Indicateurs
    code | libelle                                  | unite                | cible
    I1   | Part des déplacements faits à vélo       | %                    | 20
    I2   | Taux de cambriolages                     | pour 1 000 habitants | 4
    I3   | Taux d’accidents pour 1 000 habitants    | accidents            | 2
    """,
    bad="""
    Indicateurs
    code | libelle                            | unite | cible
    I1   | Part des déplacements faits à vélo | km    | 20
    """,
)  # fmt: skip
def share_in_per_cent(view: RuleView) -> Series:
    """Mark the shares whose unit is not a per cent; what is counted for so many is a rate."""
    share = matching(view.here["libelle"], _PART) & lacking(view.cells, _PER_CENT)
    words = view.here["libelle"][share] + " " + view.cells[share]
    return share & ~matching(words, _RATE).reindex(share.index, fill_value=False)


@RULES.rule(
    "R12h", Severity.WARNING, "Une part dépasse 100 %", at="indicateurs.cible",
    sentence="La cible de l’indicateur {code}, « {libelle} », est de {cible} %.",
    expected="une part de 0 à 100 %",
    remedy="Corrigez la cible, ou dites une évolution : « Hausse de …, en % ».",
    source="usage : une part d’un tout ne dépasse pas le tout",
    stage=Stage.DRAFT, since="2026.2",
    good="""
    Indicateurs
    code | libelle                           | unite | cible
    I1   | Part des déplacements faits à vélo | %     | 20
    """,
    bad="""
    Indicateurs
    code | libelle                           | unite | cible
    I1   | Part des déplacements faits à vélo | %     | 200
    """,
)  # fmt: skip
def share_beyond_the_whole(view: RuleView) -> Series:
    """Mark the targets of shares beyond the whole."""
    unit = matching(view.here["unite"], r"^(%|pour ?cent)")
    share = matching(view.here["libelle"], r"^(part|proportion|pourcentage)\b")
    return unit & share & (view.cells.gt(100) | view.cells.lt(0))
