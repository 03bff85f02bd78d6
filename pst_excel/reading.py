"""How a workbook becomes a return: sheets and headings found by name, cells typed by kind.

Values come from calamine, ten times faster than openpyxl. A return is plain lists of typed values:
small to send from a worker process, and made into frames once for a whole batch.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from pst_excel import guard
from pst_excel.batch import CellNote, Return, Table, Trouble
from pst_excel.errors import UnreadableFile
from pst_excel.identity import identify
from pst_excel.parsing import Spellings, as_text, parse
from pst_excel.schema import Column, Need, Plan, Sheet
from pst_excel.spelling import fold, nearest, tidy, version_order
from pst_excel.wording import column_letter, listed

HEADING_ROWS = 30
COMPUTED_SIGN = "ƒ"
SIGNS = f" ✱{COMPUTED_SIGN}"
_COPY = re.compile(r"\s*\(\d+\)$")
Rows = Sequence[Sequence[Any]]


def read(path: Path, plan: Plan) -> Return:
    """Read one workbook.

    Raises: UnreadableFile with one French sentence when it cannot be read as a PST.
    """
    try:
        data = path.read_bytes()
    except PermissionError as error:
        raise UnreadableFile(
            "le fichier est verrouillé ou protégé en lecture ; fermez-le et vérifiez vos droits"
        ) from error
    except OSError as error:
        raise UnreadableFile("le fichier ne peut pas être ouvert") from error
    return read_bytes(data, path.name, plan)


def read_bytes(data: bytes, name: str, plan: Plan) -> Return:
    """Read the bytes of a workbook; the same bytes give the same return.

    Raises: UnreadableFile.
    """
    guard.inspect(data)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            sheets = {
                title: workbook.get_sheet_by_name(title).to_python(skip_empty_area=False)
                for title in _wanted(workbook.sheet_names, plan)
            }
            titles = list(workbook.sheet_names)
    except (CalamineError, OSError, ValueError) as error:
        raise UnreadableFile(
            "le classeur est endommagé ; ouvrez-le dans Excel, acceptez la réparation, enregistrez"
        ) from error
    digest = hashlib.sha256(data).hexdigest()
    return _Reader(name, digest, plan, titles, sheets).read()


def _wanted(titles: Sequence[str], plan: Plan) -> list[str]:
    names = frozenset().union(*(sheet.names for sheet in plan))
    return [title for title in titles if fold(_COPY.sub("", title)) in names]


@dataclass
class _Reader:
    file: str
    digest: str
    plan: Plan
    titles: list[str]
    sheets: Mapping[str, Rows]
    troubles: list[Trouble] = field(default_factory=list)
    notes: list[CellNote] = field(default_factory=list)
    version: str = ""

    def read(self) -> Return:
        found = self._found()
        if not any(sheet in found for sheet in (t.key for t in self.plan.tables)):
            raise UnreadableFile(self._not_a_plan())
        lists = self._lists(found)
        spellings = self._spellings(lists)
        form = self._form(found, spellings)
        plan = self._legislature(form)
        tables = {} if form is None else {form.sheet: form}
        for sheet in plan.tables:
            if sheet.key in found:
                title, rows = found[sheet.key]
                tables[sheet.key] = self._table(sheet, title, rows, spellings)
            elif not sheet.program:
                self._missing_sheet(sheet)
        known = form.columns if form is not None else {}
        owner = "|".join(as_text(known[key][0]) for key in _OWNER if key in known)
        for sheet in plan.tables:
            if sheet.key in tables:
                identify(tables[sheet.key], sheet, owner)
        used = {title for title, _ in found.values()}
        foreign = tuple(t for t in self.titles if t not in used)
        return Return(
            self.file, self.digest, plan, tables, lists, self.notes, self.troubles, foreign
        )

    def _found(self) -> dict[str, tuple[str, Rows]]:
        found: dict[str, tuple[str, Rows]] = {}
        exact = sorted(self.sheets, key=lambda title: bool(_COPY.search(title)))
        for title in exact:
            key = fold(_COPY.sub("", title))
            sheet = next(sheet for sheet in self.plan if key in sheet.names)
            if sheet.key not in found:
                found[sheet.key] = title, self.sheets[title]
            elif any(any(cell != "" for cell in row) for row in self.sheets[title]):
                words = {"read": title, "label": found[sheet.key][0]}
                self.troubles.append(Trouble("S05", sheet.key, words))
        return found

    def _not_a_plan(self) -> str:
        if not self.titles:
            return "le classeur ne contient aucune feuille de calcul"
        wanted = listed((sheet.title for sheet in self.plan.tables if not sheet.program), "ou")
        seen = listed(f"« {title} »" for title in self.titles[:6])
        return (
            f"ce n’est pas un classeur PST : aucune feuille {wanted} (feuilles trouvées : {seen})."
            " Partez du modèle, ou vérifiez que vous avez envoyé le bon fichier"
        )

    def _missing_sheet(self, sheet: Sheet) -> None:
        near = nearest(sheet.title, self.titles)
        guess = f" Est-ce « {near} » ?" if near else ""
        self.troubles.append(Trouble("S01", sheet.key, {"label": sheet.title, "guess": guess}))

    def _lists(self, found: Mapping[str, tuple[str, Rows]]) -> dict[str, tuple[str, ...]]:
        sheet = self.plan.lists
        if sheet.key not in found:
            self._missing_sheet(sheet)
            return {}
        rows = found[sheet.key][1]
        local = {fold(v.label): v.key for v in self.plan.vocabularies if v.local}
        heading = _heading_row(rows, frozenset(local))
        lists: dict[str, tuple[str, ...]] = {}
        if heading is None:
            return lists
        for position, cell in enumerate(rows[heading]):
            key = local.get(fold(as_text(cell)))
            if key:
                values = (tidy(as_text(row[position])) for row in rows[heading + 1 :])
                lists[key] = tuple(dict.fromkeys(value for value in values if value))
        return lists

    def _spellings(self, lists: Mapping[str, tuple[str, ...]]) -> Spellings:
        return {
            v.key: v.by_spelling | {fold(label): label for label in lists.get(v.key, ())}
            for v in self.plan.vocabularies
        }

    def _form(self, found: Mapping[str, tuple[str, Rows]], spellings: Spellings) -> Table | None:
        sheet = self.plan.form
        if sheet.key not in found:
            self._missing_sheet(sheet)
            return None
        title, rows = found[sheet.key]
        table = Table(sheet.key, title, {}, [1], {})
        by_heading = {heading: c for c in reversed(sheet.columns) for heading in c.headings}
        for number, row in enumerate(rows, start=1):
            filled = [p for p, cell in enumerate(row) if cell != ""]
            column = by_heading.get(fold(as_text(row[filled[0]]))) if filled else None
            if column is None or column.key in table.columns:
                continue
            value = row[filled[0] + 1] if filled[0] + 1 < len(row) else ""
            table.places[column.key] = f"{column_letter(filled[0] + 1)}{number}"
            self._parse(table, column, [value], spellings)
        table.missing = frozenset(c.key for c in sheet.inputs if c.key not in table.columns)
        self.version = self._version(table)
        self._missing_columns(sheet, table)
        return table

    def _legislature(self, form: Table | None) -> Plan:
        years = [form.columns.get(key, [None])[0] if form else None for key in _YEARS]
        first, last = years
        if isinstance(first, float) and isinstance(last, float) and 0 < last - first <= 12:
            return self.plan.for_legislature(int(first), int(last))
        return self.plan

    def _version(self, form: Table) -> str:
        """Return the version of the template it follows; the current one when it does not say."""
        current = self.plan.version
        version = as_text(form.columns.get("version", [None])[0] or current)
        if version != current:
            words = {"read": version, "version": current}
            self.troubles.append(Trouble("S06", form.sheet, words, form.places["version"]))
        return version

    def _table(self, sheet: Sheet, title: str, rows: Rows, spellings: Spellings) -> Table:
        known = {heading: c for c in reversed(sheet.columns) for heading in c.headings}
        # An exact label wins over another column's alias.
        known |= {fold(c.label): c for c in sheet.columns}
        heading = _heading_row(rows, frozenset(known))
        if heading is None:
            table = Table(sheet.key, title, {c.key: [] for c in sheet.inputs}, [], {})
            table.missing = frozenset(c.key for c in sheet.inputs)
            self._missing_columns(sheet, table)
            return table
        places, local = self._headings(sheet, rows[heading], known)
        # A row that the program writes counts when someone wrote something in it.
        given = sheet.identity if sheet.program else ()
        positions = [
            places[c.key]
            for c in sheet.inputs
            if c.key in places and not c.hidden and c.key not in given
        ]
        positions += local.values()
        filled = [
            (number, row)
            for number, row in enumerate(rows[heading + 1 :], start=heading + 2)
            if any(_filled(row[p]) for p in positions)
        ]
        across = list(zip(*(row for _, row in filled), strict=False))
        letters = {key: column_letter(p) for key, p in places.items()}
        table = Table(sheet.key, title, {}, [number for number, _ in filled], letters)
        for column in sheet.inputs:
            if column.key in places and filled:
                self._parse(table, column, across[places[column.key]], spellings)
            else:
                table.columns[column.key] = [None] * len(filled)
        table.locals = {name: list(across[p]) for name, p in local.items() if filled}
        table.missing = frozenset(c.key for c in sheet.inputs if c.key not in places)
        self._missing_columns(sheet, table, [as_text(cell) for cell in rows[heading]])
        return table

    def _headings(
        self, sheet: Sheet, row: Sequence[Any], known: Mapping[str, Column]
    ) -> tuple[dict[str, int], dict[str, int]]:
        places: dict[str, int] = {}
        local: dict[str, int] = {}
        cells = [(p, as_text(cell)) for p, cell in reversed(list(enumerate(row)))]
        labels = {fold(text): p for p, text in cells}
        # The heading as the template writes it wins over another spelling of it.
        exact = {text.rstrip(SIGNS): p for p, text in cells}
        for column in sheet.columns:
            if fold(column.label) in labels:
                places[column.key] = exact.get(column.label, labels[fold(column.label)])
        taken = set(places.values())
        for position, cell in enumerate(row):
            text = tidy(as_text(cell))
            if not text or position in taken:
                continue
            if COMPUTED_SIGN in text and fold(text) not in known:
                continue  # a column that the program computes and will compute again
            declared = known.get(fold(text))
            letters = column_letter(position)
            if declared is None:
                local[text if text not in local else f"{text} ({letters})"] = position
            elif declared.key in places:
                self.troubles.append(Trouble("S04", sheet.key, {"label": text}, letters))
            else:
                places[declared.key] = position
        return places, local

    def _parse(
        self, table: Table, column: Column, raw: Sequence[Any], spellings: Spellings
    ) -> None:
        parsed = parse(raw, column, spellings)
        table.columns[column.key] = parsed.values
        self.notes += [
            CellNote(table.sheet, table.rows[position], column.key, note)
            for position, note in parsed.notes
        ]

    def _missing_columns(self, sheet: Sheet, table: Table, headings: Sequence[str] = ()) -> None:
        for column in sheet.inputs:
            if column.key not in table.missing or column.need is Need.OPTIONAL:
                continue
            if self.version and version_order(column.since) > version_order(self.version):
                continue  # the workbook is older than the column
            code = "S02" if column.need is Need.REQUIRED else "S03"
            near = nearest(column.label, [h for h in headings if h in table.locals])
            guess = f" Est-ce « {near} » ?" if near else ""
            words = {"label": column.label, "guess": guess}
            self.troubles.append(Trouble(code, sheet.key, words))


_YEARS = ("annee_debut", "annee_fin")
_OWNER = ("type", "ins")


def _filled(cell: Any) -> bool:
    return cell != "" and (cell.__class__ is not str or not cell.isspace())


def _heading_row(rows: Rows, known: frozenset[str]) -> int | None:
    """Return the index of the row among the first that holds the most known headings."""
    best, most = None, 0
    for number, row in enumerate(rows[:HEADING_ROWS]):
        count = sum(1 for cell in row if isinstance(cell, str) and cell and fold(cell) in known)
        if count > most:
            best, most = number, count
    return best
