"""Indicators: tied to something, said clearly, with a target in the right sense and readings."""

from __future__ import annotations

import re

from pst_excel.model.expressions.conditions import holds, unknown_code
from pst_excel.model.expressions.core import All, Col, Either, Filled, Is
from pst_excel.model.findings import Severity
from pst_excel.model.formulas import Expression
from pst_excel.model.joins import exploded, fetch, found
from pst_excel.model.rules import Marks, RuleBook, RuleView
from pst_excel.model.series import Series
from pst_excel.model.words.stages import Stage
from pst_excel.pst import vocabularies as v
from pst_excel.pst.rules.questions import FEW, any_piece, at_level, blank_beside, running, words_in
from pst_excel.pst.sheets.common import LIEN, NO_OS

RULES = RuleBook()

UNKNOWN = "En attendant, son atteinte est inconnue."

_WORD = re.compile("[A-Za-zÀ-ÖØ-öø-ÿŒœ]+")
LEVELS = dict(zip(v.NIVEAUX.labels, LIEN, strict=True))


@RULES.live(
    "R01c", Severity.ERROR, "Un indicateur ou un budget se rattache à un code qui n’existe pas",
    at=("indicateurs.code_lie", "budget.code_lie"),
    sentence="« {code_lie} » n’est pas un code du niveau « {niveau} ». En attendant, la ligne"
    f" {NO_OS}.",
    expected="un code qui existe au niveau « {niveau} »",
    remedy="Corrigez le code lié, ou le niveau.",
    needs=("os", "oo", "actions"),
    source="{loi} : indicateurs et moyens se rattachent aux objectifs et aux actions",
    stage=Stage.DRAFT, since="2026.1",
    good="""
    OO
    code
    1.1

    Indicateurs
    code | niveau | code_lie
    I1   | OO     | 1.1
    """,
    bad="""
    OO
    code
    1.1

    Indicateurs
    code | niveau | code_lie
    I1   | Action | 1.1
    """,
)  # fmt: skip
def level_has_code(key: str) -> Expression:
    """Mark the rows whose code does not exist at the level that they say."""
    lost = tuple(
        All((holds("niveau", level), unknown_code(key, sheet))) for level, sheet in LEVELS.items()
    )
    return All((Filled(key), Either(lost)))


@RULES.rule(
    "R06c", Severity.HINT, "Une action n’a pas d’indicateur", at="actions.code", gathered=FEW,
    sentence="Aucun indicateur ne mesure l’action {code}, ni un OO qu’elle sert.",
    expected="au moins un indicateur de réalisation",
    remedy="Ajoutez dans la feuille Indicateurs ce qui dira que l’action est faite.",
    source="usage : la démarche est accompagnée d’indicateurs de réalisation",
    stage=Stage.ADOPTION, since="2026.1",
    good="""
    Actions
    code  | type_action | statut
    1.1.1 | PST         | En cours

    Indicateurs
    code | niveau | code_lie
    I1   | Action | 1.1.1
    """,
    bad="""
    Actions
    code  | type_action | statut
    1.1.1 | PST         | En cours

    Indicateurs
    code | niveau | code_lie
    I1   | OS     | 1
    """,
)  # fmt: skip
def action_is_not_measured(view: RuleView) -> Series:
    """Mark the actions still running that no indicator measures, nor any OO that they serve."""
    goals = at_level(view["indicateurs"], v.NIVEAU_OO)
    served = exploded(view.here["code_oo"])
    # The indicators of an OO that is lent are with the service that holds it.
    lent = fetch(served, view["oo"], "role").notna()
    alone = ~any_piece(lent | found(served, goals, "code_lie"), view.here)
    own = at_level(view["indicateurs"], v.NIVEAU_ACTION)
    measured = found(view.here["code"], own, "code_lie")
    return alone & running(view.here) & view.cells.notna() & ~measured


