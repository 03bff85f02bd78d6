"""The lists of the PST, with the words also understood for each choice.

Sources: the eComptes exchange schema 201805V1 (statuts, O/E, R/D), the lists that iA.PST proposes
by default (santé, priorités, domaines, plans, financeurs), the communal chart of accounts
(sources of financing), the United Nations (ODD), and for the synonyms the words met in published
PST.
"""

from __future__ import annotations

from pst_excel.model.words.colors import Color
from pst_excel.model.words.endless import ENDLESS
from pst_excel.model.words.signs import EMPTY_BOXES, TICKS
from pst_excel.model.words.stages import Stage
from pst_excel.model.words.vocabulary import Choice, Vocabulary
from pst_excel.model.words.wording import NO, YES

INTERNE, EXTERNE = "Interne", "Externe"
OUI, NON = YES, NO  # as a box that is ticked is read

NON_COMMENCE = "Non commencé"
EN_ATTENTE = "En attente"
EN_COURS = "En cours"
PROBLEME = "Problème"
TERMINE = "Terminé"
ABANDONNE = "Abandonné"
CLOS = (TERMINE, ABANDONNE)

TYPE_PST, PERENNE, HORS_CHAMP = "PST", "Pérenne", "Hors champ"
RISQUE, BLOCAGE = "Risque", "Blocage"
HAUSSE, BAISSE, MAINTIEN = "Hausse", "Baisse", "Maintien"
NIVEAU_OS, NIVEAU_OO, NIVEAU_ACTION = "OS", "OO", "Action"
DEVANT_UN_CODE = (
    NIVEAU_OS, NIVEAU_OO, "SAL", "AL", "SA", "A", "objectif stratégique",
    "objectif opérationnel", "sous-action", "action", "projet", "fiche",
)  # fmt: skip
DEPENSE, RECETTE = "Dépense", "Recette"
ORDINAIRE, EXTRAORDINAIRE = "Ordinaire", "Extraordinaire"
EMPRUNT, EMPRUNT_AUTRUI = "Emprunt part communale", "Emprunt à charge d’autrui"
SUBSIDE, RESERVE = "Subside", "Fonds de réserve extraordinaire"
PRELEVEMENT, FONDS_PROPRES = "Prélèvement ordinaire", "Fonds propres"
COMMUNE, CPAS, PROVINCE = "Commune", "CPAS", "Province"
BON, EN_PAUSE = "Bon", "En pause"
REALISATION, RESULTAT, IMPACT = "Réalisation", "Résultat", "Impact"
CLOTURE = "Clôturé"
PONCTUELLE = "Ponctuelle"
POURSUIVRE = "Poursuivre"


def _plain(key: str, label: str, words: str, **more: bool | str) -> Vocabulary:
    choices = tuple(Choice(word.strip()) for word in words.split("|") if word.strip())
    return Vocabulary(key, label, choices, **more)  # type: ignore[arg-type]


OUI_NON = Vocabulary(
    "oui_non",
    "Oui / Non",
    (
        Choice(OUI, ("o", "x", "v", *TICKS, "1", "vrai", "true", "yes", "ja")),
        Choice(NON, ("n", *EMPTY_BOXES, "0", "faux", "false", "no", "nee")),
    ),
    examples=(
        ("✓", OUI),
        ("☑", OUI),
        ("✔️", OUI),
        ("X", OUI),
        ("Vrai", OUI),
        ("☐", NON),
        ("✘", NON),
        ("☒", OUI),
        ("☑ Oui ☐ Non", OUI),
    ),
)

TYPES_INSTITUTION = Vocabulary(
    "types_institution",
    "Types d’institution",
    (
        Choice(COMMUNE, ("AC", "ville", "administration communale"), code="commune"),
        Choice(CPAS, ("centre public d’action sociale",), code="cpas"),
        Choice(PROVINCE, (), code="province"),
    ),
)

ETAPES = Vocabulary(
    "etapes",
    "Étapes du PST",
    (
        Choice("Brouillon", ("projet", "ébauche"), "Le PST s’écrit.", Stage.DRAFT),
        Choice("Adoption", ("adopté",), "Le PST est prêt à être adopté.", Stage.ADOPTION),
        Choice("Suivi", ("en cours", "mise en œuvre"), "Le PST est en cours.", Stage.FOLLOW_UP),
        Choice("Évaluation", ("mi-législature", "finale"), "Le PST est évalué.", Stage.EVALUATION),
    ),
)

