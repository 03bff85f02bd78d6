"""The columns that several sheets of the PST share, each said once."""

from __future__ import annotations

from dataclasses import replace

from pst_excel.pst import vocabularies as v
from pst_excel.schema import Column, Kind, Need

TITLE_LIMIT = 255

ID = Column(
    "id", "Id", Kind.TEXT,
    "Identifiant technique, tenu par le programme : ne pas modifier.",
    hidden=True, width=14, aliases=("identifiant", "id technique"),
)  # fmt: skip

ORIGIN = Column(
    "origine", "Provenance", Kind.TEXT,
    "Le fichier, la feuille et la ligne du retour d’où vient la ligne, écrits par le programme.",
    width=34, program=True,
)  # fmt: skip

VOLET = Column(
    "volet", "Volet", Kind.CHOICE,
    "Interne : l’administration. Externe : les politiques menées pour la population.",
    Need.REQUIRED, vocabulary=v.VOLETS, example="Externe", width=11,
)  # fmt: skip

DOMAINE = Column(
    "domaine", "Domaine", Kind.CHOICE,
    "Le domaine de l’action communale concerné.",
    Need.ADVISED, vocabulary=v.DOMAINES, example="Mobilité", width=24,
    aliases=("domaine d’action", "catégorie", "catégories"),
)  # fmt: skip

MANDATAIRE = Column(
    "mandataire", "Mandataire", Kind.CHOICE,
    "Le membre du collège (ou du bureau permanent) qui en répond politiquement.",
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
    """Return the column, required."""
    return replace(column, need=Need.REQUIRED)


def optional(column: Column) -> Column:
    """Return the column, optional."""
    return replace(column, need=Need.OPTIONAL)


def title(help_text: str, example: str) -> Column:
    """Return the title column of a level."""
    return Column(
        "intitule", "Intitulé", Kind.TEXT, help_text, Need.REQUIRED,
        max_length=TITLE_LIMIT, example=example, width=52,
        aliases=("titre", "nom", "libellé", "intitulé de l’action", "titre de l’action"),
    )  # fmt: skip


def linked(sheets: tuple[str, ...], help_text: str) -> Column:
    """Return the column that holds the code of the record to which a row belongs."""
    return Column(
        "code_lie", "Code lié", Kind.CODE, help_text, Need.REQUIRED,
        refers=sheets, example="1.1.1", width=10,
        aliases=("code action", "code de l’action", "lien", "action"),
    )  # fmt: skip


NIVEAU = Column(
    "niveau", "Niveau", Kind.CHOICE,
    "À quel niveau la ligne se rattache : OS, OO ou Action.",
    Need.REQUIRED, vocabulary=v.NIVEAUX, example="Action", width=9,
)  # fmt: skip
