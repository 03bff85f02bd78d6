"""The sheets of the plan of schools: form, buildings, rooms, works, waivers, review, lists."""

from __future__ import annotations

from pst_excel.model.counted_rows import KEY_COLUMN, RANK_COLUMN, helper
from pst_excel.model.expressions.core import All, Col, Flag, Is, Not, OneOf, Param
from pst_excel.model.expressions.counting import LineKey, Named, NamedKey, head_of
from pst_excel.model.expressions.lookups import Shown
from pst_excel.model.expressions.relations import Tally
from pst_excel.model.schema import Column, Naming, Sheet
from pst_excel.model.thresholds import field_of
from pst_excel.model.words import keys
from pst_excel.model.words.colors import Shade
from pst_excel.model.words.kinds import Kind, Layout, Need, Where
from pst_excel.model.words.roles import Role
from pst_excel.model.words.stages import Stage
from support.schools.thresholds import DONE
from support.schools.vocabularies import (
    ENERGIES,
    HANDED,
    LEVELS,
    MOMENTS,
    NETWORKS,
    SITUATIONS,
    TYPES,
    VERDICTS,
)


def _own(*columns: Column) -> tuple[Column, ...]:
    """Return columns after those that the program keeps for itself."""
    hidden = (
        Column(keys.ID, "Clé du programme", Kind.TEXT, "Ne pas toucher.", hidden=True),
        Column(keys.ROW_ROLE, "Pourquoi envoyée", Kind.TEXT, "", hidden=True, where=Where.RETURN),
        Column(keys.STAMP, "Cachet", Kind.TEXT, "", hidden=True, where=Where.RETURN),
    )
    return (*hidden, *columns)


def _shown(named_by: str) -> Column:
    return Column(
        keys.SHOWN_CODE, "Ce que montre la liste", Kind.TEXT, "", Need.COMPUTED, hidden=True,
        formula=Shown(named_by),
    )  # fmt: skip


def _code(label: str) -> Column:
    return Column(keys.CODE, label, Kind.CODE, "Le repère.", Need.REQUIRED, width=9)


FORM = Sheet(
    "fiche", "Fiche", "Quelle école, vue quand, par qui ?",
    (
        Column("gabarit", "Gabarit", Kind.TEXT, "Le gabarit suivi.", role=Role.VERSION),
        Column("ecole", "École", Kind.TEXT, "Son nom.", Need.REQUIRED, role=Role.NAME),
        Column("genre", "Genre", Kind.CHOICE, "", vocabulary=TYPES, role=Role.TYPE),
        Column("matricule", "Matricule", Kind.CODE, "", digits=4, role=Role.NUMBER),
        Column("eleves", "Élèves", Kind.INTEGER, "Combien, selon {le_chef}.", low=1, role=Role.SIZE),
        Column("de_an", "De l’an", Kind.YEAR, "", role=Role.FIRST_YEAR),
        Column("a_an", "À l’an", Kind.YEAR, "", role=Role.LAST_YEAR),
        Column("releve_le", "Relevé le", Kind.DATE, "Le jour de la visite.", role=Role.OBSERVED),
        Column("moment", "Moment", Kind.CHOICE, "", vocabulary=MOMENTS, role=Role.STAGE),
        Column("reseau", "Réseau", Kind.CHOICE, "", vocabulary=NETWORKS, role=Role.SERVICE),
        Column("attendu_le", "Attendu le", Kind.DATE, "", role=Role.DUE),
        field_of(DONE),
    ),
    layout=Layout.FORM, identity=("genre", "matricule"), named_by="ecole",
)  # fmt: skip

BUILDINGS = Sheet(
    "batiments", "Bâtiments", "Qu’est-ce qui est debout ?",
    _own(
        _shown("appellation"), _code("Repère"),
        Column("appellation", "Appellation", Kind.TEXT, "", Need.REQUIRED, max_length=40),
        Column("chauffage", "Chauffage", Kind.CHOICE, "", Need.ADVISED, vocabulary=ENERGIES,
               since="2"),
        Column("nb_locaux", "Locaux comptés", Kind.INTEGER, "", Need.COMPUTED, where=Where.WHOLE,
               formula=Tally("locaux", "sous"), helper=True),
        KEY_COLUMN,
    ),
    shade=Shade.NAVY, named_by="appellation", records=("bâtiment", "bâtiments"),
)  # fmt: skip

