"""What changed since the state before: jumps, steps back, dates put off without a word."""

from __future__ import annotations

import numpy as np

from pst_excel.model.findings import Severity
from pst_excel.model.joins import fetch
from pst_excel.model.rules import Marks, RuleBook, RuleView
from pst_excel.model.series import Series
from pst_excel.model.words.stages import Stage
from pst_excel.pst import thresholds as t
from pst_excel.pst import vocabularies as v
from pst_excel.pst.rules.likeness import another_matter
from pst_excel.pst.rules.questions import (
    compared,
    differing,
    earlier,
    exercice_of,
    many_times,
    this_year,
)
from pst_excel.pst.rules.readings import READINGS

RULES = RuleBook()


@RULES.rule(
    "R30a", Severity.WARNING, "Un montant a beaucoup changé depuis le retour précédent",
    at=("budget.prevu", "budget.inscrit"), needs_previous=True,
    sentence="« {label} » de la ligne {code} passe de {avant} € à {valeur}.",
    expected="un montant proche de {avant} €, ou un commentaire qui dit le changement",
    remedy="Vérifiez les zéros et l’unité ; si le montant est juste, dites pourquoi en"
    " commentaire.",
    source="usage : un montant multiplié ou divisé par cinq est souvent une faute de frappe",
    stage=Stage.ADOPTION, since="2026.2", thresholds=(t.JUMP, t.MATTERS),
    good="""
    Budget
    code | niveau | code_lie | exercice | prevu
    B1   | Action | 1.1.1    | 2026     | 275000

    Budget (avant)
    code | niveau | code_lie | exercice | prevu
    B1   | Action | 1.1.1    | 2026     | 250000
    """,
    bad="""
    Budget
    code | niveau | code_lie | exercice | prevu
    B1   | Action | 1.1.1    | 2026     | 2500000

    Budget (avant)
    code | niveau | code_lie | exercice | prevu
    B1   | Action | 1.1.1    | 2026     | 250000
    """,
)  # fmt: skip
def amount_jumps(view: RuleView) -> Marks:
    """Return the amounts many times above or below what they were, without a new comment."""
    before = earlier(view, view.column)
    jumps = many_times(view.cells, before, view.threshold(t.JUMP))
    matters = (view.cells - before).abs().ge(view.threshold(t.MATTERS))
    return _unsaid(view, jumps & matters, before)


def _unsaid(view: RuleView, changed: Series, before: Series) -> Marks:
    """Mark the changed rows whose comment is what it was; `avant` is what they were."""
    ids, comments = (view.here[key][changed] for key in ("id", "commentaire"))
    was = fetch(ids, view.before, "commentaire", "id").fillna("")
    return Marks(comments.index[comments.fillna("").eq(was)], {"avant": before})


@RULES.rule(
    "R30b", Severity.WARNING, "L’avancement d’une action recule", at="actions.avancement",
    needs_previous=True,
    sentence="L’avancement de l’action {code} passe de {avant} % à {avancement}, sans commentaire.",
    expected="au moins {avant} %, ou un commentaire qui dit pourquoi",
    remedy="Corrigez l’avancement, ou dites ce qui doit être refait.",
    source="usage : ce qui est fait ne se défait pas sans raison",
    stage=Stage.FOLLOW_UP, since="2026.2",
    good="""
    Actions
    code  | statut   | avancement
    1.1.1 | En cours | 60

    Actions (avant)
    code  | statut   | avancement
    1.1.1 | En cours | 40
    """,
    bad="""
    Actions
    code  | statut   | avancement
    1.1.1 | En cours | 40

    Actions (avant)
    code  | statut   | avancement
    1.1.1 | En cours | 60
    """,
)  # fmt: skip
def goes_back(view: RuleView) -> Marks:
    """Return the actions whose progress is less than it was, without a new comment."""
    before = earlier(view, "avancement")
    return _unsaid(view, view.cells < before, before)


@RULES.rule(
    "R30c", Severity.WARNING, "Une échéance est reportée sans un mot",
    at=("actions.echeance", "oo.echeance"), needs_previous=True,
    sentence="L’échéance de {code} passe du {avant} au {valeur}, sans commentaire.",
    expected="l’échéance du {avant}, ou un commentaire qui dit pourquoi elle est reportée",
    remedy="Dites en commentaire ce qui retarde.",
    source="usage : un report se motive",
    stage=Stage.FOLLOW_UP, since="2026.2",
    good="""
    Actions
    code  | echeance   | commentaire
    1.1.1 | 31/12/2027 | Le permis a pris six mois de plus.

    Actions (avant)
    code  | echeance   | commentaire
    1.1.1 | 30/06/2027 |
    """,
    bad="""
    Actions
    code  | echeance   | commentaire
    1.1.1 | 31/12/2027 |

    Actions (avant)
    code  | echeance   | commentaire
    1.1.1 | 30/06/2027 |
    """,
)  # fmt: skip
def put_off(view: RuleView) -> Marks:
    """Return the rows due later than they were, without a new comment."""
    before = earlier(view, "echeance")
    return _unsaid(view, view.cells > before, before)


