"""Budget articles: their form, their economic code, what it says of the service and of the sense.

Source of the codes: the communal chart of accounts, shipped in `pst_excel/pst/data`.
"""

from __future__ import annotations

from pst_excel.model.findings import Severity
from pst_excel.model.joins import mapped
from pst_excel.model.rules import Marks, RuleBook, RuleView
from pst_excel.model.series import Series
from pst_excel.model.words.stages import Stage
from pst_excel.pst import vocabularies as v
from pst_excel.pst.accounts import chart, economic
from pst_excel.pst.rules.questions import blank_while, differing

RULES = RuleBook()

_SERVICES = {c.code: c.label for c in v.SERVICES_BUDGETAIRES.choices}
_SENSES = {c.code: c.label for c in v.RECETTE_DEPENSE.choices}
_PLAN = "plan comptable communal : chaque code économique fixe le service et le sens"


def _codes(view: RuleView) -> Series:
    """Return the economic code of each line; blank where its article has another form."""
    return mapped(view.here["article"], economic, "str")


def _said(codes: Series, at: int) -> Series:
    """Return what the chart says of each code: its label (0), R or D (1), O or E (2)."""
    known = chart()
    return mapped(codes, lambda code: known[code][at] if code in known else None, "str")


@RULES.rule(
    "R17a", Severity.WARNING, "Un article budgétaire n’a pas la forme attendue",
    at="budget.article",
    sentence="L’article « {article} » n’est pas de la forme fonction / code économique.",
    expected="une fonction de trois à cinq chiffres, une barre, un code économique : 421/731-60",
    remedy="Recopiez l’article tel qu’il figure au budget ; le texte va dans « Libellé ».",
    source="plan comptable communal : article = code fonctionnel / code économique",
    stage=Stage.DRAFT, since="2026.2",
    good="""
    Budget
    code | niveau | code_lie | article
    B1   | Action | 1.1.1    | 421/731-60
    """,
    bad="""
    Budget
    code | niveau | code_lie | article
    B1   | Action | 1.1.1    | 731-60 voirie
    """,
)  # fmt: skip
def article_form(view: RuleView) -> Series:
    """Mark the articles from which no economic code can be read."""
    return view.cells.notna() & _codes(view).isna()


@RULES.rule(
    "R17b", Severity.WARNING, "Un code économique n’existe pas", at="budget.article",
    sentence="Le code économique {economique} de l’article « {article} » n’est pas au plan"
    " comptable.",
    expected="un des 672 codes économiques du plan comptable",
    remedy="Vérifiez l’article au budget : deux chiffres y sont peut-être inversés.",
    source=_PLAN,
    stage=Stage.DRAFT, since="2026.2",
    good="""
    Budget
    code | niveau | code_lie | article
    B1   | Action | 1.1.1    | 421/731-60
    """,
    bad="""
    Budget
    code | niveau | code_lie | article
    B1   | Action | 1.1.1    | 421/713-60
    """,
)  # fmt: skip
def economic_code_exists(view: RuleView) -> Marks:
    """Return the lines of which the economic code is not in the chart."""
    codes = _codes(view)
    return Marks(codes.notna() & _said(codes, 0).isna(), {"economique": codes})


@RULES.rule(
    "R17c", Severity.ERROR, "Le service du budget contredit le code économique",
    at="budget.service_budgetaire",
    sentence="L’article « {article} » ({intitule_economique}) est du service « {service_du_code} »,"
    " la ligne dit « {service_budgetaire} ».",
    expected="« {service_du_code} », le service de ce code économique",
    remedy="Corrigez le service, ou l’article.",
    source=_PLAN,
    stage=Stage.ADOPTION, since="2026.2",
    good="""
    Budget
    code | niveau | code_lie | service_budgetaire | article
    B1   | Action | 1.1.1    | Extraordinaire     | 421/731-60
    """,
    bad="""
    Budget
    code | niveau | code_lie | service_budgetaire | article
    B1   | Action | 1.1.1    | Ordinaire          | 421/731-60
    """,
)  # fmt: skip
def service_of_the_code(view: RuleView) -> Marks:
    """Return the lines whose service is not that of their economic code."""
    codes = _codes(view)
    service = mapped(_said(codes, 2), _SERVICES.get, "str")
    differs = differing(view.cells, service)
    return Marks(differs, {"service_du_code": service, "intitule_economique": _said(codes, 0)})


