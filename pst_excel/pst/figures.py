"""The figures of the PST, each defined once: for the workbook of one institution and for all.

The rates count the actions of type PST that are not abandoned: recurrent tasks never end, and an
abandoned action is a decision, not a delay (usage of the published evaluations; DPC and PST are
what the law compares). A transversal action counts once in totals, by its shares under each OO.
"""

from __future__ import annotations

from pst_excel.model.figures.boards import Breakdown
from pst_excel.model.figures.figures import Figure, Quotient, Scaled, mean
from pst_excel.model.figures.measures import Measure, When
from pst_excel.pst import vocabularies as v

PST_ONLY = When("type_lu", "=", v.TYPE_PST)
KEPT = When("statut", "<>", v.ABANDONNE)
SCOPE = (PST_ONLY, KEPT)
CODED = When("code", "filled")
SPENT = (When("sens_lu", "=", v.DEPENSE),)

ACTIONS = Measure("actions", None, (CODED,))
ACTIONS_KEPT = Measure("actions", None, (CODED, *SCOPE))


def actions(*conditions: When, spread: str | None = None) -> Measure:
    """Count the actions under conditions; spread by `os` or `oo`, each by its shares."""
    return Measure("actions", None, (CODED, *conditions), spread=spread)


def _share(*conditions: When) -> Quotient:
    return Quotient(actions(*SCOPE, *conditions), ACTIONS_KEPT)


def _known(key: str) -> Measure:
    return actions(*SCOPE, When(key, "filled"))


def progress(spread: str | None = None) -> Quotient:
    """Return the simple mean of the progress of the actions in scope, in per cent of 100."""
    return mean("actions", "avancement", *SCOPE, spread=spread)


def budget(key: str) -> Measure:
    """Return the sum of an amount over the expenses of the budget."""
    return Measure("budget", key, SPENT)


def _count(key: str, label: str, words: str, measure: Measure) -> Figure:
    return Figure(key, label, words, "nombre", measure, measure, measure)


NB_OS = _count("nb_os", "Objectifs stratégiques", "Nombre de lignes de la feuille OS.",
               Measure("os", None, (CODED,)))  # fmt: skip
NB_OO = _count("nb_oo", "Objectifs opérationnels", "Nombre de lignes de la feuille OO.",
               Measure("oo", None, (CODED,)))  # fmt: skip
NB_ACTIONS = _count("nb_actions", "Actions", "Nombre de lignes de la feuille Actions, tous types.",
                    ACTIONS)  # fmt: skip
NB_PST = _count(
    "nb_pst", "Actions PST suivies",
    "Actions de type PST qui ne sont pas abandonnées : la base des taux.", ACTIONS_KEPT,
)  # fmt: skip

TAUX_MOYEN = Figure(
    "taux_moyen", "Taux moyen de réalisation",
    "Moyenne simple de l’avancement (%) des actions PST non abandonnées.",
    "% de 100", progress(), ACTIONS_KEPT, _known("avancement"),
)  # fmt: skip
TAUX_BUDGET = Figure(
    "taux_budget", "Taux moyen pondéré par le budget",
    "Moyenne de l’avancement (%) des actions PST non abandonnées, chacune pesée par son budget"
    " prévu.",
    "% de 100", mean("actions", "avancement", *SCOPE, weight="budget_prevu"), ACTIONS_KEPT,
    actions(*SCOPE, When("budget_prevu", ">", 0.0)),
)  # fmt: skip
TAUX_ETP = Figure(
    "taux_etp", "Taux moyen pondéré par les ETP",
    "Moyenne de l’avancement (%) des actions PST non abandonnées, chacune pesée par ses ETP.",
    "% de 100", mean("actions", "avancement", *SCOPE, weight="etp"), ACTIONS_KEPT,
    actions(*SCOPE, When("etp", ">", 0.0)),
)  # fmt: skip
TAUX_STRICT = Figure(
    "taux_strict", "Taux strict (terminées)",
    "Actions PST terminées ÷ actions PST non abandonnées.",
    "%", _share(When("statut", "=", v.TERMINE)), ACTIONS_KEPT, _known("statut"),
)  # fmt: skip
TAUX_ENTAME = Figure(
    "taux_entame", "Sur les rails (terminées ou en cours)",
    "Actions PST terminées ou en cours ÷ actions PST non abandonnées.",
    "%",
    Quotient(
        Measure("actions", "sur_les_rails", (CODED, *SCOPE)), ACTIONS_KEPT
    ), ACTIONS_KEPT, _known("statut"),
)  # fmt: skip
EN_RETARD = Figure(
    "en_retard", "Actions en retard",
    "Actions PST ni terminées ni abandonnées dont l’échéance est passée à la date d’observation.",
    "nombre", Measure("actions", "retard", (CODED, *SCOPE)), ACTIONS_KEPT, _known("echeance"),
)  # fmt: skip
PART_RETARD = Figure(
    "part_retard", "Part en retard",
    "Actions en retard ÷ actions PST non abandonnées.",
    "%", Quotient(EN_RETARD.quantity, ACTIONS_KEPT), ACTIONS_KEPT, _known("echeance"),
)  # fmt: skip
RETARD_DEMARRAGE = Figure(
    "retard_demarrage", "Démarrages en retard",
    "Actions PST ni terminées ni abandonnées dont le début prévu est passé sans début effectif.",
    "nombre", Measure("actions", "retard_demarrage", (CODED, *SCOPE)), ACTIONS_KEPT,
    _known("debut_prevu"),
)  # fmt: skip

