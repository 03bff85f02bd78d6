"""The tables: names, columns, headings, and where they lie."""

from __future__ import annotations

import re
from collections.abc import Iterator

from support.repairs.areas import area
from support.repairs.book import Book, Sheet, Table
from support.repairs.names import is_name
from support.repairs.registry import about
from support.repairs.views import columns_filtered

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@about(Book)
def tables_have_names_and_numbers_of_their_own(book: Book) -> Iterator[str]:
    names = {one.get("name", "").casefold() for one in book.defined if not one.get("localSheetId")}
    numbers: set[int] = set()
    parts: set[str] = set()
    for table in (table for sheet in book.sheets for table in sheet.tables):
        if table.name.casefold() in names or not is_name(table.name):
            yield f"a table is named {table.name!r}: taken, or no name"
        if int(table.root.get("id", 0)) in numbers | {0}:
            yield f"the table {table.name} has the number {table.root.get('id')}, not its own"
        if table.part in parts:
            yield f"the table {table.name} belongs to two sheets"
        names.add(table.name.casefold())
        numbers.add(int(table.root.get("id", 0)))
        parts.add(table.part)


@about(Table)
def a_table_has_headings_and_rows(table: Table) -> Iterator[str]:
    if table.headings not in (0, 1) or table.totals not in (0, 1):
        yield f"there are {table.headings} rows of headings, {table.totals} of totals"
    if table.area.bottom - table.area.top + 1 <= table.headings + table.totals:
        yield f"there is no row in {table.root.get('ref')}"


@about(Table)
def columns_of_a_table_have_names_of_their_own(table: Table) -> Iterator[str]:
    width = table.area.right - table.area.left + 1
    if len(table.columns) != width:
        yield f"there are {len(table.columns)} columns in {table.root.get('ref')}, {width} wide"
    for block in table.root.iter("tableColumns"):
        if int(block.get("count", len(table.columns))) != len(table.columns):
            yield f"{block.get('count')} columns are counted of {len(table.columns)}"
    folded = [name.casefold() for name in table.columns]
    for name in table.columns:
        if not 0 < len(name) <= 255 or folded.count(name.casefold()) > 1:
            yield f"the column {name!r} is there twice, or too long, or without a name"
    numbers = [one.get("id") for one in table.root.iter("tableColumn")]
    if len(set(numbers)) != len(numbers):
        yield "two columns have the same number"


@about(Table)
def headings_of_a_table_are_its_columns(table: Table) -> Iterator[str]:
    for at, name in enumerate(table.columns if table.headings else []):
        shown = table.sheet.text((table.area.top, table.area.left + at))
        if shown is None or shown != _ESCAPED.sub(lambda m: chr(int(m[1], 16)), name):
            yield f"the heading of the column {name!r} shows {shown!r}"


@about(Table)
def styles_of_a_table_are_there(table: Table) -> Iterator[str]:
    for one in table.root.iter():
        for key, value in one.attrib.items():
            if key.endswith("DxfId") and int(value) >= table.sheet.book.size("dxfs"):
                yield f"{key} is {value} of {table.sheet.book.size('dxfs')}"


@about(Table)
def the_filter_of_a_table_is_its_area(table: Table) -> Iterator[str]:
    found = table.root.find("autoFilter")
    if found is None:
        return
    whole = table.area
    if area(found.get("ref", "")) != whole._replace(bottom=whole.bottom - table.totals):
        yield f"the filter is {found.get('ref')} in {table.root.get('ref')}"
    if not table.headings:
        yield "there is a filter and no heading"
    yield from columns_filtered(found)


@about(Sheet)
def tables_lie_apart(sheet: Sheet) -> Iterator[str]:
    ordered = sorted(sheet.tables, key=lambda table: table.area)
    for at, one in enumerate(ordered):
        for other in ordered[at + 1 :]:
            if one.area.meets(other.area):
                yield f"the tables {one.name} and {other.name} overlap"
        for merged in sheet.merged:
            if merged.meets(one.area):
                yield f"cells are merged in the table {one.name}"


@about(Sheet)
def tables_are_counted(sheet: Sheet) -> Iterator[str]:
    listed = [one.get("r:id", "") for one in sheet.root.iter("tablePart")]
    for block in sheet.root.iter("tableParts"):
        if int(block.get("count", len(listed))) != len(listed):
            yield f"{block.get('count')} tables are counted of {len(listed)}"
    related = {key for key, link in sheet.links.items() if link.kind == "table"}
    if related != set(listed) or len(listed) != len(set(listed)):
        yield f"{len(listed)} tables are listed, {len(related)} related"
