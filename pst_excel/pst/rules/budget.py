"""Means: the shares by which a transversal action is counted, and actions without any means."""

from __future__ import annotations

import pandas as pd

from pst_excel.model.findings import Severity
from pst_excel.model.joins import exploded, size, tally
from pst_excel.model.rules import Marks, RuleBook, RuleView
from pst_excel.model.series import Series
from pst_excel.model.words.stages import Stage
from pst_excel.pst import vocabularies as v
from pst_excel.pst.rules.questions import FEW, ROW, at_level, running
from pst_excel.pst.sheets.common import NO_OS
from pst_excel.pst.sheets.counting import PARTS

RULES = RuleBook()

EQUAL = "En attendant, son budget se répartit à parts égales."


def _serving(number: int) -> str:
    """Return the row of an action that serves so many OO, as examples write it."""
    codes = "; ".join(f"{place}.1" for place in range(1, number + 1))
    parts = "; ".join(map(str, (100 - 10 * (number - 1), *[10] * (number - 1))))
    return f"1.1.1 | {codes} | {parts}"


@RULES.rule(
    "R03a", Severity.ERROR, "Il n’y a pas autant de parts que d’OO", at="actions.parts",
    sentence="Les parts de l’action {code} ({parts}) ne correspondent pas à ses OO ({code_oo})."
    f" {EQUAL}",
    expected="une part par OO, dans le même ordre",
    remedy="Écrivez une part par OO, séparées par un point-virgule, ou videz la cellule.",
    source="iA.PST : le budget d’une action transversale se répartit entre ses OO",
    stage=Stage.DRAFT, since="2026.1",
    good="""
    Actions
    code  | code_oo  | parts
    1.1.1 | 1.1; 2.1 | 60; 40
    """,
    bad="""
    Actions
    code  | code_oo  | parts
    1.1.1 | 1.1; 2.1 | 60; 30; 10
    """,
)  # fmt: skip
def a_share_for_each(view: RuleView) -> Series:
    """Mark the shares that are not as many as the OO."""
    served, shares = size(view.here["code_oo"]), size(view.cells)
    return served.gt(0) & shares.gt(0) & served.ne(shares)


@RULES.rule(
    "R03b", Severity.ERROR, "Les parts ne font pas 100 %", at="actions.parts",
    sentence=f"Les parts de l’action {{code}} ({{parts}}) font {{total}} %. {EQUAL}",
    expected="des parts dont la somme est 100",
    remedy="Corrigez les parts pour que leur somme soit 100.",
    source="iA.PST : les pourcentages d’une répartition font 100",
    after=("R03a",), stage=Stage.DRAFT, since="2026.1",
    good="""
    Actions
    code  | code_oo  | parts
    1.1.1 | 1.1; 2.1 | 60; 40
    """,
    bad="""
    Actions
    code  | code_oo  | parts
    1.1.1 | 1.1; 2.1 | 60; 30
    """,
)  # fmt: skip
def shares_make_a_whole(view: RuleView) -> Marks:
    """Return the actions whose shares do not sum to 100."""
    shares = pd.to_numeric(exploded(view.cells), errors="coerce").astype("float64")
    total = shares.groupby(level=ROW).sum()
    return Marks(total.index[total.notna() & total.ne(100)], {"total": total})


@RULES.rule(
    "R03c", Severity.HINT, "Les parts d’une action transversale ne sont pas dites",
    at="actions.parts",
    gathered=FEW,
    sentence="L’action {code} sert plusieurs OO ({code_oo}) sans parts : son budget compte à"
    " parts égales.",
    expected="une part par OO, par exemple « 60; 40 »",
    remedy="Rien à faire si des parts égales conviennent ; sinon, complétez les parts.",
    source="iA.PST : le budget d’une action transversale se répartit entre ses OO",
    stage=Stage.ADOPTION, since="2026.1",
    good="""
    Actions
    code  | code_oo  | parts
    1.1.1 | 1.1; 2.1 | 50; 50
    """,
    bad="""
    Actions
    code  | code_oo  | parts
    1.1.1 | 1.1; 2.1 |
    """,
)  # fmt: skip
def equal_shares(view: RuleView) -> Series:
    """Mark the actions that serve several OO without shares."""
    return size(view.here["code_oo"]).gt(1) & view.cells.isna()


@RULES.rule(
    "R03d", Severity.HINT, f"Une action sert plus de {PARTS} OO", at="actions.code_oo",
    sentence=f"L’action {{code}} sert plus de {PARTS} OO ({{code_oo}}) : son budget y compte à"
    f" parts égales, les {PARTS - 1} premiers ont la leur, le reste {NO_OS}.",
    expected=f"{PARTS} OO au plus, pour que chacun ait sa part dans les tableaux",
    remedy=f"Rien à faire si cela convient ; sinon, gardez les {PARTS} OO qu’elle sert le plus, ou"
    " scindez-la.",
    source="usage : une action qui sert tant d’OO est un programme plutôt qu’une action",
    stage=Stage.DRAFT, since="2026.1",
    good=f"""
    Actions
    code  | code_oo | parts
    {_serving(PARTS)}
    """,
    bad=f"""
    Actions
    code  | code_oo | parts
    {_serving(PARTS + 1)}
    """,
)  # fmt: skip
def too_many_oo(view: RuleView) -> Series:
    """Mark the actions that serve more OO than the figures can share them among."""
    return size(view.cells).gt(PARTS)


@RULES.rule(
    "R06d", Severity.HINT, "Une action n’a aucun moyen", at="actions.code", gathered=FEW,
    sentence="L’action {code} n’a ni budget ni ETP.",
    expected="au moins une ligne dans la feuille Budget, ou des ETP",
    remedy="Ajoutez ses lignes dans la feuille Budget, ou ses ETP, même estimés.",
    source="{loi} : les actions sont définies par les moyens humains et financiers",
    stage=Stage.ADOPTION, since="2026.1",
    good="""
    Actions
    code  | type_action | statut   | etp
    1.1.1 | PST         | En cours | 0,5
    """,
    bad="""
    Actions
    code  | type_action | statut   | etp
    1.1.1 | PST         | En cours |
    """,
)  # fmt: skip
def no_means(view: RuleView) -> Series:
    """Mark the actions still running with neither people nor money."""
    funded = tally(view.cells, at_level(view["budget"], v.NIVEAU_ACTION), "code_lie").gt(0)
    staffed = view.here["etp"].gt(0)
    return running(view.here) & view.cells.notna() & ~funded & ~staffed