BUDGET_LIGNES = Measure("budget", None, SPENT)


def _amount(key: str, label: str, words: str, column: str) -> Figure:
    return Figure(
        key, label, words, "€", budget(column), BUDGET_LIGNES,
        Measure("budget", None, (*SPENT, When(column, "filled"))),
    )  # fmt: skip


BUDGET_PREVU = _amount("budget_prevu", "Budget prévu",
                       "Somme des dépenses prévues, tous exercices.", "prevu")  # fmt: skip
BUDGET_REALISE = _amount("budget_realise", "Budget réalisé",
                         "Somme des dépenses réalisées, tous exercices.", "realise")  # fmt: skip
EXECUTION = Figure(
    "execution", "Exécution du budget inscrit",
    "Dépenses réalisées ÷ dépenses inscrites, tous exercices.",
    "%", Quotient(budget("realise"), budget("inscrit")), BUDGET_LIGNES,
    Measure("budget", None, (*SPENT, When("inscrit", "filled"))),
)  # fmt: skip

INDICATEURS = Measure("indicateurs", None, (CODED,))
ATTEINTE = Figure(
    "atteinte", "Atteinte des indicateurs",
    "Moyenne, sur les indicateurs mesurés, du chemin parcouru entre la valeur de départ et la cible"
    " (0 à 100 %).",
    "%", mean("indicateurs", "atteinte", CODED), INDICATEURS,
    Measure("indicateurs", None, (CODED, When("atteinte", "filled"))),
)  # fmt: skip

COMPLETUDE = Figure(
    "completude", "Complétude des actions",
    "Part des cellules obligatoires et recommandées qui sont remplies, en moyenne par action.",
    "%", mean("actions", "completude", CODED), ACTIONS, ACTIONS,
)  # fmt: skip


def _with(key: str, label: str, words: str, condition: When) -> Figure:
    scope = f"{words.rstrip('.')} ÷ actions PST non abandonnées."
    return Figure(key, label, scope, "%", _share(condition), ACTIONS_KEPT, ACTIONS_KEPT)


AVEC = (
    _with("avec_pilote", "Avec un agent pilote",
          "Actions PST non abandonnées dont l’agent pilote est nommé.",
          When("agent_pilote", "filled")),
    _with("avec_echeance", "Avec une échéance",
          "Actions PST non abandonnées qui ont une échéance.", When("echeance", "known")),
    _with("avec_indicateur", "Avec un indicateur",
          "Actions PST non abandonnées qui ont au moins un indicateur.",
          When("nb_indicateurs", ">", 0.0)),
    _with("avec_budget", "Avec un budget",
          "Actions PST non abandonnées qui ont un budget prévu.",
          When("budget_prevu", ">", 0.0)),
    _with("avec_odd", "Avec un ODD", "Actions PST non abandonnées reliées à un ODD.",
          When("odd", "filled")),
)  # fmt: skip
SYNERGIES = _with(
    "synergies", "Menées en synergie commune-CPAS",
    "Actions PST non abandonnées marquées « synergie ».", When("synergie_lue", "=", v.OUI),
)  # fmt: skip

PAR_STATUT = tuple(
    Figure(
        f"statut_{choice.code.lower()}", choice.label,
        f"Actions PST au statut « {choice.label} » ÷ toutes les actions PST.",
        "%", Quotient(actions(PST_ONLY, When("statut", "=", choice.label)), actions(PST_ONLY)),
        actions(PST_ONLY), actions(PST_ONLY, When("statut", "filled")), choice.color,
    )
    for choice in v.STATUTS.choices
)  # fmt: skip

FIGURES = (
    NB_OS, NB_OO, NB_ACTIONS, NB_PST, TAUX_MOYEN, TAUX_BUDGET, TAUX_ETP, TAUX_STRICT, TAUX_ENTAME,
    EN_RETARD, PART_RETARD, RETARD_DEMARRAGE, BUDGET_PREVU, BUDGET_REALISE, EXECUTION, ATTEINTE,
    COMPLETUDE, *AVEC, SYNERGIES, *PAR_STATUT,
)  # fmt: skip

_POPULATION = Measure("identification", "population")
ACTIONS_HABITANT = Figure(
    "actions_1000", "Actions PST pour 1 000 habitants",
    "Actions PST non abandonnées ÷ population × 1 000.",
    "par 1 000", Scaled(Quotient(ACTIONS_KEPT, _POPULATION), 1000.0), ACTIONS_KEPT, ACTIONS_KEPT,
)  # fmt: skip
BUDGET_HABITANT = Figure(
    "budget_habitant", "Budget prévu par habitant",
    "Dépenses prévues, tous exercices ÷ population.",
    "€/hab.", Quotient(budget("prevu"), _POPULATION), BUDGET_LIGNES,
    Measure("budget", None, (*SPENT, When("prevu", "filled"))),
)  # fmt: skip

BREAKDOWN = Breakdown(
    "Statuts", "de quoi le programme est-il fait ?", "Actions PST",
    "Part des actions PST par statut", PAR_STATUT,
)  # fmt: skip

COMPARED = (
    NB_OS, NB_OO, NB_ACTIONS, NB_PST, ACTIONS_HABITANT, TAUX_MOYEN, TAUX_BUDGET, TAUX_ETP,
    TAUX_STRICT, TAUX_ENTAME, PART_RETARD, BUDGET_PREVU, BUDGET_HABITANT, EXECUTION, ATTEINTE,
    COMPLETUDE, *AVEC, SYNERGIES,
)  # fmt: skip
