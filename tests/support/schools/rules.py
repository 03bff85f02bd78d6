"""The rules of the plan of schools."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pst_excel.model.expressions.core import All, Col, Const, Is
from pst_excel.model.findings import Severity
from pst_excel.model.formulas import Expression
from pst_excel.model.joins import found
from pst_excel.model.rules import RuleBook, RuleView
from pst_excel.model.thresholds import Limit
from pst_excel.model.words.stages import Stage
from support.schools.thresholds import DONE
from support.schools.vocabularies import HANDED

RULES = RuleBook()


@RULES.live(
    "T1", Severity.ERROR, "Un chantier livré n’est pas fait", at="travaux.fait",
    sentence="Le chantier {code} est livré et fait à {valeur}.", expected="{fait_livre} au moins",
    remedy="Corrigez la situation, ou voyez avec {le_chef}.", source="bon sens",
    stage=Stage.FOLLOW_UP, since="1", thresholds=(DONE,),
    good="""
    Travaux
    code | situation | fait
    T1   | Livré     | 100
    """,
    bad="""
    Travaux
    code | situation | fait
    T1   | Livré     | 80
    """,
)  # fmt: skip
def handed_over_is_done(key: str) -> Expression:
    return All((Is(Col("situation"), "=", Const(HANDED)), Is(Col(key), "<", Limit(DONE))))


@RULES.rule(
    "T2", Severity.WARNING, "Un bâtiment est sans local", at="batiments.code",
    sentence="Aucun local n’est dans {code}, « {appellation} ».", expected="un local au moins",
    remedy="Ajoutez ses locaux.", source="bon sens", stage=Stage.ADOPTION, since="1",
    whole_plan_only=True,
    good="""
    Bâtiments
    code | appellation
    B1   | Le préau

    Locaux
    code | dans | appellation
    L1   | B1   | La salle
    """,
    bad="""
    Bâtiments
    code | appellation
    B1   | Le préau
    """,
)  # fmt: skip
def buildings_have_rooms(view: RuleView) -> pd.Series[Any]:
    return view.cells.notna() & ~found(view.cells, view["locaux"], "dans")
