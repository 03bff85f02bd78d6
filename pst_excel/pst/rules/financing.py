"""Financing: where the money comes from, counted once, and how much of it is borrowed."""

from __future__ import annotations

import pandas as pd

from pst_excel.model.findings import Severity
from pst_excel.model.joins import found, source_of
from pst_excel.model.rules import Marks, RuleBook, RuleView
from pst_excel.model.series import Frame, Series
from pst_excel.model.words.stages import Stage
from pst_excel.pst import thresholds as t
from pst_excel.pst import vocabularies as v
from pst_excel.pst.rules.questions import FEW, blank_while, compared, said_year

RULES = RuleBook()

_EXTRAORDINARY = (v.EMPRUNT, v.EMPRUNT_AUTRUI, v.RESERVE, v.PRELEVEMENT)
_LINE = ("niveau", "code_lie", "exercice", "service_budgetaire", "source_financement")


@RULES.rule(
    "R17l", Severity.WARNING, "Les recettes d’un investissement ne font pas sa dépense",
    at="budget.prevu",
    sentence="Les recettes extraordinaires de {code_lie}, toutes années ensemble, font"
    " {recettes} €, ses dépenses {depenses} €.",
    expected="{depenses} € de recettes, toutes sources ensemble",
    remedy="Complétez les recettes, corrigez les montants, ou ne gardez que les dépenses, chacune"
    " avec sa source de financement.",
    source="usage : à l’extraordinaire, la somme des financements fait le coût",
    stage=Stage.ADOPTION, since="2026.2", thresholds=(t.ROUNDING,),
    good="""
    Budget
    code | niveau | code_lie | exercice | service_budgetaire | recette_depense | prevu
    B1   | Action | 1.1.1    | 2026     | Extraordinaire     | Dépense         | 250000
    B2   | Action | 1.1.1    | 2026     | Extraordinaire     | Recette         | 250000
    """,
    bad="""
    Budget
    code | niveau | code_lie | exercice | service_budgetaire | recette_depense | prevu
    B1   | Action | 1.1.1    | 2026     | Extraordinaire     | Dépense         | 250000
    B2   | Action | 1.1.1    | 2026     | Extraordinaire     | Recette         | 200000
    """,
)  # fmt: skip
def financing_makes_the_cost(view: RuleView) -> Marks:
    """Return the first recette of the investments whose recettes do not make their dépenses."""
    wanted = ["niveau", "code_lie", "recette_depense", "prevu"]
    lines = view.here[wanted][view.here["service_budgetaire"].eq(v.EXTRAORDINAIRE)]
    lines = lines.assign(code_lie=compared(lines["code_lie"]))
    income = lines["recette_depense"].eq(v.RECETTE)
    lines = lines[found(lines["code_lie"], lines[income], "code_lie")]
    income = income[lines.index]
    of = [source_of(lines), lines["niveau"], lines["code_lie"]]
    amounts = lines["prevu"].fillna(0.0)
    received = amounts.where(income, 0.0).groupby(of).transform("sum")
    spent = amounts.where(~income, 0.0).groupby(of).transform("sum")
    alike = lines[list(_LINE[:2])].assign(income=income, source=source_of(lines))
    first = income & ~alike.duplicated().to_numpy()  # without rows, pandas 3.0 forgets the index
    tolerated = view.threshold(t.ROUNDING, lines)
    marked = first & spent.gt(0) & received.sub(spent).abs().gt(tolerated)
    return Marks(lines.index[marked], {"recettes": received, "depenses": spent})


@RULES.rule(
    "R17m", Severity.HINT, "Un subside n’a pas de pouvoir subsidiant", at="budget.financeur",
    gathered=FEW,
    sentence="La ligne {code} est un subside de {prevu}, sans dire de qui.",
    expected="le pouvoir subsidiant : Wallonie, Europe, Province …",
    remedy="Choisissez le financeur dans la liste.",
    source="iA.PST : type de budget, le financeur de chaque montant",
    stage=Stage.ADOPTION, since="2026.2",
    good="""
    Budget
    code | niveau | code_lie | source_financement | financeur | prevu
    B1   | Action | 1.1.1    | Subside            | Wallonie  | 250000
    """,
    bad="""
    Budget
    code | niveau | code_lie | source_financement | financeur | prevu
    B1   | Action | 1.1.1    | Subside            |           | 250000
    """,
)  # fmt: skip
def subsidy_of_whom(view: RuleView) -> Series:
    """Mark the subsidies of which nobody says who gives them."""
    return blank_while(view, "source_financement", v.SUBSIDE)


