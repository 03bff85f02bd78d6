"""The pace of actions: due dates out of reach, people with too many of them, rows gone stale."""

from __future__ import annotations

import pandas as pd

from pst_excel.model.findings import Severity
from pst_excel.model.joins import source_of
from pst_excel.model.rules import Marks, RuleBook, RuleView
from pst_excel.model.series import Series
from pst_excel.model.words.stages import Stage
from pst_excel.pst import thresholds as t
from pst_excel.pst import vocabularies as v
from pst_excel.pst.rules.questions import day, running

RULES = RuleBook()


@RULES.rule(
    "R25", Severity.HINT, "Au rythme actuel, l’échéance est hors d’atteinte",
    at="actions.echeance", after=("R08a", "R10a", "R09i"),
    sentence="L’action {code}, commencée le {debut_effectif}, est à {avancement} ; à ce rythme,"
    " elle finirait vers {mois}, après son échéance du {echeance}.",
    expected="un rythme qui mène à 100 % pour le {echeance}, ou une échéance reportée",
    remedy="Vérifiez l’avancement ; sinon, renforcez l’action ou reportez l’échéance.",
    source="usage : une échéance que rien ne permet de tenir n’en est plus une",
    stage=Stage.FOLLOW_UP, since="2026.2", thresholds=(t.LATE,),
    good="""
    Actions
    code  | type_action | debut_effectif | echeance   | statut   | avancement
    1.1.1 | PST         | 01/01/2026     | 31/12/2026 | En cours | 80
    """,
    bad="""
    Actions
    code  | type_action | debut_effectif | echeance   | statut   | avancement
    1.1.1 | PST         | 01/01/2026     | 31/12/2026 | En cours | 20
    """,
)  # fmt: skip
def out_of_reach(view: RuleView) -> Marks:
    """Return the actions at half their time that would end long after their date at this pace."""
    here, today = view.here, day(view)
    spent = (today - here["debut_effectif"]).dt.days
    done = here["avancement"].where(here["avancement"] > 0)
    left = (spent * (100 - done) / done).clip(upper=9_000)
    late = left - (view.cells - today).dt.days
    half = spent.ge(t.PACE) & spent.mul(2).ge((view.cells - here["debut_effectif"]).dt.days)
    slow = running(here) & here["statut"].eq(v.EN_COURS) & half & late.gt(view.threshold(t.LATE))
    end = today + pd.to_timedelta(left[slow].round(), unit="D")
    return Marks(slow, {"mois": end.dt.strftime("%m/%Y").astype("str")})


@RULES.rule(
    "R26", Severity.HINT, "Un agent a beaucoup d’échéances le même semestre", trial=True,
    at="actions.agent_pilote",
    sentence="{agent_pilote} mène {nombre} actions attendues au {semestre} semestre {annee}.",
    expected="moins de {seuil_charge} actions par personne et par semestre",
    remedy="Étalez les échéances, ou confiez des actions à d’autres.",
    source="UVCW : un objectif est réaliste au regard des moyens humains",
    stage=Stage.ADOPTION, since="2026.2", thresholds=(t.LOAD,),
    good="""
    Actions
    code  | type_action | statut   | agent_pilote  | echeance
    1.1.1 | PST         | En cours | LAMBERT Julie | 31/12/2027
    """,
    bad="""
    Actions
    code  | type_action | statut   | agent_pilote  | echeance
    1.1.1 | PST         | En cours | LAMBERT Julie | 31/12/2027
    1.1.2 | PST         | En cours | LAMBERT Julie | 31/12/2027
    1.1.3 | PST         | En cours | LAMBERT Julie | 31/12/2027
    1.1.4 | PST         | En cours | LAMBERT Julie | 31/12/2027
    1.1.5 | PST         | En cours | LAMBERT Julie | 31/12/2027
    1.1.6 | PST         | En cours | LAMBERT Julie | 30/11/2027
    1.1.7 | PST         | En cours | LAMBERT Julie | 30/11/2027
    1.1.8 | PST         | En cours | LAMBERT Julie | 30/11/2027
    """,
)  # fmt: skip
def overloaded(view: RuleView) -> Marks:
    """Return the first of the actions that one person has to end in one half-year."""
    loaded = running(view.here) & view.here["echeance"].notna() & view.cells.notna()
    here = view.here[["code", "agent_pilote", "echeance"]][loaded]
    year, half = here["echeance"].dt.year, (here["echeance"].dt.month > 6).astype("int64")
    of = [source_of(here), here["agent_pilote"], year * 2 + half]
    number = here.groupby(of)["code"].transform("size")
    first = here.groupby(of).cumcount().eq(0)
    names = half.map({0: "premier", 1: "second"}).astype("str")
    words = {"nombre": number, "semestre": names, "annee": year.astype("str")}
    return Marks(here.index[number.ge(view.threshold(t.LOAD, here)) & first], words)


@RULES.rule(
    "R27a", Severity.HINT, "Une action n’a pas été mise à jour depuis longtemps",
    at="actions.date_maj",
    sentence="L’action {code} a été mise à jour le {date_maj}, il y a {jours} jours.",
    expected="une mise à jour de moins de {seuil_sans_maj} jours",
    remedy="Revoyez le statut, l’avancement et les dates, puis la date de mise à jour.",
    source="usage : un suivi est à jour quand chaque ligne l’est",
    stage=Stage.FOLLOW_UP, since="2026.2", thresholds=(t.STALE,),
    good="""
    Actions
    code  | type_action | statut   | date_maj
    1.1.1 | PST         | En cours | 15/10/2026
    """,
    bad="""
    Actions
    code  | type_action | statut   | date_maj
    1.1.1 | PST         | En cours | 15/01/2026
    """,
)  # fmt: skip
def stale(view: RuleView) -> Marks:
    """Return the actions running that nobody has looked at for long."""
    age = (day(view) - view.cells).dt.days
    return Marks(running(view.here) & age.gt(view.threshold(t.STALE)), {"jours": age})


@RULES.rule(
    "R27b", Severity.WARNING, "Une mise à jour est loin dans le futur", at="actions.date_maj",
    sentence="L’action {code} serait mise à jour le {date_maj}, bien après la date d’observation.",
    expected="une date {seuil_maj_future} jours au plus après la date d’observation",
    remedy="Corrigez la date de mise à jour, ou la date d’observation de la feuille"
    " Identification.",
    source="usage : une ligne se met à jour autour de la date d’observation",
    stage=Stage.FOLLOW_UP, since="2026.2", thresholds=(t.AHEAD,),
    good="""
    Actions
    code  | date_maj
    1.1.1 | 12/11/2026
    """,
    bad="""
    Actions
    code  | date_maj
    1.1.1 | 12/11/2027
    """,
)  # fmt: skip
def updated_in_future(view: RuleView) -> Series:
    """Mark the updates long after the date of observation: returns are filled in after it."""
    ahead: Series = (view.cells - day(view)).dt.days
    return ahead.gt(view.threshold(t.AHEAD))
