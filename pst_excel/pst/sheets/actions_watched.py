"""What the whole plan watches of an action: its pace, its dates, what blocks it, what it lacks."""

from __future__ import annotations

from pst_excel.model.counted_rows import helper
from pst_excel.model.expressions.conditions import blank, holds
from pst_excel.model.expressions.core import (
    All,
    Col,
    Const,
    Either,
    Filled,
    Flag,
    Is,
    Not,
    OneOf,
    Param,
)
from pst_excel.model.expressions.counting import OrZero
from pst_excel.model.expressions.spans import Days, Elapsed, FirstDay, Gap, HalfYear, Minus, Only
from pst_excel.model.formulas import Expression
from pst_excel.model.schema import Column
from pst_excel.model.thresholds import Limit
from pst_excel.model.words.kinds import Kind
from pst_excel.pst import vocabularies as v
from pst_excel.pst.thresholds import RHYTHM, STALE

_TODAY, _BEGINNING = Param("date_observation"), Param("annee_debut")
_FOLLOWED, _OPEN = holds("suivie", 1.0), holds("ouverte", 1.0)
_PACED = holds("rythme_connu", 1.0)


def flag(key: str, label: str, words: str, *conditions: Expression) -> Column:
    """Return the hidden mark of the rows that meet all the conditions."""
    return helper(key, label, words, Flag(All(conditions)), Kind.INTEGER)


def _day(key: str, label: str, words: str, formula: Expression) -> Column:
    return helper(key, label, words, formula, Kind.INTEGER)


_PACE = (
    _day("debut_lu", "Début lu", "Le jour du début : effectif, sinon prévu.",
         FirstDay(("debut_effectif", "debut_prevu"))),
    helper("attendu_lu", "Avancement attendu lu", "La part du temps entre le début et l’échéance"
           " qui est passée, de 0 à 100.", Elapsed("debut_lu", "echeance", _TODAY)),
    flag("rythme_connu", "Rythme connu", "1 quand l’avancement d’une action suivie se compare au"
         " temps passé.", holds("av_connu", 1.0), Filled("attendu_lu", number=True)),
    helper("av_rythme", "Avancement comparé", "L’avancement, où il se compare au temps passé.",
           OrZero(_PACED, "avancement_lu")),
    helper("av_attendu", "Avancement attendu", "La part du temps passée, où elle se compare à"
           " l’avancement.", OrZero(_PACED, "attendu_lu")),
    helper("ecart_rythme", "Écart de rythme", "L’avancement moins l’avancement attendu, en points.",
           Gap("av_rythme", "av_attendu")),
    flag("en_avance", "En avance", "1 quand l’avancement dépasse l’attendu d’au moins le seuil.",
         _PACED, Is(Col("ecart_rythme"), ">=", Limit(RHYTHM))),
    flag("retard_rythme", "En retard sur le rythme", "1 quand l’attendu dépasse l’avancement d’au"
         " moins le seuil.", _PACED, Is(Minus(Col("ecart_rythme")), ">=", Limit(RHYTHM))),
    flag("dans_les_temps", "Dans les temps", "1 quand l’avancement est à moins du seuil de"
         " l’attendu.", _PACED, holds("en_avance", 0.0), holds("retard_rythme", 0.0)),
)  # fmt: skip

_DATES = (
    _day("jours_echeance", "Jours avant l’échéance", "Les jours de la date d’observation à"
         " l’échéance d’une action suivie, pas terminée.",
         Only(_OPEN, Days(_TODAY, Col("echeance")))),
    _day("semestre_debut", "Semestre du début", "Le semestre du début, compté depuis celui des"
         " élections.", HalfYear("debut_lu", _BEGINNING)),
    _day("semestre_fin", "Semestre de l’échéance", "Le semestre de l’échéance, compté de même.",
         HalfYear("echeance", _BEGINNING)),
    helper("jour_debut", "Jour du début", "Le jour du début d’une action suivie, 0 s’il est"
           " inconnu.", OrZero(All((_FOLLOWED, Filled("debut_lu", number=True))), "debut_lu")),
    _day("echeance_lue", "Échéance lue", "Le jour de l’échéance.", FirstDay(("echeance",))),
    helper("jour_fin", "Jour de l’échéance", "Le jour de l’échéance d’une action suivie, 0 s’il est"
           " inconnu.", OrZero(holds("echeance_connue", 1.0), "echeance_lue")),
    _day("jours_maj", "Jours depuis la mise à jour", "Les jours de la mise à jour d’une action"
         " suivie, pas terminée, à la date d’observation.",
         Only(_OPEN, Days(Col("date_maj"), _TODAY, 0))),
    flag("maj_connue", "Mise à jour connue", "1 quand ces jours sont connus.",
         Filled("jours_maj", number=True)),
    flag("sans_maj", "Sans mise à jour", "1 quand une action suivie, pas terminée, n’a pas de mise"
         " à jour récente.", _OPEN,
         Either((blank("date_maj", number=True), Is(Col("jours_maj"), ">", Limit(STALE))))),
)  # fmt: skip

_LACKING = (
    flag("abandon_sans_motif", "Abandonnée sans motif", "1 pour une action PST abandonnée sans un"
         " mot d’explication.", holds("pst", 1.0), holds("statut", v.ABANDONNE),
         blank("commentaire"), blank("detail_sante")),
    flag("sans_pilote", "Sans pilote", "1 quand une action suivie, pas terminée, n’a pas d’agent"
         " pilote.", _OPEN, blank("agent_pilote")),
    flag("sans_echeance", "Sans échéance", "1 quand elle n’a pas d’échéance.", _OPEN,
         blank("echeance", number=True)),
    flag("sans_indicateur", "Sans indicateur", "1 quand elle n’a pas d’indicateur.", _OPEN,
         Is(Col("nb_indicateurs"), "<=", Const(0))),
    flag("sans_budget", "Sans budget", "1 quand elle n’a pas de budget prévu.", _OPEN,
         Is(Col("budget_prevu"), "<=", Const(0))),
    helper("etp_suivi", "ETP suivis", "Les ETP d’une action suivie, 0 sinon.",
           OrZero(All((_FOLLOWED, Filled("etp_lu", number=True))), "etp_lu")),
)  # fmt: skip


def watched(running: Expression, blocked: Expression) -> tuple[Column, ...]:
    """Return the columns, from what makes an action one that runs, and one that is blocked."""
    return (
        flag("ouverte", "Ouverte", "1 pour une action suivie, pas terminée.", _FOLLOWED, running),
        *_PACE,
        *_DATES,
        flag("bloquee", "Bloquée", "1 pour une action en problème ou en blocage, pas close.",
             blocked),
        flag("a_risque", "À risque", "1 pour une action menacée ou en pause, ni bloquée ni close.",
             OneOf("sante", (v.RISQUE, v.EN_PAUSE)), Not(OneOf("statut", v.CLOS)),
             holds("bloquee", 0.0)),
        *_LACKING,
    )  # fmt: skip
