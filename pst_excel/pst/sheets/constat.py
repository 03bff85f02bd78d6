"""Où en sommes-nous ? What the institution observes before it chooses."""

from dataclasses import replace

from pst_excel.model.counted_rows import helper
from pst_excel.model.expressions.core import Filled
from pst_excel.model.expressions.counting import NamedKey
from pst_excel.model.expressions.lookups import Head
from pst_excel.model.expressions.relations import Nth, Tally
from pst_excel.model.expressions.spans import Only, Ratio
from pst_excel.model.schema import Column, Naming, Sheet, banded
from pst_excel.model.words.colors import Shade
from pst_excel.model.words.kinds import Kind, Need
from pst_excel.pst import vocabularies as v
from pst_excel.pst.plausible import YEARS
from pst_excel.pst.sheets.common import (
    COMMENTAIRE,
    DOMAINE,
    ID,
    ORIGIN,
    ROLE,
    STAMP,
    VOLET,
)
from pst_excel.pst.thresholds import TITLE_LIMIT

_CHIFFRE = banded(
    "Le chiffre",
    Column(
        "type_constat", "Type", Kind.CHOICE,
        "Force, faiblesse, opportunité, menace ou simple constat.",
        Need.ADVISED, vocabulary=v.TYPES_CONSTAT, example="Faiblesse", width=13,
        aliases=("type de constat",),
    ),
    Column(
        "valeur", "Chiffre", Kind.NUMBER, "Le chiffre qui fonde le constat.",
        example="21,4", width=11, aliases=("valeur",),
    ),
    Column(
        "unite", "Unité", Kind.TEXT, "L’unité du chiffre.", example="% des ménages", width=16,
    ),
    Column(
        "annee", "Année", Kind.YEAR, "L’année du chiffre.", low=YEARS.low, high=YEARS.high,
        width=8,
    ),
    Column(
        "source", "Source", Kind.TEXT, "Le document ou la statistique d’où vient le chiffre.",
        example="WalStat 2024", width=28, aliases=("document", "source du chiffre"),
    ),
)  # fmt: skip

_SUITE = banded(
    "Ce qu’on en fait",
    Column(
        "liens", "Répond à", Kind.CODE,
        "Les codes des OS, OO ou actions qui y répondent, séparés par un point-virgule.",
        Need.ADVISED, refers=("os", "oo", "actions"), many=True, example="2; 2.1", width=14,
        aliases=("lien", "liens", "objectifs liés"),
    ),
    VOLET,
    DOMAINE,
    COMMENTAIRE,
    Column(
        "description", "Description", Kind.TEXT, "Le détail du constat.", width=46,
    ),
    seen=4,
)  # fmt: skip

CONSTAT = Sheet(
    "constat",
    "Constat",
    "Où en sommes-nous ? Un simple constat suffit : aucun diagnostic complet n’est exigé.",
    (
        ID,
        ROLE,
        STAMP,
        Column(
            "code", "Code", Kind.CODE, "Le numéro du constat.", Need.REQUIRED,
            example="C1", width=8, aliases=("n°", "numéro"),
        ),
        Column(
            "intitule", "Constat", Kind.TEXT, "Le constat en une phrase.", Need.REQUIRED,
            max_length=TITLE_LIMIT, width=44, aliases=("intitulé", "titre"),
            example="Un ménage sur cinq n’a pas d’arrêt de bus à moins de 500 m",
        ),
        *_CHIFFRE,
        *_SUITE,
        ORIGIN,
        helper("cle_reponse", "Clé de la réponse", "Le premier objectif ou la première action qui y"
               " répond.", NamedKey(Head(Nth("liens", 1))), Kind.CODE),
        helper("mesures_liees", "Indicateurs mesurés liés", "Le nombre d’indicateurs mesurés de ce"
               " qui y répond.", Tally("indicateurs", "cle_lien", "mesure", (), "cle_reponse"),
               Kind.INTEGER),
        helper("atteintes_liees", "Atteintes liées", "La somme de leurs atteintes.",
               Tally("indicateurs", "cle_lien", "atteinte", (), "cle_reponse")),
        replace(
            helper("effet", "Effet", "L’atteinte moyenne des indicateurs de ce qui y répond.",
                   Only(Filled("liens"), Ratio("atteintes_liees", "mesures_liees"))),
            unit="%",
        ),
    ),
    aliases=("constats", "diagnostic", "état des lieux"),
    shade=Shade.STONE,
    named_by="intitule",
    kept="intitule",
    records=("constat", "constats"),
    naming=Naming(masculine=True),
)  # fmt: skip
