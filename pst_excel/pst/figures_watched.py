"""The figures of what the PST watches: its pace, what is stuck, what it lacks, what comes."""

from __future__ import annotations

from pst_excel.model.figures.figures import Figure, Quotient
from pst_excel.model.figures.measures import Measure, When
from pst_excel.model.figures.workings import Terms
from pst_excel.model.words.keys import LINE
from pst_excel.model.words.line_keys import PLACELESS
from pst_excel.pst import figure_terms as t
from pst_excel.pst import vocabularies as v
from pst_excel.pst.quantities import (
    ACTIONS,
    FOLLOWED,
    FOLLOWED_ACTIONS,
    INDICATEURS,
    OPEN_ACTIONS,
    PACED,
    PST_ONLY,
    actions,
    expected,
    gap,
)

_SAYS = When(LINE, "=", 1.0)
"""What a row to come does not meet: its formulas are there already."""


def _marked(
    key: str, label: str, words: str, column: str, terms: Terms, base: Measure = OPEN_ACTIONS,
    known: Measure | None = None,
) -> Figure:  # fmt: skip
    """Return the number of the actions that a column marks, each once."""
    return Figure(key, label, words, "nombre", actions(When(column, "=", 1.0)), base,
                  known or base, terms=terms)  # fmt: skip


