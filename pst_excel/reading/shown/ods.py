"""What the cells of an ods show: its file keeps the text beside the value."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from xml.parsers import expat

from pst_excel.cells.grid import Place
from pst_excel.cells.values import RawCell, is_number
from pst_excel.reading.guard.dimensions import Attributes
from pst_excel.reading.guard.ods import CELLS, span

_AS_A_NUMBER = re.compile(r"((?:.*[^0-9])?)([0-9]+(?:[.,][0-9]+)?)", re.DOTALL)
_WITH_DECIMALS = re.compile(r"((?:.*[^0-9])?)([0-9]+[.,][0-9]+)", re.DOTALL)
_DIGITS = re.compile(r"[0-9]+")


def texts_of(content: bytes, title: str, cells: Mapping[Place, RawCell]) -> dict[Place, str]:
    """Return what cells of a table show, where it is sure that it is what they hold."""
    found = _Reader(content, title, cells).texts
    texts = {place: _certain(text.strip(), cells[place]) for place, text in found.items()}
    return {place: text for place, text in texts.items() if text is not None}


def _certain(text: str, cell: RawCell) -> str | None:
    """Return a text shown, with a point where the language of the author puts a comma."""
    if is_number(cell):
        for written in (_WITH_DECIMALS, _AS_A_NUMBER):  # what stands before it is of the format
            number = written.fullmatch(text)
            if number is not None and float(pointed := number[2].replace(",", ".")) == cell:
                return number[1] + pointed
        digits = "".join(_DIGITS.findall(text)).lstrip("0")
        return text if float(cell).is_integer() and digits == f"{cell:.0f}" else None
    if isinstance(cell, dt.date):
        parts = sorted(map(int, (digits[-9:] for digits in _DIGITS.findall(text)[:3])))
        day = [cell.day, cell.month]
        days = (day, [*day, cell.year], [*day, cell.year % 100])
        return text if parts in map(sorted, days) else None
    return None


class _Reader:
    """A content met element by element: the paragraphs of some cells of a table, theirs alone."""

    def __init__(self, content: bytes, title: str, cells: Mapping[Place, RawCell]) -> None:
        self.texts: dict[Place, str] = {}
        self._title, self._wanted = title, cells
        self._lines = sorted({row for row, _ in cells})
        self._columns = sorted({column for _, column in cells})
        self._depth = self._table = self._cell = 0  # of the elements that are open, 0 for none
        self._rows, self._next_row, self._next_column = range(0), 0, 0
        self._places: list[Place] = []
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.Parse(content, True)

    def _start(self, name: str, attributes: Attributes) -> None:
        self._depth += 1
        if name == "table:table" and not self._table:
            self._table = self._depth if attributes.get("table:name") == self._title else 0
            self._next_row = 0
        elif not self._table:
            return
        elif self._cell:
            if name == "text:p" and self._depth == self._cell + 1 and self._places:
                self._parser.CharacterDataHandler = self._read
        elif name in CELLS:
            self._cell = self._depth
            columns = span(self._next_column, attributes, "table:number-columns-repeated")
            self._next_column = columns.stop
            self._places = [
                (row, column)
                for row in _among(self._lines, self._rows)
                for column in _among(self._columns, columns)
                if (row, column) in self._wanted
            ]
        elif name == "table:table-row":
            self._rows = span(self._next_row, attributes, "table:number-rows-repeated")
            self._next_row, self._next_column = self._rows.stop, 0

    def _read(self, text: str) -> None:
        for place in self._places:
            self.texts[place] = self.texts.get(place, "") + text

    def _end(self, name: str) -> None:
        if name == "text:p":
            self._parser.CharacterDataHandler = None
        if self._depth == self._cell:
            self._cell = 0
        elif self._depth == self._table:
            self._table = 0
        self._depth -= 1


def _among(known: Sequence[int], some: range) -> Sequence[int]:
    return known[bisect_left(known, some.start) : bisect_left(known, some.stop)]
