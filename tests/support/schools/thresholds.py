"""The number from which a rule of the plan of schools speaks, and the words of each kind of school."""

from __future__ import annotations

from pst_excel.model.words.kinds import Kind
from pst_excel.model.words.terms import spoken
from pst_excel.model.words.thresholds import Threshold

DONE = Threshold(
    "fait_livre", "Fait à la livraison", "Fait à moins, un chantier livré ne l’est pas.",
    100, Kind.PERCENT, "du chantier", 10, 100, "bon sens", 2027,
)  # fmt: skip

TERMS = {
    "Primaire": spoken(le_chef="la direction"),
    "": spoken(le_chef="le chef d’établissement"),
}
