"""The authored content of the sample institutions, and how it becomes returns.

Titles, descriptions, states and costs are written by hand in `content/`, one folder an
institution. What follows from them is derived here, always the same: budget lines from a cost and
its financing, effective dates from a status.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
from collections.abc import Iterable
from importlib.resources import files
from importlib.resources.abc import Traversable

from pst_excel.cells.parsing import Parsed, parse
from pst_excel.cells.readings import Confidence, Reading
from pst_excel.model.plan import Plan
from pst_excel.model.schema import HEADING_ROW, Column, Sheet
from pst_excel.model.words.kinds import Layout, Where
from pst_excel.model.words.wording import shortened
from pst_excel.pst import pst
from pst_excel.pst import vocabularies as v
from pst_excel.returns.identity import identified
from pst_excel.returns.tables import Return, Table, geometry
from pst_excel.text.spelling import fold

OBSERVED = dt.date(2026, 10, 31)
MAIN = "valbruyere"
OTHERS = ("montargeau", "grand-sart", "cpas-noirvallon")

TYPED = "'"
"""Before a key: the cell holds the text that a person typed, whatever it means."""

Row = dict[str, str]
Rows = dict[str, list[Row]]
_TABLES = ("constat", "os", "oo", "actions", "indicateurs")
_DERIVED_FROM = ("cout", "financement", "nature")


def folder(slug: str) -> Traversable:
    """Return the folder of an institution's content."""
    return files("pst_excel.reference.samples") / "content" / slug


