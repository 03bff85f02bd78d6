"""What the figures of an indicator say together: its readings, its start, its target, its type."""

from __future__ import annotations

from pst_excel.model.findings import Severity
from pst_excel.model.joins import mapped
from pst_excel.model.rules import Marks, RuleBook, RuleView
from pst_excel.model.series import Series
from pst_excel.model.words.stages import Stage
from pst_excel.pst import thresholds as t
from pst_excel.pst import vocabularies as v
from pst_excel.pst.rules.questions import (
    action_is,
    blank_beside,
    differing,
    exercice_of,
    many_times,
    of_action,
    this_year,
)

RULES = RuleBook()

LEVEL_TYPES = {
    v.NIVEAU_ACTION: v.REALISATION, v.NIVEAU_OO: v.RESULTAT, v.NIVEAU_OS: v.IMPACT,
}  # fmt: skip
READINGS = "indicateurs.realise_*"


@RULES.rule(
    "R12i", Severity.WARNING, "Une mesure est dans le futur", at=READINGS,
    sentence="La mesure « {label} » de l’indicateur {code} ({valeur}) est d’une année qui n’a pas"
    " commencé à la date d’observation : elle ne compte pas encore.",
    expected="une cellule vide jusqu’à cette année",
    remedy="Déplacez la valeur dans « Cible », ou dans l’année où elle a été mesurée.",
    source="usage : on ne mesure que ce qui est arrivé",
    stage=Stage.FOLLOW_UP, since="2026.2",
    good="""
    Indicateurs
    code | realise_2025 | realise_2026
    I1   | 300          | 400
    """,
    bad="""
    Indicateurs
    code | realise_2025 | realise_2028
    I1   | 300          | 400
    """,
)  # fmt: skip
def measured_in_future(view: RuleView) -> Series:
    """Mark the readings of a year that has not begun."""
    return view.cells.notna() & this_year(view).lt(exercice_of(view.column))


@RULES.rule(
    "R12j", Severity.HINT, "Une mesure s’écarte beaucoup de la précédente", trial=True,
    at=READINGS, after=("R12i",),
    sentence="« {label} » de l’indicateur {code} vaut {valeur}, l’année d’avant {precedente} :"
    " est-ce la même unité ?",
    expected="une mesure dans la même unité que les autres",
    remedy="Vérifiez l’unité : milliers, pour cent, nombre par an ou depuis le début.",
    source="usage : une série se mesure dans une seule unité",
    stage=Stage.FOLLOW_UP, since="2026.2", thresholds=(t.FAR,),
    good="""
    Indicateurs
    code | realise_2025 | realise_2026
    I1   | 300          | 400
    """,
    bad="""
    Indicateurs
    code | realise_2025 | realise_2026
    I1   | 4            | 400
    """,
)  # fmt: skip
def far_from_the_last(view: RuleView) -> Marks:
    """Return the readings many times above or below that of the year before."""
    before = f"realise_{exercice_of(view.column) - 1}"
    if before not in view.here:
        return Marks(view.here.index[:0])
    last, far = view.here[before], view.threshold(t.FAR)
    return Marks(many_times(view.cells.where(view.cells > 0), last, far), {"precedente": last})


@RULES.rule(
    "R12k", Severity.HINT, "L’action est terminée, son indicateur n’est pas à sa cible",
    at="indicateurs.cible",
    sentence="L’action {code_lie} est terminée ; son indicateur {code} n’est qu’à {part} % de sa"
    " cible de {cible}.",
    expected="une cible atteinte, ou une action qui n’est pas terminée",
    remedy="Complétez la dernière mesure, ou dites en commentaire pourquoi la cible n’est pas"
    " atteinte.",
    source="usage : une action est achevée quand ce qu’elle devait réaliser l’est",
    stage=Stage.FOLLOW_UP, since="2026.2", thresholds=(t.NEARLY,),
    good="""
    Actions
    code  | statut
    1.1.1 | Terminé

    Indicateurs
    code | niveau | code_lie | type_indicateur | sens   | valeur_depart | cible | realise_2026
    I1   | Action | 1.1.1    | Réalisation     | Hausse | 0             | 1200  | 1250
    """,
    bad="""
    Actions
    code  | statut
    1.1.1 | Terminé

    Indicateurs
    code | niveau | code_lie | type_indicateur | sens   | valeur_depart | cible | realise_2026
    I1   | Action | 1.1.1    | Réalisation     | Hausse | 0             | 1200  | 600
    """,
)  # fmt: skip
def finished_below_target(view: RuleView) -> Marks:
    """Return the indicators of what was to be done that are not at their target in the end."""
    done = view.here["type_indicateur"].eq(v.REALISATION) & action_is(view, v.TERMINE)
    reached = view.here["atteinte"]
    near = view.threshold(t.NEARLY) / 100
    return Marks(done & reached.lt(near), {"part": reached.mul(100).round()})


