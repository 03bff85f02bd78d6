"""Values against the institution's own lists, and the volet said again from level to level."""

from __future__ import annotations

from pst_excel.model.expressions.core import Col, Is
from pst_excel.model.expressions.lookups import Fetch, Head
from pst_excel.model.expressions.relations import Nth
from pst_excel.model.findings import Severity
from pst_excel.model.formulas import Expression
from pst_excel.model.joins import exploded, found, source_of
from pst_excel.model.rules import Marks, RuleBook, RuleView
from pst_excel.model.words.stages import Stage
from pst_excel.pst.rules.questions import naming, own_list
from pst_excel.pst.sheets import sheets

RULES = RuleBook()

VOLET_OS = Fetch("os", "volet", Head(Col("code_os")))
FIRST_OO = Head(Nth("code_oo", 1))
VOLET_OO = Fetch("oo", "volet", FIRST_OO)

OWN = {
    f"{sheet.key}.{column.key}": column.vocabulary
    for sheet in sheets(range(0))
    for column in sheet.inputs
    if column.vocabulary is not None and column.vocabulary.local
}


@RULES.rule(
    "R19", Severity.ERROR, "Une valeur n’est pas dans la liste de l’institution", at=OWN,
    sentence="« {label} » contient « {inconnus} », qui n’est pas dans la liste « {liste} ».",
    expected="une valeur de la liste « {liste} » de la feuille Listes",
    remedy="Choisissez une valeur de la liste déroulante, ou ajoutez celle-ci dans la feuille"
    " Listes.",
    source="iA.PST : les listes sont celles de l’institution ; une valeur employée y reste",
    stage=Stage.DRAFT, since="2026.1",
    good="""
    Listes
    liste    | valeur
    services | Mobilité
    services | Finances

    Actions
    code  | services_partenaires
    1.1.1 | Mobilité; Finances
    """,
    bad="""
    Listes
    liste    | valeur
    services | Mobilité

    Actions
    code  | services_partenaires
    1.1.1 | Mobilité; Finances
    """,
)  # fmt: skip
def not_in_own_list(view: RuleView) -> Marks:
    """Return the rows of which a value is not in the list, where there is one."""
    vocabulary = OWN[f"{view.sheet}.{view.column}"]
    listed = own_list(view, vocabulary)
    values = exploded(view.cells)
    unknown = ~found(values, listed, "valeur") & source_of(values).isin(source_of(listed))
    return naming(values[unknown], liste=vocabulary.label)


@RULES.live(
    "R20a", Severity.WARNING, "Un OO n’est pas dans le volet de son OS", at="oo.volet",
    sentence="L’OO {code} est dans le volet « {volet} », son OS {code_os} dans le volet"
    " « {volet_os} ».",
    expected="« {volet_os} », le volet de l’OS",
    remedy="Donnez à l’OO le volet de son OS, ou rattachez-le à un autre OS.",
    source="eComptes 201805V1 : les OS sont dans un volet, les OO dans un OS",
    extra_words={"volet_os": VOLET_OS},
    stage=Stage.DRAFT, since="2026.1",
    good="""
    OS
    code | volet
    1    | Interne

    OO
    code | code_os | volet
    1.1  | 1       | Interne
    """,
    bad="""
    OS
    code | volet
    1    | Interne

    OO
    code | code_os | volet
    1.1  | 1       | Externe
    """,
)  # fmt: skip
def volet_of_os(key: str) -> Expression:
    """Mark the OO whose volet is not that of their OS."""
    return Is(VOLET_OS, "<>", Col(key))


@RULES.live(
    "R20b", Severity.WARNING, "Une action n’est pas dans le volet de son OO", at="actions.volet",
    sentence="L’action {code} est dans le volet « {volet} », son OO {premier_oo} dans le volet"
    " « {volet_oo} ».",
    expected="« {volet_oo} », le volet du premier OO servi",
    remedy="Donnez à l’action le volet de son OO, ou rattachez-la à un autre OO.",
    source="eComptes 201805V1 : les OO sont dans un volet, les actions dans un OO",
    extra_words={"volet_oo": VOLET_OO, "premier_oo": FIRST_OO},
    stage=Stage.DRAFT, since="2026.1",
    good="""
    OO
    code | volet
    1.1  | Interne

    Actions
    code  | code_oo | volet
    1.1.1 | 1.1     | Interne
    """,
    bad="""
    OO
    code | volet
    1.1  | Interne

    Actions
    code  | code_oo | volet
    1.1.1 | 1.1     | Externe
    """,
)  # fmt: skip
def volet_of_oo(key: str) -> Expression:
    """Mark the actions whose volet is not that of the first OO they serve."""
    return Is(VOLET_OO, "<>", Col(key))