PARTAGEES = Figure(
    "partagees", "Actions partagées", "Actions suivies qui comptent sous plusieurs OO.", "nombre",
    actions(FOLLOWED, When("partagee_oo", "=", 1.0)), FOLLOWED_ACTIONS, FOLLOWED_ACTIONS,
    terms=t.SHARED,
)  # fmt: skip
ATTENDU = Figure(
    "attendu", "Avancement attendu à ce jour",
    "Moyenne, sur les actions suivies, de la part du temps passée entre leur début et leur"
    " échéance.",
    "% de 100", expected(), FOLLOWED_ACTIONS, actions(PACED), terms=t.PACE,
)  # fmt: skip
ECART_RYTHME = Figure(
    "ecart_rythme", "Écart de rythme",
    "Moyenne de l’avancement (%) moins l’avancement attendu des mêmes actions.",
    "points", gap(), FOLLOWED_ACTIONS, actions(PACED), terms=t.PACE,
)  # fmt: skip
EN_AVANCE, DANS_LES_TEMPS, RETARD_RYTHME = (
    _marked(key, label, f"Actions suivies dont l’avancement {words}.", key, t.ON_PACE,
            FOLLOWED_ACTIONS, actions(PACED))
    for key, label, words in (
        ("en_avance", "En avance sur le rythme", "dépasse l’attendu d’au moins le seuil"),
        ("dans_les_temps", "Dans les temps", "est à moins du seuil de l’attendu"),
        ("retard_rythme", "En retard sur le rythme", "est sous l’attendu d’au moins le seuil"),
    )
)  # fmt: skip
ETP = Figure(
    "etp", "ETP des actions suivies", "Somme des ETP des actions suivies.", "ETP",
    Measure("actions", "etp_suivi"), FOLLOWED_ACTIONS, actions(FOLLOWED, When("etp_lu", "known")),
    terms=t.MEANS,
)  # fmt: skip
AGE_MAJ = Figure(
    "age_maj", "Âge des mises à jour",
    "Moyenne des jours passés depuis la mise à jour des actions suivies, pas terminées.", "jours",
    Quotient(Measure("actions", "jours_maj"), actions(When("maj_connue", "=", 1.0))),
    OPEN_ACTIONS, actions(When("maj_connue", "=", 1.0)), terms=t.AGE,
)  # fmt: skip
SANS_MAJ = _marked(
    "sans_maj", "Sans mise à jour récente",
    "Actions suivies, pas terminées, sans mise à jour ou dont elle est plus vieille que le seuil.",
    "sans_maj", t.STALE,
)  # fmt: skip
BLOQUEES = _marked(
    "bloquees", "Actions bloquées",
    "Actions au statut « Problème » ou de santé « Blocage », ni terminées ni abandonnées.",
    "bloquee", t.BLOCKED, ACTIONS,
)  # fmt: skip
A_RISQUE = _marked(
    "a_risque", "Actions à risque",
    "Actions de santé « Risque » ou « En pause », ni bloquées, ni terminées, ni abandonnées.",
    "a_risque", t.BLOCKED, ACTIONS,
)  # fmt: skip
ABANDON_SANS_MOTIF = _marked(
    "abandon_sans_motif", "Abandonnées sans motif",
    "Actions PST abandonnées sans commentaire d’avancement ni détail de santé.",
    "abandon_sans_motif", t.UNEXPLAINED, actions(PST_ONLY, When("statut", "=", v.ABANDONNE)),
)  # fmt: skip
SANS_PILOTE, SANS_ECHEANCE, SANS_INDICATEUR, SANS_BUDGET = (
    _marked(key, label, f"Actions suivies, pas terminées, {label[0].lower()}{label[1:]}.", key,
            terms)
    for key, label, terms in (
        ("sans_pilote", "Sans agent pilote", t.LACKING),
        ("sans_echeance", "Sans échéance", t.LACKING),
        ("sans_indicateur", "Sans indicateur", t.LACKING_INDICATOR),
        ("sans_budget", "Sans budget prévu", t.LACKING_BUDGET),
    )
)  # fmt: skip
DAYS = {3: 92, 6: 183, 12: 366}
"""The days of so many months, from the day of observation on."""
ECHEANCES_3_MOIS, ECHEANCES_6_MOIS, ECHEANCES_12_MOIS = (
    Figure(
        f"echeances_{months}_mois", f"Échéances dans les {months} mois",
        f"Actions suivies, pas terminées, dont l’échéance est dans les {days} jours, jour"
        " d’observation compris.",
        "nombre",
        actions(When("jours_echeance", ">=", 0.0), When("jours_echeance", "<=", float(days))),
        OPEN_ACTIONS, actions(When("jours_echeance", "known")), terms=t.COMING,
    )
    for months, days in DAYS.items()
)  # fmt: skip
NON_MESURES = Figure(
    "non_mesures", "Indicateurs sans atteinte connue",
    "Indicateurs dont l’atteinte est inconnue : sans mesure, sans cible ou sans départ.", "nombre",
    Measure("indicateurs", None, (_SAYS, When("mesure", "=", 0.0))), INDICATEURS, INDICATEURS,
    terms=t.UNMEASURED,
)  # fmt: skip
OO_SANS_ACTION = Figure(
    "oo_sans_action", "OO sans action", "OO qu’aucune action ne sert.", "nombre",
    Measure("oo", None, (When("sans_action", "=", 1.0),)), Measure("oo"), Measure("oo"),
    terms=t.UNSERVED,
)  # fmt: skip
OS_SANS_ENGAGEMENT, OS_SANS_OO = (
    Figure(
        key, label, words, "nombre", Measure("os", None, (_SAYS, condition)), Measure("os"),
        Measure("os"), terms=terms,
    )
    for key, label, words, condition, terms in (
        ("os_sans_engagement", "OS sans engagement",
         "OS qui ne disent pas de quel engagement de la déclaration de politique ils découlent.",
         When("sans_engagement", "=", 1.0), t.OS),
        ("os_sans_oo", "OS sans OO", "OS dont aucun OO ne relève.", When("nb_oo", "<=", 0.0),
         t.OS_UNSERVED),
    )
)  # fmt: skip
OO_SANS_OS = Figure(
    "oo_sans_os", "OO sans OS", "OO dont l’OS n’est pas dans la feuille OS.", "nombre",
    Measure("oo", None, (_SAYS, When("cle_os", "=", PLACELESS))), Measure("oo"), Measure("oo"),
    terms=t.OO,
)  # fmt: skip
ACTIONS_SANS_OO = Figure(
    "actions_sans_oo", "Actions sans OO", "Actions suivies dont aucun OO n’est dans la feuille OO.",
    "nombre", actions(FOLLOWED, When("cle_oo_distinct_1", "=", PLACELESS),
                      When("partagee_oo", "=", 0.0)),
    FOLLOWED_ACTIONS, FOLLOWED_ACTIONS, terms=t.FOLLOWED,
)  # fmt: skip

WATCHED = (
    PARTAGEES, ATTENDU, ECART_RYTHME, EN_AVANCE, DANS_LES_TEMPS, RETARD_RYTHME, ETP, AGE_MAJ,
    SANS_MAJ, BLOQUEES, A_RISQUE, ABANDON_SANS_MOTIF, SANS_PILOTE, SANS_ECHEANCE, SANS_INDICATEUR,
    SANS_BUDGET, ECHEANCES_3_MOIS, ECHEANCES_6_MOIS, ECHEANCES_12_MOIS, NON_MESURES, OO_SANS_ACTION,
    OS_SANS_ENGAGEMENT, OS_SANS_OO, OO_SANS_OS, ACTIONS_SANS_OO,
)  # fmt: skip
