"""Names: a code designates one row, a title is short and is not that of another row."""

from __future__ import annotations

from pst_excel.model.findings import Severity
from pst_excel.model.joins import fetch
from pst_excel.model.rules import Marks, RuleBook, RuleView
from pst_excel.model.words.stages import Stage
from pst_excel.pst import thresholds as t
from pst_excel.pst.rules.questions import compared, repeated
from pst_excel.text.spelling import fold

RULES = RuleBook()


@RULES.rule(
    "R04", Severity.ERROR, "Un code est utilisé deux fois dans la même feuille",
    at=("os.code", "oo.code", "actions.code", "indicateurs.code", "constat.code"),
    sentence="Le code {code} est déjà celui de la ligne {premiere} : ce qui le nomme compte pour"
    " celle-là.",
    expected="un code différent pour chaque ligne",
    remedy="Donnez un autre code à l’une des deux lignes, ou supprimez la ligne en double.",
    source="usage : un code désigne une seule ligne, et les autres feuilles y renvoient",
    stage=Stage.DRAFT, since="2026.1",
    good="""
    OO
    code
    1.1
    1.2
    """,
    bad="""
    OO
    code
    1.1
    1.1
    """,
)  # fmt: skip
def code_is_taken(view: RuleView) -> Marks:
    """Return the rows whose code an earlier row has."""
    rows = view.here[["code"]].assign(row=view.here.index.get_level_values("row").astype("str"))
    return Marks(repeated(view.cells), {"premiere": fetch(view.cells, rows, "row")})


LONG: dict[str, str] = {
    "sentence": "L’intitulé de « {code} » compte {longueur} caractères.",
    "expected": "{limite} caractères au plus",
    "remedy": "Raccourcissez l’intitulé et déplacez le détail dans une autre colonne de la ligne.",
    "source": "usage : un intitulé se lit d’un coup d’œil dans un tableau",
}


@RULES.rule(
    "R22a", Severity.HINT, "Un intitulé d’action est trop long pour les rapports",
    at="actions.intitule", **LONG, thresholds=(t.READABLE,),
    stage=Stage.DRAFT, since="2026.1",
    good="""
    Actions
    code  | intitule
    1.1.1 | Ouvrir une ligne de bus entre les villages
    """,
    bad="""
    Actions
    code  | intitule
    1.1.1 | Ouvrir une ligne de bus entre les villages, du lundi au samedi, de 6 h à 22 h, avec \
un arrêt devant chaque école et chaque maison de repos
    """,
)  # fmt: skip
@RULES.rule(
    "R22b", Severity.HINT, "Un intitulé d’objectif est trop long pour les rapports",
    at=("os.intitule", "oo.intitule"), whole_plan_only=True, **LONG,
    thresholds=(t.READABLE_GOAL,), stage=Stage.DRAFT, since="2026.1",
    good="""
    OS
    code | intitule
    1    | Être une commune où l’on se déplace sans voiture
    """,
    bad="""
    OS
    code | intitule
    1    | Être une commune où l’on se déplace sans voiture, à pied, à vélo, en bus et en train, \
de jour comme de nuit, dans tous les villages et jusqu’aux communes voisines, où chaque trajet \
court se fait en sécurité et sans attendre
    """,
)  # fmt: skip
def title_is_long(view: RuleView) -> Marks:
    """Return the titles longer than reports show, up to the limit that is an error."""
    limit = view.threshold(t.READABLE if view.sheet == "actions" else t.READABLE_GOAL)
    length = view.cells.str.len()
    long = length.gt(limit) & length.le(t.TITLE_LIMIT)
    return Marks(long, {"longueur": length, "limite": limit})


@RULES.rule(
    "R24", Severity.WARNING, "Un intitulé est utilisé deux fois",
    at=("oo.intitule", "actions.intitule"),
    sentence="{code} porte le même intitulé que {premier} : « {intitule} ».",
    expected="un intitulé différent",
    remedy="Gardez une seule des deux lignes, ou précisez ce qui les distingue.",
    source="usage : une action qui sert plusieurs OO s’écrit une fois, avec tous ses OO",
    stage=Stage.DRAFT, since="2026.1",
    good="""
    Actions
    code  | intitule
    1.1.1 | Aménager une piste cyclable rue de la Station
    1.1.2 | Aménager une piste cyclable rue du Moulin
    """,
    bad="""
    Actions
    code  | intitule
    1.1.1 | Aménager une piste cyclable rue de la Station
    1.1.2 | Amenager une piste cyclable rue de la station.
    """,
)  # fmt: skip
def title_is_taken(view: RuleView) -> Marks:
    """Return the rows whose title, spelling aside, an earlier row with another code has."""
    keys = {title: fold(title) for title in view.cells.dropna().unique()}
    rows = view.here[["code"]].assign(title=view.cells.map(keys).astype("str"))
    first = fetch(rows["title"], rows, "code", "title")
    other = compared(first).ne(compared(rows["code"]))
    return Marks(repeated(rows["title"]) & other, {"premier": first})