VOLETS = Vocabulary(
    "volets",
    "Volets",
    (
        Choice(INTERNE, ("volet interne", "administration générale", "int"), code="I"),
        Choice(EXTERNE, ("volet externe", "développement des politiques", "ext"), code="E"),
    ),
    local=True,
    help="Deux volets dans la loi ; certaines institutions en ajoutent un troisième.",
)

STATUTS = Vocabulary(
    "statuts",
    "Statuts",
    (
        Choice(
            NON_COMMENCE,
            ("à démarrer", "a démarrer", "non démarré", "non initié", "à initier", "en création",
             "à venir", "pas encore initiée", "pas commencé", "non commencée", "à faire", "NC"),
            "Rien n’a encore été entrepris.",
            "NON_COMMENCE", Color.PALE, "○",
        ),
        Choice(
            EN_ATTENTE,
            ("à agender", "à programmer", "planifié", "reporté", "reportée", "en pause", "attente",
             "stand-by", "en stand-by"),
            "L’action attend un événement ou la fin d’une autre action.",
            "EN_ATTENTE", Color.YELLOW, "⏸",
        ),
        Choice(
            EN_COURS,
            ("cours", "initié", "initiée", "entamé", "entamée", "commencé", "commencée", "démarré",
             "démarrée", "en cours de réalisation", "ongoing"),
            "L’action est entamée.",
            "EN_COURS", Color.BLUE, "▶",
        ),
        Choice(
            PROBLEME,
            ("problème/suspendu", "suspendu", "suspendue", "bloqué", "bloquée", "blocage"),
            "L’action rencontre un problème et est suspendue pour le moment.",
            "PROBLEME", Color.RED, "⚠",
        ),
        Choice(
            TERMINE,
            ("terminée", "réalisé", "réalisée", "clôturé", "clôturée", "finalisé", "finalisée",
             "achevé", "fini", "fait", "faite", "100 %", "clôturé/réalisé"),
            "L’action est achevée avec succès.",
            "TERMINE", Color.GREEN, "✔",
        ),
        Choice(
            ABANDONNE,
            ("abandonnée", "annulé", "annulée", "ne sera pas concrétisé"),
            "L’action est abandonnée définitivement.",
            "ANNULE_ABANDONNE", Color.NIGHT, "✖",
        ),
    ),
    examples=(
        ("en cours", EN_COURS), ("EN  COURS", EN_COURS), ("Entamée", EN_COURS),
        ("TERMINE", TERMINE), ("réalisé", TERMINE), ("A démarrer", NON_COMMENCE),
        ("En cours.", EN_COURS), ("En corus", EN_COURS), ("Terminné", TERMINE),
        ("Non comencé", NON_COMMENCE), ("En cours (40 %)", EN_COURS),
        ("Terminé, sauf la peinture", TERMINE), ("En cours : voir commentaire", EN_COURS),
        ("Réalisé - voir rapport", TERMINE),
    ),
)  # fmt: skip

STATUTS_OS = Vocabulary(
    "statuts_os",
    "Statuts d’un OS",
    (
        Choice("Créé", ("en création",), "L’objectif est écrit, rien n’est commencé."),
        Choice(EN_COURS, ("ouvert",), "Des actions y contribuent."),
        Choice(CLOTURE, ("terminé", "achevé", "atteint"), "L’objectif n’est plus poursuivi."),
    ),
)

SANTE = Vocabulary(
    "sante",
    "Indices de santé",
    (
        Choice(BON, ("ok", "vert"), "Tout va bien."),
        Choice(RISQUE, ("à risque", "orange"), "Un risque menace le délai ou le résultat."),
        Choice(BLOCAGE, ("bloqué", "rouge"), "L’action ne peut pas avancer."),
        Choice(EN_PAUSE, ("pause",), "L’action est mise en pause volontairement."),
    ),
)