ROOMS = Sheet(
    "locaux", "Locaux", "Où enseigne-t-on ?",
    _own(
        _shown("appellation"), _code("Repère"),
        Column("dans", "Dans", Kind.CODE, "", Need.REQUIRED, refers=("batiments",), width=8),
        Column("appellation", "Appellation", Kind.TEXT, "", Need.REQUIRED),
        Column("surface", "Surface", Kind.NUMBER, "En m².", Need.ADVISED, low=1, high=900),
        KEY_COLUMN,
        RANK_COLUMN,
        helper("sous", "Clé du bâtiment", "", Named("batiments", keys.KEY, NamedKey(head_of("dans"))),
               Kind.CODE),
    ),
    shade=Shade.SKY, named_by="appellation", records=("local", "locaux"),
)  # fmt: skip

LATE = All(
    (
        Is(Col("voulu_pour"), "<", Param("releve_le")),
        Not(OneOf("situation", (HANDED,))),
    )
)
SITES = Sheet(
    "travaux", "Travaux", "Que répare-t-on, pour quand ?",
    _own(
        _shown("quoi"), _code("Repère"),
        Column("ou", "Où", Kind.CODE, "", Need.REQUIRED, refers=("locaux",), width=8),
        Column("quoi", "Quoi", Kind.TEXT, "", Need.REQUIRED, width=30),
        Column("mene_par", "Mené par", Kind.CHOICE, "", Need.REQUIRED, vocabulary=NETWORKS),
        Column("aide_de", "Avec l’aide de", Kind.CHOICE, "", vocabulary=NETWORKS, many=True),
        Column("situation", "Situation", Kind.CHOICE, "", Need.REQUIRED, vocabulary=SITUATIONS,
               stage=Stage.FOLLOW_UP),
        Column("fait", "Fait", Kind.PERCENT, "", low=0, high=100),
        Column("cout", "Coût", Kind.AMOUNT, "", low=0),
        Column("voulu_pour", "Voulu pour", Kind.DATE, ""),
        Column(keys.ORIGIN, "Vient de", Kind.TEXT, "", where=Where.WHOLE),
        Column("depasse", "Dépassé", Kind.INTEGER, "", Need.COMPUTED, where=Where.WHOLE,
               formula=Flag(LATE)),
        helper("reseau", "Clé du réseau", "", LineKey("mene_par", "reseaux"), Kind.CODE),
        helper("cle_local", "Clé du local", "", Named("locaux", keys.KEY, NamedKey(head_of("ou"))),
               Kind.CODE),
        helper("cle_bati", "Clé du bâtiment", "", Named("locaux", "sous", NamedKey(head_of("ou"))),
               Kind.CODE),
    ),
    shade=Shade.PETROL, main=True, named_by="quoi", records=("chantier", "chantiers"),
    naming=Naming(masculine=True),
    owner="mene_par", partners="aide_de",
)  # fmt: skip

ACCEPTED = Sheet(
    "acceptations", "Acceptations", "Que laisse-t-on passer ?",
    _own(
        Column("regle", "Règle visée", Kind.TEXT, "", Need.REQUIRED, role=Role.RULE),
        Column("lignes", "Lignes visées", Kind.CODE, "", Need.REQUIRED, refers=("travaux",),
               many=True, role=Role.SCOPE),
        Column("pour_reseau", "Pour le réseau", Kind.CHOICE, "", vocabulary=NETWORKS,
               role=Role.SERVICE),
        Column("raison", "Raison", Kind.TEXT, "", Need.REQUIRED, role=Role.REASON),
        Column("accepte_par", "Accepté par", Kind.TEXT, "", Need.REQUIRED, role=Role.AUTHOR),
        Column("jusqu_au", "Jusqu’au", Kind.DATE, "", Need.REQUIRED, role=Role.UNTIL),
    ),
    identity=("regle", "lignes", "pour_reseau"), named_by="raison", spare=True,
)  # fmt: skip

REVIEW = Sheet(
    "bilan", "Bilan", "Que vaut chaque bâtiment ?",
    (
        Column("degre", "Degré", Kind.CHOICE, "", Need.REQUIRED, vocabulary=LEVELS),
        Column("repere", "Repère", Kind.CODE, "", Need.REQUIRED, refers=("batiments", "locaux")),
        Column("jugement", "Jugement", Kind.CHOICE, "", vocabulary=VERDICTS),
        Column("note_libre", "Note libre", Kind.TEXT, ""),
    ),
    shade=Shade.BRICK, program=True, identity=("degre", "repere"), named_by="repere",
)  # fmt: skip

LISTS = Sheet(
    "nomenclatures", "Nomenclatures", "Parmi quoi choisir ?",
    (
        Column("nomenclature", "Nomenclature", Kind.TEXT, "", Need.REQUIRED),
        Column("entree", "Entrée", Kind.TEXT, "", Need.REQUIRED),
    ),
    layout=Layout.LISTS, identity=(), named_by="entree",
)  # fmt: skip

DECLARED = (FORM, BUILDINGS, ROOMS, SITES, ACCEPTED, REVIEW, LISTS)
