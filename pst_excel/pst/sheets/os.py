"""Vers quoi voulons-nous évoluer ? The strategic objectives."""

from pst_excel.model.counted_rows import KEY_COLUMN, RANK_COLUMN, helper
from pst_excel.model.expressions.conditions import blank, holds
from pst_excel.model.expressions.core import All, Flag
from pst_excel.model.expressions.relations import Tally
from pst_excel.model.schema import Column, Naming, Sheet, banded
from pst_excel.model.words.colors import Shade
from pst_excel.model.words.keys import LINE
from pst_excel.model.words.kinds import Kind, Need, Where
from pst_excel.pst import vocabularies as v
from pst_excel.pst.sheets.common import (
    CHOIX,
    COMMENTAIRE,
    DOMAINE,
    ID,
    MANDATAIRE,
    ODD,
    ORIGIN,
    PLANS,
    ROLE,
    STAMP,
    VOLET,
    WITHOUT_CODE,
    optional,
    title,
)
from pst_excel.pst.sheets.counting import CLE_OS

_VISION = banded(
    "Vision et suivi",
    VOLET,
    MANDATAIRE,
    Column(
        "vision", "Vers quoi évoluer", Kind.TEXT, "Vers quoi voulons-nous évoluer ?",
        Need.ADVISED, example="Des trajets courts sans voiture", width=46,
        aliases=("vision", "vers quoi voulons-nous évoluer ?"),
    ),
    Column(
        "changer", "Que changer", Kind.TEXT, "Que voulons-nous changer ?", width=40,
        aliases=("que voulons-nous changer ?",),
    ),
    Column(
        "garder", "Que garder", Kind.TEXT, "Que voulons-nous garder ?", width=40,
        aliases=("que voulons-nous garder ?",),
    ),
    Column(
        "statut", "Statut", Kind.CHOICE, "Créé, en cours ou clôturé.",
        vocabulary=v.STATUTS_OS, example="En cours", width=11, aliases=("état",),
    ),
    COMMENTAIRE,
)  # fmt: skip

_CONTEXTE = banded(
    "Contexte",
    Column(
        "constat", "Motivation", Kind.TEXT, "Où en sommes-nous ? Le constat qui le motive.",
        width=46, aliases=("motivation / constat", "constat"),
    ),
    Column(
        "engagement", "Engagement de la déclaration", Kind.TEXT,
        "L’engagement de la déclaration de politique (DPC, PPG) dont il découle.",
        Need.ADVISED, example="Doubler la part du vélo", width=46,
        aliases=("engagement DPC", "engagement PPG", "DPC"),
    ),
    optional(DOMAINE),
    PLANS,
    ODD,
    seen=2,
)  # fmt: skip

OS = Sheet(
    "os",
    "OS",
    "Vers quoi voulons-nous évoluer ? Que voulons-nous changer et que voulons-nous garder ?",
    (
        ID,
        ROLE,
        STAMP,
        CHOIX,
        Column(
            "code", "Code OS", Kind.CODE, "Le numéro de l’objectif stratégique.", Need.REQUIRED,
            example="1", width=9, aliases=("code", "n° OS", "OS", "numéro"),
            meanwhile=WITHOUT_CODE,
        ),
        title(
            "Ce que l’institution veut être : « Être {une_institution} qui … ».",
            "{exemple_os}",
        ),
        *_VISION,
        *_CONTEXTE,
        ORIGIN,
        KEY_COLUMN,
        RANK_COLUMN,
        Column(
            "nb_oo", "Nombre d’OO", Kind.INTEGER, "Le nombre d’OO rattachés.", Need.COMPUTED,
            where=Where.WHOLE, formula=Tally("oo", CLE_OS), width=10, helper=True,
        ),
        helper("sans_engagement", "Sans engagement", "1 pour un OS qui ne dit pas de quel"
               " engagement il découle.", Flag(All((holds(LINE, 1.0), blank("engagement")))),
               Kind.INTEGER),
    ),
    aliases=("objectifs stratégiques", "objectif stratégique", "O.S."),
    shade=Shade.NAVY,
    named_by="intitule",
    kept="intitule",
    records=("OS", "OS"),
    naming=Naming(masculine=True),
)  # fmt: skip
