"""The numbers from which the rules of the PST speak: what an institution may change, what not."""

from __future__ import annotations

from pst_excel.model.words.kinds import Kind
from pst_excel.model.words.thresholds import Threshold

TITLE_LIMIT = 255
"""The characters of a title that eComptes exchanges."""

_SINCE = "2026.3"
_DAYS, _HALF_YEAR = "jours", 183

LOANS = Threshold(
    "seuil_emprunts", "Balise d’emprunt",
    "Communes : au-delà, les emprunts prévus d’un exercice sont signalés. La circulaire budgétaire"
    " de 2026 n’impose plus de balise.",
    180, Kind.AMOUNT, "par habitant et par an", 1, 100_000,
    "circulaire budgétaire, commune à l’équilibre", 2013, _SINCE,
)  # fmt: skip
ROUNDING = Threshold(
    "seuil_arrondi", "Arrondi d’un financement",
    "Jusque-là, les recettes et les dépenses d’un investissement peuvent différer.",
    1, Kind.AMOUNT, "", 0, 100_000, "usage", 2026,
    _SINCE,
)  # fmt: skip
AROUND = Threshold(
    "seuil_calendrier", "Exercices autour d’une action",
    "Avant et après le calendrier d’une action, un montant peut encore y être porté.",
    1, Kind.INTEGER, "an", 0, 10,
    "usage", 2026, _SINCE,
)  # fmt: skip
JUMP = Threshold(
    "seuil_saut", "Saut d’un montant",
    "Multiplié ou divisé par autant depuis le retour précédent, un montant est signalé.",
    5, Kind.NUMBER, "fois", 1.1, 1_000, "usage", 2026, _SINCE,
)  # fmt: skip
MATTERS = Threshold(
    "seuil_changement", "Changement d’un montant",
    "Un saut plus petit que ce montant n’est pas signalé.",
    10_000, Kind.AMOUNT, "", 0, 1_000_000_000, "usage", 2026, _SINCE,
)  # fmt: skip
STALE = Threshold(
    "seuil_sans_maj", "Action sans mise à jour",
    "Après autant de jours, une action qui court et n’est pas mise à jour est signalée.",
    _HALF_YEAR, Kind.INTEGER, _DAYS, 7, 3_000, "usage", 2026, _SINCE,
)  # fmt: skip
AHEAD = Threshold(
    "seuil_maj_future", "Mise à jour à venir",
    "Au-delà d’autant de jours après la date d’observation, une mise à jour est signalée.",
    92, Kind.INTEGER, _DAYS, 0, 3_000, "usage",
    2026, _SINCE,
)  # fmt: skip
BEGUN = Threshold(
    "seuil_a_zero", "Action en cours à 0 %",
    "Après autant de jours, une action en cours restée à 0 % est signalée.",
    _HALF_YEAR, Kind.INTEGER, _DAYS, 0, 3_000, "usage", 2026, _SINCE,
)  # fmt: skip
LATE = Threshold(
    "seuil_retard", "Retard au rythme actuel",
    "Une action qui, à son rythme, finirait si tard après son échéance est signalée.",
    _HALF_YEAR, Kind.INTEGER, _DAYS, 0, 3_000, "usage", 2026, _SINCE,
)  # fmt: skip
LOAD = Threshold(
    "seuil_charge", "Charge d’un agent",
    "À partir d’autant d’actions à finir le même semestre, un agent pilote est signalé.",
    8, Kind.INTEGER, "actions par semestre", 2, 1_000, "usage", 2026, _SINCE,
)  # fmt: skip
MANY_OS = Threshold(
    "seuil_os", "Nombre d’OS", "Au-delà, le nombre d’OS est signalé.",
    15, Kind.INTEGER, "OS", 1, 1_000, "PST publiés",
    2026, _SINCE,
)  # fmt: skip
READABLE = Threshold(
    "seuil_intitule_action", "Intitulé d’une action",
    "Au-delà d’autant de caractères, l’intitulé d’une action est signalé.",
    120, Kind.INTEGER, "caractères", 20, TITLE_LIMIT, "usage",
    2026, _SINCE,
)  # fmt: skip
READABLE_GOAL = Threshold(
    "seuil_intitule_objectif", "Intitulé d’un objectif",
    "Au-delà d’autant de caractères, l’intitulé d’un OS ou d’un OO est signalé.",
    200, Kind.INTEGER, "caractères", 20, TITLE_LIMIT, "PST publiés",
    2026, _SINCE,
)  # fmt: skip
FAR = Threshold(
    "seuil_mesure", "Écart entre deux mesures",
    "Multipliée ou divisée par autant d’une année à l’autre, une mesure est signalée.",
    10, Kind.NUMBER, "fois", 1.1, 1_000_000, "usage", 2026, _SINCE,
)  # fmt: skip
KEPT = Threshold(
    "seuil_maintien", "Écart d’un maintien",
    "Plus loin du départ, la cible d’un indicateur à maintenir est signalée.",
    10, Kind.PERCENT, "du départ", 0, 100, "usage", 2026, _SINCE,
)  # fmt: skip
NEARLY = Threshold(
    "seuil_cible", "Cible d’une action terminée",
    "Sous cette part de sa cible, l’indicateur d’une action terminée est signalé.",
    90, Kind.PERCENT, "de la cible", 0, 100, "usage", 2026,
    _SINCE,
)  # fmt: skip

RHYTHM = Threshold(
    "seuil_rythme", "Écart de rythme",
    "À autant de points de l’avancement attendu, une action est en avance ou en retard sur le"
    " rythme.",
    10, Kind.INTEGER, "points", 1, 100, "usage", 2026, _SINCE,
)  # fmt: skip

THRESHOLDS: tuple[Threshold, ...] = (
    LOANS, ROUNDING, AROUND, JUMP, MATTERS, STALE, AHEAD, BEGUN, LATE, LOAD, MANY_OS, READABLE,
    READABLE_GOAL, FAR, KEPT, NEARLY, RHYTHM,
)  # fmt: skip
"""Those that an institution may change, in the order of its form."""

MOST = 0.8  # from this share of rows on, codes are built on those of their parents
PACE = 90  # days after which the pace of an action says something

FIXED: tuple[tuple[str, str], ...] = (
    ("R01f", f"des codes suivent ceux des objectifs quand {MOST * 100:.0f} % le font : c’est"
             " reconnaître une habitude, non juger"),
    ("R03a", "des parts font 100 % : c’est une addition"),
    ("R03d", "une action se partage entre autant d’OO que les tableaux en ont : c’est leur forme"),
    ("R12a", "un libellé de moins de trois mots ne dit pas ce qui est mesuré : c’est une phrase"),
    ("R12h", "une part va de 0 à 100 % : c’est ce qu’est une part"),
    ("R24b", "deux intitulés se ressemblent par leurs mots : c’est la définition de ressembler"),
    ("R25", f"un rythme se mesure après {PACE} jours et à mi-parcours : avant, il ne dit rien"),
    ("V05", f"un intitulé a {TITLE_LIMIT} caractères au plus : c’est le format d’eComptes"),
)  # fmt: skip
"""The numbers that nobody changes: the rule, and why."""