@RULES.rule(
    "R30d", Severity.HINT, "Une action finie a repris", at="actions.statut", needs_previous=True,
    sentence="L’action {code} était « {avant} », elle est « {statut} », sans commentaire.",
    expected="« {avant} », ou un commentaire qui dit ce qui reprend",
    remedy="Corrigez le statut, ou dites en commentaire ce qui reprend.",
    source="iA.PST : une action finie peut être rouverte, l’historique dit pourquoi",
    stage=Stage.FOLLOW_UP, since="2026.2",
    good="""
    Actions
    code  | statut   | avancement | commentaire
    1.1.1 | En cours | 90         | La réception est refusée : finitions à reprendre.

    Actions (avant)
    code  | statut   | avancement | commentaire
    1.1.1 | Terminé  | 90         |
    """,
    bad="""
    Actions
    code  | statut   | avancement | commentaire
    1.1.1 | En cours | 90         |

    Actions (avant)
    code  | statut   | avancement | commentaire
    1.1.1 | Terminé  | 90         |
    """,
)  # fmt: skip
def opened_again(view: RuleView) -> Marks:
    """Return the actions that were finished or abandoned and are not any more."""
    before = earlier(view, "statut")
    again = before.isin(v.CLOS) & view.cells.notna() & ~view.cells.isin(v.CLOS)
    return _unsaid(view, again, before)


@RULES.rule(
    "R30e", Severity.HINT, "Une mesure déjà donnée a changé", at=READINGS, needs_previous=True,
    sentence="« {label} » de l’indicateur {code} valait {avant}, et vaut {valeur}.",
    expected="{avant}, ou un commentaire qui dit la correction",
    remedy="Vérifiez la mesure ; si elle est corrigée, dites-le en commentaire.",
    source="usage : une mesure publiée ne change pas en silence",
    stage=Stage.FOLLOW_UP, since="2026.2",
    good="""
    Indicateurs
    code | cible | realise_2025 | realise_2026
    I1   | 1200  | 300          | 400

    Indicateurs (avant)
    code | cible | realise_2025
    I1   | 1200  | 300
    """,
    bad="""
    Indicateurs
    code | cible | realise_2025 | realise_2026
    I1   | 1200  | 200          | 400

    Indicateurs (avant)
    code | cible | realise_2025
    I1   | 1200  | 300
    """,
)  # fmt: skip
def reading_changed(view: RuleView) -> Marks:
    """Return the readings of an exercice that has ended that are not what they were."""
    before = earlier(view, view.column)
    ended = this_year(view).gt(exercice_of(view.column))
    return _unsaid(view, differing(view.cells, before) & ended, before)


@RULES.rule(
    "R30f", Severity.WARNING, "Un intitulé n’a plus rien de ce qu’il était",
    at=("os.intitule", "oo.intitule", "actions.intitule"), needs_previous=True,
    sentence="{code} s’intitulait « {avant} », et s’intitule « {valeur} » : est-ce la même ligne ?",
    expected="un intitulé qui reste celui de la ligne, ou une ligne nouvelle",
    remedy="Si c’est autre chose, rendez à cette ligne son intitulé et ajoutez une ligne : budget,"
    " indicateurs et historique restent à la première.",
    source="usage : une ligne garde son objet, une autre idée est une autre ligne",
    stage=Stage.DRAFT, since="2026.2",
    good="""
    Actions
    code  | intitule
    1.1.1 | Aménager deux pistes cyclables rue du Moulin

    Actions (avant)
    code  | intitule
    1.1.1 | Aménager une piste cyclable rue de la Station
    """,
    bad="""
    Actions
    code  | intitule
    1.1.1 | Ouvrir une épicerie sociale

    Actions (avant)
    code  | intitule
    1.1.1 | Aménager une piste cyclable rue de la Station
    """,
)  # fmt: skip
def another_title(view: RuleView) -> Marks:
    """Return the rows whose title has nothing of the title of before."""
    before = earlier(view, view.column)
    changed = differing(view.cells, before)
    pairs = zip(view.cells[changed], before[changed], strict=True)
    other = [another_matter(now, was) for now, was in pairs]
    return Marks(view.here.index[changed][np.array(other, dtype=bool)], {"avant": before})


@RULES.rule(
    "R30g", Severity.HINT, "Le code d’une ligne a changé",
    at=("os.code", "oo.code", "actions.code", "indicateurs.code"), needs_previous=True,
    after=("R30f",),
    sentence="La ligne {code} avait le code {avant}.",
    expected="{avant}, ou un nouveau code que tous connaissent",
    remedy="Remettez {avant} si personne ne l’a voulu ; sinon, voyez ce qui le nomme encore :"
    " budget, indicateurs, délibérations.",
    source="usage : un code se cite dans les délibérations et les budgets, il ne change pas",
    stage=Stage.DRAFT, since="2026.2",
    good="""
    Indicateurs
    id | code
    a  | I1

    Indicateurs (avant)
    id | code
    a  | i1
    """,
    bad="""
    Indicateurs
    id | code
    a  | I2

    Indicateurs (avant)
    id | code
    a  | I1
    """,
)  # fmt: skip
def another_code(view: RuleView) -> Marks:
    """Return the rows whose code is not what it was, capitals aside."""
    before = earlier(view, "code")
    changed = differing(view.cells, before)
    now, was = (compared(codes[changed]) for codes in (view.cells, before))
    return Marks(now.index[now.ne(was)], {"avant": before})
