"""The tree of OS, OO and actions: every link leads somewhere, nothing stands alone."""

from __future__ import annotations

from pst_excel.model.expressions.conditions import unknown_code
from pst_excel.model.expressions.core import All, Filled
from pst_excel.model.findings import Severity
from pst_excel.model.formulas import Expression
from pst_excel.model.joins import exploded, mapped
from pst_excel.model.rules import Marks, RuleBook, RuleView
from pst_excel.model.series import SOURCE, Series
from pst_excel.model.words.stages import Stage
from pst_excel.pst import thresholds as t
from pst_excel.pst.rules.questions import (
    any_piece,
    compared,
    named_nowhere,
    naming,
    served,
    unknown,
)
from pst_excel.pst.sheets.common import NO_OS

RULES = RuleBook()


@RULES.live(
    "R01a", Severity.ERROR, "Un OO relève d’un OS qui n’existe pas", at="oo.code_os",
    sentence="L’OO {code} relève de l’OS « {code_os} », qui n’est pas dans la feuille OS."
    f" En attendant, il {NO_OS}.",
    expected="le code d’un OS de la feuille OS",
    remedy="Corrigez le code de l’OS, ou ajoutez cet OS dans la feuille OS.",
    needs=("os",),
    source="{loi}, eComptes 201805V1 : tout OO relève d’un OS",
    stage=Stage.DRAFT, since="2026.1",
    good="""
    OS
    code
    1

    OO
    code | code_os
    1.1  | 1
    """,
    bad="""
    OS
    code
    1

    OO
    code | code_os
    1.1  | 1
    1.2  | 2
    """,
)  # fmt: skip
def os_exists(key: str) -> Expression:
    """Mark the OO whose OS does not exist."""
    return All((Filled(key), unknown_code(key, "os")))


@RULES.rule(
    "R01b", Severity.ERROR, "Une action sert un OO qui n’existe pas", at="actions.code_oo",
    sentence="L’action {code} sert l’OO « {inconnus} », qui n’est pas dans la feuille OO. En"
    f" attendant, elle {NO_OS}.",
    expected="le code d’un OO de la feuille OO, ou plusieurs séparés par un point-virgule",
    remedy="Corrigez le code de l’OO, ou ajoutez cet OO dans la feuille OO.",
    needs=("oo",),
    source="{loi}, eComptes 201805V1 : toute action relève d’un OO",
    stage=Stage.DRAFT, since="2026.1",
    good="""
    OO
    code
    1.1

    Actions
    code  | code_oo
    1.1.1 | 1.1
    """,
    bad="""
    OO
    code
    1.1

    Actions
    code  | code_oo  | parts
    1.1.1 | 1.1; 1.2 | 60; 40
    """,
)  # fmt: skip
def oo_exists(view: RuleView) -> Marks:
    """Return the actions of which an OO does not exist."""
    return naming(unknown(view.cells, view["oo"]))


@RULES.rule(
    "R01d", Severity.WARNING, "Un constat renvoie à un code qui n’existe pas", at="constat.liens",
    sentence="Le constat {code} renvoie à « {inconnus} », qui n’est ni un OS, ni un OO, ni une"
    " action.",
    expected="des codes d’OS, d’OO ou d’actions, séparés par un point-virgule",
    remedy="Corrigez le code, ou retirez le renvoi s’il n’a plus d’objet.",
    whole_plan_only=True,
    needs=("os", "oo", "actions"),
    source="iA.PST : un constat se rattache à un OS, un OO ou une action",
    stage=Stage.DRAFT, since="2026.1",
    good="""
    OO
    code
    2.1

    Constat
    code | liens
    C1   | 2.1
    """,
    bad="""
    OO
    code
    2.1

    Constat
    code | liens
    C1   | 2.2
    """,
)  # fmt: skip
def answers_exist(view: RuleView) -> Marks:
    """Return the constats of which an answer does not exist at any level."""
    return naming(unknown(view.cells, view["os"], view["oo"], view["actions"]))


@RULES.rule(
    "R01e", Severity.WARNING, "Une action liée n’existe pas", at="actions.actions_liees",
    sentence="L’action {code} est liée à « {inconnus} », qui n’est pas dans la feuille Actions.",
    expected="des codes d’actions, séparés par un point-virgule",
    remedy="Corrigez le code de l’action liée, ou retirez-le.",
    whole_plan_only=True,
    source="usage : les actions liées se nomment par leur code",
    stage=Stage.DRAFT, since="2026.1",
    good="""
    Actions
    code  | actions_liees
    1.1.1 | 1.1.2
    1.1.2 |
    """,
    bad="""
    Actions
    code  | actions_liees
    1.1.1 | 1.1.3
    1.1.2 |
    """,
)  # fmt: skip
def linked_actions_exist(view: RuleView) -> Marks:
    """Return the actions of which a linked action does not exist."""
    return naming(unknown(view.cells, view.here))


