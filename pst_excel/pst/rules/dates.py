"""The calendar: dates in their order, inside the legislature, effective ones not in the future."""

from __future__ import annotations

from pst_excel.model.expressions.conditions import before, blank, outside
from pst_excel.model.expressions.core import All, Col, Day, Is, Param
from pst_excel.model.findings import Severity
from pst_excel.model.formulas import Expression
from pst_excel.model.joins import exploded, fetch
from pst_excel.model.rules import Marks, RuleBook, RuleView
from pst_excel.model.words.stages import Stage
from pst_excel.pst.rules.questions import ROW, served

RULES = RuleBook()


@RULES.rule(
    "R07a", Severity.WARNING, "Une action finit après l’échéance de son OO", at="actions.echeance",
    sentence="L’échéance de l’action {code} ({echeance}) suit celle de son OO ({echeance_oo}).",
    expected="une échéance au plus tard le {echeance_oo}",
    remedy="Avancez l’échéance de l’action, ou reportez celle de l’OO.",
    source="iA.PST : l’échéance d’une action ne dépasse pas celle de son OO",
    stage=Stage.ADOPTION, since="2026.1",
    good="""
    OO
    code | echeance
    1.1  | 31/12/2027

    Actions
    code  | code_oo | echeance
    1.1.1 | 1.1     | 31/12/2027
    """,
    bad="""
    OO
    code | echeance
    1.1  | 31/12/2027

    Actions
    code  | code_oo | echeance
    1.1.1 | 1.1     | 30/06/2028
    """,
)  # fmt: skip
def due_after_oo(view: RuleView) -> Marks:
    """Return the actions due after the earliest due of the OO they serve."""
    due = fetch(exploded(view.here["code_oo"]), view["oo"], "echeance")
    first = due.groupby(level=ROW).min().reindex(view.here.index)
    return Marks(view.here["echeance"] > first, {"echeance_oo": first})


@RULES.rule(
    "R07b", Severity.HINT, "L’échéance d’un OO peut se déduire de ses actions", at="oo.echeance",
    sentence="L’échéance de l’OO {code} est vide ; la dernière de ses actions est au {derniere}.",
    expected="une échéance au plus tôt le {derniere}",
    remedy="Complétez l’échéance de l’OO, par exemple le {derniere}.",
    source="iA.PST : un OO sans échéance montre la dernière de ses actions",
    stage=Stage.ADOPTION, since="2026.1",
    good="""
    OO
    code | echeance
    1.1  | 31/12/2027

    Actions
    code  | code_oo | echeance
    1.1.1 | 1.1     | 30/06/2027
    """,
    bad="""
    OO
    code | echeance
    1.1  |

    Actions
    code  | code_oo | echeance
    1.1.1 | 1.1     | 30/06/2027
    """,
)  # fmt: skip
def oo_due_from_actions(view: RuleView) -> Marks:
    """Return the OO without a due date that some of their actions have."""
    actions = served(view, "echeance").dropna().sort_values("echeance", ascending=False)
    last = fetch(view.here["code"], actions, "echeance", "oo")
    return Marks(view.here["echeance"].isna() & last.notna(), {"derniere": last})


@RULES.live(
    "R08a", Severity.ERROR, "L’échéance précède le début prévu", at="actions.echeance",
    sentence="L’échéance de l’action {code} ({echeance}) précède son début prévu ({debut_prevu}).",
    expected="une échéance au plus tôt le {debut_prevu}",
    remedy="Corrigez l’échéance ou le début prévu.",
    source="usage : une action commence avant de finir",
    stage=Stage.DRAFT, since="2026.1",
    good="""
    Actions
    code  | debut_prevu | echeance
    1.1.1 | 01/03/2027  | 31/12/2027
    """,
    bad="""
    Actions
    code  | debut_prevu | echeance
    1.1.1 | 01/03/2027  | 31/12/2026
    """,
)  # fmt: skip
def due_before_start(key: str) -> Expression:
    """Mark the actions due before their planned start."""
    return before(key, "debut_prevu")


