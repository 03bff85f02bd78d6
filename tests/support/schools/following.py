"""What is told of the works of a school from one consolidation to the next."""

from __future__ import annotations

from pst_excel.model.expressions.conditions import holds
from pst_excel.model.following import Shift, Told, Turn
from support.schools.sheets import LATE
from support.schools.vocabularies import HANDED

TOLD: tuple[Told, ...] = (
    Turn("Livrés", ("chantier livré", "chantiers livrés"), holds("situation", HANDED),
         ("situation",)),
    Turn("Dépassés", ("chantier dépassé", "chantiers dépassés"), LATE, ("voulu_pour",)),
    Shift("Avancés", "fait", ("chantier a avancé", "chantiers ont avancé"),
          ("chantier a reculé", "chantiers ont reculé")),
)  # fmt: skip
