"""The figures of the PST, each defined once: for the workbook of one institution and for all.

The rates count the actions of type PST that are not abandoned: recurrent tasks never end, and an
abandoned action is a decision, not a delay (usage of the published evaluations; DPC and PST are
what the law compares). A transversal action counts once in totals, whole under each OO and OS that
it serves; its budget goes by its shares.
"""

from __future__ import annotations

from pst_excel.model.figures.boards import Breakdown
from pst_excel.model.figures.fields import Field, Setting
from pst_excel.model.figures.figures import Figure, Given, IfAny, Quotient, Scaled, Times, mean
from pst_excel.model.figures.measures import Measure, When
from pst_excel.model.figures.workings import Terms
from pst_excel.model.words.colors import Color
from pst_excel.pst import figure_terms as t
from pst_excel.pst import thresholds
from pst_excel.pst import vocabularies as v
from pst_excel.pst.figures_watched import WATCHED
from pst_excel.pst.quantities import (
    ACTIONS,
    BUDGET_LIGNES,
    FOLLOWED,
    FOLLOWED_ACTIONS,
    INDICATEURS,
    KNOWN,
    PST_ONLY,
    actions,
    amount,
    budget,
    filled,
    late,
    progress,
    share,
    weighted,
)


def _count(key: str, label: str, words: str, measure: Measure, terms: Terms) -> Figure:
    return Figure(key, label, words, "nombre", measure, measure, measure, terms=terms)


NB_OS = _count("nb_os", "Objectifs stratégiques", "Nombre de lignes de la feuille OS.",
               Measure("os"), t.OS)  # fmt: skip
NB_OO = _count("nb_oo", "Objectifs opérationnels", "Nombre de lignes de la feuille OO.",
               Measure("oo"), t.OO)  # fmt: skip
NB_ACTIONS = _count("nb_actions", "Actions", "Nombre de lignes de la feuille Actions, tous types.",
                    ACTIONS, t.ACTIONS)  # fmt: skip
NB_PST = _count(
    "nb_pst", "Actions PST suivies",
    "Actions de type PST qui ne sont pas abandonnées : la base des taux.", FOLLOWED_ACTIONS,
    t.FOLLOWED,
)  # fmt: skip

TAUX_MOYEN = Figure(
    "taux_moyen", "Taux moyen de réalisation",
    "Moyenne simple de l’avancement (%) des actions suivies où il est connu.",
    "% de 100", progress(), FOLLOWED_ACTIONS, actions(KNOWN),
    terms=t.PROGRESS,
)  # fmt: skip
TAUX_BUDGET = Figure(
    "taux_budget", "Taux moyen pondéré par le budget",
    "Moyenne de l’avancement (%) des actions suivies, chacune pesée par son budget prévu.",
    "% de 100", weighted("av_budget", "poids_budget"), FOLLOWED_ACTIONS,
    actions(When("poids_budget", ">", 0.0)),
    terms=t.BY_BUDGET,
)  # fmt: skip
TAUX_ETP = Figure(
    "taux_etp", "Taux moyen pondéré par les ETP",
    "Moyenne de l’avancement (%) des actions suivies, chacune pesée par ses ETP.",
    "% de 100", weighted("av_etp", "poids_etp"), FOLLOWED_ACTIONS,
    actions(When("poids_etp", ">", 0.0)),
    terms=t.BY_ETP,
)  # fmt: skip
TAUX_STRICT = Figure(
    "taux_strict", "Taux strict (terminées)",
    "Actions terminées ÷ actions suivies.",
    "%", share(When("statut", "=", v.TERMINE)), FOLLOWED_ACTIONS,
    actions(FOLLOWED, When("sans_statut", "=", 0.0)),
    terms=t.BY_STATUS,
)  # fmt: skip
TAUX_ENTAME = Figure(
    "taux_entame", "Sur les rails (terminées ou en cours)",
    "Actions terminées ou en cours ÷ actions suivies.",
    "%", Quotient(Measure("actions", "sur_les_rails"), FOLLOWED_ACTIONS), FOLLOWED_ACTIONS,
    TAUX_STRICT.known,
    terms=t.BY_STATUS,
)  # fmt: skip
DUE = actions(When("echeance_connue", "=", 1.0))
EN_RETARD = Figure(
    "en_retard", "Actions en retard",
    "Actions suivies, pas terminées, dont l’échéance est passée à la date d’observation.",
    "nombre", late(), FOLLOWED_ACTIONS, DUE,
    terms=t.LATE,
)  # fmt: skip
PART_RETARD = Figure(
    "part_retard", "Part en retard",
    "Actions en retard ÷ actions suivies dont l’échéance est connue.",
    "%", Quotient(late(), DUE), FOLLOWED_ACTIONS, DUE,
    terms=t.SHARE_LATE,
)  # fmt: skip
RETARD_DEMARRAGE = Figure(
    "retard_demarrage", "Démarrages en retard",
    "Actions suivies, « Non commencé » et sans début effectif, dont le début prévu est passé : ce"
    " que R10b signale.",
    "nombre", Measure("actions", "retard_demarrage"), FOLLOWED_ACTIONS,
    actions(FOLLOWED, When("debut_prevu", "known")),
    terms=t.LATE_START,
)  # fmt: skip