@RULES.live(
    "R08b", Severity.ERROR, "La fin effective précède le début", at="actions.fin_effective",
    sentence="L’action {code} a fini le {fin_effective} et commencé après, le {debut_effectif}.",
    expected="une fin effective au plus tôt le {debut_effectif}",
    remedy="Corrigez la fin effective ou le début effectif.",
    source="usage : une action commence avant de finir",
    stage=Stage.DRAFT, since="2026.1",
    good="""
    Actions
    code  | statut  | debut_effectif | fin_effective
    1.1.1 | Terminé | 01/03/2026     | 30/06/2026
    """,
    bad="""
    Actions
    code  | statut  | debut_effectif | fin_effective
    1.1.1 | Terminé | 01/03/2026     | 31/12/2025
    """,
)  # fmt: skip
def end_before_start(key: str) -> Expression:
    """Mark the actions that ended before they began."""
    return before(key, "debut_effectif")


@RULES.live(
    "R08c", Severity.WARNING, "Une date effective est dans le futur",
    at=("actions.debut_effectif", "actions.fin_effective"),
    sentence="L’action {code} porte en « {label} » le {valeur}, après la date d’observation"
    " ({observation}).",
    expected="une date au plus tard le {observation}, ou une date d’observation plus récente",
    remedy="Si c’est fait, reportez la date d’observation de la feuille Identification ; si c’est à"
    " venir, écrivez la date dans « Début prévu » ou « Échéance ».",
    source="usage : une date effective est celle d’un fait accompli à la date d’observation",
    extra_words={"observation": Param("date_observation")},
    stage=Stage.FOLLOW_UP, since="2026.1",
    good="""
    Actions
    code  | statut  | fin_effective
    1.1.1 | Terminé | 31/10/2026
    """,
    bad="""
    Actions
    code  | statut  | fin_effective
    1.1.1 | Terminé | 01/11/2026
    """,
)  # fmt: skip
def effective_in_future(key: str) -> Expression:
    """Mark the actions whose effective date comes after the date of observation."""
    return Is(Col(key), ">", Param("date_observation"))


FIRST_DAY, LAST_DAY = Day(Param("annee_debut"), 1, 1), Day(Param("annee_fin"), 12, 31)


def out_of_legislature(key: str) -> Expression:
    """Return the condition of a date outside the legislature."""
    return outside(key, FIRST_DAY, LAST_DAY)


@RULES.live(
    "R08d", Severity.WARNING, "Une date sort de la législature sans commentaire",
    at=("actions.echeance", "actions.debut_prevu", "oo.echeance"),
    sentence="{code} porte en « {label} » le {valeur}, hors de la législature {legislature}.",
    expected="une date de la législature {legislature}, ou un commentaire",
    remedy="Corrigez la date, ou expliquez-la dans la colonne du commentaire.",
    source="{loi} : le PST est celui d’une législature",
    stage=Stage.DRAFT, since="2026.1",
    good="""
    OO
    code | echeance   | commentaire
    1.1  | 31/12/2031 | Le chantier se poursuit après la législature.
    """,
    bad="""
    OO
    code | echeance   | commentaire
    1.1  | 31/12/2031 |
    """,
)  # fmt: skip
def outside_legislature(key: str) -> Expression:
    """Mark the rows dated outside the legislature that do not say why."""
    return All((out_of_legislature(key), blank("commentaire")))


@RULES.live(
    "R08e", Severity.HINT, "Une cible sort de la législature", at="indicateurs.echeance",
    sentence="La cible de {code} est attendue le {echeance}, hors de la législature {legislature}.",
    expected="une date de la législature {legislature}",
    remedy="Vérifiez la date, ou donnez une cible pour la fin de la législature.",
    source="{loi} : le PST est évalué au terme de la législature",
    stage=Stage.ADOPTION, since="2026.1",
    good="""
    Indicateurs
    code | echeance
    I1   | 31/12/2030
    """,
    bad="""
    Indicateurs
    code | echeance
    I1   | 31/12/2031
    """,
)  # fmt: skip
def target_outside_legislature(key: str) -> Expression:
    """Mark the indicators whose target is dated outside the legislature."""
    return out_of_legislature(key)
