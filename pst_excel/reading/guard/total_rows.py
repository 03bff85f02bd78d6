"""Where the tables of a workbook stand, which of their rows are totals, and which rows sum up.

Sources: ECMA-376 part 1, §18.5.1.2 (table); MS-XLSB, 2.4.100 (BrtBeginList).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar
from xml.parsers import expat

from pst_excel.cells.grid import Range
from pst_excel.ooxml.package.parts import Parts
from pst_excel.reading.guard.dimensions import Attributes, column_number, local
from pst_excel.reading.guard.records import number, records
from pst_excel.text.spelling import counted

T = TypeVar("T")

_SIGN = re.compile(rb"totalsRowCount\s*=\s*[\"'][1-9]")
_HEAD = 4_000  # bytes: what a table says of itself is said at its beginning
_TABLE = re.compile(rb"<(?:\w{1,99}:)?table(?=\s)[^<>]*?\sref=\"([A-Z0-9$:]{4,25})\"")
_AREA = re.compile(rb"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})")
_LAST = re.compile(r"\$?[A-Z]{1,3}\$?([0-9]{1,7})\Z", re.IGNORECASE)
_SUBTOTAL, _PLACE = b"SUBTOTAL(", b' r="'
_CELL = re.compile(rb" r=\"([A-Za-z]{1,3})(\d{1,7})\"")
_OF_COLUMN = re.compile(
    rb"SUBTOTAL\(\d{1,3},(?:\$?(?P<first>[A-Za-z]{1,3})\$?\d{1,7}:\$?(?P<last>[A-Za-z]{1,3})\$?\d{1,7}"
    rb"|[^()!<\[]{0,255}\[[^()!<]{1,600})\)"
)
_LONGEST = 1_000  # between the place of a cell and its formula
_BEGIN_LIST, _FIRST, _MOST_TOTALS = 343, 4, 100  # the record of a table is its first


Rows = frozenset[int]
"""Rows counted from 0."""
Areas = frozenset[Range]
"""What tables cover, their headings included."""


@dataclass(frozen=True)
class TotalRows:
    """The rows of totals of a workbook, by the title of their sheet.

    Those that a table declares, and those in which a formula sums up its column.
    """

    declared: Mapping[str, Rows] = field(default_factory=dict)
    computed: Mapping[str, Rows] = field(default_factory=dict)


def table_area(part: bytes) -> Areas:
    """Return what a table of an xlsx covers; nothing where a part is none."""
    table = _TABLE.search(part, 0, _HEAD)
    area = _AREA.fullmatch(table[1]) if table else None
    if not area:
        return frozenset()
    left, top, right, bottom = (group.decode() for group in area.groups())
    first, last = (int(top) - 1, column_number(left)), (int(bottom) - 1, column_number(right))
    return frozenset({(first, last)})


def declared_totals(part: bytes) -> Rows:
    """Return the rows of totals of a table of an xlsx, none where it has none."""
    if not _SIGN.search(part, 0, _HEAD):
        return frozenset()
    found: dict[str, str] = {}

    def start(name: str, attributes: Attributes) -> None:
        if local(name) == "table" and not found:
            found.update(attributes)

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.Parse(part, True)
    last, count = _LAST.search(found.get("ref", "")), found.get("totalsRowCount", "")
    return _rows(int(last[1]), counted(count)) if last else frozenset()


def declared_totals_of_xlsb(part: bytes) -> Rows:
    """Return the rows of totals of a table of an xlsb, none where it has none."""
    for kind, _, start, end in islice(records(part), _FIRST):
        if kind == _BEGIN_LIST and end - start >= 32:
            return _rows(number(part, start + 4) + 1, number(part, start + 28))
    return frozenset()


def _rows(last: int, count: int) -> Rows:
    return frozenset(range(max(0, last - min(count, _MOST_TOTALS)), last))


def computed_totals(part: bytes) -> Rows:
    """Return the rows of a sheet of an xlsx where a cell sums up others of its own column."""
    # From the end, a search takes a third of the time.
    return frozenset(_computed(part)) if part.rfind(_SUBTOTAL) >= 0 else frozenset()


def _computed(part: bytes) -> Iterator[int]:
    at = part.find(_SUBTOTAL)
    while at >= 0:
        cell = _CELL.match(part, part.rfind(_PLACE, max(0, at - _LONGEST), at))
        column = _OF_COLUMN.match(part, at)
        if (
            cell
            and column
            and {cell[1], column["first"] or cell[1], column["last"] or cell[1]} == {cell[1]}
        ):
            yield int(cell[2]) - 1
        at = part.find(_SUBTOTAL, at + 1)


def by_sheet(
    told: Mapping[str, frozenset[T]], package: Parts, titles: Mapping[str, str]
) -> dict[str, frozenset[T]]:
    """Return what tables tell by the title of their sheet, given what they do by their parts."""
    if not told:
        return {}
    none: frozenset[T] = frozenset()
    return {
        title: none.union(*(told.get(t.lower(), none) for t in package.related(sheet, "table")))
        for sheet, title in titles.items()
    }
