"""The columns that several sheets of the PST share, each said once."""

from __future__ import annotations

from dataclasses import replace

from pst_excel.model.expressions.core import Col
from pst_excel.model.expressions.lookups import Fetch, Head, Shown, Switch
from pst_excel.model.formulas import Expression
from pst_excel.model.schema import Column
from pst_excel.model.words import keys
from pst_excel.model.words.kinds import Kind, Need, Where
from pst_excel.model.words.stages import Stage
from pst_excel.pst import vocabularies as v
from pst_excel.pst.thresholds import TITLE_LIMIT

NO_OS = "compte sous « Sans OS »"
WITHOUT_CODE = "la ligne est comptée, mais rien ne peut s’y rattacher"
"""What the figures do of a row that names no place, and of one that cannot be named."""

ID = Column(
    keys.ID, "Id", Kind.TEXT,
    "Identifiant technique, tenu par le programme : ne pas modifier.",
    hidden=True, width=14, aliases=("identifiant", "id technique"),
)  # fmt: skip

ROLE = Column(
    keys.ROW_ROLE, "Rôle de la ligne", Kind.TEXT,
    "Vide : la ligne est au service. « Partenaire » ou « Référence » : elle est là pour"
    " information, un autre la tient.",
    hidden=True, width=14, where=Where.RETURN, since="2026.2",
)  # fmt: skip

STAMP = Column(
    keys.STAMP, "Empreinte", Kind.TEXT,
    "L’empreinte d’une ligne envoyée pour information : elle dit si la ligne a été modifiée.",
    hidden=True, width=14, where=Where.RETURN, since="2026.2",
)  # fmt: skip

ORIGIN = Column(
    keys.ORIGIN, "Provenance", Kind.TEXT,
    "Le fichier, la feuille et la ligne du retour d’où vient la ligne, écrits par le programme.",
    width=34, where=Where.WHOLE, folds=True,
)  # fmt: skip

VOLET = Column(
    "volet", "Volet", Kind.CHOICE,
    "Interne : l’administration. Externe : les politiques menées pour la population.",
    Need.REQUIRED, vocabulary=v.VOLETS, example="Externe", width=11, stage=Stage.ADOPTION,
)  # fmt: skip

DOMAINE = Column(
    "domaine", "Domaine", Kind.CHOICE,
    "Le domaine concerné : une politique, ou une fonction de l’administration.",
    Need.ADVISED, vocabulary=v.DOMAINES, example="Mobilité", width=24,
    aliases=("domaine d’action", "catégorie", "catégories"),
)  # fmt: skip

MANDATAIRE = Column(
    "mandataire", "Mandataire", Kind.CHOICE,
    "Le membre {du_college} qui en répond politiquement.",
    Need.ADVISED, vocabulary=v.MANDATAIRES, example="DUPONT Marie", width=20,
    aliases=("responsable mandataire", "échevin", "mandataires", "élu référent"),
)  # fmt: skip

PLANS = Column(
    "plans", "Plans liés", Kind.CHOICE,
    "Les plans sectoriels auxquels il contribue, séparés par un point-virgule.",
    vocabulary=v.PLANS, many=True, example="Plan de cohésion sociale (PCS)", width=24,
    aliases=("plan", "plans", "plan lié"),
)  # fmt: skip

ODD = Column(
    "odd", "ODD", Kind.CHOICE,
    "Les numéros (1 à 17) des objectifs de développement durable, séparés par un point-virgule.",
    vocabulary=v.ODD, many=True, example="11; 13", width=10,
    aliases=("O.D.D.", "objectifs de développement durable", "odds"),
)  # fmt: skip

PRIORITE = Column(
    "priorite", "Priorité", Kind.CHOICE,
    "L’ordre de priorité : 0 est la plus haute.",
    vocabulary=v.PRIORITES, example="1", width=9, aliases=("ordre de priorité",),
)  # fmt: skip

COMMENTAIRE = Column(
    "commentaire", "Commentaire", Kind.TEXT,
    "Toute précision utile.",
    width=36, aliases=("commentaires", "notes", "note", "remarque", "remarques"),
)  # fmt: skip


def advised(column: Column) -> Column:
    """Return the column, recommended."""
    return replace(column, need=Need.ADVISED)


def required(column: Column) -> Column:
    """Return the column, required once the plan is adopted."""
    return replace(column, need=Need.REQUIRED, stage=Stage.ADOPTION)


def optional(column: Column) -> Column:
    """Return the column, optional."""
    return replace(column, need=Need.OPTIONAL)


def title(help_text: str, example: str, width: int = 44) -> Column:
    """Return the title column of a level."""
    return Column(
        "intitule", "Intitulé", Kind.TEXT, help_text, Need.REQUIRED,
        max_length=TITLE_LIMIT, example=example, width=width,
        aliases=("titre", "nom", "libellé", "intitulé de l’action", "titre de l’action"),
    )  # fmt: skip


def linked(help_text: str) -> Column:
    """Return the column that holds the code of the record to which a row belongs."""
    return Column(
        "code_lie", "Code lié", Kind.CODE, help_text, Need.REQUIRED,
        refers=LIEN, chosen_by="niveau", example="1.1.1", width=10, meanwhile=f"la ligne {NO_OS}",
        aliases=("code action", "code de l’action", "lien", "action"),
    )  # fmt: skip


CHOIX = Column(
    keys.SHOWN_CODE, "Choix", Kind.TEXT, "Le code et l’intitulé, tels que les listes les montrent.",
    Need.COMPUTED, formula=Shown("intitule"), hidden=True, since="2026.2",
)  # fmt: skip

LIEN = ("os", "oo", "actions")
"""What a row of Indicateurs or Budget belongs to, in the order of the list of levels."""

OBJET = Column(
    "objet", "Intitulé lié", Kind.TEXT, "L’intitulé de l’OS, de l’OO ou de l’action du code lié.",
    Need.COMPUTED, width=38, since="2026.2",
    formula=Switch(
        "niveau",
        tuple(
            (label, Fetch(sheet, keys.SHOWN_CODE, Head(Col("code_lie"))))
            for label, sheet in zip(v.NIVEAUX.labels, LIEN, strict=True)
        ),
    ),
)  # fmt: skip


def titled(key: str, label: str, words: str, formula: Expression) -> Column:
    """Return the computed column that shows what a code names."""
    return Column(
        key, label, Kind.TEXT, words, Need.COMPUTED, formula=formula, width=38, since="2026.2",
    )  # fmt: skip


NIVEAU = Column(
    "niveau", "Niveau", Kind.CHOICE,
    "À quel niveau la ligne se rattache : OS, OO ou Action.",
    Need.REQUIRED, vocabulary=v.NIVEAUX, example="Action", width=9,
)  # fmt: skip
