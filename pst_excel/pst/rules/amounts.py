"""Amounts: their exercice, their order, their financing, and what the state of the action says."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pst_excel.expressions import All, Col, Const, Either, Expression, Is, Not, Param
from pst_excel.findings import Severity
from pst_excel.joins import Frame, found, source_of
from pst_excel.pst import vocabularies as v
from pst_excel.pst.rules.book import RULES, day, of_action
from pst_excel.rulebook import Book
from pst_excel.stages import Stage

_EXTRAORDINARY = (v.EMPRUNT, v.EMPRUNT_AUTRUI, v.RESERVE, v.PRELEVEMENT)
_LINE = ("niveau", "code_lie", "exercice", "service_budgetaire", "source_financement")
_SPENT = Not(Is(Col("recette_depense"), "=", Const(v.RECETTE)))
_TOLERANCE = 1.0  # euro: amounts are rounded line by line
BALISE = 180  # euros an inhabitant and a year, of loans that the commune repays


@RULES.live(
    "R17h", Severity.WARNING, "Un exercice sort de la législature", at="budget.exercice",
    sentence="La ligne porte l’exercice {exercice}, hors de la législature {legislature}.",
    expected="un exercice de la législature {legislature}",
    remedy="Corrigez l’exercice ; ce qui suit la législature se dit en commentaire.",
    source="CDLD L1123-27 : le PST est celui d’une législature",
    stage=Stage.DRAFT, since="2026.2",
    good="""
    Budget
    code | niveau | code_lie | exercice
    B1   | Action | 1.1.1    | 2026
    """,
    bad="""
    Budget
    code | niveau | code_lie | exercice
    B1   | Action | 1.1.1    | 2032
    """,
)  # fmt: skip
def exercice_of_the_legislature(key: str) -> Expression:
    """Mark the exercices before the year of the elections or after the last one."""
    before = Is(Col(key), "<", Param("annee_debut"))
    return Either((before, Is(Col(key), ">", Param("annee_fin"))))


@RULES.live(
    "R17i", Severity.WARNING, "Le montant engagé dépasse le montant inscrit", at="budget.engage",
    sentence="La dépense engagée ({engage}) dépasse le crédit inscrit ({inscrit}).",
    expected="un montant engagé d’au plus {inscrit}",
    remedy="Corrigez le montant, ou mettez à jour le crédit après la modification budgétaire.",
    source="usage : une dépense ne s’engage que dans les limites du crédit inscrit",
    stage=Stage.FOLLOW_UP, since="2026.2",
    good="""
    Budget
    code | niveau | code_lie | inscrit | engage
    B1   | Action | 1.1.1    | 250000  | 240000
    """,
    bad="""
    Budget
    code | niveau | code_lie | inscrit | engage
    B1   | Action | 1.1.1    | 250000  | 260000
    """,
)  # fmt: skip
def committed_within_budget(key: str) -> Expression:
    """Mark the dépenses committed beyond what the budget enters."""
    return All((Is(Col(key), ">", Col("inscrit")), _SPENT))


@RULES.live(
    "R17j", Severity.WARNING, "Le montant réalisé dépasse le montant engagé", at="budget.realise",
    sentence="La dépense réalisée ({realise}) dépasse le montant engagé ({engage}).",
    expected="un montant réalisé d’au plus {engage}",
    remedy="Corrigez l’un des deux montants : on ne paie que ce qui est engagé.",
    source="usage : une dépense s’engage avant de se payer",
    stage=Stage.FOLLOW_UP, since="2026.2",
    good="""
    Budget
    code | niveau | code_lie | inscrit | engage | realise
    B1   | Action | 1.1.1    | 250000  | 240000 | 120000
    """,
    bad="""
    Budget
    code | niveau | code_lie | inscrit | engage | realise
    B1   | Action | 1.1.1    | 250000  | 120000 | 240000
    """,
)  # fmt: skip
def paid_within_commitment(key: str) -> Expression:
    """Mark the dépenses paid beyond what is committed."""
    return All((Is(Col(key), ">", Col("engage")), _SPENT))


@RULES.rule(
    "R17k", Severity.WARNING, "Un exercice à venir a déjà des dépenses",
    at=("budget.engage", "budget.realise"),
    sentence="« {label} » vaut {valeur} pour l’exercice {exercice}, qui n’a pas commencé à la date"
    " d’observation.",
    expected="une cellule vide jusqu’à l’exercice {exercice}",
    remedy="Corrigez l’exercice, ou déplacez le montant dans « Prévu ».",
    source="usage : rien ne s’engage sur un exercice qui n’est pas ouvert",
    stage=Stage.FOLLOW_UP, since="2026.2",
    good="""
    Budget
    code | niveau | code_lie | exercice | inscrit | engage
    B1   | Action | 1.1.1    | 2026     | 5000    | 5000
    """,
    bad="""
    Budget
    code | niveau | code_lie | exercice | inscrit | engage
    B1   | Action | 1.1.1    | 2028     | 5000    | 5000
    """,
)  # fmt: skip
def nothing_before_its_exercice(book: Book) -> pd.Series[Any]:
    """Mark the amounts committed or paid on an exercice that has not begun."""
    return book.cells.gt(0) & book.here["exercice"].gt(day(book).dt.year)


@RULES.rule(
    "R17l", Severity.WARNING, "Les recettes d’un investissement ne font pas sa dépense",
    at="budget.prevu",
    sentence="Les recettes extraordinaires de {code_lie}, toutes années ensemble, font"
    " {recettes} €, ses dépenses {depenses} €.",
    expected="{depenses} € de recettes, toutes sources ensemble",
    remedy="Complétez les recettes, corrigez les montants, ou ne gardez que les dépenses, chacune"
    " avec sa source de financement.",
    source="usage : à l’extraordinaire, la somme des financements fait le coût",
    stage=Stage.ADOPTION, since="2026.2",
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
def financing_makes_the_cost(book: Book) -> Frame:
    """Return the first recette of the investments whose recettes do not make their dépenses."""
    lines = book.here[book.here["service_budgetaire"].eq(v.EXTRAORDINAIRE)]
    income = lines["recette_depense"].eq(v.RECETTE)
    lines = lines[found(lines["code_lie"], lines[income], "code_lie")]
    income = income[lines.index]
    of = [source_of(lines), lines["niveau"], lines["code_lie"]]
    amounts = lines["prevu"].fillna(0.0)
    received = amounts.where(income, 0.0).groupby(of).transform("sum")
    spent = amounts.where(~income, 0.0).groupby(of).transform("sum")
    first = (
        income
        & ~pd.concat([lines[list(_LINE[:2])], income], axis=1)
        .assign(source=source_of(lines))
        .duplicated()
    )
    rows = lines.assign(recettes=received, depenses=spent)
    return rows[first & spent.gt(0) & received.sub(spent).abs().gt(_TOLERANCE)]


@RULES.rule(
    "R17m", Severity.HINT, "Un subside n’a pas de pouvoir subsidiant", at="budget.financeur",
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
def subsidy_of_whom(book: Book) -> pd.Series[Any]:
    """Mark the subsidies of which nobody says who gives them."""
    return book.here["source_financement"].eq(v.SUBSIDE) & book.cells.isna()


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
def source_of_the_ordinary(book: Book) -> pd.Series[Any]:
    """Mark the lines of the ordinaire financed as investments are."""
    return book.here["service_budgetaire"].eq(v.ORDINAIRE) & book.cells.isin(_EXTRAORDINARY)


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
def line_written_twice(book: Book) -> Frame:
    """Return the lines that say all that an earlier line says."""
    keys = [*_LINE, "recette_depense", "financeur", "article", "libelle", "prevu"]
    lines = book.here[book.cells.gt(0) & book.here["code_lie"].notna()]
    # Few lines share an object and an amount: the rest of their words is compared for those.
    brief = lines[["code_lie", "prevu"]].assign(source=source_of(lines))
    lines = lines[brief.duplicated(keep=False).to_numpy()]
    said = lines[keys].assign(source=source_of(lines))
    twice = lines[said.duplicated(keep=False).to_numpy()]
    names = twice["code"].fillna("de la ligne " + _row(twice))
    keys_of = [twice[key] for key in keys]
    first = names.groupby([source_of(twice), *keys_of], dropna=False).transform("first")
    return twice.assign(premiere=first)[said.duplicated().reindex(twice.index).to_numpy()]


def _row(rows: Frame) -> pd.Series[Any]:
    numbers = rows.index.get_level_values("row").astype("str")
    return pd.Series(numbers, index=rows.index, dtype="str")


@RULES.rule(
    "R17p", Severity.WARNING, "Une action non commencée a déjà des dépenses", at="budget.realise",
    sentence="{realise} sont réalisés pour l’action {code_lie}, qui est « Non commencé ».",
    expected="une action en cours, ou une cellule vide",
    remedy="Mettez à jour le statut de l’action, ou corrigez le montant.",
    source="usage : une dépense réalisée suppose une action entamée",
    stage=Stage.FOLLOW_UP, since="2026.2",
    good="""
    Actions
    code  | statut   | debut_prevu
    1.1.1 | En cours | 01/12/2026

    Budget
    code | niveau | code_lie | inscrit | engage | realise
    B1   | Action | 1.1.1    | 12500   | 12500  | 12500
    """,
    bad="""
    Actions
    code  | statut       | debut_prevu
    1.1.1 | Non commencé | 01/12/2026

    Budget
    code | niveau | code_lie | inscrit | engage | realise
    B1   | Action | 1.1.1    | 12500   | 12500  | 12500
    """,
)  # fmt: skip
def spent_before_it_began(book: Book) -> pd.Series[Any]:
    """Mark the amounts paid for an action that has not begun."""
    return book.cells.gt(0) & of_action(book, "statut").eq(v.NON_COMMENCE)


@RULES.rule(
    "R17q", Severity.HINT, "Une action terminée n’a pas ses dépenses réalisées",
    at="budget.realise",
    sentence="L’action {code_lie} est terminée ; des {prevu} prévus en {exercice}, rien n’est dit"
    " réalisé.",
    expected="le montant payé, 0 s’il n’a rien coûté",
    remedy="Complétez le montant réalisé : l’évaluation compare le coût prévu et le coût réel.",
    source="CDLD L1123-27 : le PST est évalué au terme de la législature",
    stage=Stage.EVALUATION, since="2026.2",
    good="""
    Actions
    code  | statut  | debut_prevu
    1.1.1 | Terminé | 01/03/2025

    Budget
    code | niveau | code_lie | exercice | prevu | inscrit | engage | realise
    B1   | Action | 1.1.1    | 2025     | 12500 | 12500   | 12000  | 11800
    """,
    bad="""
    Actions
    code  | statut  | debut_prevu
    1.1.1 | Terminé | 01/03/2025

    Budget
    code | niveau | code_lie | exercice | prevu | inscrit | engage | realise
    B1   | Action | 1.1.1    | 2025     | 12500 | 12500   | 12000  |
    """,
)  # fmt: skip
def finished_without_its_cost(book: Book) -> pd.Series[Any]:
    """Mark the lines of finished actions, of an exercice that has begun, without what was paid."""
    begun = book.here["exercice"].le(day(book).dt.year)
    finished = of_action(book, "statut").eq(v.TERMINE)
    return finished & begun & book.here["prevu"].gt(0) & book.cells.isna()


@RULES.rule(
    "R17r", Severity.HINT, "Une action abandonnée garde des montants à venir", at="budget.prevu",
    sentence="L’action {code_lie} est abandonnée, et {prevu} restent prévus en {exercice}.",
    expected="0, ou une action qui n’est pas abandonnée",
    remedy="Ramenez à 0 ce qui ne sera pas dépensé.",
    source="usage : ce qui est abandonné ne coûte plus",
    stage=Stage.FOLLOW_UP, since="2026.2",
    good="""
    Actions
    code  | statut
    1.1.1 | Abandonné

    Budget
    code | niveau | code_lie | exercice | prevu
    B1   | Action | 1.1.1    | 2028     | 0
    """,
    bad="""
    Actions
    code  | statut
    1.1.1 | Abandonné

    Budget
    code | niveau | code_lie | exercice | prevu
    B1   | Action | 1.1.1    | 2028     | 12500
    """,
)  # fmt: skip
def abandoned_still_costs(book: Book) -> pd.Series[Any]:
    """Mark the amounts planned after the date of observation for abandoned actions."""
    ahead = book.here["exercice"].gt(day(book).dt.year)
    return ahead & book.cells.gt(0) & of_action(book, "statut").eq(v.ABANDONNE)


@RULES.rule(
    "R17s", Severity.HINT, "Un exercice tombe hors du calendrier de l’action",
    at="budget.exercice",
    sentence="L’exercice {exercice} tombe hors du calendrier de l’action {code_lie}, prévue de"
    " {debut} à {fin}.",
    expected="un exercice de {debut} à {fin}, une année avant ou après au plus",
    remedy="Corrigez l’exercice, ou les dates de l’action.",
    source="usage : on étudie une action l’année d’avant, on la paie jusqu’à l’année d’après",
    stage=Stage.ADOPTION, since="2026.2", after=("R17h",),
    good="""
    Actions
    code  | debut_prevu | echeance
    1.1.1 | 01/03/2026  | 31/12/2027

    Budget
    code | niveau | code_lie | exercice
    B1   | Action | 1.1.1    | 2028
    """,
    bad="""
    Actions
    code  | debut_prevu | echeance
    1.1.1 | 01/03/2026  | 31/12/2027

    Budget
    code | niveau | code_lie | exercice
    B1   | Action | 1.1.1    | 2029
    """,
)  # fmt: skip
def exercice_of_the_action(book: Book) -> Frame:
    """Return the lines two years before an action begins, or two years after its end."""
    start, end = (of_action(book, key).dt.year for key in ("debut_prevu", "echeance"))
    outside = book.cells.lt(start - 1) | book.cells.gt(end + 1)
    rows: Frame = book.here.assign(debut=start, fin=end)[outside & start.le(end)]
    return rows.astype({"debut": "int64", "fin": "int64"}).astype({"debut": "str", "fin": "str"})


@RULES.rule(
    "R18", Severity.HINT, "Les emprunts dépassent la balise par habitant",
    at="identification.population", whole=True,
    sentence="Les emprunts à charge de l’institution prévus en {exercice} font {par_habitant} € par"
    " habitant.",
    expected=f"au plus {BALISE} € par habitant et par an",
    remedy="Vérifiez les montants et la population ; étalez les investissements, ou cherchez"
    " d’autres sources.",
    source="usage : balise d’investissement des communes à l’équilibre, en part communale",
    stage=Stage.ADOPTION, since="2026.2",
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
def loans_within_the_limit(book: Book) -> Frame:
    """Return the plans whose heaviest exercice borrows more an inhabitant than the limit."""
    lines = book["budget"]
    loans = lines[lines["source_financement"].eq(v.EMPRUNT) & lines["sens_lu"].eq(v.DEPENSE)]
    by_year = loans.groupby([source_of(loans), "exercice"])["prevu"].sum().reset_index("exercice")
    worst = by_year.sort_values("prevu").groupby(level=0).last()
    sources = source_of(book.here)
    heads = worst["prevu"].reindex(sources).to_numpy() / book.cells.where(book.cells > 0)
    years = worst["exercice"].reindex(sources).to_numpy()
    over = heads.gt(BALISE) & book.here["type"].eq(v.COMMUNE)
    rows: Frame = book.here.assign(par_habitant=heads, exercice=years)[over]
    return rows.assign(
        par_habitant=rows["par_habitant"].round(),
        exercice=rows["exercice"].astype("int64").astype("str"),
    )
