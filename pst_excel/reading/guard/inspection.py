"""What is looked at in a file before any reader opens it: its kind by content, then its limits.

A 2 kB workbook with one value in its very last cell makes readers allocate the whole grid, and
an encrypted, truncated or renamed file deserves its own sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pst_excel.reading.guard import xls, xlsb
from pst_excel.reading.guard.dimensions import check_extent, check_size
from pst_excel.reading.guard.hidden_values import HiddenValues, hides_values, targets_of, titles_of
from pst_excel.reading.guard.kinds import kind_of_ole, kind_of_package, refuse_other_kinds
from pst_excel.reading.guard.ods import plainer, tables
from pst_excel.reading.guard.package import BROKEN, NEW, SourcePackage, damaged, stored
from pst_excel.reading.guard.pictures import only_pictures, pictures_among
from pst_excel.reading.guard.records import sheets_told
from pst_excel.reading.limits import Limits

_MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_WORKBOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_BINARY_WORKBOOK, _BINARY_RELATIONS = "xl/workbook.bin", "xl/_rels/workbook.bin.rels"
_RICH = b' vm="'
_SHORTEST_TEXT = 5  # <si/>


RawSheet = tuple[bytes, tuple[int, int] | None]
"""The XML of a sheet, and where its rows are when they are `regular`."""


@dataclass(frozen=True)
class Inspected:
    """A workbook that may be read: its kind (xlsx, xlsb, xls or ods) and what its reader is given.

    `data` holds the parts that were looked at and no other, without the rows at the end of a sheet
    that hold nothing where they are many; an xls is given as it is. `sheets` holds, by title, those
    that hold what calamine hides; `names` the part of each in `data`; `pictures` are the numbers
    of the rich values that are pictures.
    """

    kind: str
    data: bytes
    sheets: Mapping[str, RawSheet | HiddenValues] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    pictures: frozenset[int] = frozenset()


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
            return _xls(data, kind_of_ole(data))
        package = SourcePackage(data, limits)
        kind = kind_of_package(package)
        return _KINDS[kind](package, limits)
    except BROKEN as error:
        raise damaged() from error


def _xlsx(package: SourcePackage, limits: Limits) -> Inspected:
    parts: dict[str, bytes] = {}
    concealing: dict[str, RawSheet] = {}
    titles = titles_of(package.small(_WORKBOOK), package.small(_RELATIONS))
    for name, part in package.parts():
        parts[name] = part
        if b"sheetData" in part:
            rows = check_extent(part, limits, titles.get(name.lower(), ""))
            if hides_values(part):
                concealing[name.lower()] = part, rows
        elif len(part) > _SHORTEST_TEXT * limits.texts:
            texts = part.count(b"<si") + part.count(b":si")
            if texts > limits.texts:
                raise limits.exceeded("texts", texts, NEW)
    sheets = {titles[name]: part for name, part in concealing.items() if name in titles}
    rich = any(_RICH in part for part, _ in sheets.values())
    pictures = pictures_among(parts.values()) if rich else frozenset[int]()
    names = {title: name for name, title in titles.items()}
    return Inspected("xlsx", stored(parts), sheets, names, pictures)


def _xlsb(package: SourcePackage, limits: Limits) -> Inspected:
    parts: dict[str, bytes] = {}
    hidden: dict[str, HiddenValues] = {}
    targets = targets_of(package.small(_BINARY_RELATIONS))
    titles: dict[str, str] = {}
    for name, part in package.parts(binary=True):
        key = name.lower()
        if key.startswith("xl/worksheets/") and key.endswith(".bin"):
            part, hides = xlsb.with_whole_cells(part, limits)
            if hides:
                hidden[key] = xlsb.hidden_values(part)
        elif key == _BINARY_WORKBOOK:
            titles = {targets.get(one["r:id"], ""): one["name"] for one in sheets_told(part)}
        parts[name] = part
    sheets = {titles[name]: values for name, values in hidden.items() if name in titles}
    rich = frozenset(aside for values in sheets.values() for aside in values.rich.values())
    pictures = rich if rich and only_pictures(parts.values()) else frozenset[int]()
    names = {title: name for name, title in titles.items()}
    return Inspected("xlsb", stored(parts), sheets, names, pictures)


def _xls(data: bytes, kind: str) -> Inspected:
    book = xls.workbook_stream(data)
    places = xls.sheets_of(book)
    hidden = {at: xls.hidden_values(book, at) for at in {*places.values()}}
    return Inspected(kind, data, {title: hidden[at] for title, at in places.items()})


def _ods(package: SourcePackage, limits: Limits) -> Inspected:
    sheets: dict[str, RawSheet] = {}
    parts = {"mimetype": _MIMETYPE}
    for name, part in package.parts():
        if name == "content.xml":
            part = plainer(part)
            for table in tables(part):
                check_size(table.rows, table.columns, limits, table.title)
                if table.conceals:
                    sheets[table.title] = part[table.start : table.end], None
        parts[name] = part
    return Inspected("ods", stored(parts), sheets)


_KINDS = {"xlsx": _xlsx, "xlsb": _xlsb, "ods": _ods}
