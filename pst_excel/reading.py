"""How a workbook becomes a return: its tables found, their cells typed by kind.

A return is plain lists of typed values: small to send from a worker process, and made into frames
once for a whole batch.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pst_excel.batch import CellNote, Remark, Return, Table, Trouble
from pst_excel.errors import UnreadableFile
from pst_excel.finding.bands import sift, unseen
from pst_excel.finding.fields import Fields
from pst_excel.finding.headings import Headings, guess, headings_of
from pst_excel.finding.sections import Section, columns_of, parent_of
from pst_excel.finding.tabs import Tabs
from pst_excel.finding.ways import (
    PARENT,
    RECEIVED,
    SHEET_FROM_SECTIONS,
    rows_in_words,
)
from pst_excel.grids import Grid, Unread, dated, filled, heading_row
from pst_excel.identity import identify
from pst_excel.limits import Options
from pst_excel.opening import opened
from pst_excel.parsing import NO_VALUE, Spellings, as_text, parse, refused
from pst_excel.schema import Column, Need, Plan, Sheet
from pst_excel.spelling import fold, nearest, tidy, version_order
from pst_excel.wording import column_letter, listed, plural


def read(path: Path, plan: Plan, options: Options = Options()) -> Return:
    """Read one workbook.

    Raises: UnreadableFile with one French sentence when it cannot be read as a PST.
    """
    return read_bytes(bytes_of(path), path.name, plan, options)


def bytes_of(path: Path) -> bytes:
    """Return what a file holds. Raises: UnreadableFile with one French sentence."""
    try:
        return path.read_bytes()
    except PermissionError as error:
        raise UnreadableFile(
            "le fichier est verrouillé ou protégé en lecture ; fermez-le et vérifiez vos droits"
        ) from error
    except OSError as error:
        raise UnreadableFile("le fichier ne peut pas être ouvert") from error


def read_bytes(data: bytes, name: str, plan: Plan, options: Options = Options()) -> Return:
    """Read the bytes of a workbook; the same bytes and options give the same return.

    Raises: UnreadableFile.
    """
    digest = hashlib.sha256(data).hexdigest()
    with opened(data, options.limits) as book:
        tabs = Tabs(plan, book)
        tabs.find(options.strict)
        return _Reader(name, digest, tabs, options.strict).read()


@dataclass
class _Reader:
    file: str
    digest: str
    tabs: Tabs
    strict: bool
    tables: dict[str, Table] = field(default_factory=dict)
    sections: list[tuple[str, Section]] = field(default_factory=list)
    notes: list[CellNote] = field(default_factory=list)
    version: str = ""

    def __post_init__(self) -> None:
        self.plan: Plan = self.tabs.plan
        self.grids: Mapping[str, Grid] = self.tabs.grids
        self.troubles: list[Trouble] = self.tabs.troubles
        self.remarks: list[Remark] = self.tabs.remarks

    def read(self) -> Return:
        if not any(sheet.key in self.grids for sheet in self.plan.tables):
            raise UnreadableFile(self._not_a_plan())
        lists = self._lists()
        self.spellings: Spellings = {
            v.key: v.by_spelling | {fold(label): label for label in lists.get(v.key, ())}
            for v in self.plan.vocabularies
        }
        form = self._form()
        self.plan = plan = self._legislature(form)
        for sheet in plan.tables:
            if sheet.key in self.grids:
                self.tables[sheet.key] = self._table(sheet, self.grids[sheet.key])
        for sheet in plan.tables:
            if not sheet.program and not len(self.tables.get(sheet.key, ())):
                self._from_sections(sheet)
        known = form.columns if form is not None else {}
        owner = "|".join(as_text(known[key][0]) for key in _OWNER if key in known)
        for sheet in plan.tables:
            if sheet.key in self.tables:
                identify(self.tables[sheet.key], sheet, owner)
        return Return(
            self.file, self.digest, plan, self.tables, lists, self.notes, self.troubles,
            self.remarks, self.tabs.foreign,
        )  # fmt: skip

    def _not_a_plan(self) -> str:
        titles = self.tabs.book.titles
        if not titles:
            return "le classeur ne contient aucune feuille de calcul"
        wanted = listed((sheet.title for sheet in self.plan.tables if not sheet.program), "ou")
        seen = listed(f"« {title} »" for title in titles[:6])
        return (
            f"ce n’est pas un classeur PST : aucune feuille {wanted} (feuilles trouvées : {seen})."
            " Partez du modèle, ou vérifiez que vous avez envoyé le bon fichier"
        )

    def _lists(self) -> dict[str, tuple[str, ...]]:
        grid = self.grids.get(self.plan.lists.key)
        if grid is None:
            self.tabs.say_missing(self.plan.lists)
            return {}
        local = {fold(v.label): v.key for v in self.plan.vocabularies if v.local}
        heading = heading_row(grid.rows, frozenset(local))
        lists: dict[str, tuple[str, ...]] = {}
        if heading is None:
            return lists
        for position, cell in enumerate(grid.rows[heading]):
            key = local.get(fold(as_text(cell)))
            if key:
                below = (row[position] for row in grid.rows[heading + 1 :])
                values = (tidy(as_text(cell)) for cell in below if not isinstance(cell, Unread))
                lists[key] = tuple(dict.fromkeys(value for value in values if value))
        return lists

    def _form(self) -> Table | None:
        sheet = self.plan.form
        grid = self.grids.get(sheet.key)
        if grid is None:
            self.tabs.say_missing(sheet)
            return None
        found = Fields(sheet, grid)
        found.find(self.strict)
        self.troubles += found.troubles
        self.remarks += found.remarks
        table = self.tables[sheet.key] = Table(sheet.key, grid.title, {}, [1], {})
        for key, (at, position) in found.values.items():
            table.places[key] = f"{column_letter(position)}{at + 1}"
            self._parse(table, sheet[key], [found.cell((at, position))])
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

    def _table(self, sheet: Sheet, grid: Grid) -> Table:
        found = headings_of(sheet, grid, self.strict)
        if found is None:
            table = Table(sheet.key, grid.title, {c.key: [] for c in sheet.inputs}, [], {})
            table.missing = frozenset(c.key for c in sheet.inputs)
            self._missing_columns(sheet, table)
            return table
        sifted = sift(sheet, self.plan, grid, found, self.strict)
        for one in (found, sifted):
            self.troubles += one.troubles
            self.remarks += one.remarks
        self.sections += [(sheet.key, section) for section in sifted.sections]
        letters = {key: column_letter(p) for key, p in found.places.items()}
        numbers = [number for number, _ in sifted.rows]
        table = Table(sheet.key, grid.title, {}, numbers, letters, heading=found.last + 1)
        across = list(zip(*(row for _, row in sifted.rows), strict=False))
        raw: dict[str, Sequence[Any]] = {}
        if numbers:
            raw = {
                c.key: across[found.places[c.key]] for c in sheet.inputs if c.key in found.places
            }
            self._hand_down(sheet, table, raw, sifted.given)
        for column in sheet.inputs:
            if column.key in raw:
                self._parse(table, column, raw[column.key])
            else:
                table.columns[column.key] = [None] * len(numbers)
        table.locals = {n: [*map(dated, across[p])] for n, p in found.local.items() if numbers}
        there = found.places.keys() | raw.keys()
        table.missing = frozenset(c.key for c in sheet.inputs if c.key not in there)
        self._missing_columns(sheet, table, found.texts)
        if numbers:
            self._received(sheet, table, found, across)
            self.remarks += unseen(sheet, grid, found, sifted)
        return table

    def _hand_down(
        self, sheet: Sheet, table: Table, raw: dict[str, Sequence[Any]], given: Sequence[str]
    ) -> None:
        """Give the rows that have no parent the code of the section over them."""
        parent = parent_of(sheet, self.plan)
        if parent is None or not any(given):
            return
        cells = raw.get(parent.key) or [""] * len(given)
        raw[parent.key] = [code or cell for code, cell in zip(given, cells, strict=True)]
        self.notes += [
            CellNote(sheet.key, row, parent.key, PARENT.note("", code))
            for row, code in zip(table.rows, given, strict=True)
            if code
        ]

    def _received(
        self, sheet: Sheet, table: Table, found: Headings, across: Sequence[Sequence[Any]]
    ) -> None:
        """Read what a column beside another holds of it: texts that were not understood before."""
        for key, position in found.companions.items():
            cells = across[found.places[key]]
            for at, (text, cell) in enumerate(zip(across[position], cells, strict=True)):
                if not filled(text):
                    continue
                row, read = table.rows[at], as_text(text)
                if filled(cell):
                    where = f"{column_letter(position)}{row}"
                    remark = RECEIVED.remark(table.title, where, read, RECEIVED.understood)
                    self.remarks.append(remark)
                elif key in table.columns:
                    table.columns[key][at] = None
                    said = dict(parse([read], sheet[key], self.spellings).notes).get(0)
                    if said is None or said.understood != NO_VALUE:
                        said = refused(read)
                    self.notes.append(CellNote(sheet.key, row, key, said))

    def _from_sections(self, sheet: Sheet) -> None:
        """Make the rows of a sheet that has none from the sections of another; or say it misses."""
        hosts = [(host, one) for host, one in self.sections if one.sheet.key == sheet.key]
        if not hosts:
            if sheet.key not in self.tables:
                self.tabs.say_missing(sheet)
            return
        host = self.tables[hosts[0][0]]
        sections = {one.code: one for key, one in reversed(hosts) if key == host.sheet}
        made = sorted(sections.values(), key=lambda one: one.row)
        table = self.tables[sheet.key] = Table(
            sheet.key, host.title, {c.key: [None] * len(made) for c in sheet.inputs},
            [one.row for one in made], {},
        )  # fmt: skip
        for column, cells, position in columns_of(sheet, self.plan, made):
            table.letters[column.key] = column_letter(position)
            self._parse(table, column, cells)
        table.missing = frozenset(c.key for c in sheet.inputs if c.key not in table.letters)
        count = plural(len(made), *sheet.records)
        words = {"label": sheet.title, "read": host.title, "count": count}
        self.troubles.append(Trouble("S10", sheet.key, words))
        read = f"{host.title}, {rows_in_words(table.rows)}"
        self.remarks.append(SHEET_FROM_SECTIONS.remark(host.title, "", read, count))

    def _parse(self, table: Table, column: Column, raw: Sequence[Any]) -> None:
        last = self.plan.last_year
        parsed = parse(raw, column, self.spellings, strict=self.strict, last_year=last)
        table.columns[column.key] = parsed.values
        if column.hidden:
            return  # what the program writes and cannot read again, it writes anew
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
            words = {"label": column.label, "guess": guess(near, table.locals)}
            self.troubles.append(Trouble(code, sheet.key, words))


_YEARS = ("annee_debut", "annee_fin")
_OWNER = ("type", "ins")