TYPES_ACTION = Vocabulary(
    "types_action",
    "Types d’action",
    (
        Choice(TYPE_PST, ("action PST",), "Un projet du programme ; compté dans les taux."),
        Choice(PERENNE, ENDLESS, "Une tâche récurrente ; hors des taux."),
        Choice(HORS_CHAMP, ("hors PST",), "Suivie ici pour mémoire ; hors des taux."),
    ),
)

PRIORITES = _plain(
    "priorites", "Priorités", "0 | 1 | 2", local=True, help="0 est la plus haute priorité."
)

DOMAINES = _plain(
    "domaines",
    "Domaines",
    """Accessibilité de l’administration | Amélioration de l’administration
    | Structure de pilotage de l’administration | Gestion des ressources humaines
    | Structuration des services | Fonctionnement propre à chacun des services
    | Processus et simplification administrative | Communication interne | Gestion du patrimoine
    | Gestion informatique et e-gouvernement | Synergie avec d’autres institutions publiques
    | Action sociale | Aménagement du territoire | Culture | Développement économique
    | E-gouvernement | Énergie | Environnement | International | Logement | Mobilité
    | Propreté et sécurité publique | Sport | Tourisme""".replace("\n   ", ""),
    local=True,
    help="Les onze premiers relèvent du volet interne, les treize autres du volet externe.",
)

PLANS = Vocabulary(
    "plans",
    "Plans liés",
    (
        Choice("Agenda 21 local", ("Agenda 21",)),
        Choice("Plan communal d’aménagement (PCA)", ("PCA", "plan communal d’aménagement")),
        Choice("Plan communal d’urgence", ("plan d’urgence",)),
        Choice(
            "Plan communal de développement de la nature (PCDN)",
            ("PCDN", "plan communal de développement de la nature"),
        ),
        Choice(
            "Plan communal de développement rural (PCDR)",
            ("PCDR", "plan communal de développement rural"),
        ),
        Choice("Plan d’ancrage communal", ("ancrage communal", "plan d’ancrage du logement")),
        Choice(
            "Plan de cohésion sociale (PCS)",
            ("PCS", "plan de cohésion sociale", "plan de cohésion social"),
        ),
        Choice("Plan de formation du personnel", ("plan de formation",)),
        Choice("Plan de gestion"),
        Choice("Plan de mobilité", ("PCM", "plan communal de mobilité")),
        Choice("Plan global de prévention"),
        Choice("Plan zonal de sécurité"),
        Choice("Schéma de développement commercial", ("schémas de développement commercial",)),
    ),
    local=True,
)

_ODD_TITLES = (
    "Pas de pauvreté", "Faim « zéro »", "Bonne santé et bien-être", "Éducation de qualité",
    "Égalité entre les sexes", "Eau propre et assainissement",
    "Énergie propre et d’un coût abordable", "Travail décent et croissance économique",
    "Industrie, innovation et infrastructure", "Inégalités réduites",
    "Villes et communautés durables", "Consommation et production responsables",
    "Mesures relatives à la lutte contre les changements climatiques", "Vie aquatique",
    "Vie terrestre", "Paix, justice et institutions efficaces",
    "Partenariats pour la réalisation des objectifs",
)  # fmt: skip

ODD = Vocabulary(
    "odd",
    "Objectifs de développement durable (ODD)",
    tuple(
        Choice(
            str(number),
            (f"{number:02d}", f"ODD {number}", f"ODD{number}", title, f"{number} - {title}"),
            title,
        )
        for number, title in enumerate(_ODD_TITLES, start=1)
    ),
    explained=True,
    prefixes=("ODD", "SDG", "objectif"),
)

NIVEAUX = Vocabulary(
    "niveaux",
    "Niveaux",
    (
        Choice(NIVEAU_OS, ("objectif stratégique",)),
        Choice(NIVEAU_OO, ("objectif opérationnel",)),
        Choice(NIVEAU_ACTION, ("A", "projet"), code="ACTION"),
    ),
)

TYPES_CONSTAT = Vocabulary(
    "types_constat",
    "Types de constat",
    (
        Choice("Force", ("atout",)),
        Choice("Faiblesse", ("point faible",)),
        Choice("Opportunité"),
        Choice("Menace", ("risque",)),
        Choice("Constat", ("neutre",)),
    ),
)

