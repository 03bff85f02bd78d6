"""Whose plan it is: its dates, the totals that it announces, the declaration it comes from."""

from __future__ import annotations

import pandas as pd

from pst_excel.model.findings import Severity
from pst_excel.model.formulas import Expression
from pst_excel.model.joins import source_of
from pst_excel.model.rules import Marks, RuleBook, RuleView
from pst_excel.model.series import Series
from pst_excel.model.words.stages import Stage
from pst_excel.pst.rules.dates import out_of_legislature
from pst_excel.pst.rules.questions import differing

RULES = RuleBook()

_ANNOUNCED = {"os_annonces": "os", "oo_annonces": "oo", "actions_annonces": "actions"}


@RULES.live(
    "R08g", Severity.WARNING, "La date d’observation sort de la législature",
    at="identification.date_observation",
    sentence="La date d’observation est le {valeur}, hors de la législature {legislature}.",
    expected="une date de la législature {legislature}",
    remedy="Corrigez la date d’observation, ou les années de la législature.",
    source="usage : les retards se comptent à la date d’observation",
    stage=Stage.DRAFT, since="2026.2",
    good="""
    Identification
    cle              | valeur
    date_observation | 31/10/2026
    """,
    bad="""
    Identification
    cle              | valeur
    date_observation | 31/10/2036
    """,
)  # fmt: skip
def observed_in_the_legislature(key: str) -> Expression:
    """Mark the dates of observation outside the legislature."""
    return out_of_legislature(key)


@RULES.rule(
    "R08h", Severity.WARNING, "La prise d’acte précède l’adoption",
    at="identification.date_conseil",
    sentence="{Le_conseil} aurait pris acte le {date_conseil}, avant l’adoption par {le_college},"
    " le {date_college}.",
    expected="une date au plus tôt le {date_college}",
    remedy="Corrigez l’une des deux dates.",
    source="{loi} : un organe adopte le PST, le conseil en prend acte ensuite",
    stage=Stage.DRAFT, since="2026.2",
    good="""
    Identification
    cle          | valeur
    date_college | 11/09/2025
    date_conseil | 22/09/2025
    """,
    bad="""
    Identification
    cle          | valeur
    date_college | 22/09/2025
    date_conseil | 11/09/2025
    """,
)  # fmt: skip
def council_after_college(view: RuleView) -> Series:
    """Mark the councils that took note before the college adopted."""
    return view.cells < view.here["date_college"]


@RULES.rule(
    "R23", Severity.WARNING, "Un total annoncé n’est pas le total compté", whole_plan_only=True,
    at=[f"identification.{key}" for key in _ANNOUNCED],
    sentence="« {label} » dit {valeur}, le classeur en compte {compte}.",
    expected="{compte}, ou {valeur} lignes dans la feuille",
    remedy="Corrigez le total annoncé, ou cherchez les lignes qui manquent ou sont en trop.",
    source="usage : des PST publiés annoncent un total que leurs tableaux démentent",
    stage=Stage.ADOPTION, since="2026.2",
    good="""
    Identification
    cle         | valeur
    os_annonces | 2

    OS
    code
    1
    2
    """,
    bad="""
    Identification
    cle         | valeur
    os_annonces | 3

    OS
    code
    1
    2
    """,
)  # fmt: skip
def announced_is_counted(view: RuleView) -> Marks:
    """Return the identifications that announce another number of rows than there are."""
    counted = view[_ANNOUNCED[view.column]]
    sizes = counted.groupby(source_of(counted)).size().reindex(source_of(view.here), fill_value=0)
    sizes = sizes.set_axis(view.here.index)
    return Marks(differing(view.cells, sizes), {"compte": sizes})


@RULES.rule(
    "R29a", Severity.HINT, "Un OS ne dit pas de quel engagement il découle", at="os.engagement",
    gathered=1,
    together="Des OS ne disent pas de quel engagement de la déclaration de politique ils"
    " découlent : {cells}.",
    sentence="L’OS {code} ne dit pas de quel engagement de la déclaration de politique il découle.",
    expected="l’engagement de la déclaration de politique (DPC, PPG)",
    remedy="Citez l’engagement, ou dites « hors déclaration » s’il n’en vient pas.",
    source="{loi} : le PST traduit la déclaration de politique",
    stage=Stage.ADOPTION, since="2026.2",
    good="""
    OS
    code | engagement
    1    | Doubler la part du vélo
    """,
    bad="""
    OS
    code | engagement
    1    |
    """,
)  # fmt: skip
def os_without_engagement(view: RuleView) -> Series:
    """Mark the OS that name no engagement."""
    return view.cells.isna()


@RULES.rule(
    "R29b", Severity.HINT, "La déclaration de politique n’est pas nommée", whole_plan_only=True,
    at="identification.declaration",
    sentence="Les OS citent leurs engagements, sans que le classeur nomme la déclaration.",
    expected="le titre de la déclaration de politique et ses années",
    remedy="Complétez « {label} » dans la feuille Identification.",
    source="{loi} : le PST traduit la déclaration de politique",
    stage=Stage.ADOPTION, since="2026.2",
    good="""
    Identification
    cle         | valeur
    declaration | Déclaration de politique communale 2024-2030

    OS
    code | engagement
    1    | Doubler la part du vélo
    """,
    bad="""
    Identification
    cle         | valeur
    declaration |

    OS
    code | engagement
    1    | Doubler la part du vélo
    """,
)  # fmt: skip
def declaration_without_name(view: RuleView) -> Series:
    """Mark the plans whose OS cite a declaration that nobody names."""
    citing = view["os"][view["os"]["engagement"].notna()]
    cited = pd.Index(source_of(view.here)).isin(source_of(citing).unique())
    return view.cells.isna() & pd.Series(cited, index=view.here.index)
