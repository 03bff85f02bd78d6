"""A plan shared out among three services, and their workbooks as they come back untouched."""

from __future__ import annotations

from functools import cache

from pst_excel.distributing.prepare import prepare
from pst_excel.excel.books.template import write_template
from pst_excel.model.schema import HEADING_ROW
from pst_excel.returns.tables import Return
from support import read, town, workbook

TOWN = town("Travaux", "Finances", "Culture")
OBJECTIVES = (
    TOWN
    + """
OS
code | intitule
1    | Rouler

OO
code | code_os | intitule      | services
"""
)
"""One OS, and the headings of the OO that follow it."""
PLAN = (
    OBJECTIVES
    + """\
1.1  | 1       | Rouler mieux  | Travaux; Finances

Actions
code  | code_oo | intitule        | service_pilote | services_partenaires | avancement | commentaire
1.1.1 | 1.1     | Boucher un trou | Travaux        | Finances; Culture    | 10         | Devis reçu
1.1.2 | 1.1     | Payer le trou   | Finances       | Culture              | 20         |
"""
)
FIRST = HEADING_ROW + 1


@cache
def sent_out() -> tuple[bytes, ...]:
    """Return the workbooks sent to the three services."""
    source = read(workbook(PLAN), "PST.xlsx")
    return tuple(write_template(envelope.content) for envelope in prepare(source).workbooks)


def sent() -> tuple[Return, Return, Return]:
    """Return the workbooks sent to Travaux, Finances and Culture, as they come back untouched."""
    travaux, finances, culture = sent_out()
    return (
        read(travaux, "travaux.xlsx"), read(finances, "finances.xlsx"),
        read(culture, "culture.xlsx"),
    )  # fmt: skip