@RULES.rule(
    "R12a", Severity.HINT, "Le libellé d’un indicateur ne dit pas ce que le nombre mesure",
    at="indicateurs.libelle",
    sentence="Le libellé « {libelle} » ne dit pas ce que le nombre mesure.",
    expected="un libellé d’au moins trois mots, comme « Nombre de mètres aménagés »",
    remedy="Dites ce qui est compté : « Nombre de … », « Part de … », « Délai de … ».",
    source="iA.PST : le libellé dit ce que le nombre veut dire",
    stage=Stage.DRAFT, since="2026.1",
    good="""
    Indicateurs
    code | libelle
    I1   | Nombre d’arbres plantés
    """,
    bad="""
    Indicateurs
    code | libelle
    I1   | Arbres 2026
    """,
)  # fmt: skip
def label_is_too_short(view: RuleView) -> Series:
    """Mark the labels of fewer than three words, a word being a run of letters."""
    return words_in(view.cells, _WORD) < 3


@RULES.live(
    "R12b", Severity.WARNING, "La cible d’un indicateur ne va pas dans son sens",
    at="indicateurs.cible",
    sentence="La cible de l’indicateur {code} ({cible}) ne va pas dans le sens « {sens} » : le"
    f" départ est {{valeur_depart}}. {UNKNOWN}",
    expected="une cible plus haute que le départ pour une hausse, plus basse pour une baisse",
    remedy="Corrigez la cible, la valeur de départ ou le sens.",
    source="usage : la cible est dans le sens de l’évolution voulue",
    stage=Stage.DRAFT, since="2026.1",
    good="""
    Indicateurs
    code | sens   | valeur_depart | cible
    I1   | Baisse | 14            | 7
    """,
    bad="""
    Indicateurs
    code | sens   | valeur_depart | cible
    I1   | Hausse | 14            | 7
    """,
)  # fmt: skip
def target_against_sense(key: str) -> Expression:
    """Mark the targets that turn their back on the sense of the indicator."""
    start = Col("valeur_depart")
    rising = All((holds("sens", v.HAUSSE), Is(Col(key), "<=", start)))
    falling = All((holds("sens", v.BAISSE), Is(Col(key), ">=", start)))
    return Either((rising, falling))


@RULES.rule(
    "R12c", Severity.HINT, "Un indicateur n’a encore aucune mesure",
    at="indicateurs.realise_*",
    gathered=FEW,
    sentence="L’indicateur {code} n’a aucune valeur réalisée, alors que l’exercice {exercice} est"
    f" clos. {UNKNOWN}",
    expected="au moins une valeur réalisée",
    remedy="Complétez « Réalisé {exercice} », ou dites en commentaire pourquoi la mesure manque.",
    source="iA.PST : une valeur atteinte par année",
    stage=Stage.FOLLOW_UP, since="2026.1",
    good="""
    Indicateurs
    code | cible | realise_2025
    I1   | 85    | 74
    """,
    bad="""
    Indicateurs
    code | cible | realise_2025
    I1   | 85    |
    """,
)  # fmt: skip
def never_measured(view: RuleView) -> Marks:
    """Return the indicators without any reading, once an exercice has ended."""
    last = int(min(view.parameters["date_observation"].year - 1, view.parameters["annee_fin"]))
    if view.column != f"realise_{last}":
        return Marks(view.here.index[:0])
    readings = view.here[[key for key in view.here.columns if key.startswith("realise_")]]
    unmeasured = view.here["cible"].notna() & readings.isna().all(axis=1)
    return Marks(unmeasured, {"exercice": str(last)})


@RULES.rule(
    "R12d", Severity.HINT, "Une valeur de départ n’a pas d’année", at="indicateurs.annee_depart",
    gathered=FEW,
    sentence="La valeur de départ de l’indicateur {code} ({valeur_depart}) n’a pas d’année.",
    expected="l’année de la valeur de départ",
    remedy="Complétez l’année de la valeur de départ.",
    source="usage : une valeur se lit avec sa date",
    stage=Stage.ADOPTION, since="2026.1",
    good="""
    Indicateurs
    code | valeur_depart | annee_depart
    I1   | 14            | 2024
    """,
    bad="""
    Indicateurs
    code | valeur_depart | annee_depart
    I1   | 14            |
    """,
)  # fmt: skip
def start_has_no_year(view: RuleView) -> Series:
    """Mark the starting values without a year."""
    return blank_beside(view, "valeur_depart")
