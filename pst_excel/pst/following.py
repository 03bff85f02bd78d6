"""What is told of actions from one consolidation to the next, the most important first."""

from __future__ import annotations

from pst_excel.model.expressions.conditions import holds
from pst_excel.model.expressions.core import All, Const, Is
from pst_excel.model.following import Shift, Told, Turn
from pst_excel.pst import figures as f
from pst_excel.pst import vocabularies as v
from pst_excel.pst.sheets.actions import BLOQUEE, EN_RETARD, TYPE_LU

FOLLOWED = ("statut", "avancement", "echeance")
"""The columns of an action that are kept over time."""

_PST = Is(TYPE_LU, "=", Const(v.TYPE_PST))

TOLD: tuple[Told, ...] = (
    Turn(
        "Terminées", ("action terminée", "actions terminées"),
        All((_PST, holds("statut", v.TERMINE))), ("statut", "avancement"),
        ("action n’est plus terminée", "actions ne sont plus terminées"),
    ),
    Turn(
        "Passées en retard", ("action passée en retard", "actions passées en retard"), EN_RETARD,
        ("echeance", "statut"),
        ("action n’est plus en retard", "actions ne sont plus en retard"), "l’échéance est passée",
    ),
    Turn(
        "Bloquées", ("action bloquée", "actions bloquées"), BLOQUEE,
        ("statut", "sante", "detail_sante"),
        ("action n’est plus bloquée", "actions ne sont plus bloquées"),
    ),
    Turn(
        "Abandonnées", ("action abandonnée", "actions abandonnées"),
        All((_PST, holds("statut", v.ABANDONNE))), ("statut", "commentaire"),
        ("action n’est plus abandonnée", "actions ne sont plus abandonnées"),
    ),
    Shift(
        "Échéances déplacées", "echeance", ("échéance reportée", "échéances reportées"),
        ("échéance avancée", "échéances avancées"),
    ),
    Shift(
        "Ce qui a le plus progressé", "avancement",
        ("avancement en hausse", "avancements en hausse"),
        ("avancement en baisse", "avancements en baisse"),
    ),
)  # fmt: skip

TRENDS = (f.TAUX_MOYEN, f.EN_RETARD)
"""The figures that are drawn over the rounds."""
