"""Que voulons-nous faire ? The operational objectives, oriented to a result."""

from dataclasses import replace

from pst_excel.model.counted_rows import KEY_COLUMN, RANK_COLUMN, helper
from pst_excel.model.expressions.conditions import holds
from pst_excel.model.expressions.core import All, Col, Flag
from pst_excel.model.expressions.counting import Sum
from pst_excel.model.expressions.lookups import Fetch, Head
from pst_excel.model.expressions.relations import Tally
from pst_excel.model.figures.measures import DISTINCT
from pst_excel.model.schema import Column, Naming, Sheet, banded
from pst_excel.model.words.colors import Shade
from pst_excel.model.words.keys import LINE, SHOWN_CODE
from pst_excel.model.words.kinds import Kind, Need
from pst_excel.model.words.stages import Stage
from pst_excel.pst import vocabularies as v
from pst_excel.pst.sheets.common import (
    CHOIX,
    COMMENTAIRE,
    DOMAINE,
    ID,
    MANDATAIRE,
    NO_OS,
    ODD,
    ORIGIN,
    PLANS,
    PRIORITE,
    ROLE,
    STAMP,
    VOLET,
    WITHOUT_CODE,
    advised,
    required,
    title,
    titled,
)
from pst_excel.pst.sheets.counting import CLE_OO, MANDATAIRE_DE_L_OO, PARTS, SOUS_OS

_SUIVI = banded(
    "Suivi",
    Column(
        "code_os", "OS", Kind.CODE, "Le code de l’objectif stratégique dont il relève.",
        Need.REQUIRED, refers=("os",), example="1", width=7,
        aliases=("code OS", "objectif stratégique", "OS parent"), meanwhile=f"l’OO {NO_OS}",
    ),
    Column(
        "resultat_attendu", "Résultat attendu", Kind.TEXT,
        "Ce qui aura changé quand l’objectif sera atteint.", Need.ADVISED, width=46,
        example="12 km de pistes cyclables sûres", aliases=("résultat",),
    ),
    Column(
        "echeance", "Échéance", Kind.DATE, "La date à laquelle l’objectif doit être atteint.",
        Need.ADVISED, example="31/12/2029", width=12, aliases=("date d’échéance",),
    ),
    Column(
        "services", "Services", Kind.CHOICE,
        "Le ou les services gestionnaires, séparés par un point-virgule.", Need.REQUIRED,
        vocabulary=v.SERVICES, many=True, example="Travaux", width=24, stage=Stage.ADOPTION,
        aliases=("service", "gestionnaire", "service(s)"),
    ),
    Column(
        "responsable_administratif", "Responsable administratif", Kind.CHOICE,
        "L’agent qui en répond dans l’administration.", Need.REQUIRED,
        vocabulary=v.AGENTS, example="LAMBERT Julie", width=22, private=True,
        stage=Stage.ADOPTION, aliases=("resp admin", "responsable"),
    ),
    required(MANDATAIRE),
    replace(COMMENTAIRE, aliases=(*COMMENTAIRE.aliases, "motivation")),
)  # fmt: skip

_CONTEXTE = banded(
    "Contexte",
    VOLET,
    titled("os_titre", "OS servi", "L’OS dont relève l’OO.",
           Fetch("os", SHOWN_CODE, Head(Col("code_os")))),
    DOMAINE,
    PRIORITE,
    advised(ODD),
    PLANS,
    Column(
        "partenaires", "Partenaires", Kind.TEXT, "Les partenaires extérieurs.", width=28,
    ),
    seen=1,
)  # fmt: skip

_NB_ACTIONS = helper(
    "nb_actions", "Nombre d’actions", "Le nombre d’actions qui servent l’OO, de tous types.",
    Sum(tuple(Tally("actions", f"{CLE_OO}_{DISTINCT}_{n}") for n in range(1, PARTS + 1))),
    Kind.INTEGER,
)  # fmt: skip

OO = Sheet(
    "oo",
    "OO",
    "Que voulons-nous faire ? Quels projets contribueront aux objectifs stratégiques ?",
    (
        ID,
        ROLE,
        STAMP,
        CHOIX,
        Column(
            "code", "Code OO", Kind.CODE, "Le numéro de l’objectif opérationnel.", Need.REQUIRED,
            example="1.1", width=9, aliases=("code", "n° OO", "OO", "numéro"),
            meanwhile=WITHOUT_CODE,
        ),
        title(
            "Un verbe à l’infinitif, un résultat et si possible un chiffre et une date.",
            "Réduire de 20 % la consommation d’énergie des bâtiments d’ici 2029",
        ),
        *_SUIVI,
        *_CONTEXTE,
        ORIGIN,
        KEY_COLUMN,
        RANK_COLUMN,
        SOUS_OS,
        MANDATAIRE_DE_L_OO,
        _NB_ACTIONS,
        helper("sans_action", "Sans action", "1 quand aucune action ne sert l’OO.",
               Flag(All((holds(LINE, 1.0), holds("nb_actions", 0.0)))), Kind.INTEGER),
    ),
    aliases=("objectifs opérationnels", "objectif opérationnel", "O.O."),
    shade=Shade.SKY,
    named_by="intitule",
    kept="intitule",
    records=("OO", "OO"),
    naming=Naming(masculine=True),
    owner="services",
)  # fmt: skip
