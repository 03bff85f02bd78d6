"""Objectives and actions said so that one can tell whether they are reached: what, how much, when.

Sources: the guide of the UVCW on objectives and indicators, and what published PST do.
"""

from __future__ import annotations

from pst_excel.model.findings import Severity
from pst_excel.model.joins import found, source_of
from pst_excel.model.rules import Marks, RuleBook, RuleView
from pst_excel.model.series import Series
from pst_excel.model.words.stages import Stage
from pst_excel.pst import thresholds as t
from pst_excel.pst import vocabularies as v
from pst_excel.pst.rules.questions import at_level, followed, lacking, telling
from pst_excel.pst.titles import begins_with_infinitive, comes_again, says_what_is_done

RULES = RuleBook()

_TO_BE = r"^(re)?(etre|devenir|rester|demeurer)\b|^faire (de|du|des) |^(une?|la|le) (commune|ville|"
_TO_BE += r"cite|cpas|centre public|province|institution|administration)\b"


@RULES.rule(
    "R13", Severity.HINT, "Rien ne dit à quoi l’on verra que l’OO est atteint", at="oo.intitule",
    sentence="Ni l’intitulé ni le résultat attendu de l’OO {code} ne portent de chiffre, et aucun"
    " indicateur ne le mesure.",
    expected="un chiffre et une date, comme « de 20 % d’ici 2029 », ou un indicateur de résultat",
    remedy="Dites combien et pour quand, ou ajoutez un indicateur au niveau « OO ».",
    source="UVCW : un objectif opérationnel est spécifique, mesurable et situé dans le temps",
    stage=Stage.ADOPTION, since="2026.2",
    good="""
    OO
    code | code_os | intitule
    1.1  | 1       | Réduire de 20 % l’énergie des bâtiments d’ici 2029
    """,
    bad="""
    OO
    code | code_os | intitule                               | resultat_attendu
    1.1  | 1       | Réduire la consommation des bâtiments  | Des bâtiments économes

    Indicateurs
    code | niveau | code_lie | libelle
    """,
)  # fmt: skip
def oo_is_measurable(view: RuleView) -> Series:
    """Mark the OO without a digit in their words and without an indicator of their own."""
    measures = at_level(view["indicateurs"], v.NIVEAU_OO)
    words = view.here["resultat_attendu"].fillna("") + view.cells
    figures = words.str.contains("[0-9]", regex=True).fillna(False).astype(bool)
    return view.cells.notna() & ~figures & ~found(view.here["code"], measures, "code_lie")


@RULES.rule(
    "R14a", Severity.HINT, "Un OS ne dit pas ce que l’institution veut être", at="os.intitule",
    sentence="L’intitulé de l’OS {code} ne dit pas ce que l’institution veut être.",
    expected="« Être {une_institution} qui … »",
    remedy="Commencez par « Être » : ce que l’on fait se dit dans les OO.",
    source="usage : un OS dit ce que l’on veut être, un OO ce que l’on veut faire",
    stage=Stage.DRAFT, since="2026.2",
    good="""
    OS
    code | intitule
    1    | Être une commune où l’on se déplace sans voiture
    """,
    bad="""
    OS
    code | intitule
    1    | Mobilité douce
    """,
)  # fmt: skip
def os_says_what_to_be(view: RuleView) -> Series:
    """Mark the OS that do not begin with « être » or with what the institution is."""
    return lacking(view.cells, _TO_BE)