@RULES.rule(
    "R17n", Severity.WARNING, "Une source d’investissement finance l’ordinaire",
    at="budget.source_financement",
    sentence="La ligne {code} est de l’ordinaire et serait financée par « {source_financement} ».",
    expected="fonds propres ou subside, ou le service « Extraordinaire »",
    remedy="Corrigez la source, ou le service.",
    source="plan comptable communal : emprunts, réserves et prélèvements sont de l’extraordinaire",
    stage=Stage.ADOPTION, since="2026.2", after=("R17c",),
    good="""
    Budget
    code | niveau | code_lie | service_budgetaire | source_financement
    B1   | Action | 1.1.1    | Extraordinaire     | Emprunt part communale
    """,
    bad="""
    Budget
    code | niveau | code_lie | service_budgetaire | source_financement
    B1   | Action | 1.1.1    | Ordinaire          | Emprunt part communale
    """,
)  # fmt: skip
def source_of_the_ordinary(view: RuleView) -> Series:
    """Mark the lines of the ordinaire financed as investments are."""
    return view.here["service_budgetaire"].eq(v.ORDINAIRE) & view.cells.isin(_EXTRAORDINARY)


@RULES.rule(
    "R17o", Severity.WARNING, "Une ligne de budget est écrite deux fois", at="budget.prevu",
    sentence="La ligne {code} répète la ligne {premiere} : même objet, même exercice, même source,"
    " même montant.",
    expected="une seule ligne, ou un libellé qui distingue les deux",
    remedy="Supprimez la ligne en double, ou dites dans le libellé ce qui la distingue.",
    source="usage : un montant ne compte qu’une fois",
    stage=Stage.DRAFT, since="2026.2",
    good="""
    Budget
    code | niveau | code_lie | exercice | libelle | prevu
    B1   | Action | 1.1.1    | 2026     | Études  | 12500
    B2   | Action | 1.1.1    | 2026     | Travaux | 12500
    """,
    bad="""
    Budget
    code | niveau | code_lie | exercice | libelle | prevu
    B1   | Action | 1.1.1    | 2026     | Études  | 12500
    B2   | Action | 1.1.1    | 2026     | Études  | 12500
    """,
)  # fmt: skip
def line_written_twice(view: RuleView) -> Marks:
    """Return the lines that say all that an earlier line says."""
    keys = [*_LINE, "recette_depense", "financeur", "article", "libelle", "prevu"]
    wanted = list(dict.fromkeys([*keys, "code"]))
    lines = view.here[wanted][view.cells.gt(0) & view.here["code_lie"].notna()]
    lines = lines.assign(code_lie=compared(lines["code_lie"]))
    # Few lines share an object and an amount: the rest of their words is compared for those.
    brief = lines[["code_lie", "prevu"]].assign(source=source_of(lines))
    lines = lines[brief.duplicated(keep=False).to_numpy()]
    words = lines[keys].assign(source=source_of(lines))
    twice = lines[words.duplicated(keep=False).to_numpy()]
    names = twice["code"].fillna("de la ligne " + _row(twice))
    keys_of = [twice[key] for key in keys]
    first = names.groupby([source_of(twice), *keys_of], dropna=False).transform("first")
    again = words.duplicated().reindex(twice.index).to_numpy()
    return Marks(twice.index[again], {"premiere": first})


def _row(rows: Frame) -> Series:
    numbers = rows.index.get_level_values("row").astype("str")
    return pd.Series(numbers, index=rows.index, dtype="str")


@RULES.rule(
    "R18", Severity.HINT, "Les emprunts dépassent la balise par habitant",
    at="identification.population", whole_plan_only=True,
    sentence="Les emprunts à charge de l’institution prévus en {exercice} font {par_habitant} € par"
    " habitant.",
    expected="au plus {seuil_emprunts} par habitant et par an",
    remedy="Vérifiez les montants et la population ; étalez les investissements, ou cherchez"
    " d’autres sources.",
    source="usage : balise d’emprunt des communes à l’équilibre, dans les circulaires budgétaires"
    " d’avant celle de 2026",
    stage=Stage.ADOPTION, since="2026.2", thresholds=(t.LOANS,),
    good="""
    Identification
    cle        | valeur
    type       | Commune
    population | 20000

    Budget
    code | niveau | code_lie | exercice | source_financement     | prevu
    B1   | Action | 1.1.1    | 2027     | Emprunt part communale | 3600000
    """,
    bad="""
    Identification
    cle        | valeur
    type       | Commune
    population | 20000

    Budget
    code | niveau | code_lie | exercice | source_financement     | prevu
    B1   | Action | 1.1.1    | 2027     | Emprunt part communale | 3700000
    """,
)  # fmt: skip
def loans_within_the_limit(view: RuleView) -> Marks:
    """Return the plans whose heaviest exercice borrows more an inhabitant than the limit."""
    lines = view["budget"]
    borrowed = lines["source_financement"].eq(v.EMPRUNT) & lines["sens_lu"].eq(v.DEPENSE)
    loans = lines[["exercice", "prevu"]][borrowed]
    by_year = loans.groupby([source_of(loans), "exercice"])["prevu"].sum().reset_index("exercice")
    worst = by_year.sort_values("prevu").groupby(level=0).last()
    sources = source_of(view.here)
    worst = worst.reindex(sources).set_axis(view.here.index)
    heads = worst["prevu"] / view.cells.where(view.cells > 0)
    over = heads.gt(view.threshold(t.LOANS)) & view.here["type"].eq(v.COMMUNE)
    years = said_year(worst["exercice"])
    return Marks(over, {"par_habitant": heads.round(), "exercice": years})
