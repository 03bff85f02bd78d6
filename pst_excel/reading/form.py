"""How the identification and the lists of a workbook are read, before its tables."""

from __future__ import annotations

from dataclasses import dataclass, field

from pst_excel.cells.grid import UnreadCell, heading_row
from pst_excel.cells.parsers.patterns import refused
from pst_excel.cells.parsing import Spellings, parse
from pst_excel.cells.readings import NO_LEGISLATURE, Reading
from pst_excel.cells.values import Value, as_text
from pst_excel.model.catalogue import structural
from pst_excel.model.findings import Finding
from pst_excel.model.plan import Plan
from pst_excel.model.schema import Sheet
from pst_excel.model.words.kinds import Kind
from pst_excel.model.words.roles import Role
from pst_excel.model.words.terms import filled
from pst_excel.model.words.wording import column_letter
from pst_excel.reading.locating.fields import Fields
from pst_excel.reading.locating.headings import lacking_columns
from pst_excel.reading.locating.sheets import PlanSheets
from pst_excel.reading.shown.cells import codes_shown
from pst_excel.returns.long_texts import too_long
from pst_excel.returns.tables import Table
from pst_excel.text.spelling import fold, tidy


@dataclass
class FormRead:
    """What the identification says, None where there is none, and the plan of its legislature.

    `version` is that of the template that the workbook follows, the current one when it does not
    say; empty where there is no identification.
    """

    plan: Plan
    table: Table | None = None
    version: str = ""
    readings: list[Reading] = field(default_factory=list)
    layout: list[Reading] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def read_form(sheets: PlanSheets, spellings: Spellings, strict: bool) -> FormRead:
    """Read the identification; say what is missing of it."""
    plan = sheets.plan
    sheet = plan.form
    grid = sheets.grids.get(sheet.key)
    if grid is None:
        return FormRead(plan, findings=sheets.missing_sheet(sheet))
    found = Fields(sheet, grid, _helps(plan))
    found.find(strict)
    missing = frozenset(c.key for c in sheet.inputs if c.key not in found.values)
    table = Table(sheet.key, grid.title, {}, [1], {}, missing=missing)
    form = FormRead(plan, table, layout=found.layout, findings=found.findings)
    for key, (at, position) in found.values.items():
        table.places[key] = f"{column_letter(position)}{at + 1}"
        cell = found.cell((at, position))
        if sheet[key].kind is Kind.CODE and cell.__class__ is not str:
            cell = codes_shown(grid, [(at, position)]).get((at, position), cell)
        parsed = parse([cell], sheet[key], spellings, strict=strict, last_year=plan.last_year)
        table.columns[key] = parsed.values
        if not sheet[key].hidden:
            form.readings += [r.at(table.subject(1, key)) for _, r in parsed.readings]
    form.version = as_text(_value(table, sheet, Role.VERSION) or plan.version)
    if form.version != plan.version:
        words = {"read": form.version, "current": plan.version}
        cell = table.places[sheet.by_role[Role.VERSION].key]
        form.findings.append(structural(sheet.key, "S06", words, cell))
    form.findings += too_long(sheet, table)
    form.findings += lacking_columns(sheet, table, form.version)
    _between_years(form, table, found)
    return form


def _between_years(form: FormRead, table: Table, found: Fields) -> None:
    """Follow the plan of the legislature that the years say; years that make none say nothing."""
    sheet = form.plan.form
    first, last = (_value(table, sheet, role) for role in (Role.FIRST_YEAR, Role.LAST_YEAR))
    if not isinstance(first, float) or not isinstance(last, float):
        return
    if form.plan.may_last(int(first), int(last)):
        form.plan = form.plan.for_legislature(int(first), int(last))
        return
    for role in (Role.FIRST_YEAR, Role.LAST_YEAR):
        key = sheet.by_role[role].key
        subject = table.subject(1, key)
        table.columns[key] = [None]
        form.readings = [r for r in form.readings if r.subject != subject]
        form.readings.append(refused(found.cell(found.values[key]), NO_LEGISLATURE).at(subject))


def _helps(plan: Plan) -> frozenset[str]:
    """Return the helps that the form of a template shows, in the words of any institution."""
    spoken = [plan.terms_of(), *plan.terms.values()]
    return frozenset(filled(column.help, words) for column in plan.form.columns for words in spoken)


def _value(table: Table, sheet: Sheet, role: Role) -> Value:
    column = sheet.by_role.get(role)
    return table.columns.get(column.key, [None])[0] if column is not None else None


def read_lists(sheets: PlanSheets) -> tuple[dict[str, tuple[str, ...]], list[Finding]]:
    """Return the institution's own lists by key, each entry once; and that they miss, if so."""
    plan = sheets.plan
    grid = sheets.grids.get(plan.lists.key)
    if grid is None:
        return {}, sheets.missing_sheet(plan.lists)
    local = {fold(v.label): v.key for v in plan.vocabularies if v.local}
    heading = heading_row(grid.rows, frozenset(local))
    lists: dict[str, tuple[str, ...]] = {}
    if heading is None:
        return lists, []
    for position, cell in enumerate(grid.rows[heading]):
        key = local.get(fold(as_text(cell)))
        if key:
            below = (row[position] for row in grid.rows[heading + 1 :])
            values = (tidy(as_text(cell)) for cell in below if not isinstance(cell, UnreadCell))
            lists[key] = tuple(dict.fromkeys(value for value in values if value))
    return lists, []
