"""The hidden columns of the whole plan by which figures count: what each sheet has of them."""

from __future__ import annotations

from pst_excel.model.counted_rows import helper
from pst_excel.model.expressions.core import Col, Const
from pst_excel.model.expressions.counting import (
    Level,
    LinkedRank,
    Named,
    NamedKey,
    head_of,
)
from pst_excel.model.expressions.lookups import Held, OrElse, Switch
from pst_excel.model.words import keys
from pst_excel.model.words.kinds import Kind
from pst_excel.model.words.line_keys import PLACELESS
from pst_excel.pst import vocabularies as v

CLE_OS, CLE_OO = "cle_os", "cle_oo"
PARTS = 4
"""The OO under which an action counts; of more, the last ones count under none."""
MANDATAIRE_LU = "mandataire_lu"
SANS_LIEN = "Sans lien"
"""The level of a row whose code is that of nothing."""


SOUS_OS = helper(
    CLE_OS, "Clé de l’OS", "L’OS dont relève l’OO, s’il est dans la feuille OS.",
    Named("os", keys.KEY, NamedKey(head_of("code_os"))), Kind.CODE,
)  # fmt: skip

MANDATAIRE_DE_L_OO = helper(
    MANDATAIRE_LU, "Mandataire lu", "Le mandataire, sinon celui de l’OS.",
    OrElse("mandataire", Held("os", "mandataire", Col(CLE_OS))), Kind.CODE,
)  # fmt: skip

_NIVEAUX = ((v.NIVEAU_ACTION, "actions"), (v.NIVEAU_OO, "oo"), (v.NIVEAU_OS, "os"))

LINKED = (
    helper("cle_lien", "Clé liée", "Le code lié, tel que les formules le comparent.",
           NamedKey(head_of("code_lie")), Kind.CODE),
    helper("niveau_lu", "Niveau lu",
           "Le niveau de ce qui porte le code lié ; « Sans lien » si rien ne le porte.",
           Level("niveau", "cle_lien", _NIVEAUX, SANS_LIEN), Kind.CODE),
    helper("rang_lie", "Rang lié", "La place de la ligne liée dans sa feuille.",
           LinkedRank("niveau_lu", "cle_lien", _NIVEAUX), Kind.INTEGER),
    helper(CLE_OO, "Clé de l’OO", "L’OO auquel la ligne se rattache sans passer par une action.",
           Switch("niveau_lu", ((v.NIVEAU_OO, Col("cle_lien")), (SANS_LIEN, Const(PLACELESS)))),
           Kind.CODE),
    helper(CLE_OS, "Clé de l’OS", "L’OS auquel la ligne se rattache sans passer par une action.",
           Switch("niveau_lu", (
               (v.NIVEAU_OS, Col("cle_lien")),
               (v.NIVEAU_OO, Named("oo", CLE_OS, Col("cle_lien"))),
               (SANS_LIEN, Const(PLACELESS)),
           )), Kind.CODE),
)  # fmt: skip
"""By which figures know what a row of Indicateurs or Budget belongs to."""
