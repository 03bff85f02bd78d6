"""The raw rows that the second truth counts: the cells of a plan as read, or as a workbook holds them.

A row is there when somebody filled one of its cells, those of columns that people added too; what
the program keeps (the id, where the row comes from) fills none. A cell that should hold a number or a date and holds a text is unknown.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import openpyxl

from pst_excel.model.plan import Plan
from pst_excel.model.schema import HEADING_ROW
from pst_excel.returns.tables import Return

TEXT, NUMBER, AMOUNT, DATE = "varchar", "double", "decimal(38, 10)", "date"
COLUMNS: dict[str, dict[str, Any]] = {
    "os": {"code": TEXT, "engagement": TEXT, "mandataire": TEXT},
    "oo": {"code": TEXT, "code_os": TEXT, "mandataire": TEXT},
    "actions": {
        **dict.fromkeys(
            ("code", "code_oo", "parts", "intitule", "type_action", "volet", "service_pilote",
             "agent_pilote", "statut", "odd", "synergie", "sante", "detail_sante", "commentaire",
             "mandataire", "plans"), TEXT),
        **dict.fromkeys(("avancement", "etp"), NUMBER),
        **dict.fromkeys(("debut_prevu", "echeance", "debut_effectif", "date_maj"), DATE),
    },
    "indicateurs": {
        **dict.fromkeys(("niveau", "code_lie", "sens"), TEXT),
        **dict.fromkeys(("valeur_depart", "cible"), NUMBER),
        "measures": [{"exercice": NUMBER, "value": NUMBER}],
    },
    "budget": {
        **dict.fromkeys(("niveau", "code_lie", "recette_depense", "source_financement", "service_budgetaire"), TEXT),
        "exercice": NUMBER,
        **dict.fromkeys(("prevu", "inscrit", "engage", "realise"), AMOUNT),
    },
}  # fmt: skip
"""The columns that the figures look at, by sheet, as SQL types them."""

Rows = list[dict[str, Any]]


class RawPlan(NamedTuple):
    """The rows of a plan by sheet, its population, its exercices, the date at which it is observed.

    `absent` are the services that have not answered.
    """

    rows: dict[str, Rows]
    people: float | None
    exercices: float | None
    observed: dt.date
    absent: Sequence[str] = ()


def of_return(returned: Return, observed: dt.date) -> RawPlan:
    """Return the rows of a plan as read."""
    texts = returned.not_understood()
    sheets: dict[str, Rows] = {}
    for sheet, table in returned.tables.items():
        columns = zip(*table.columns.values(), strict=True)
        rows = [dict(zip(table.columns, cells, strict=True)) for cells in columns]
        place = dict(zip(table.rows, rows, strict=True))
        for (where, number, key), text in texts.items():
            if where == sheet:
                place[number][key] = text
        for name, added in table.locals.items():
            for row, cell in zip(rows, added, strict=True):
                row[f"{_ADDED}{name}"] = cell
        sheets[sheet] = rows
    (form,) = sheets[returned.plan.form.key]
    years = _exercices(form["annee_debut"], form["annee_fin"])
    return RawPlan(_typed(sheets), _people(form["population"]), years, observed)


def of_workbook(data: bytes, plan: Plan, observed: dt.date) -> RawPlan:
    """Return the rows that stand in the input cells of a written workbook."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl says what it does not carry
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    sheets = {key: list(_rows(book, plan, key)) for key in COLUMNS}
    form = {_label(row[1]): row[2].value for row in book[plan.form.title].iter_rows(max_col=3)}
    population, begin, end = (
        form[plan.form[key].label] for key in ("population", "annee_debut", "annee_fin")
    )
    return RawPlan(_typed(sheets), _people(population), _exercices(begin, end), observed)


def _rows(book: Any, plan: Plan, key: str) -> Iterator[dict[str, Any]]:
    sheet, page = plan[key], book[plan[key].title]
    keys = {column.label: column.key for column in sheet.inputs}
    computed = {column.label for column in sheet.computed}
    heads = [
        (keys.get(head := _label(cell), f"{_ADDED}{head}"), head) for cell in page[HEADING_ROW]
    ]
    for cells in page.iter_rows(min_row=HEADING_ROW + 1, values_only=True):
        pairs = zip(heads, cells, strict=True)
        yield {key: cell for (key, head), cell in pairs if head and head not in computed}


def _label(cell: Any) -> str:
    return str(cell.value or "").rstrip(" ✱ƒ")


_ADDED = "+"  # before the heading of a column that people added
_OF_THE_PROGRAM = {"id", "role", "empreinte", "origine"}
_MEASURE = re.compile(r"realise_([0-9]{4})")


def _typed(sheets: Mapping[str, Rows]) -> dict[str, Rows]:
    """Return the rows that hold something, their cells of the types that SQL knows."""
    raw: dict[str, Rows] = {key: [] for key in COLUMNS}
    for sheet, columns in COLUMNS.items():
        for row in sheets.get(sheet, ()):
            filled = {key: cell for key, cell in row.items()
                      if key not in _OF_THE_PROGRAM and cell not in (None, "")}  # fmt: skip
            if filled:
                cells = {key: _cell(filled.get(key), kind) for key, kind in columns.items()}
                raw[sheet].append(cells | {"measures": _measures(filled)})
    return raw


def _measures(filled: Mapping[str, Any]) -> Rows:
    return [
        {"exercice": int(found[1]), "value": value}
        for key, cell in filled.items()
        if (found := _MEASURE.fullmatch(key)) and (value := _cell(cell, NUMBER)) is not None
    ]


def _cell(cell: Any, kind: Any) -> Any:
    if kind == TEXT:
        return f"{cell:.15g}" if isinstance(cell, int | float) else cell
    if kind == DATE:
        return cell.isoformat()[:10] if isinstance(cell, dt.date) else None
    return cell if isinstance(cell, int | float) and not isinstance(cell, bool) else None


def _people(cell: Any) -> float | None:
    """Return a population that is known: a number of people."""
    return float(cell) if isinstance(cell, int | float) and cell > 0 else None


def _exercices(begin: Any, end: Any) -> float | None:
    """Return how many exercices a legislature has whose years are known."""
    known = isinstance(begin, int | float) and isinstance(end, int | float) and end > begin
    return float(end - begin) if known else None
