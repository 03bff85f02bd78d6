"""What calamine hides of a sheet: errors, formulas never calculated, rows and columns not shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from xml.parsers import expat

from pst_excel.reading.guard.dimensions import (
    LAST_COLUMN,
    Attributes,
    Cursor,
    column_number,
    local,
    regular,
)
from pst_excel.reading.guard.ods import Area, is_table, tables
from pst_excel.reading.guard.package import HOLDING
from pst_excel.text.spelling import counted

Place = tuple[int, int]

_IN_BINARY = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!",
    0x2A: "#N/A", 0x2B: "#GETTING_DATA",
}  # fmt: skip
_TRUE = ("1", "true")
_HIDING, _FAILING = (b'hidden="1"', b'hidden="true"'), b't="e"'
_BLANK = (b"<v></v></c>", b"/></c>", b"</f></c>")  # how the cell of a formula without a value ends
_CELL = rb"<c r=\"(?P<letters>[A-Za-z]{1,3})(?P<row>\d+)\""
_FORMULA = rb"<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)\s*+"
_UNCALCULATED = re.compile(
    _CELL + rb"(?P<rest>[^>]*)>\s*" + _FORMULA + rb"(?P<value><v\s*/>|<v></v>)?\s*</c>"
)
_ERROR = re.compile(
    _CELL
    + rb"(?P<rest>(?=[^<>]*?\st=\"e\")[^<>]*+)>\s*+(?:"
    + _FORMULA
    + rb")?<v>(?P<text>[^<]+)</v>"
)
_RICH = re.compile(rb"\svm=\"(\d{1,9})\"")
_HIDDEN = rb"\b(?=[^<>]*?\shidden=\"(?:1|true)\")[^<>]*+>"
_HIDDEN_ROW, _HIDDEN_COLUMN = re.compile(rb"<row" + _HIDDEN), re.compile(rb"<col" + _HIDDEN)
_NUMBER = re.compile(rb"<c r=\"[A-Za-z]{1,3}(\d+)\"")
_SPAN = re.compile(rb"\s(min|max)=\"(\d{1,9})\"")


@dataclass(frozen=True)
class HiddenValues:
    """What is hidden of a sheet; rows and columns from 0, hidden rows if they hold anything.

    `rich` gives the number of what the workbook keeps of an error aside: it may be a picture.
    """

    errors: Mapping[Place, str] = field(default_factory=dict)
    uncalculated: frozenset[Place] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    rich: Mapping[Place, int] = field(default_factory=dict)


def error(number: int) -> str:
    """Return an error by the number that xls and xlsb give it."""
    return _IN_BINARY.get(number, "#VALUE!")


def hides_values(part: bytes) -> bool:
    """Tell whether a sheet of an xlsx may hold what calamine hides."""
    # What hides columns stands at the beginning.
    return any(sign in part for sign in _HIDING) or any(
        _holds(part, sign, 0, len(part)) for sign in (_FAILING, *_BLANK)
    )


def _holds(part: bytes, sign: bytes, start: int, close: int) -> bool:
    """Tell whether a part holds a sign; a search from the end takes half of the time."""
    return part.rfind(sign, start, close) >= 0


def hidden_values(part: bytes, rows: tuple[int, int] | None = None) -> HiddenValues:
    """Return what is hidden of a sheet, from its XML: of an xlsx, or a table of an ods.

    `rows` is where those of a `regular` sheet are, where that is known.
    """
    if is_table(part):
        return _repeated(part)
    rows = rows or regular(part)
    return _Met(part).hidden_values() if rows is None else _searched(part, *rows)


def _repeated(part: bytes) -> HiddenValues:
    (table,) = tables(part)

    def places(areas: Iterable[Area]) -> Iterable[Place]:
        return (place for rows, columns in areas for place in product(rows, columns))

    return HiddenValues(
        {place: text for area, text in table.errors for place in places([area])},
        frozenset(places(table.uncalculated)),
        frozenset(row for rows in table.hidden_rows for row in rows),
        frozenset(column for columns in table.hidden_columns for column in columns),
    )


def _searched(part: bytes, start: int, close: int) -> HiddenValues:
    """Return what is hidden of a sheet all of whose cells begin as `<c r="`."""
    errors: dict[Place, str] = {}
    rich: dict[Place, int] = {}
    failing = _holds(part, _FAILING, start, close)
    for found in _ERROR.finditer(part, start, close) if failing else ():
        errors[_place(found)] = found["text"].decode()
        if aside := _RICH.search(found["rest"]):
            rich[_place(found)] = int(aside[1])
    hidden_rows = set()
    hiding = any(_holds(part, sign, start, close) for sign in _HIDING)
    for row in _HIDDEN_ROW.finditer(part, start, close) if hiding else ():
        end = part.find(b"</row>", row.end(), close)
        number = _NUMBER.search(part, row.end(), end)
        if (
            number is not None
            and not row[0].endswith(b"/>")
            and HOLDING.search(part, row.end(), end)
        ):
            hidden_rows.add(int(number[1]) - 1)
    hidden_columns: set[int] = set()
    for column in _HIDDEN_COLUMN.finditer(part, 0, start):
        span = dict(_SPAN.findall(column[0]))
        hidden_columns.update(_columns(span.get(b"min", b"1"), span.get(b"max", b"1")))
    uncalculated = frozenset(_without_value(part, start, close))
    return HiddenValues(
        errors, uncalculated, frozenset(hidden_rows), frozenset(hidden_columns), rich
    )


def _without_value(part: bytes, start: int, close: int) -> Iterator[Place]:
    """Give the places of formulas without a value, found by how their cells end."""
    for sign in _BLANK:
        at = part.rfind(sign, start, close)
        while at >= 0:
            cell = part.rfind(b"<c r=", start, at)
            found = _UNCALCULATED.match(part, cell)
            if found is not None and (not found["value"] or b' t="str"' not in found["rest"]):
                yield _place(found)
            at = part.rfind(sign, start, cell)


def _place(found: re.Match[bytes]) -> Place:
    return int(found["row"]) - 1, column_number(found["letters"].decode())


def _columns(first: str | bytes, last: str | bytes) -> range:
    return range(max(int(first), 1) - 1, min(int(last), LAST_COLUMN))


class _Met:
    """What is hidden of a sheet of an xlsx, met element by element."""

    def __init__(self, part: bytes) -> None:
        self._errors: dict[Place, str] = {}
        self._rich: dict[Place, int] = {}
        self._uncalculated: set[Place] = set()
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._cursor = Cursor()
        self._place, self._kind, self._text = (0, 0), "", ""
        self._aside: str | None = None
        self._formula = self._valued = self._hidden = False
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.Parse(part, True)

    def hidden_values(self) -> HiddenValues:
        """Return it all."""
        return HiddenValues(
            self._errors,
            frozenset(self._uncalculated),
            frozenset(self._hidden_rows),
            frozenset(self._hidden_columns),
            self._rich,
        )

    def _start(self, name: str, attributes: Attributes) -> None:
        name = local(name)
        if name == "c":
            self._place = self._cursor.to_cell(attributes.get("r"))
            self._kind, self._text = attributes.get("t", ""), ""
            self._aside = attributes.get("vm")
            self._formula = self._valued = False
        elif name in ("v", "is"):
            self._valued = True
            self._parser.CharacterDataHandler = self._read
        elif name == "f":
            self._formula = True
        elif name == "row":
            self._cursor.to_row(attributes.get("r"))
            self._hidden = attributes.get("hidden") in _TRUE
        elif name == "col" and attributes.get("hidden") in _TRUE:
            span = _columns(attributes.get("min", "1"), attributes.get("max", "1"))
            self._hidden_columns.update(span)

    def _read(self, text: str) -> None:
        self._text += text

    def _end(self, name: str) -> None:
        name = local(name)
        if name in ("v", "is"):
            self._parser.CharacterDataHandler = None
        elif name == "c":
            # A formula that gives an empty text is calculated: its kind says that it is a text.
            calculated = self._text or (self._valued and self._kind == "str")
            if self._kind == "e" and self._text:
                self._errors[self._place] = self._text
                if self._aside:
                    self._rich[self._place] = counted(self._aside)
            elif self._formula and not calculated:
                self._uncalculated.add(self._place)
            if self._hidden and (self._formula or self._valued):
                self._hidden_rows.add(self._place[0])
