"""The evaluation at mid-term and at the end: computed beside what people write, one block an OS."""

from pst_excel.model.schema import Column, Naming, Sheet
from pst_excel.model.words.colors import Shade
from pst_excel.model.words.kinds import Kind
from pst_excel.pst import vocabularies as v
from pst_excel.pst.sheets.common import NIVEAU

_MOMENTS = (("mi", "mi-législature"), ("fin", "fin de législature"))

EVALUATION = Sheet(
    "evaluation",
    "Évaluation",
    "Qu’avons-nous atteint, qu’en retenons-nous, que décidons-nous ?",
    (
        NIVEAU,
        Column(
            "code", "Code", Kind.CODE,
            "Le code de l’OS ou de l’OO évalué ; vide sur les lignes « Sans OS » et « Sans OO ».",
            refers=("os", "oo"), width=8,
        ),
        *(
            column
            for key, moment in _MOMENTS
            for column in (
                Column(
                    f"appreciation_{key}", f"Appréciation ({moment})", Kind.CHOICE,
                    "L’appréciation portée {par_qui}.", vocabulary=v.APPRECIATIONS, width=20,
                ),
                Column(
                    f"lecons_{key}", f"Leçons ({moment})", Kind.TEXT,
                    "Ce que l’on retient : ce qui a marché, ce qui a manqué.", width=36,
                ),
                Column(
                    f"decision_{key}", f"Décision ({moment})", Kind.CHOICE,
                    "Poursuivre, ajuster, reporter ou abandonner.", vocabulary=v.DECISIONS,
                    width=16,
                ),
                Column(
                    f"motif_{key}", f"Motif ({moment})", Kind.TEXT, "Pourquoi cette décision.",
                    width=30,
                ),
            )
        ),
    ),
    aliases=("evaluation",),
    shade=Shade.BRICK,
    records=("ligne d’évaluation", "lignes d’évaluation"),
    program=True,
    identity=("niveau", "code"),
    named_by="code",
    naming=Naming("évaluation", by=("code",)),
)  # fmt: skip