TYPES_INDICATEUR = Vocabulary(
    "types_indicateur",
    "Types d’indicateur",
    (
        Choice(REALISATION, ("output",), "Ce qui a été fait ; au niveau de l’action."),
        Choice(RESULTAT, ("outcome",), "Ce que cela change ; au niveau de l’OO."),
        Choice(IMPACT, (), "L’effet sur la stratégie ; au niveau de l’OS."),
    ),
)

SENS = Vocabulary(
    "sens",
    "Sens d’évolution",
    (
        Choice(HAUSSE, ("augmentation", "+", "à la hausse")),
        Choice(BAISSE, ("diminution", "-", "à la baisse")),
        Choice(MAINTIEN, ("stabilité", "=", "stable")),
    ),
)

FREQUENCES = _plain(
    "frequences", "Fréquences", f"Mensuelle|Trimestrielle|Semestrielle|Annuelle|{PONCTUELLE}"
)

SERVICES_BUDGETAIRES = Vocabulary(
    "services_budgetaires",
    "Services du budget",
    (
        Choice(ORDINAIRE, ("ord",), "Recettes et dépenses de chaque exercice.", "O"),
        Choice(EXTRAORDINAIRE, ("extra",), "Investissements.", "E"),
    ),
)

RECETTE_DEPENSE = Vocabulary(
    "recette_depense",
    "Recette / Dépense",
    (Choice(DEPENSE, ("dépenses",), code="D"), Choice(RECETTE, ("recettes",), code="R")),
)

SOURCES = Vocabulary(
    "sources",
    "Sources de financement",
    (
        Choice(FONDS_PROPRES, ("fonds propres ordinaires", "budget ordinaire", "autofinancement")),
        Choice(EMPRUNT, ("emprunt", "emprunts", "961-51")),
        Choice(EMPRUNT_AUTRUI, ("962-51", "963-51")),
        Choice(SUBSIDE, ("subsides", "subvention", "subventions", "663-51", "664-51", "665-51")),
        Choice(
            RESERVE,
            ("fonds de réserve", "FRE", "prélèvement sur fonds de réserve", "995-51"),
        ),
        Choice(PRELEVEMENT, ("prélèvement de l’ordinaire", "997-51")),
        Choice("Autre", ("autres", "divers")),
    ),
)

FINANCEURS = Vocabulary(
    "financeurs",
    "Financeurs",
    (
        Choice("Europe", ("UE", "FEDER", "FSE", "Union européenne")),
        Choice("Fédéral", ("État fédéral",)),
        Choice("Wallonie", ("Région wallonne", "RW", "SPW")),
        Choice("Fédération Wallonie-Bruxelles", ("FWB", "Communauté française")),
        Choice("Province"),
        Choice("Commune", ("Ville", "Ville/Commune")),
        Choice("Autres", ("autre",)),
    ),
)

APPRECIATIONS = _plain(
    "appreciations",
    "Appréciations",
    "Très satisfaisant | Satisfaisant | Insatisfaisant | Trop tôt pour se prononcer",
)

DECISIONS = _plain("decisions", "Décisions", "Poursuivre | Ajuster | Reporter | Abandonner")

SERVICES = Vocabulary(
    "services", "Services", (), local=True, help="Les services de l’institution, un par ligne."
)
MANDATAIRES = Vocabulary(
    "mandataires", "Mandataires", (), local=True, help="NOM Prénom, un par ligne.", persons=True
)
AGENTS = Vocabulary(
    "agents",
    "Agents",
    (),
    local=True,
    help="NOM Prénom, un par ligne.",
    private=True,
    persons=True,
)

ALL = (
    SERVICES, MANDATAIRES, AGENTS, VOLETS, DOMAINES, PLANS, PRIORITES, STATUTS, STATUTS_OS, SANTE,
    TYPES_ACTION, ODD, NIVEAUX, TYPES_CONSTAT, TYPES_INDICATEUR, SENS, FREQUENCES,
    SERVICES_BUDGETAIRES, RECETTE_DEPENSE, SOURCES, FINANCEURS, OUI_NON, TYPES_INSTITUTION, ETAPES,
    APPRECIATIONS, DECISIONS,
)  # fmt: skip
