"""How the data sheets of a workbook are read: columns typed by kind, rows that are records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from pst_excel.cells.grid import Grid, ImageCell, dated, filled
from pst_excel.cells.known_codes import KnownCodes
from pst_excel.cells.parsers.patterns import refused
from pst_excel.cells.parsing import Spellings, parse
from pst_excel.cells.readings import NO_VALUE, Reading
from pst_excel.cells.values import RawCell, Value, as_text
from pst_excel.model.catalogue import structural
from pst_excel.model.findings import Finding, Subject
from pst_excel.model.plan import Plan
from pst_excel.model.schema import Column, Sheet
from pst_excel.model.words.keys import CODE
from pst_excel.model.words.kinds import Kind
from pst_excel.model.words.wording import column_letter, plural
from pst_excel.reading.elsewhere import said_elsewhere
from pst_excel.reading.locating.beside import beyond, carried, outside
from pst_excel.reading.locating.blocks import joined, parted, repeated_at, said
from pst_excel.reading.locating.headings import Headings, headings_of, lacking_columns, untitled
from pst_excel.reading.locating.hidden import unfolding, unseen
from pst_excel.reading.locating.rows import ClassifiedRows, classify_rows
from pst_excel.reading.locating.sections import Section, columns_of, parent_of
from pst_excel.reading.locating.sheets import PlanSheets
from pst_excel.reading.locating.tolerances import (
    IMAGE,
    LONG,
    PARENT,
    RECEIVED,
    SHEET_FROM_SECTIONS,
    rows_in_words,
)
from pst_excel.reading.shown.cells import with_codes_shown
from pst_excel.returns.long_texts import HERE, too_long
from pst_excel.returns.tables import Table


@dataclass
class TablesReader:
    """The data sheets of a workbook being read in a plan; what is to be said of them gathers here.

    `version` is that of the template that the workbook follows, empty where nothing says it.
    """

    plan: Plan
    sheets: PlanSheets
    spellings: Spellings
    strict: bool
    version: str
    sections: list[tuple[str, Section]] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    layout: list[Reading] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    codes: dict[str, KnownCodes] = field(default_factory=dict)

    def read(self) -> dict[str, Table]:
        """Return the tables by the key of their sheet."""
        grids = self.sheets.grids
        found = {
            sheet.key: self._table(sheet, grids[sheet.key])
            for sheet in sorted(self.plan.tables, key=self._names_later)
            if sheet.key in grids
        }
        tables = {sheet.key: found[sheet.key] for sheet in self.plan.tables if sheet.key in found}
        for sheet in self.plan.tables:
            if not sheet.program and not len(tables.get(sheet.key, ())):
                tables |= self._from_sections(sheet, tables)
        return tables

    def _names_later(self, sheet: Sheet) -> bool:
        """Tell whether a sheet names codes of sheets that come after it, which are read first."""
        order = [table.key for table in self.plan.tables]
        named = {key for column in sheet.inputs for key in column.refers if key in order}
        return any(order.index(key) > order.index(sheet.key) for key in named)

    def _table(self, sheet: Sheet, grid: Grid, heading: int | None = None) -> Table:
        """Return a sheet; its headings are looked for, unless it is told in which row they are."""
        found = headings_of(sheet, grid, self.strict, heading)
        if found is None:
            columns: dict[str, list[Value]] = {c.key: [] for c in sheet.inputs}
            bare = Table(sheet.key, grid.title, columns, [], {}, missing=frozenset(columns))
            self.findings += lacking_columns(sheet, bare, self.version)
            return bare
        again = None if self.strict or sheet.program else repeated_at(sheet, grid, found)
        if again is None:
            return self._under(sheet, grid, found)
        above, under = parted(sheet, grid, found, again)
        table = self._under(sheet, above, headings_of(sheet, above, self.strict, heading) or found)
        codes = self.codes.get(sheet.key, KnownCodes())
        below = self._table(sheet, under, again)
        self.codes[sheet.key] = KnownCodes.of([*codes.codes, *below.columns.get(CODE, ())])
        if below.rows:
            finding, remark = said(sheet, below)
            self.findings.append(finding)
            self.layout.append(remark)
        return joined(table, below)

    def _under(self, sheet: Sheet, grid: Grid, found: Headings) -> Table:
        """Return the rows that stand under the headings of a sheet."""
        places = found.places
        codes = [c.key for c in sheet.inputs if c.kind is Kind.CODE and c.key in places]
        grid = with_codes_shown(grid, [places[key] for key in codes], found.last + 1)
        classified = classify_rows(sheet, self.plan, grid, found, self.strict)
        self.findings += [*found.findings, *classified.findings]
        self.layout += [*found.layout, *classified.layout]
        self.sections += [(sheet.key, section) for section in classified.sections]
        across = list(zip(*(row for _, row in classified.rows), strict=False))
        table = self._without_values(sheet, grid, found, classified, across)
        raw: dict[str, Sequence[RawCell]] = {}
        if table.rows:
            raw = {c.key: across[places[c.key]] for c in sheet.inputs if c.key in places}
            raw |= self._handed_down(sheet, table, raw, classified.given)
        for column in sheet.inputs:
            cells = raw.get(column.key)
            table.columns[column.key] = (
                [None] * len(table) if cells is None else self._parse(table, column, cells)
            )
        self.readings = said_elsewhere(self.readings, sheet, table)
        missing = {c.key for c in sheet.inputs} - places.keys() - raw.keys()
        table = replace(table, missing=frozenset(missing))
        self.findings += lacking_columns(sheet, table, self.version, found.texts)
        self._too_long(sheet, table)
        if table.rows:
            self.layout += _pictures(table, found, across)
            self._received(sheet, table, found, across)
            self.layout += unseen(sheet, grid, found, classified)
        return table

    def _without_values(
        self, sheet: Sheet, grid: Grid, found: Headings, classified: ClassifiedRows,
        across: Sequence[Sequence[RawCell]],
    ) -> Table:  # fmt: skip
        """Return where the rows and columns of a table are, and what people added to it."""
        unnamed, remarks = carried(found, grid, across)
        self.layout += [*remarks, *outside(found, grid, classified.met)]
        self.findings += [untitled(sheet, found, *column) for column in unnamed.items()]
        local = found.local | unnamed
        self.findings += beyond(sheet, found, grid, across, local)
        return Table(
            sheet.key, grid.title, {}, [number for number, _ in classified.rows],
            {key: column_letter(place) for key, place in found.places.items()},
            locals={n: [*map(dated, across[p])] for n, p in local.items()} if across else {},
            heading=found.last + 1,
            local_letters={name: column_letter(place) for name, place in local.items()},
            unfolding=unfolding(sheet, found, grid),
        )  # fmt: skip

    def _too_long(self, sheet: Sheet, table: Table) -> None:
        """Say which texts no cell of Excel can hold; one that is cut already was read as it is."""
        for finding in too_long(sheet, table):
            self.findings.append(finding)
            if finding.words["where"] == HERE:
                subject = Subject(title=table.title, cell=finding.cell)
                self.layout.append(LONG.reading(subject, finding.read, LONG.understood))

    def _handed_down(
        self, sheet: Sheet, table: Table, raw: dict[str, Sequence[RawCell]], given: Sequence[str]
    ) -> dict[str, Sequence[RawCell]]:
        """Return the parents of rows, those that have none given the code of the section above."""
        parent = parent_of(sheet, self.plan)
        if parent is None or not any(given):
            return {}
        cells = raw.get(parent.key) or [""] * len(given)
        self.readings += [
            PARENT.reading(table.subject(row, parent.key), "", code)
            for row, code in zip(table.rows, given, strict=True)
            if code
        ]
        return {parent.key: [code or cell for code, cell in zip(given, cells, strict=True)]}

    def _received(
        self, sheet: Sheet, table: Table, found: Headings, across: Sequence[Sequence[RawCell]]
    ) -> None:
        """Read what a column beside another holds of it: texts that were not understood before."""
        for key, position in found.companions.items():
            cells = across[found.places[key]]
            for at, (text, cell) in enumerate(zip(across[position], cells, strict=True)):
                if not filled(text):
                    continue
                row, read = table.rows[at], as_text(text)
                if filled(cell):
                    subject = Subject(title=table.title, cell=f"{column_letter(position)}{row}")
                    self.layout.append(RECEIVED.reading(subject, read, RECEIVED.understood))
                elif key in table.columns:
                    table.columns[key][at] = None
                    reading = dict(parse([read], sheet[key], self.spellings).readings).get(0)
                    if reading is None or reading.understood not in ("", NO_VALUE):
                        reading = refused(read)
                    self.readings.append(reading.at(table.subject(row, key)))

    def _from_sections(self, sheet: Sheet, tables: dict[str, Table]) -> dict[str, Table]:
        """Return a sheet that has no row made of the sections of another; or say it misses."""
        hosts = [
            (host, section) for host, section in self.sections if section.sheet.key == sheet.key
        ]
        if not hosts:
            if sheet.key not in tables:
                self.findings += self.sheets.missing_sheet(sheet)
            return {}
        host = tables[hosts[0][0]]
        by_code = {section.code: section for key, section in reversed(hosts) if key == host.sheet}
        sections = sorted(by_code.values(), key=lambda section: section.row)
        table = Table(
            sheet.key, host.title, {c.key: [None] * len(sections) for c in sheet.inputs},
            [section.row for section in sections], {},
        )  # fmt: skip
        for column, cells, position in columns_of(sheet, self.plan, sections):
            table.letters[column.key] = column_letter(position)
            table.columns[column.key] = self._parse(table, column, cells)
        missing = frozenset(c.key for c in sheet.inputs if c.key not in table.letters)
        count = plural(len(sections), *sheet.records)
        words = {"label": sheet.title, "read": host.title, "count": count}
        self.findings.append(structural(sheet.key, "S10", words))
        read = f"{host.title}, {rows_in_words(table.rows)}"
        self.layout.append(SHEET_FROM_SECTIONS.reading(Subject(title=host.title), read, count))
        return {sheet.key: replace(table, missing=missing)}

    def _known(self, column: Column) -> KnownCodes:
        """Return the codes that a column may name, none while one of their sheets is unread."""
        sheets = [self.codes.get(key) for key in column.refers]
        if None in sheets:
            return KnownCodes()
        return KnownCodes.of(code for sheet in sheets if sheet for code in sheet.codes)

    def _parse(self, table: Table, column: Column, raw: Sequence[RawCell]) -> list[Value]:
        parsed = parse(
            raw, column, self.spellings, strict=self.strict, last_year=self.plan.last_year,
            known=self._known(column),
        )  # fmt: skip
        if column.key == CODE:
            self.codes[table.sheet] = KnownCodes.of(parsed.values)
        if not column.hidden:  # what the program writes and cannot read again, it writes anew
            self.readings += [
                reading.at(table.subject(table.rows[at], column.key))
                for at, reading in parsed.readings
            ]
        return parsed.values


def _pictures(
    table: Table, found: Headings, across: Sequence[Sequence[RawCell]]
) -> Iterator[Reading]:
    """Say the pictures in the cells of columns that somebody added."""
    for position in found.local.values():
        for row, cell in zip(table.rows, across[position], strict=True):
            if isinstance(cell, ImageCell):
                subject = Subject(title=table.title, cell=f"{column_letter(position)}{row}")
                yield IMAGE.reading(subject, cell, IMAGE.understood)
