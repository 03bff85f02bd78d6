"""The lists of words of the plan of schools."""

from __future__ import annotations

from pst_excel.model.words.colors import Color
from pst_excel.model.words.stages import Stage
from pst_excel.model.words.vocabulary import Choice, Vocabulary

WISHED, OPEN, HANDED = "Souhaité", "Chantier ouvert", "Livré"
UPPER, LOWER = "Bâtiment", "Local"

NETWORKS = Vocabulary("reseaux", "Réseaux", (), local=True)
TYPES = Vocabulary("genres", "Genres d’école", (Choice("Maternelle"), Choice("Primaire")))
MOMENTS = Vocabulary(
    "moments", "Moments de l’inventaire",
    (
        Choice("Ébauché", ("esquisse",), code=Stage.DRAFT),
        Choice("Voté", (), code=Stage.ADOPTION),
        Choice("Suivi sur place", (), code=Stage.FOLLOW_UP),
        Choice("Relu", (), code=Stage.EVALUATION),
    ),
)  # fmt: skip
SITUATIONS = Vocabulary(
    "situations", "Situations d’un chantier",
    (
        Choice(WISHED, ("demandé",), color=Color.PALE, sign="○"),
        Choice(OPEN, ("ouvert",), color=Color.BLUE, sign="▶"),
        Choice(HANDED, ("remis",), color=Color.GREEN, sign="✔"),
    ),
    examples=(("souhaite", WISHED), ("Livrré", HANDED)),
)  # fmt: skip
ENERGIES = Vocabulary("energies", "Énergies", (Choice("Gaz"), Choice("Bois"), Choice("Pompe")))
VERDICTS = Vocabulary("jugements", "Jugements", (Choice("Tenable"), Choice("À revoir")))
LEVELS = Vocabulary("degres", "Degrés", (Choice(UPPER), Choice(LOWER)))
