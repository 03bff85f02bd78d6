"""Comment saurons-nous que nous avançons ? One row an indicator, one reading an exercice."""

from pst_excel.model.counted_rows import helper
from pst_excel.model.expressions.attainment import (
    Approach,
    Attainment,
    LastReading,
    PreviousReading,
    Sense,
)
from pst_excel.model.expressions.conditions import blank, holds
from pst_excel.model.expressions.core import All, Either, Ended, Filled, Flag, Not, Param
from pst_excel.model.formulas import Expression
from pst_excel.model.schema import Column, Naming, Sheet, banded
from pst_excel.model.words.colors import Shade
from pst_excel.model.words.kinds import Kind, Need, Where
from pst_excel.model.words.stages import Stage
from pst_excel.pst import vocabularies as v
from pst_excel.pst.plausible import YEARS
from pst_excel.pst.sheets.common import (
    COMMENTAIRE,
    ID,
    NIVEAU,
    OBJET,
    ORIGIN,
    ROLE,
    STAMP,
    linked,
)
from pst_excel.pst.sheets.counting import LINKED
from pst_excel.pst.thresholds import TITLE_LIMIT

_HEAD = (
    ID,
    ROLE,
    STAMP,
    Column(
        "code", "Code", Kind.CODE, "Le numéro de l’indicateur.", Need.REQUIRED,
        example="I1", width=8, aliases=("n°", "code indicateur", "numéro"),
    ),
    Column(
        "libelle", "Libellé", Kind.TEXT, "Ce que le nombre veut dire.", Need.REQUIRED,
        max_length=TITLE_LIMIT, example="Nombre de mètres de piste cyclable aménagés",
        width=44, aliases=("intitulé", "indicateur", "titre"),
    ),
)  # fmt: skip

_TARGET = (
    Column(
        "unite", "Unité", Kind.TEXT, "L’unité du nombre.", Need.REQUIRED,
        example="mètres", width=14, stage=Stage.ADOPTION,
    ),
    Column(
        "valeur_depart", "Valeur de départ", Kind.NUMBER, "La valeur au point de départ.",
        Need.ADVISED, example="0", width=11, aliases=("départ", "valeur initiale"),
    ),
    Column(
        "echeance", "Échéance", Kind.DATE, "La date à laquelle atteindre la cible.",
        Need.ADVISED, example="31/12/2027", width=12,
        aliases=("date d’échéance", "échéance de la cible"),
    ),
    Column(
        "cible", "Cible", Kind.NUMBER, "La valeur à atteindre.", Need.REQUIRED, width=10,
        example="1200", stage=Stage.ADOPTION,
        aliases=("valeur à atteindre", "valeur cible", "objectif chiffré"),
    ),
)  # fmt: skip

_MESURE = banded(
    "Ce qui est mesuré",
    NIVEAU,
    linked("Le code de l’OS, de l’OO ou de l’action mesuré."),
    Column(
        "type_indicateur", "Type", Kind.CHOICE,
        "Réalisation (action), résultat (OO) ou impact (OS).", Need.REQUIRED,
        vocabulary=v.TYPES_INDICATEUR, example="Réalisation", width=12,
        stage=Stage.ADOPTION,
        aliases=("type d’indicateur",),
    ),
    Column(
        "sens", "Sens", Kind.CHOICE, "Le nombre doit-il monter, baisser ou se maintenir ?",
        Need.REQUIRED, vocabulary=v.SENS, example="Hausse", width=10,
        stage=Stage.ADOPTION,
        aliases=("sens d’évolution",),
    ),
    OBJET,
    Column(
        "annee_depart", "Année de départ", Kind.YEAR, "L’année de la valeur de départ.",
        low=YEARS.low, high=YEARS.high, width=10, aliases=("année initiale",),
    ),
    Column(
        "source", "Source", Kind.TEXT, "D’où vient la mesure.", width=24,
        aliases=("source de la mesure",),
    ),
    Column(
        "frequence", "Fréquence", Kind.CHOICE, "Tous les combien la mesure est faite.",
        vocabulary=v.FREQUENCES, width=13,
    ),
    seen=4,
)  # fmt: skip


def _reading(year: int) -> Column:
    """Return the column of the value measured in a year."""
    return Column(
        f"realise_{year}", f"Réalisé {year}", Kind.NUMBER,
        f"La valeur mesurée à la fin de {year}.", width=10,
        aliases=(f"réalisé en {year}", f"valeur {year}", str(year)), year=year,
    )  # fmt: skip


def _lacking(year: int) -> Expression:
    """Return the condition that a year is over at the date told, and its value is not there."""
    return All((Ended(Param("date_observation"), year), blank(f"realise_{year}", number=True)))


def indicateurs(years: range) -> Sheet:
    """Return the sheet for the exercices of a legislature."""
    readings = tuple((f"realise_{year}", year) for year in years)
    return Sheet(
        "indicateurs",
        "Indicateurs",
        "Comment saurons-nous que nous avançons ? Un indicateur par ligne.",
        (
            *_HEAD,
            *banded("À chaque mise à jour", *_TARGET, *map(_reading, years), COMMENTAIRE),
            *_MESURE,
            ORIGIN,
            Column(
                "derniere_mesure", "Dernière mesure", Kind.NUMBER,
                "La dernière valeur mesurée, au plus tard l’année de la date d’observation.",
                Need.COMPUTED, where=Where.WHOLE, hidden=True, since="2026.2",
                formula=LastReading(readings, Param("date_observation")),
            ),
            Column(
                "atteinte", "Atteinte", Kind.NUMBER,
                "Le chemin parcouru entre le départ et la cible, de 0 à 100 %."
                " Inconnue sans départ, sauf pour un maintien.",
                Need.COMPUTED, where=Where.WHOLE,
                formula=Attainment(
                    "valeur_depart", "cible", "derniere_mesure",
                    Sense("sens", v.HAUSSE, v.BAISSE, v.MAINTIEN),
                ), width=10, unit="%",
            ),
            *LINKED,
            helper("mesure_precedente", "Mesure précédente", "Le nombre qui précède la dernière"
                   " mesure : une mesure, sinon la valeur de départ.",
                   PreviousReading("valeur_depart", readings, Param("date_observation"))),
            helper("rapproche", "Rapproché de la cible", "De combien la dernière mesure est plus"
                   " près de la cible que la précédente.",
                   Approach("mesure_precedente", "derniere_mesure", "cible")),
            helper("mesure", "Mesuré", "1 quand l’atteinte de l’indicateur est connue.",
                   Flag(Filled("atteinte", number=True)), Kind.INTEGER),
        ),
        aliases=("indicateur",),
        shade=Shade.MINT,
        records=("indicateur", "indicateurs"),
        naming=Naming(masculine=True, by=("code", "code_lie")),
        named_by="libelle",
        kept="libelle",
        due=All((Not(holds("frequence", v.PONCTUELLE)), Either(tuple(map(_lacking, years))))),
    )  # fmt: skip