def table(slug: str, name: str) -> list[Row]:
    """Return one authored table as rows of texts by key."""
    text = (folder(slug) / f"{name}.tsv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


def rows_of(slug: str) -> Rows:
    """Return every table of an institution, the derived cells and the budget lines filled in."""
    rows: Rows = {name: table(slug, name) for name in _TABLES}
    volets = {row["code"]: row["volet"] for row in rows["oo"]}
    rows["budget"] = []
    for action in rows["actions"]:
        action["volet"] = volets[action["code_oo"].split(";")[0]]
        _dates(action)
        rows["budget"] += _budget(action)
        for key in _DERIVED_FROM:
            del action[key]
    for number, line in enumerate(rows["budget"], start=1):
        line["code"] = f"B{number}"
    return rows


def identity_of(slug: str) -> Row:
    """Return the identification of an institution, observed at the date of the samples."""
    known = {row["cle"]: row["valeur"] for row in table(slug, "identification")}
    return known | {"date_observation": OBSERVED.isoformat()}


def lists_of(slug: str) -> dict[str, tuple[str, ...]]:
    """Return the institution's own lists; those it does not write are the common ones."""
    own: dict[str, list[str]] = {}
    for row in table(slug, "listes"):
        own.setdefault(row["liste"], []).append(row["valeur"])
    return {key: tuple(values) for key, values in own.items()} | {
        vocabulary.key: vocabulary.labels
        for vocabulary in v.ALL
        if vocabulary.local and vocabulary.key not in own
    }


def file_names(slug: str) -> dict[str, str]:
    """Return the short file name of each service."""
    return {r["valeur"]: r["detail"] for r in table(slug, "listes") if r["liste"] == "services"}


def plan_of(identity: Row) -> Plan:
    """Return the plan of an institution's legislature."""
    return pst(int(identity["annee_debut"]), int(identity["annee_fin"]))


def whole(slug: str) -> Return:
    """Return the whole plan of an institution, as reading its workbook would give it."""
    return return_of(identity_of(slug), rows_of(slug), lists_of(slug), f"{slug}.xlsx")


def return_of(
    identity: Row, rows: Rows, lists: dict[str, tuple[str, ...]], file: str = ""
) -> Return:
    """Return what reading a workbook with these cells, as texts, would give."""
    plan = plan_of(identity)
    returned = Return(file, "", plan, {}, lists)
    for sheet in plan:
        given = [identity | {"version": plan.version}] if sheet is plan.form else None
        if sheet.program or sheet.layout is Layout.LISTS:
            continue
        returned.tables[sheet.key] = _table(returned, sheet, given or rows.get(sheet.key, []))
    owner = "|".join(str(returned.identity(key)) for key in ("type", "ins"))
    for sheet in plan.tables:
        if not sheet.program:
            returned.tables[sheet.key] = identified(returned.tables[sheet.key], sheet, owner)
    return returned


def _table(returned: Return, sheet: Sheet, rows: list[Row]) -> Table:
    first = 1 if sheet.layout is Layout.FORM else HEADING_ROW + 1
    numbers = list(range(first, first + len(rows)))
    table = Table(sheet.key, sheet.title, {}, numbers, geometry(sheet, where=Where.RETURN))
    for column in sheet.inputs:
        read = parse([row.get(column.key, "") for row in rows], column, _spellings(returned))
        table.columns[column.key] = read.values
        _keep_unread(returned, table, column, read)
    return table


def _keep_unread(
    returned: Return, table: Table, column: Column, read: Parsed, first: int = 0
) -> None:
    returned.readings.extend(
        reading.at(table.subject(table.rows[first + at], column.key))
        for at, reading in read.readings
        if not reading.understood
    )


def _spellings(returned: Return) -> dict[str, dict[str, str]]:
    return {
        vocabulary.key: vocabulary.by_spelling
        | {fold(label): label for label in returned.lists.get(vocabulary.key, ())}
        for vocabulary in returned.plan.vocabularies
    }


def put(returned: Return, table: Table, at: int, key: str, text: str) -> None:
    """Put what a person typed in a cell; under a key that begins with ' it stays as it stands."""
    column = returned.plan[table.sheet][key.removeprefix(TYPED)]
    if key.startswith(TYPED):
        table.columns[column.key][at] = None
        subject = table.subject(table.rows[at], column.key)
        returned.readings.append(Reading(text, "", Confidence.NONE, "", subject))
        return
    read = parse([text], column, _spellings(returned))
    table.columns[column.key][at] = read.values[0]
    _keep_unread(returned, table, column, read, at)


def draw(key: str, below: int) -> int:
    """Return a number below a bound, drawn from a text: always the same."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:4]) % below


def _dates(action: Row) -> None:
    """Fill the effective dates and the date of update that the status implies."""
    code = action["intitule"]
    begun = action["statut"] in (v.EN_COURS, v.TERMINE, v.PROBLEME)
    planned = _day(action["debut_prevu"])
    latest = OBSERVED - dt.timedelta(days=12)
    if begun:
        start = min((planned or dt.date(2025, 9, 1)) + dt.timedelta(draw(code, 45) - 10), latest)
        action["debut_effectif"] = start.isoformat()
        if action["statut"] == v.TERMINE:
            due = _day(action["echeance"]) or latest
            end = min(due + dt.timedelta(draw(code + "fin", 60) - 40), latest)
            action["fin_effective"] = max(end, start).isoformat()
    updated = dt.date(2026, 9, 7) + dt.timedelta(draw(code + "maj", 50))
    action["date_maj"] = updated.isoformat()


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


_FUNCTIONS = ("104", "124", "421", "722", "761", "762", "764", "834", "844", "876", "879", "930")
_ECONOMIC = {
    "O": ("124-06", "123-48", "332-02", "124-48"),
    "E": ("731-60", "723-60", "724-60", "733-60", "742-53"),
}


def _budget(action: Row) -> Iterable[Row]:
    """Spread the cost of an action over its exercices and its sources of financing."""
    cost = float(action["cout"] or 0)
    if not cost:
        return
    start = max((_day(action["debut_prevu"]) or OBSERVED).year, 2025)
    end = min(max((_day(action["echeance"]) or OBSERVED).year, start), 2030)
    years = list(range(start, end + 1))[: 1 if cost < 15_000 else 2 if cost < 90_000 else 3]
    weights = [2 + draw(f"{action['intitule']}{year}", 5) for year in years]
    service = action["nature"] or "O"
    function = _FUNCTIONS[draw(action["service_pilote"], len(_FUNCTIONS))]
    economic = _ECONOMIC[service][draw(action["intitule"], len(_ECONOMIC[service]))]
    for part in action["financement"].split("|"):
        source, _, percent = part.strip().rpartition(" ")
        source, _, payer = source.partition(":")
        for year, weight in zip(years, weights, strict=True):
            planned = round(cost * float(percent) / 100 * weight / sum(weights), -1)
            if not planned:
                continue
            yield {
                "niveau": v.NIVEAU_ACTION, "code_lie": action["code"], "exercice": str(year),
                "service_budgetaire": service, "recette_depense": "D",
                "article": f"{function}/{economic}",
                "projet_extraordinaire": _project(action, start) if service == "E" else "",
                "libelle": shortened(action["intitule"], 70),
                "source_financement": source, "financeur": payer,
                **_amounts(action, year, planned),
            }  # fmt: skip


def _project(action: Row, year: int) -> str:
    return f"{year}{draw(action['intitule'] + 'projet', 9000) + 1:04d}"


def _amounts(action: Row, year: int, planned: float) -> Row:
    """Return the four amounts of a line: nothing is entered before its exercice."""
    amounts = {"prevu": planned}
    begun = action["statut"] in (v.EN_COURS, v.TERMINE, v.PROBLEME)
    if year <= OBSERVED.year:
        amounts["inscrit"] = round(planned * (90 + draw(f"{planned}{year}", 16)) / 100, -1)
        if begun:
            committed = 55 + draw(f"{planned}e", 46) if year == OBSERVED.year else 92
            amounts["engage"] = round(amounts["inscrit"] * committed / 100, -1)
            paid = 45 + draw(f"{planned}r", 45) if year == OBSERVED.year else 96
            amounts["realise"] = round(amounts["engage"] * paid / 100, 2)
    return {key: f"{value:.2f}" for key, value in amounts.items()}