@RULES.rule(
    "R14b", Severity.HINT, "Un OO ne commence pas par un verbe", at="oo.intitule",
    sentence="L’intitulé de l’OO {code} ne commence pas par un verbe à l’infinitif.",
    expected="un verbe à l’infinitif : « Réduire … », « Créer … »",
    remedy="Commencez par ce que l’on veut faire : « Réduire … », « Ouvrir … ».",
    source="usage : un OS dit ce que l’on veut être, un OO ce que l’on veut faire",
    stage=Stage.DRAFT, since="2026.2",
    good="""
    OO
    code | code_os | intitule
    1.1  | 1       | Doubler les pistes cyclables d’ici 2029
    """,
    bad="""
    OO
    code | code_os | intitule
    1.1  | 1       | Pistes cyclables : 12 km d’ici 2029
    """,
)  # fmt: skip
def oo_says_what_to_do(view: RuleView) -> Series:
    """Mark the OO that do not begin with an infinitive."""
    return view.cells.notna() & ~telling(view.cells, begins_with_infinitive)


@RULES.rule(
    "R14c", Severity.HINT, "Un intitulé d’action ne dit pas ce qui sera fait",
    at="actions.intitule",
    sentence="L’intitulé de l’action {code}, « {intitule} », ne dit pas ce qui sera fait.",
    expected="ce qui sera fait et sur quoi : « Aménager une aire de jeux », « Réfection du toit »",
    remedy="Commencez par un verbe ou par le nom de ce qui sera fait, puis dites quoi, où ou pour"
    " qui.",
    source="usage : une action dit un moyen concret",
    stage=Stage.DRAFT, since="2026.2",
    good="""
    Actions
    code  | intitule
    1.1.1 | Aménager une aire de jeux à la Station
    """,
    bad="""
    Actions
    code  | intitule
    1.1.1 | Aire de jeux à la Station
    """,
)  # fmt: skip
def action_says_what(view: RuleView) -> Series:
    """Mark the titles that do not begin with what is done, or not say on what."""
    return view.cells.notna() & ~telling(view.cells, says_what_is_done)


@RULES.rule(
    "R15", Severity.HINT, "Le PST compte beaucoup d’OS", at="os.code", whole_plan_only=True,
    sentence="Le PST compte {nombre} OS.",
    expected="{seuil_os} OS au plus ; la plupart des PST en ont de 3 à 13",
    remedy="Regroupez les OS proches : trop d’OS ne disent plus de choix.",
    source="usage : les PST publiés ont de 3 à 37 OS, le plus souvent moins de 13",
    stage=Stage.DRAFT, since="2026.2", thresholds=(t.MANY_OS,),
    good="""
    OS
    code
    1
    """,
    bad="""
    OS
    code
    1
    2
    3
    4
    5
    6
    7
    8
    9
    10
    11
    12
    13
    14
    15
    16
    """,
)  # fmt: skip
def too_many_os(view: RuleView) -> Marks:
    """Return the first OS beyond the number that few plans have."""
    of = source_of(view.here)
    by_source = view.cells.groupby(of)
    beyond = by_source.cumcount().eq(view.threshold(t.MANY_OS).floordiv(1))
    return Marks(beyond, {"nombre": by_source.transform("size")})


@RULES.rule(
    "R16a", Severity.HINT, "Une action ressemble à une tâche récurrente",
    at="actions.type_action",
    sentence="« {intitule} » ressemble à une tâche récurrente ; l’action {code} est comptée comme"
    " un projet.",
    expected="« Pérenne » pour une tâche qui revient, « PST » pour un projet qui se termine",
    remedy="Choisissez « Pérenne », ou dites ce qui sera changé et pour quand.",
    source="usage : les tâches récurrentes et légales ne sont pas dans le PST (Burdinne)",
    stage=Stage.ADOPTION, since="2026.2",
    good="""
    Actions
    code  | intitule                                          | type_action
    1.1.1 | Poursuivre la rénovation de l’école du Moulin     | PST
    1.1.2 | Entretenir chaque année les sentiers de promenade | Pérenne
    """,
    bad="""
    Actions
    code  | intitule                                          | type_action
    1.1.1 | Entretenir chaque année les sentiers de promenade | PST
    """,
)  # fmt: skip
def looks_recurrent(view: RuleView) -> Series:
    """Mark the projects whose title speaks of what comes again and again."""
    return followed(view.here) & telling(view.here["intitule"], comes_again)
