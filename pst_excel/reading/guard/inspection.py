"""What is looked at in a file before any reader opens it: its kind by content, then its limits.

A 2 kB workbook with one value in its very last cell makes readers allocate the whole grid, and
an encrypted, truncated or renamed file deserves its own sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pst_excel.reading.guard.dimensions import check_extent, check_size
from pst_excel.reading.guard.hidden_values import hides_values, titles_of
from pst_excel.reading.guard.kinds import kind_of_ole, kind_of_package, refuse_other_kinds
from pst_excel.reading.guard.ods import plainer, tables
from pst_excel.reading.guard.package import BROKEN, NEW, SourcePackage, damaged, stored
from pst_excel.reading.guard.total_rows import (
    Rows,
    TotalRows,
    by_sheet,
    computed_totals,
    declared_totals,
    declared_totals_of_xlsb,
    targets_of,
)
from pst_excel.reading.guard.xlsb import titles_of_xlsb, with_whole_cells
from pst_excel.reading.limits import Limits

_MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_WORKBOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_SHORTEST_TEXT = 5  # <si/>


RawSheet = tuple[bytes, tuple[int, int] | None]
"""The XML of a sheet, and where its rows are when they are `regular`."""


@dataclass(frozen=True)
class Inspected:
    """A workbook that may be read: its kind (xlsx, xlsb, xls or ods) and what its reader is given.

    `data` holds the parts that were looked at and no other, without the rows at the end of a sheet
    that hold nothing where they are many; an xls is given as it is. `sheets` holds, by title, those
    that hold what calamine hides; `totals` are the rows of totals.
    """

    kind: str
    data: bytes
    sheets: Mapping[str, RawSheet] = field(default_factory=dict)
    totals: TotalRows = field(default_factory=TotalRows)


def inspect(data: bytes, limits: Limits = Limits()) -> Inspected:
    """Look at a file's bytes before it is read.

    Raises: UnreadableFile with the sentence to show when it is not a workbook that may be read.
    """
    refuse_other_kinds(data)
    if len(data) > limits.file_size:
        remedy = "enlevez-en les images et les feuilles hors PST"
        raise limits.exceeded("file_size", len(data), remedy)
    try:
        if not data.startswith(b"PK"):
            return Inspected(kind_of_ole(data), data)
        package = SourcePackage(data, limits)
        kind = kind_of_package(package)
        return _KINDS[kind](package, limits)
    except BROKEN as error:
        raise damaged() from error


def _xlsx(package: SourcePackage, limits: Limits) -> Inspected:
    parts: dict[str, bytes] = {}
    concealing: dict[str, RawSheet] = {}
    declared: dict[str, Rows] = {}
    computed: dict[str, Rows] = {}
    titles = titles_of(package.small(_WORKBOOK), package.small(_RELATIONS))
    for name, part in package.parts():
        parts[name] = part
        if b"sheetData" in part:
            rows = check_extent(part, limits, titles.get(name.lower(), ""))
            if hides_values(part):
                concealing[name.lower()] = part, rows
            if rows_of := computed_totals(part):
                computed[titles.get(name.lower(), "")] = rows_of
        elif rows_of := declared_totals(part):
            declared[name.lower()] = rows_of
        elif len(part) > _SHORTEST_TEXT * limits.texts:
            texts = part.count(b"<si") + part.count(b":si")
            if texts > limits.texts:
                raise limits.exceeded("texts", texts, NEW)
    sheets = {titles[name]: part for name, part in concealing.items() if name in titles}
    totals = TotalRows(by_sheet(declared, parts, titles), computed)
    return Inspected("xlsx", stored(parts), sheets, totals)


def _xlsb(package: SourcePackage, limits: Limits) -> Inspected:
    parts: dict[str, bytes] = {}
    declared: dict[str, Rows] = {}
    for name, part in package.parts(binary=True):
        if name.lower().startswith("xl/worksheets/") and name.lower().endswith(".bin"):
            part = with_whole_cells(part, limits)
        elif name.lower().startswith("xl/tables/") and (rows := declared_totals_of_xlsb(part)):
            declared[name.lower()] = rows
        parts[name] = part
    if not declared:
        return Inspected("xlsb", stored(parts))
    targets = targets_of(package.small("xl/_rels/workbook.bin.rels"), "xl")
    named = titles_of_xlsb(package.small("xl/workbook.bin"))
    titles = {targets.get(ident, ""): title for ident, title in named.items()}
    return Inspected("xlsb", stored(parts), totals=TotalRows(by_sheet(declared, parts, titles)))


def _ods(package: SourcePackage, limits: Limits) -> Inspected:
    sheets: dict[str, RawSheet] = {}
    computed: dict[str, Rows] = {}
    parts = {"mimetype": _MIMETYPE}
    for name, part in package.parts():
        if name == "content.xml":
            part = plainer(part)
            for table in tables(part):
                check_size(table.rows, table.columns, limits, table.title)
                if table.conceals:
                    sheets[table.title] = part[table.start : table.end], None
                if table.totals:
                    computed[table.title] = frozenset(table.totals)
        parts[name] = part
    return Inspected("ods", stored(parts), sheets, TotalRows(computed=computed))


_KINDS = {"xlsx": _xlsx, "xlsb": _xlsb, "ods": _ods}
