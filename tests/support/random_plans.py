"""Small plans that hold every nastiness that figures must survive, drawn as reading gives them.

Rows without code, codes held twice or in two cases, links to nothing or to the wrong level, one to
five OO with parts good and bad, values out of bounds, corrections, measures of years to come, names
that look like numbers, dates or criteria. What is first in a list is what a failure shrinks to.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from pst_excel.cells.parsers.patterns import refused
from pst_excel.cells.values import Value
from pst_excel.excel.books.template import blank
from pst_excel.model.schema import HEADING_ROW, SEPARATOR
from pst_excel.pst import PST
from pst_excel.pst import vocabularies as v
from pst_excel.returns.identity import identified
from pst_excel.returns.tables import Return, Table
from pst_excel.testing import some

Row = dict[str, Value]
DAY = dt.date(2026, 10, 31)

CODES: dict[str, tuple[str | None, ...]] = {
    "os": ("1", "a", "A", "a", "01", None),
    "oo": ("1.1", "1.10", "b1", "B1", "b1", "1", None),
    "actions": ("1.1.1", "a7", "A7", "a7", "3/03", ">5", "1e2", None),
}
"""Few, so that rows do name one another, and some twice."""
NOBODY = "9.9"
NAMES = (
    None, "Travaux", "travaux", "TRAVAUX", "Énergie", "énergie", "Energie", "1.10", "1.1", "01", "1",
    "3/03", ">5", "<>", "=1", "Tra*", "Tra?", "a~b", "a*b", "k", "TRUE", "État civil", "État  civil", "x" * 220 + "y", "x" * 220 + "z",
)  # fmt: skip
DATES = (None, DAY, DAY - dt.timedelta(1), DAY + dt.timedelta(1), dt.date(2025, 1, 1),
         DAY + dt.timedelta(150))  # fmt: skip
AMOUNTS = (None, 0.0, 100.0, -0.3, 0.4, 0.5, 0.1, 0.2, -5.0, 1000.55, 12_500.0)
NUMBERS = (None, 0.0, 10.0, 20.0, -10.0, 100.0)


def _cells(**columns: Any) -> st.SearchStrategy[Row]:
    """Return rows, each cell drawn from what is given or by what is given."""
    return st.fixed_dictionaries(
        {
            key: cells if isinstance(cells, st.SearchStrategy) else st.sampled_from(cells)
            for key, cells in columns.items()
        }
    )


@st.composite
def _served(draw: st.DrawFn) -> tuple[Value, Value]:
    """Draw the OO that an action serves and its parts, which suit them or not."""
    codes = st.sampled_from((*(code for code in CODES["oo"] if code), NOBODY))
    size = draw(st.sampled_from((0, 1, 1, 2, 2, 3, 4, 5)))
    served = draw(st.lists(codes, min_size=size, max_size=size))
    if not served:
        return None, draw(st.sampled_from((None, "100")))
    cuts = sorted(draw(st.lists(st.integers(0, 100), min_size=size - 1, max_size=size - 1)))
    good = [after - before for before, after in zip([0, *cuts], [*cuts, 100], strict=True)]
    first, *others = good
    parts: tuple[list[Any] | None, ...] = (
        None, good, good, [first + 10, *others], [150, *others[:-1], -50], others, [*good, 0],
        [f"{part} %" for part in good],
    )  # fmt: skip
    said = draw(st.sampled_from(parts))
    return SEPARATOR.join(served), SEPARATOR.join(map(str, said or ())) or None


@st.composite
def _action(draw: st.DrawFn) -> Row:
    code_oo, parts = draw(_served())
    rest = _cells(
        code=CODES["actions"], intitule=(None, "Planter"), type_action=(None, "PST", "PST", v.PERENNE,
        v.HORS_CHAMP, "Projet"), volet=(None, "Externe", "Interne", "interne", "Transversal"),
        service_pilote=NAMES, agent_pilote=(None, "LAMBERT Julie"), debut_prevu=DATES, echeance=DATES,
        debut_effectif=(None, DAY, dt.date(2024, 12, 3)), statut=(None, *v.STATUTS.labels, "Presque fini"),
        avancement=(None, 0.0, 40.0, 100.0, 140.0, -5.0, 33.333333),
        etp=(None, 0.0, 0.5, 2.0, 500.0, 501.0, -1.0), odd=(None, "11; 13"),
        synergie=(None, v.OUI, v.NON), date_maj=(None, DAY, dt.date(2025, 12, 1), dt.date(2028, 1, 1)),
        sante=(None, v.BON, v.RISQUE, v.BLOCAGE, v.EN_PAUSE), detail_sante=(None, "Un recours"),
        commentaire=(None, "Subside refusé"), mandataire=(None, "DUBOIS Anne", "PETIT Marc"),
        plans=(None, "PCDR", "Plan climat; PCDR"),
    )  # fmt: skip
    return {"code_oo": code_oo, "parts": parts, **draw(rest)}


@st.composite
def _attached(draw: st.DrawFn, **columns: Any) -> Row:
    """Draw a row that belongs to another: mostly at the level that it names, or that names none."""
    sheet, level = draw(st.sampled_from((("actions", "Action"), ("oo", "OO"), ("os", "OS"))))
    niveau = draw(st.sampled_from((level, level, None, "Action", "OO", "OS", "Sous-action")))
    code = draw(st.sampled_from((*CODES[sheet], NOBODY)))
    return {"niveau": niveau, "code_lie": code, **draw(_cells(**columns))}


ROWS = {
    "os": _cells(code=CODES["os"], intitule=(None, "Être"), engagement=(None, "Le vélo"),
        mandataire=(None, "LEROY Luc")),
    "oo": _cells(code=CODES["oo"], code_os=(*CODES["os"], NOBODY), mandataire=(None, "LEROY Luc")),
    "actions": _action(),
    "indicateurs": _attached(
        code=(None, "I1", "I2"), libelle=(None, "Mètres"),
        sens=(None, v.HAUSSE, v.BAISSE, v.MAINTIEN, "Bof"),
        valeur_depart=NUMBERS, cible=NUMBERS,
        **{f"realise_{year}": NUMBERS for year in (2025, 2026, 2027)},
    ),
    "budget": _attached(
        code=(None, "B1"), exercice=(None, 2026.0, 2027.0, 2024.0, 2031.0, 1999.0),
        recette_depense=(None, v.DEPENSE, v.DEPENSE, v.RECETTE, "Bof"),
        source_financement=(None, v.SUBSIDE, v.SUBSIDE.lower(), v.EMPRUNT, *NAMES),
        service_budgetaire=(None, v.ORDINAIRE, v.EXTRAORDINAIRE), prevu=AMOUNTS, inscrit=AMOUNTS, engage=AMOUNTS, realise=AMOUNTS,
    ),
}  # fmt: skip
"""What the rows of each sheet may hold; a row may hold nothing at all."""

MOST = {"os": 4, "oo": 6, "actions": 7, "indicateurs": 6, "budget": 9}
_TEXTS = {"actions": "avancement", "indicateurs": "cible", "budget": "prevu"}
"""The column in which a text may stand that nobody reads as a number."""


@st.composite
def plans(draw: st.DrawFn) -> Return:
    """Draw a small plan; its identification gives the date at which it is observed."""
    said: dict[str, Value] = {
        "nom": "Valbruyère", "type": v.COMMUNE, "ins": "92951",
        "population": draw(st.sampled_from((None, 1000.0, 0.0, -5.0))),
        "date_observation": draw(st.sampled_from((DAY, dt.date(2025, 1, 1), dt.date(2028, 2, 29)))),
    }  # fmt: skip
    drawn = replace(blank(PST, said), lists={"services": ("Travaux", "Finances")})
    for sheet, row in ROWS.items():
        rows = draw(st.lists(st.one_of(row, row, row, row, st.just({})), max_size=MOST[sheet]))
        drawn.tables[sheet] = _table(sheet, rows)
    for sheet in PST.tables:
        if not sheet.program and sheet.key not in ROWS:
            drawn.tables[sheet.key] = _table(sheet.key, [])
    for sheet, key in _TEXTS.items():
        table = drawn.tables[sheet]
        if len(table) and draw(st.sampled_from((False, False, True))):
            table.columns[key][-1] = None
            drawn.readings.append(refused("environ 5").at(table.subject(table.rows[-1], key)))
    for sheet in ("oo", "budget"):
        table = drawn.tables[sheet]
        added = draw(
            st.lists(st.sampled_from(("", "à voir")), min_size=len(table), max_size=len(table))
        )
        drawn.tables[sheet] = replace(table, locals={"Remarque locale": added})
    return drawn


def _table(key: str, rows: list[Row]) -> Table:
    """Return a sheet of rows, what they do not say left blank, each with an id."""
    sheet = PST[key]
    columns = {column.key: [row.get(column.key) for row in rows] for column in sheet.inputs}
    numbers = list(range(HEADING_ROW + 1, HEADING_ROW + 1 + len(rows)))
    return identified(Table(key, sheet.title, columns, numbers, {}), sheet, "exemple")


def drawn(count: int) -> list[Return]:
    """Return so many plans, the same ones each time."""
    return some(plans(), count)
