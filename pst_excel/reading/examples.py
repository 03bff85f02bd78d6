"""Workbooks written as small tables of text: the examples of rules, and what tests read.

A sheet's title on its own line, then a line of column keys separated by `|`, then the rows; sheets
are separated by blank lines. `Identification` has rows `cle | valeur`, `Listes` rows
`liste | valeur`, whatever the plan calls their columns. A title followed by « (avant) » is that of
a sheet as it was before.
"""

from __future__ import annotations

from collections.abc import Iterator

from pst_excel.cells.parsing import Spellings, parse
from pst_excel.model.plan import Plan
from pst_excel.model.schema import HEADING_ROW, Sheet
from pst_excel.model.words.kinds import Layout, Where
from pst_excel.returns.identity import identified
from pst_excel.returns.tables import Return, Table, geometry

Raw = dict[str, list[dict[str, str]]]


def tables_of(text: str) -> Raw:
    """Return the rows of each sheet, by its title, as texts by key."""
    tables: Raw = {}
    for block in "\n".join(line.strip() for line in text.strip().splitlines()).split("\n\n"):
        title, heading, *lines = [line for line in block.splitlines() if line]
        keys = [key.strip() for key in heading.split("|")]
        tables[title] = [
            dict(zip(keys, (cell.strip() for cell in line.split("|")), strict=True))
            for line in lines
        ]
    return tables


BEFORE = " (avant)"


def parted(text: str) -> tuple[str, str]:
    """Return the tables of now and those of before, which is empty where none are given."""
    blocks = "\n".join(line.strip() for line in text.strip().splitlines()).split("\n\n")
    was = [block for block in blocks if block.partition("\n")[0].endswith(BEFORE)]
    now = [block for block in blocks if block not in was]
    return "\n\n".join(now), "\n\n".join(block.replace(BEFORE, "", 1) for block in was)


def shown(text: str, plan: Plan) -> Iterator[tuple[str, list[str], list[list[str]]]]:
    """Give each table of an example: its title, the headings that cells show, the rows."""
    by_title = {sheet.title: sheet for sheet in plan}
    for title, rows in tables_of(text).items():
        sheet = by_title[title.removesuffix(BEFORE)]
        if sheet.layout is Layout.FORM:
            fields = [list(row.values()) for row in rows]
            yield title, ["Champ", "Valeur"], [[sheet[key].label, text] for key, text in fields]
        else:
            heads = [sheet[key].label for key in rows[0]] if rows else []
            yield title, heads, [list(row.values()) for row in rows]


def return_of(text: str, plan: Plan, file: str = "exemple.xlsx") -> Return:
    """Return what reading a workbook with these cells would give.

    Columns that the text does not name are blank. Raises: KeyError for an unknown sheet or key.
    """
    now, was = parted(text)
    raw = tables_of(now)
    by_title = {sheet.title: sheet for sheet in plan}
    unknown = raw.keys() - by_title.keys()
    if unknown:
        raise KeyError(f"no such sheet: {sorted(unknown)}")
    lists: dict[str, list[str]] = {}
    for name, label in (row.values() for row in raw.get(plan.lists.title, [])):
        lists.setdefault(name, []).append(label)
    spellings = {v.key: v.by_spelling for v in plan.vocabularies}
    own = {key: tuple(values) for key, values in lists.items()}
    before = return_of(was, plan, file) if was else None
    returned = Return(file, "", plan, {}, own, before=before)
    for sheet in plan:
        if sheet.layout is Layout.FORM:
            given: dict[str, str] = {}
            for key, text in (row.values() for row in raw.get(sheet.title, [])):
                given[key] = text
            returned.tables[sheet.key] = _table(sheet, [given], spellings, returned)
        elif sheet.layout is Layout.TABLE:
            returned.tables[sheet.key] = _table(
                sheet, raw.get(sheet.title, []), spellings, returned
            )
    return returned


def _table(
    sheet: Sheet, rows: list[dict[str, str]], spellings: Spellings, returned: Return
) -> Table:
    strange = {key for row in rows for key in row} - {column.key for column in sheet.inputs}
    if strange:
        raise KeyError(f"{sheet.title}: no such column: {sorted(strange)}")
    form = sheet.layout is Layout.FORM
    numbers = [1] if form else list(range(HEADING_ROW + 1, HEADING_ROW + 1 + len(rows)))
    letters = {} if form else geometry(sheet, where=Where.RETURN)
    table = Table(sheet.key, sheet.title, {}, numbers, letters)
    for column in sheet.inputs:
        if form:
            table.places[column.key] = f"C{sheet.field_rows[column.key]}"
        parsed = parse([row.get(column.key, "") for row in rows], column, spellings)
        table.columns[column.key] = parsed.values
        returned.readings.extend(
            reading.at(table.subject(numbers[at], column.key)) for at, reading in parsed.readings
        )
    return identified(table, sheet, "exemple")