def _amount(key: str, label: str, words: str, column: str) -> Figure:
    return Figure(
        key, label, words, "€", amount(column), BUDGET_LIGNES, filled(column), terms=t.AMOUNT
    )


BUDGET_PREVU = _amount("budget_prevu", "Budget prévu",
                       "Somme des dépenses prévues, tous exercices.", "prevu")  # fmt: skip
BUDGET_REALISE = _amount("budget_realise", "Budget réalisé",
                         "Somme des dépenses réalisées, tous exercices.", "realise")  # fmt: skip
EXECUTION = Figure(
    "execution", "Exécution du budget inscrit",
    "Dépenses réalisées ÷ dépenses inscrites, tous exercices.",
    "%", IfAny(Quotient(budget("realise"), budget("inscrit")), filled("realise")), BUDGET_LIGNES,
    filled("inscrit"),
    terms=t.EXECUTION,
)  # fmt: skip

ATTEINTE = Figure(
    "atteinte", "Atteinte des indicateurs",
    "Moyenne, sur les indicateurs mesurés, du chemin parcouru entre la valeur de départ et la cible"
    " (0 à 100 %).",
    "%", mean("indicateurs", "atteinte"),
    INDICATEURS, Measure("indicateurs", "mesure"),
    terms=t.ATTAINMENT,
)  # fmt: skip

COMPLETUDE = Figure(
    "completude", "Complétude des actions",
    "Part des cellules obligatoires et recommandées qui sont remplies, en moyenne par action.",
    "%", Quotient(Measure("actions", "completude"), ACTIONS), ACTIONS, ACTIONS,
    terms=t.FILLED,
)  # fmt: skip


def _with(
    key: str, label: str, words: str, condition: When, terms: Terms = t.HAVING
) -> Figure:  # fmt: skip
    return Figure(
        key, label, f"{words} ÷ actions suivies.", "%", share(condition), FOLLOWED_ACTIONS,
        FOLLOWED_ACTIONS, terms=terms,
    )  # fmt: skip


AVEC = (
    _with("avec_pilote", "Avec un agent pilote",
          "Actions suivies dont l’agent pilote est nommé",
          When("agent_pilote", "filled")),
    _with("avec_echeance", "Avec une échéance",
          "Actions suivies qui ont une échéance", When("echeance", "known")),
    _with("avec_indicateur", "Avec un indicateur",
          "Actions suivies qui ont au moins un indicateur",
          When("nb_indicateurs", ">", 0.0), t.HAVING_INDICATOR),
    _with("avec_budget", "Avec un budget",
          "Actions suivies qui ont un budget prévu",
          When("budget_prevu", ">", 0.0), t.HAVING_BUDGET),
    _with("avec_odd", "Avec un ODD", "Actions suivies reliées à un ODD",
          When("odd", "filled")),
)  # fmt: skip
SYNERGIES = _with(
    "synergies", "Menées en synergie commune-CPAS",
    "Actions suivies marquées « synergie »", When("synergie_lue", "=", v.OUI),
    t.IN_SYNERGY,
)  # fmt: skip