@RULES.rule(
    "R02a", Severity.WARNING, "Un OS n’a aucun OO", at="os.code", whole_plan_only=True,
    sentence="Aucun OO ne relève de l’OS {code}.",
    expected="au moins un OO qui relève de cet OS",
    remedy="Ajoutez un OO dans la feuille OO, ou supprimez cet OS s’il n’est pas poursuivi.",
    source="{loi} : les objectifs stratégiques se déclinent en objectifs opérationnels",
    stage=Stage.ADOPTION, since="2026.1",
    good="""
    OS
    code
    1

    OO
    code | code_os
    1.1  | 1
    """,
    bad="""
    OS
    code
    1
    2

    OO
    code | code_os
    1.1  | 1
    """,
)  # fmt: skip
def os_has_oo(view: RuleView) -> Series:
    """Mark the OS that no OO serves."""
    return named_nowhere(view.cells, view["oo"], "code_os")


@RULES.rule(
    "R02b", Severity.WARNING, "Un OO n’a aucune action", at="oo.code", whole_plan_only=True,
    sentence="Aucune action ne sert l’OO {code}.",
    expected="au moins une action qui sert cet OO",
    remedy="Ajoutez une action dans la feuille Actions, ou supprimez cet OO s’il est abandonné.",
    source="{loi} : les objectifs opérationnels se déclinent en projets et en actions",
    stage=Stage.ADOPTION, since="2026.1",
    good="""
    OO
    code
    1.1

    Actions
    code  | code_oo
    1.1.1 | 1.1
    """,
    bad="""
    OO
    code
    1.1
    1.2

    Actions
    code  | code_oo
    1.1.1 | 1.1
    """,
)  # fmt: skip
def oo_has_actions(view: RuleView) -> Series:
    """Mark the OO that no action serves."""
    return named_nowhere(view.cells, served(view), "oo")


@RULES.rule(
    "R01f", Severity.HINT, "Un code ne suit pas celui de son objectif", trial=True,
    at=("oo.code", "actions.code"), after=("R01a", "R01b"),
    sentence="Le code {code} ne commence pas par celui de son objectif, {parent}.",
    expected="un code qui commence par « {parent}. », comme les autres lignes",
    remedy="Vérifiez le rattachement ; si le code est bon, il n’y a rien à faire.",
    source="usage : le code d’un élément commence par celui de son objectif",
    stage=Stage.DRAFT, since="2026.2",
    good="""
    OS
    code
    1
    2

    OO
    code | code_os
    1.1  | 1
    2.1  | 2
    """,
    bad="""
    OS
    code
    1
    2

    OO
    code | code_os
    1.1  | 1
    1.2  | 1
    1.3  | 1
    1.4  | 1
    1.5  | 2
    """,
)  # fmt: skip
def code_follows(view: RuleView) -> Marks:
    """Return the rows whose code is not built on a parent's, where most of the others are."""
    parents = view.here["code_os" if view.sheet == "oo" else "code_oo"]
    above = mapped(view.cells, lambda code: code.rpartition(".")[0] or None, "str")
    listed = exploded(parents)
    own = any_piece(compared(above).reindex(listed.index).eq(compared(listed)), view.here)
    follows = own | above.isna() | parents.isna()
    usual = follows.groupby(level=SOURCE).transform("mean").ge(t.MOST)
    return Marks(~follows & usual, {"parent": parents})


@RULES.rule(
    "R02c", Severity.HINT, "Un constat n’appelle aucun objectif", at="constat.liens",
    sentence="Aucun OS, OO ni action ne répond au constat {code}.",
    expected="les codes des OS, OO ou actions qui y répondent",
    remedy="Citez ce qui y répond ; si rien n’y répond, dites-le en commentaire.",
    source="iA.PST : un constat se rattache à un OS, un OO ou une action",
    stage=Stage.ADOPTION, since="2026.2",
    good="""
    OS
    code
    1

    Constat
    code | liens
    C1   | 1
    """,
    bad="""
    Constat
    code | liens
    C1   |
    """,
)  # fmt: skip
def nothing_answers(view: RuleView) -> Series:
    """Mark the constats that call for nothing and do not say why."""
    return view.cells.isna() & view.here["commentaire"].isna()