@RULES.rule(
    "R17d", Severity.ERROR, "Le sens de la ligne contredit le code économique",
    at="budget.recette_depense",
    sentence="L’article « {article} » ({intitule_economique}) est une {sens_du_code}, la ligne dit"
    " « {recette_depense} ».",
    expected="une {sens_du_code}, le sens de ce code économique",
    remedy="Corrigez « R/D », ou l’article.",
    source=_PLAN,
    stage=Stage.ADOPTION, since="2026.2",
    good="""
    Budget
    code | niveau | code_lie | recette_depense | article
    B1   | Action | 1.1.1    | Dépense         | 421/731-60
    """,
    bad="""
    Budget
    code | niveau | code_lie | recette_depense | article
    B1   | Action | 1.1.1    | Recette         | 421/731-60
    """,
)  # fmt: skip
def sense_of_the_code(view: RuleView) -> Marks:
    """Return the lines whose sense is not that of their economic code; a blank is a dépense."""
    codes = _codes(view)
    sense = mapped(_said(codes, 1), _SENSES.get, "str")
    differs = differing(view.cells.fillna(v.DEPENSE), sense)
    words = {"sens_du_code": sense.str.lower(), "intitule_economique": _said(codes, 0)}
    return Marks(differs, words)


_NUMBER = r"20[0-9][0-9][ -]?[0-9]{4}"


@RULES.rule(
    "R17e", Severity.HINT, "Un investissement inscrit n’a pas de numéro de projet",
    at="budget.projet_extraordinaire",
    sentence="La ligne {code} inscrit {inscrit} à l’extraordinaire sans numéro de projet.",
    expected="le numéro du projet extraordinaire, huit chiffres comme 20260012",
    remedy="Recopiez le numéro que le budget donne à ce projet.",
    source="usage : tout projet extraordinaire inscrit au budget porte un numéro",
    stage=Stage.FOLLOW_UP, since="2026.2",
    good="""
    Budget
    code | niveau | code_lie | service_budgetaire | projet_extraordinaire | inscrit
    B1   | Action | 1.1.1    | Extraordinaire     | 20260012              | 250000
    """,
    bad="""
    Budget
    code | niveau | code_lie | service_budgetaire | projet_extraordinaire | inscrit
    B1   | Action | 1.1.1    | Extraordinaire     |                       | 250000
    """,
)  # fmt: skip
def investment_has_a_number(view: RuleView) -> Series:
    """Mark the lines entered in the extraordinaire without the number of a project."""
    unnumbered = blank_while(view, "service_budgetaire", v.EXTRAORDINAIRE)
    return unnumbered & view.here["inscrit"].gt(0)


@RULES.rule(
    "R17f", Severity.WARNING, "Un numéro de projet n’a pas la forme attendue",
    at="budget.projet_extraordinaire",
    sentence="« {projet_extraordinaire} » n’est pas un numéro de projet extraordinaire.",
    expected="huit chiffres : l’année puis un numéro, comme 20260012",
    remedy="Recopiez le numéro du budget, ou déplacez ce texte en commentaire.",
    source="usage : l’année puis quatre chiffres",
    stage=Stage.DRAFT, since="2026.2",
    good="""
    Budget
    code | niveau | code_lie | projet_extraordinaire
    B1   | Action | 1.1.1    | 20260012
    """,
    bad="""
    Budget
    code | niveau | code_lie | projet_extraordinaire
    B1   | Action | 1.1.1    | 12
    """,
)  # fmt: skip
def number_form(view: RuleView) -> Series:
    """Mark the numbers of projects that are not a year and four digits."""
    return view.cells.notna() & ~view.cells.str.fullmatch(_NUMBER).fillna(False).astype(bool)


@RULES.rule(
    "R17g", Severity.HINT, "Une ligne ordinaire porte un numéro de projet extraordinaire",
    at="budget.projet_extraordinaire",
    sentence="La ligne {code} est de l’ordinaire et porte le numéro de projet"
    " {projet_extraordinaire}.",
    expected="une cellule vide, ou le service « Extraordinaire »",
    remedy="Corrigez le service, ou effacez le numéro.",
    source="usage : seuls les investissements ont un numéro de projet extraordinaire",
    stage=Stage.DRAFT, since="2026.2", after=("R17c",),
    good="""
    Budget
    code | niveau | code_lie | service_budgetaire | projet_extraordinaire
    B1   | Action | 1.1.1    | Ordinaire          |
    """,
    bad="""
    Budget
    code | niveau | code_lie | service_budgetaire | projet_extraordinaire
    B1   | Action | 1.1.1    | Ordinaire          | 20260012
    """,
)  # fmt: skip
def number_of_the_ordinary(view: RuleView) -> Series:
    """Mark the lines of the ordinaire that carry the number of a project."""
    return view.cells.notna() & view.here["service_budgetaire"].eq(v.ORDINAIRE)
