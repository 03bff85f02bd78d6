"""What is looked at in a file before any reader opens it: its kind by content, then its limits.

A 2 kB workbook with one value in its very last cell makes readers allocate the whole grid, and
an encrypted, truncated or renamed file deserves its own sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pst_excel.ooxml.package.active import active_in
from pst_excel.reading.guard import xls, xlsb
from pst_excel.reading.guard.dimensions import check_extent, check_size
from pst_excel.reading.guard.given import SHORTEST_TEXT, GivenPackage, stored
from pst_excel.reading.guard.hidden_values import HiddenValues, hides_values
from pst_excel.reading.guard.kinds import kind_of_package, refuse_other_kinds, xls_of
from pst_excel.reading.guard.ods import plainer, tables, without_rows
from pst_excel.reading.guard.opening import check_weight
from pst_excel.reading.guard.package import BROKEN, NEW, SourcePackage, damaged
from pst_excel.reading.guard.pictures import only_pictures, pictures_among
from pst_excel.reading.guard.total_rows import (
    Areas,
    Rows,
    TotalRows,
    by_sheet,
    computed_totals,
    declared_totals,
    declared_totals_of_xlsb,
    table_area,
)
from pst_excel.reading.limits import Limits
from pst_excel.reading.saved import author_in, moment_in
from pst_excel.text.errors import UnreadableFile

_MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_RICH = b' vm="'
_STORAGES = ("_VBA_PROJECT", "MBD0")  # of macros, of embedded objects, in an xls


RawSheet = tuple[bytes, tuple[int, int] | None]
"""The XML of a sheet, and where its rows are when they are `regular`."""


@dataclass(frozen=True)
class Inspected:
    """A workbook that may be read: its kind (xlsx, xlsb, xls or ods) and what its reader is given.

    `data` holds the parts that calamine looks for and no other, all looked at, without the rows at
    the end of a sheet that hold nothing where they are many, nor the sheets beyond the limits; of
    an xls, the file. By title, `sheets` holds those that hold what calamine hides, `names` their
    parts in `data`, `refused` why those beyond the limits are not read. `pictures` are the numbers
    of the rich values that are pictures, `saved` is when the file was saved and `author` by whom,
    `totals` are the rows of totals, `active` is what the file holds that acts when it is opened, in
    words, `tables` are what the tables of each sheet cover, which only an xlsx says.
    """

    kind: str
    data: bytes
    sheets: Mapping[str, RawSheet | HiddenValues] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)
    pictures: frozenset[int] = frozenset()
    saved: str = ""
    totals: TotalRows = field(default_factory=TotalRows)
    active: tuple[str, ...] = ()
    tables: Mapping[str, Areas] = field(default_factory=dict)
    author: str = ""


def inspect(data: bytes, limits: Limits = Limits()) -> Inspected:
    """Look at a file's bytes before it is read.

    Raises: UnreadableFile with the sentence to show when it is not a workbook that may be read.
    """
    refuse_other_kinds(data)
    check_weight(len(data), limits)
    try:
        if not data.startswith(b"PK"):
            return _xls(xls_of(data))
        package = SourcePackage(data, limits)
        kind = kind_of_package(package)
        return _KINDS[kind](package, limits)
    except BROKEN as error:
        raise damaged() from error


def _xlsx(package: SourcePackage, limits: Limits) -> Inspected:
    given = GivenPackage(package, "xml")
    parts: dict[str, bytes] = {}
    sheets: dict[str, RawSheet] = {}
    refused: dict[str, str] = {}
    declared: dict[str, Rows] = {}
    computed: dict[str, Rows] = {}
    areas: dict[str, Areas] = {}
    for name, part in package.parts():
        if b"sheetData" in part:
            title = given.titles.get(name.lower(), "")
            try:
                rows = check_extent(part, limits, title)
            except UnreadableFile as beyond:
                refused[title] = str(beyond)
                continue
            if title and hides_values(part):
                sheets[title] = part, rows
            if found := computed_totals(part):
                computed[title] = found
        elif found := declared_totals(part):
            declared[name.lower()] = found
        elif len(part) > SHORTEST_TEXT * limits.texts:
            texts = part.count(b"<si") + part.count(b":si")
            if texts > limits.texts:
                raise limits.exceeded("texts", texts, NEW)
        if area := table_area(part):
            areas[name.lower()] = area
        parts[name] = part
    rich = any(_RICH in part for part, _ in sheets.values())
    pictures = pictures_among(parts.values()) if rich else frozenset[int]()
    totals = TotalRows(by_sheet(declared, package, given.titles), computed)
    saved, author = _saved(package)
    return Inspected(
        "xlsx", given.zipped(parts), sheets, given.names, refused, pictures,
        saved, totals, _active(package), by_sheet(areas, package, given.titles), author,
    )  # fmt: skip


def _xlsb(package: SourcePackage, limits: Limits) -> Inspected:
    given = GivenPackage(package, "bin")
    parts: dict[str, bytes] = {}
    sheets: dict[str, HiddenValues] = {}
    refused: dict[str, str] = {}
    declared: dict[str, Rows] = {}
    for name, part in package.parts(binary=True):
        title = given.titles.get(name.lower())
        if title is not None:
            try:
                part, hides = xlsb.with_whole_cells(part, limits)
            except UnreadableFile as beyond:
                refused[title] = str(beyond)
                continue
            if hides:
                sheets[title] = xlsb.hidden_values(part)
        elif found := declared_totals_of_xlsb(part):
            declared[name.lower()] = found
        parts[name] = part
    rich = frozenset(aside for values in sheets.values() for aside in values.rich.values())
    pictures = rich if rich and only_pictures(parts.values()) else frozenset[int]()
    totals = TotalRows(by_sheet(declared, package, given.titles))
    saved, author = _saved(package)
    return Inspected(
        "xlsb", given.zipped(parts), sheets, given.names, refused, pictures,
        saved, totals, _active(package), author=author,
    )  # fmt: skip


def _xls(data: bytes) -> Inspected:
    book = xls.workbook_stream(data)
    places = xls.sheets_of(book)
    found = {at: xls.looked_at(book, at) for at in {*places.values()}}
    sheets = {title: found[at][0] for title, at in places.items()}
    totals = TotalRows(computed={title: found[at][1] for title, at in places.items()})
    storages = (name for name in _STORAGES if name.encode("utf-16-le") in data)
    return Inspected("xls", data, sheets, totals=totals, active=active_in(storages))


def _ods(package: SourcePackage, limits: Limits) -> Inspected:
    sheets: dict[str, RawSheet] = {}
    refused: dict[str, str] = {}
    computed: dict[str, Rows] = {}
    parts = {"mimetype": _MIMETYPE}
    for name, part in package.parts():
        if name == "content.xml":
            part = plainer(part)
            beyond = []
            for table in tables(part):
                try:
                    check_size(table.rows, table.columns, limits, table.title)
                except UnreadableFile as refusal:
                    refused[table.title] = str(refusal)
                    beyond.append(table)
                    continue
                if table.conceals:
                    sheets[table.title] = part[table.start : table.end], None
                if table.totals:
                    computed[table.title] = frozenset(table.totals)
            part = without_rows(part, beyond)
        parts[name] = part
    properties = package.content("meta.xml")
    totals = TotalRows(computed=computed)
    return Inspected(
        "ods", stored(parts), sheets, refused=refused, saved=moment_in(properties),
        author=author_in(properties), totals=totals, active=active_in(package.names),
    )  # fmt: skip


def _active(package: SourcePackage) -> tuple[str, ...]:
    """Return what a package of Excel holds that acts."""
    return active_in(package.told_of(package.main_part() or ""))


def _saved(package: SourcePackage) -> tuple[str, str]:
    """Return when a package of Excel was saved, and by whom."""
    usual = ["docProps/core.xml"]
    parts = package.related("", "core-properties") or usual
    properties = package.content(parts[0])
    return moment_in(properties), author_in(properties)


_KINDS = {"xlsx": _xlsx, "xlsb": _xlsb, "ods": _ods}
