"""A consolidation laid out as the file that it updates: its rows, its columns, its names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from pst_excel.cells.readings import Reading
from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.excel.names import NAMELESS, Names, names_for
from pst_excel.model.schema import Sheet
from pst_excel.model.words.kinds import Where
from pst_excel.model.words.roles import Role
from pst_excel.ooxml.cells.values import Formula
from pst_excel.ooxml.errors import Refused
from pst_excel.ooxml.workbook import Workbook
from pst_excel.returns.tables import Return, Table
from pst_excel.text.spelling import counted
from pst_excel.updating.columns import Columns, columns_of
from pst_excel.updating.layout import Rows, rows_of

T = TypeVar("T")


@dataclass(frozen=True)
class SheetLayout:
    """A sheet of the plan in the file: its declaration, its heading row, its columns and rows."""

    sheet: Sheet
    heading: int
    columns: Columns
    rows: Rows


@dataclass(frozen=True)
class PlanLayout:
    """A consolidation as the file has it, the names of the file, and its sheets by key."""

    consolidation: Consolidation
    names: Names
    sheets: Mapping[str, SheetLayout]


def laid_out(before: Return, consolidation: Consolidation, book: Workbook) -> PlanLayout:
    """Return a consolidation laid out as a file that was read.

    Raises: Refused when the file is not that of the current template, or lacks a part of it.
    """
    plan, merged = consolidation.plan, consolidation.merged
    version = str(before.identity(Role.VERSION) or "")
    if version != plan.version:
        raise Refused(f"il suit le modèle {version or '(non indiqué)'}, non {plan.version}")
    if (before.plan.first_year, before.plan.last_year) != (plan.first_year, plan.last_year):
        raise Refused("il est d’une autre législature")
    ends = ends_of_names(book)
    sheets, tables = {}, dict(merged.tables)
    for sheet in plan.tables:
        table = merged.tables.get(sheet.key)
        if sheet.program or table is None:
            continue
        found = sheets[sheet.key] = _sheet(sheet, before, table, book, ends)
        tables[sheet.key] = _table(table, found)
    form = plan.form.key
    if form not in before.tables:
        raise Refused(f"la feuille « {plan.form.title} » manque")
    tables[form] = replace(merged.tables[form], places=dict(before.tables[form].places))
    names = replace(
        names_for(merged, Where.WHOLE),
        last={key: found.rows.last for key, found in sheets.items()},
        letters={key: found.columns.letters for key, found in sheets.items()},
        headings={key: found.heading for key, found in sheets.items()},
    )
    moved = {key: dict(zip(merged.tables[key].rows, found.rows.rows, strict=True))
             for key, found in sheets.items()}  # fmt: skip
    readings = [_moved(reading, moved) for reading in merged.readings]
    origins = {
        key: _sorted(rows, sheets[key]) if key in sheets else rows
        for key, rows in consolidation.origins.items()
    }
    placed = replace(merged, tables=tables, readings=readings)
    return PlanLayout(replace(consolidation, merged=placed, origins=origins), names, sheets)


def _sheet(
    sheet: Sheet, before: Return, table: Table, book: Workbook, ends: Mapping[str, int]
) -> SheetLayout:
    known = before.tables.get(sheet.key)
    if known is None or not known.heading:
        raise Refused(f"la feuille « {sheet.title} » manque")
    if known.title != sheet.title:
        raise Refused(f"la feuille « {sheet.title} » s’y appelle « {known.title} »")
    if known.title not in book:
        raise Refused(f"la feuille « {sheet.title} » n’a pas de contenu")
    if known.below is not None:
        raise Refused(f"les titres de « {sheet.title} » y sont répétés dans un autre ordre")
    there = book[known.title]
    columns = columns_of(sheet, known, table.locals, there)
    name = Names(before.plan, Where.WHOLE, {}, {}, {}).column(sheet.key, sheet.inputs[0].key)
    if name not in ends:
        raise Refused(f"le nom « {name} » manque")
    blank = all(
        cell.value is None or isinstance(cell.value, Formula)
        for cell in there.row(known.heading + 1)
    )
    rows = rows_of(sheet, known, table, ends[name], blank)
    return SheetLayout(sheet, known.heading, columns, rows)


def ends_of_names(book: Workbook) -> dict[str, int]:
    """Return the last row of each range that has a name, 0 where it is no plain range."""
    ends = {name: text.rpartition("$")[2] for name, text in book.names.items()}
    return {name: counted(digits) for name, digits in ends.items()}


def _sorted(values: Sequence[T], found: SheetLayout) -> list[T]:
    order = sorted(range(len(values)), key=found.rows.rows.__getitem__)
    return [values[at] for at in order]


def _table(table: Table, found: SheetLayout) -> Table:
    """Return a merged table whose rows and columns are those of the file."""
    moved = dict(zip(table.rows, found.rows.rows, strict=True))
    return replace(
        table,
        columns={key: _sorted(values, found) for key, values in table.columns.items()},
        rows=sorted(found.rows.rows),
        letters={key: letters for key, letters in found.columns.letters.items()
                 if not key.startswith(NAMELESS)},
        locals={name: _sorted(values, found) for name, values in table.locals.items()},
        new_rows=frozenset(moved[row] for row in table.new_rows if row in moved),
        heading=found.heading,
    )  # fmt: skip


def _moved(reading: Reading, moved: Mapping[str, Mapping[int, int]]) -> Reading:
    sheet, row, _ = reading.place
    now = moved.get(sheet, {}).get(row)
    return reading if now is None else reading.at(replace(reading.subject, row=now))


def data_titles(consolidation: Consolidation) -> frozenset[str]:
    """Return the titles of the sheets that people fill."""
    return frozenset(sheet.title for sheet in consolidation.plan if not sheet.program)


def lacking(names: Iterable[str], book: Workbook) -> list[str]:
    """Return those of some names that a workbook does not define."""
    known = {name.casefold() for name in book.names}
    return [name for name in names if name.casefold() not in known]
