"""Who works with whom: partner services, and the synergies of commune and CPAS."""

from __future__ import annotations

import pandas as pd

from pst_excel.model.findings import Severity
from pst_excel.model.joins import exploded, source_of
from pst_excel.model.rules import RuleBook, RuleView
from pst_excel.model.series import Series
from pst_excel.model.words.stages import Stage
from pst_excel.pst import vocabularies as v
from pst_excel.pst.rules.questions import any_piece, followed, matching

RULES = RuleBook()

_WHERE = (
    "partenaires_cpas", "services_partenaires", "service_pilote", "tiers", "intercommunales",
    "asbl", "intitule", "description", "commentaire",
)  # fmt: skip
_CPAS = r"\bcpas\b|centre public d'action sociale"
_COMMUNE = r"\b(commun(e|ale?|aux)|ville|administration)\b"


def _institution(view: RuleView) -> Series:
    """Return on each row the type of the institution."""
    types = view["identification"]["type"].droplevel("row")
    types = types[~types.index.duplicated()]
    return pd.Series(types.reindex(source_of(view.here)).array, index=view.here.index)


@RULES.rule(
    "R05d", Severity.HINT, "Le service pilote est aussi son partenaire",
    at="actions.services_partenaires",
    sentence="Le service {service_pilote} mène l’action {code} et y est aussi partenaire.",
    expected="les autres services qui y travaillent",
    remedy="Retirez le service pilote des partenaires.",
    source="usage : un seul service pilote par action, qui en rend compte",
    stage=Stage.DRAFT, since="2026.2",
    good="""
    Listes
    liste    | valeur
    services | Mobilité

    Actions
    code  | service_pilote | services_partenaires
    1.1.1 | Travaux        | Mobilité
    """,
    bad="""
    Listes
    liste    | valeur
    services | Mobilité

    Actions
    code  | service_pilote | services_partenaires
    1.1.1 | Travaux        | Mobilité; Travaux
    """,
)  # fmt: skip
def its_own_partner(view: RuleView) -> Series:
    """Mark the actions whose leader is among the partners."""
    partners = exploded(view.cells)
    own = partners.eq(view.here["service_pilote"].reindex(partners.index))
    return any_piece(own, view.here)


@RULES.rule(
    "R21a", Severity.WARNING, "Une synergie commune-CPAS ne dit pas avec qui",
    at="actions.partenaires_cpas",
    sentence="L’action {code} est une synergie commune-CPAS, et ne nomme pas l’autre institution.",
    expected="l’autre institution, ici ou parmi les autres partenaires",
    remedy="Nommez le partenaire, ou répondez « Non » à « Synergie commune-CPAS ».",
    source="{loi} : l’évaluation comprend un bilan des synergies commune-CPAS",
    stage=Stage.ADOPTION, since="2026.2",
    good="""
    Actions
    code  | synergie | partenaires_cpas
    1.1.1 | Oui      | CPAS, service des marchés
    """,
    bad="""
    Actions
    code  | synergie | partenaires_cpas
    1.1.1 | Oui      |
    """,
)  # fmt: skip
def synergy_with_whom(view: RuleView) -> Series:
    """Mark the synergies of which no word names the other institution."""
    rows = view.here[view.here["synergie"].eq(v.OUI)]
    institution = _institution(view).reindex(rows.index)
    named = rows["partenaires_cpas"].notna()
    for key in _WHERE:
        named |= matching(rows[key], _CPAS) & institution.ne(v.CPAS)
        named |= matching(rows[key], _COMMUNE) & institution.eq(v.CPAS)
    return (~named).reindex(view.here.index, fill_value=False)


@RULES.rule(
    "R21b", Severity.HINT, "Le CPAS est partenaire sans que ce soit une synergie",
    at="actions.synergie", gathered=1,
    sentence="L’action {code} a pour partenaire « {partenaires_cpas} » : est-ce une synergie"
    " commune-CPAS ?",
    together="Le CPAS est partenaire de plusieurs actions qui ne sont pas des synergies"
    " commune-CPAS : lesquelles en sont ({cells}) ?",
    expected="« Oui » si commune et CPAS la mènent ensemble",
    remedy="Répondez « Oui » pour qu’elle compte parmi les synergies ; sinon, rien à faire.",
    source="{loi} : l’évaluation comprend un bilan des synergies commune-CPAS",
    stage=Stage.ADOPTION, since="2026.2",
    good="""
    Actions
    code  | type_action | synergie | partenaires_cpas
    1.1.1 | PST         | Oui      | CPAS
    """,
    bad="""
    Actions
    code  | type_action | synergie | partenaires_cpas
    1.1.1 | PST         | Non      | CPAS
    """,
)  # fmt: skip
def partner_without_synergy(view: RuleView) -> Series:
    """Mark the followed actions of a commune with the CPAS that are no synergy."""
    partner = view.here["partenaires_cpas"].notna() & _institution(view).ne(v.CPAS)
    return partner & followed(view.here) & ~view.cells.eq(v.OUI)