PAR_STATUT = tuple(
    Figure(
        f"statut_{choice.code.lower()}", choice.label,
        f"Actions PST au statut « {choice.label} » ÷ toutes les actions PST.",
        "%", Quotient(actions(PST_ONLY, When("statut", "=", choice.label)), actions(PST_ONLY)),
        actions(PST_ONLY), actions(PST_ONLY, When("sans_statut", "=", 0.0)), choice.color,
        t.STATUS,
    )
    for choice in v.STATUTS.choices
)  # fmt: skip
SANS_STATUT = Figure(
    "statut_sans", "Sans statut",
    "Actions PST sans statut de la liste ÷ toutes les actions PST.",
    "%", Quotient(actions(When("sans_statut", "=", 1.0)), actions(PST_ONLY)), actions(PST_ONLY),
    actions(PST_ONLY), Color.GREY, t.STATUSLESS,
)  # fmt: skip


_POPULATION = Field("identification", "population")
_YEARS = Field("identification", "annee_fin", "annee_debut")
LOANS = Measure("budget", "emprunt")
EMPRUNTS_HABITANT = Figure(
    "emprunts_habitant", "Emprunts prévus par habitant et par an",
    "Dépenses prévues que l’institution emprunte (emprunt, part communale), tous exercices"
    " ÷ population ÷ nombre d’exercices de la législature.",
    "€/hab./an", IfAny(Quotient(LOANS, Times((_POPULATION, _YEARS))), filled("prevu")),
    BUDGET_LIGNES, Given(filled("prevu"), Times((_POPULATION, _YEARS))), terms=t.LOANS_PER_HEAD,
)  # fmt: skip
BALISE = Figure(
    "balise", "Balise d’emprunt", "Le paramètre « Balise d’emprunt » de l’institution.",
    "€/hab./an", Setting("identification", thresholds.LOANS), BUDGET_LIGNES, BUDGET_LIGNES,
    terms=t.SETTING,
)  # fmt: skip
ACTIONS_HABITANT = Figure(
    "actions_1000", "Actions PST pour 1 000 habitants",
    "Actions suivies ÷ population × 1 000.",
    "par 1 000", Scaled(Quotient(FOLLOWED_ACTIONS, _POPULATION), 1000.0), FOLLOWED_ACTIONS,
    Given(FOLLOWED_ACTIONS, _POPULATION),
    terms=t.ACTIONS_PER_HEAD,
)  # fmt: skip
BUDGET_HABITANT = Figure(
    "budget_habitant", "Budget prévu par habitant",
    "Dépenses prévues, tous exercices ÷ population.",
    "€/hab.", IfAny(Quotient(budget("prevu"), _POPULATION), filled("prevu")), BUDGET_LIGNES,
    Given(BUDGET_PREVU.known, _POPULATION),
    terms=t.AMOUNT_PER_HEAD,
)  # fmt: skip

FIGURES = (
    NB_OS, NB_OO, NB_ACTIONS, NB_PST, TAUX_MOYEN, TAUX_BUDGET, TAUX_ETP, TAUX_STRICT, TAUX_ENTAME,
    EN_RETARD, PART_RETARD, RETARD_DEMARRAGE, BUDGET_PREVU, BUDGET_REALISE, EXECUTION, ATTEINTE,
    COMPLETUDE, *AVEC, SYNERGIES, *PAR_STATUT, SANS_STATUT, EMPRUNTS_HABITANT, *WATCHED,
)  # fmt: skip

BREAKDOWN = Breakdown(
    "Statuts", "de quoi le programme est-il fait ?", "Actions PST",
    "Part des actions PST par statut", (*PAR_STATUT, SANS_STATUT),
)  # fmt: skip

COMPARED = (
    NB_OS, NB_OO, NB_ACTIONS, NB_PST, ACTIONS_HABITANT, TAUX_MOYEN, TAUX_BUDGET, TAUX_ETP,
    TAUX_STRICT, TAUX_ENTAME, PART_RETARD, BUDGET_PREVU, BUDGET_HABITANT, EXECUTION, ATTEINTE,
    COMPLETUDE, *AVEC, SYNERGIES,
)  # fmt: skip