@RULES.rule(
    "R12l", Severity.HINT, "Le type d’un indicateur n’est pas celui de son niveau",
    at="indicateurs.type_indicateur",
    sentence="L’indicateur {code}, au niveau « {niveau} », est de type « {type_indicateur} ».",
    expected="« {attendu} » au niveau « {niveau} »",
    remedy="Choisissez le type du niveau, ou rattachez l’indicateur à un autre niveau.",
    source="iA.PST : réalisation au niveau de l’action, résultat au niveau de l’OO",
    stage=Stage.DRAFT, since="2026.2",
    good="""
    Indicateurs
    code | niveau | type_indicateur
    I1   | Action | Réalisation
    """,
    bad="""
    Indicateurs
    code | niveau | type_indicateur
    I1   | Action | Impact
    """,
)  # fmt: skip
def type_of_the_level(view: RuleView) -> Marks:
    """Return the indicators whose type is that of another level."""
    wanted = mapped(view.here["niveau"], LEVEL_TYPES.get, "str")
    return Marks(differing(view.cells, wanted), {"attendu": wanted})


@RULES.rule(
    "R12m", Severity.HINT, "Un maintien vise autre chose que le départ", at="indicateurs.cible",
    sentence="L’indicateur {code} doit se maintenir, et va de {valeur_depart} à {cible}.",
    expected="une cible proche du départ ({valeur_depart}), ou un autre sens",
    remedy="Choisissez « Hausse » ou « Baisse », ou corrigez la cible.",
    source="usage : la cible est dans le sens de l’évolution voulue",
    stage=Stage.DRAFT, since="2026.2", thresholds=(t.KEPT,),
    good="""
    Indicateurs
    code | sens     | valeur_depart | cible
    I1   | Maintien | 12            | 12
    """,
    bad="""
    Indicateurs
    code | sens     | valeur_depart | cible
    I1   | Maintien | 12            | 18
    """,
)  # fmt: skip
def kept_elsewhere(view: RuleView) -> Series:
    """Mark the targets of what is to be kept that are far from where it starts."""
    start = view.here["valeur_depart"]
    far = (view.cells - start).abs().gt(start.abs() * view.threshold(t.KEPT) / 100)
    return view.here["sens"].eq(v.MAINTIEN) & far


@RULES.rule(
    "R12n", Severity.HINT, "La mesure du dernier exercice clos manque", at=READINGS,
    after=("R12c",),
    sentence="L’indicateur {code} n’a pas de valeur pour {exercice}, le dernier exercice clos.",
    expected="la valeur réalisée en {exercice}",
    remedy="Complétez « Réalisé {exercice} », ou dites en commentaire pourquoi la mesure manque.",
    source="{loi} : le PST est évalué à mi-législature et au terme",
    stage=Stage.EVALUATION, since="2026.2",
    good="""
    Indicateurs
    code | niveau | code_lie | type_indicateur | valeur_depart | cible | realise_2025 | realise_2026
    I1   | OO     | 1.1      | Résultat        | 60            | 85    | 74           |
    """,
    bad="""
    Indicateurs
    code | niveau | code_lie | type_indicateur | valeur_depart | cible | realise_2025 | realise_2026
    I1   | OO     | 1.1      | Résultat        | 60            | 85    |              | 76
    """,
)  # fmt: skip
def last_year_unmeasured(view: RuleView) -> Marks:
    """Return the indicators of what had begun that lack a reading of the last exercice ended."""
    last = exercice_of(view.column)
    begun = of_action(view, "debut_effectif").dt.year.le(last)
    begun |= view.here["niveau"].isin((v.NIVEAU_OS, v.NIVEAU_OO))
    lacks = blank_beside(view, "cible") & this_year(view).eq(last + 1)
    return Marks(lacks & begun, {"exercice": str(last)})


@RULES.rule(
    "R08f", Severity.WARNING, "Un départ est mesuré après l’échéance de la cible",
    at="indicateurs.annee_depart",
    sentence="L’indicateur {code} part d’une valeur de {annee_depart}, et sa cible est attendue le"
    " {echeance}.",
    expected="une année de départ avant celle de la cible",
    remedy="Corrigez l’année de départ, ou l’échéance de la cible.",
    source="usage : on mesure le départ avant l’arrivée",
    stage=Stage.DRAFT, since="2026.2",
    good="""
    Indicateurs
    code | valeur_depart | annee_depart | cible | echeance
    I1   | 14            | 2024         | 28    | 31/12/2028
    """,
    bad="""
    Indicateurs
    code | valeur_depart | annee_depart | cible | echeance
    I1   | 14            | 2029         | 28    | 31/12/2028
    """,
)  # fmt: skip
def start_after_target(view: RuleView) -> Series:
    """Mark the starting years after that of the target."""
    return view.cells.gt(view.here["echeance"].dt.year)
