"""The formulas, wherever they stand: cells, names, validations, formats, tables, charts, links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from openpyxl.utils import FORMULAE

from support.repairs.areas import Unreadable
from support.repairs.book import Book, Sheet
from support.repairs.grammar import Parsed, parse
from support.repairs.registry import about

_SPECIAL = {"#All", "#Data", "#Headers", "#Totals", "#This Row"}
_PREFIXED = ("_XLFN.", "_XLL.", "_XLWS.")
_ARGUMENTS = {  # at least, at most
    "AND": (1, 255), "AVERAGE": (1, 255), "AVERAGEIF": (2, 3), "AVERAGEIFS": (3, 255),
    "COLUMN": (0, 1), "COLUMNS": (1, 1), "COUNT": (1, 255), "COUNTA": (1, 255),
    "COUNTBLANK": (1, 1), "COUNTIF": (2, 2), "COUNTIFS": (2, 254), "DATE": (3, 3), "DAY": (1, 1),
    "EDATE": (2, 2), "EOMONTH": (2, 2), "EXACT": (2, 2), "FIND": (2, 3), "HYPERLINK": (1, 2),
    "IF": (2, 3), "IFERROR": (2, 2), "INDEX": (2, 4), "INDIRECT": (1, 2), "INT": (1, 1),
    "ISBLANK": (1, 1), "ISERROR": (1, 1), "ISNA": (1, 1), "ISNUMBER": (1, 1), "ISTEXT": (1, 1),
    "LEFT": (1, 2), "LEN": (1, 1), "LOWER": (1, 1), "MATCH": (2, 3), "MAX": (1, 255),
    "MEDIAN": (1, 255), "MID": (3, 3), "MIN": (1, 255), "MOD": (2, 2), "MONTH": (1, 1),
    "NA": (0, 0), "NETWORKDAYS": (2, 3), "NOT": (1, 1), "NOW": (0, 0), "OFFSET": (3, 5),
    "OR": (1, 255), "RANK": (2, 3), "REPT": (2, 2), "RIGHT": (1, 2), "ROUND": (2, 2),
    "ROUNDDOWN": (2, 2), "ROUNDUP": (2, 2), "ROW": (0, 1), "ROWS": (1, 1), "SEARCH": (2, 3),
    "SUBSTITUTE": (3, 4), "SUBTOTAL": (2, 255), "SUM": (1, 255), "SUMIF": (2, 3),
    "SUMIFS": (3, 255), "SUMPRODUCT": (1, 255), "TEXT": (2, 2), "TODAY": (0, 0), "TRIM": (1, 1),
    "UPPER": (1, 1), "VALUE": (1, 1), "VLOOKUP": (3, 4), "YEAR": (1, 1),
}  # fmt: skip
_PAIRED = {"COUNTIFS": 0, "SUMIFS": 1, "AVERAGEIFS": 1}  # what comes before the pairs


@dataclass(frozen=True)
class Formula:
    """A formula where it stands."""

    book: Book
    place: str
    kind: str
    """cell, name, validation, format, table, chart, link"""
    text: str

    @cached_property
    def uses(self) -> Parsed:
        """Return what the formula uses; nothing when it is none, which its own invariant says."""
        try:
            return parse(self.text)
        except Unreadable:
            return Parsed()


def formulas_of(book: Book) -> Iterator[Formula]:
    """Give every formula of a workbook."""
    for name in book.defined:
        yield Formula(book, f"the name {name.get('name')}", "name", name.text or "")
    for sheet in book.sheets:
        for place, kind, text in (*_of_cells(sheet), *_of_rules(sheet), *_of_parts(sheet)):
            yield Formula(book, f"{sheet.title}!{place}", kind, text)


def _of_cells(sheet: Sheet) -> Iterator[tuple[str, str, str]]:
    for row in sheet.rows:
        for one in row.iter("c"):
            formula = one.find("f")
            if formula is not None and formula.text:
                yield one.get("r", ""), "cell", formula.text


def _of_rules(sheet: Sheet) -> Iterator[tuple[str, str, str]]:
    for one in sheet.root.iter("dataValidation"):
        for formula in one:
            yield one.get("sqref", ""), "validation", formula.text or ""
    for block in sheet.root.iter("conditionalFormatting"):
        for formula in block.iter("formula"):
            yield block.get("sqref", ""), "format", formula.text or ""
        for value in block.iter("cfvo"):
            if value.get("type") not in (None, "min", "max", "autoMin", "autoMax"):
                yield block.get("sqref", ""), "format", value.get("val", "")
    for extended in sheet.root.iter("xm:f"):
        yield "extension", "format", extended.text or ""
    for link in sheet.root.iter("hyperlink"):
        if link.get("location"):
            yield link.get("ref", ""), "link", link.get("location", "")


def _of_parts(sheet: Sheet) -> Iterator[tuple[str, str, str]]:
    for table in sheet.tables:
        for tag in ("calculatedColumnFormula", "totalsRowFormula"):
            for formula in table.root.iter(tag):
                yield table.name, "table", formula.text or ""
    package = sheet.book.package
    for drawing, _ in sheet.related("drawing"):
        for part in package.linked(drawing, "chart"):
            chart = package.tree(part)
            for formula in chart.iter("c:f") if chart is not None else ():
                yield part, "chart", formula.text or ""


@about(Formula)
def formulas_can_be_parsed(formula: Formula) -> Iterator[str]:
    try:
        parse(formula.text)
    except Unreadable as error:
        yield f"{error}, in {formula.text[:80]!r}"


@about(Formula)
def formulas_are_within_limits(formula: Formula) -> Iterator[str]:
    limit = 255 if formula.kind == "validation" else 8192
    if len(formula.text) > limit:
        yield f"the formula has {len(formula.text)} characters of {limit}"
    if formula.uses.depth > 64:
        yield "the formula is nested more than 64 times"


@about(Formula)
def functions_are_known(formula: Formula) -> Iterator[str]:
    # those of Excel 2007 stand in a file as they are; the newer ones only with a prefix
    for name, _ in formula.uses.functions:
        if name not in FORMULAE and not name.startswith(_PREFIXED):
            yield f"the function {name} is not one of Excel 2007, nor prefixed as a newer one"


@about(Formula)
def functions_have_their_arguments(formula: Formula) -> Iterator[str]:
    for name, given in formula.uses.functions:
        least, most = _ARGUMENTS.get(name, (0, 255))
        if not least <= given <= most or (name in _PAIRED and (given - _PAIRED[name]) % 2):
            yield f"the function {name} has {given} arguments"


@about(Formula)
def formulas_name_what_is_there(formula: Formula) -> Iterator[str]:
    used, book = formula.uses, formula.book
    for title in sorted(used.sheets):
        if title.casefold() not in book.known_titles:
            yield f"the sheet {title!r} is not there"
    for error in sorted(used.marks & {"#REF!", "#NAME?"}):
        yield f"{error} stands in {formula.text[:80]!r}"
    for name in sorted(used.names):
        if name.casefold() not in book.known_names and not name.startswith("_xlpm."):
            yield f"the name {name} is not defined"


@about(Formula)
def structured_references_lead_to_columns(formula: Formula) -> Iterator[str]:
    tables = formula.book.known_tables
    for name, items in formula.uses.columns:
        if name and name.casefold() not in tables:
            yield f"the table {name} is not there"
            continue
        columns = tables[name.casefold()] if name else set().union(*tables.values())
        for item in items:
            plain = re.sub(r"'(.)", r"\1", item).casefold()
            if item and item not in _SPECIAL and plain not in columns:
                yield f"the table {name} has no column {item!r}"


@about(Formula)
def rules_use_no_arrays_unions_nor_tables(formula: Formula) -> Iterator[str]:
    if formula.kind not in ("validation", "format"):
        return
    for mark in sorted(formula.uses.marks & {"{", ",", " "}):
        yield f"a rule cannot hold {mark!r} in {formula.text[:80]!r}"
    if formula.uses.columns:
        yield f"a rule cannot look at the columns of a table: {formula.text[:80]!r}"
