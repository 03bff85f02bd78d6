"""Who works with whom: partner services, and the synergies of commune and CPAS."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pst_excel.findings import Severity
from pst_excel.joins import exploded
from pst_excel.pst import vocabularies as v
from pst_excel.pst.rules.book import ROW, RULES, matching
from pst_excel.rulebook import Book
from pst_excel.stages import Stage

_WHERE = (
    "partenaires_cpas", "services_partenaires", "service_pilote", "tiers", "intercommunales",
    "asbl", "intitule", "description", "commentaire",
)  # fmt: skip
_CPAS = r"\bcpas\b|centre public d'action sociale"
_COMMUNE = r"\b(commun(e|ale?|aux)|ville|administration)\b"


def _institution(book: Book) -> pd.Series[Any]:
    """Return on each row the type of the institution."""
    types = book["identification"]["type"].droplevel("row")
    types = types[~types.index.duplicated()]
    return pd.Series(
        types.reindex(book.here.index.get_level_values("source")).array, index=book.here.index
    )


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
def its_own_partner(book: Book) -> pd.Series[Any]:
    """Mark the actions whose leader is among the partners."""
    partners = exploded(book.cells)
    own = partners.eq(book.here["service_pilote"].reindex(partners.index))
    return own.groupby(level=ROW).any().reindex(book.here.index, fill_value=False)


@RULES.rule(
    "R21a", Severity.WARNING, "Une synergie commune-CPAS ne dit pas avec qui",
    at="actions.partenaires_cpas",
    sentence="L’action {code} est une synergie commune-CPAS, et ne nomme pas l’autre institution.",
    expected="l’autre institution, ici ou parmi les autres partenaires",
    remedy="Nommez le partenaire, ou répondez « Non » à « Synergie commune-CPAS ».",
    source="CDLD L1123-27 : l’évaluation comprend un bilan des synergies commune-CPAS",
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
def synergy_with_whom(book: Book) -> pd.Series[Any]:
    """Mark the synergies of which no word names the other institution."""
    rows = book.here[book.here["synergie"].eq(v.OUI)]
    institution = _institution(book).reindex(rows.index)
    named = rows["partenaires_cpas"].notna()
    for key in _WHERE:
        named |= matching(rows[key], _CPAS) & institution.ne(v.CPAS)
        named |= matching(rows[key], _COMMUNE) & institution.eq(v.CPAS)
    return (~named).reindex(book.here.index, fill_value=False)


@RULES.rule(
    "R21b", Severity.HINT, "Le CPAS est partenaire sans que ce soit une synergie", trial=True,
    at="actions.synergie",
    sentence="L’action {code} a pour partenaire « {partenaires_cpas} » sans être une synergie"
    " commune-CPAS.",
    expected="« Oui » si commune et CPAS la mènent ensemble",
    remedy="Répondez « Oui » pour qu’elle compte au bilan des synergies ; sinon, rien à faire.",
    source="CDLD L1123-27 : l’évaluation comprend un bilan des synergies commune-CPAS",
    stage=Stage.ADOPTION, since="2026.2",
    good="""
    Actions
    code  | synergie | partenaires_cpas
    1.1.1 | Oui      | CPAS
    """,
    bad="""
    Actions
    code  | synergie | partenaires_cpas
    1.1.1 | Non      | CPAS
    """,
)  # fmt: skip
def partner_without_synergy(book: Book) -> pd.Series[Any]:
    """Mark the actions of a commune with the CPAS that are no synergy."""
    partner = book.here["partenaires_cpas"].notna() & _institution(book).ne(v.CPAS)
    return partner & ~book.cells.eq(v.OUI)
