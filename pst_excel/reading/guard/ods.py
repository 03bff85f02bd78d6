"""The tables of an ods: how far their values go, and what calamine hides of them.

A row or a cell may say that it is repeated: a few bytes can be a whole sheet.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.parsers import expat

from pst_excel.reading.guard.dimensions import LAST_COLUMN, Attributes, column_number

Area = tuple[range, range]
"""The rows and the columns, from 0, of a cell and of its repetitions."""

_NOT_SHOWN = ("collapse", "filter")
CELLS = ("table:table-cell", "table:covered-table-cell")
_SUBTOTAL = re.compile(
    r"of:=SUBTOTAL\([0-9]{1,3};(?:\[\.\$?([A-Z]{1,3})\$?[0-9]+:\.\$?([A-Z]{1,3})\$?[0-9]+\]|[^()!;\[.]+\[\[.*)\)"
)
_DRAWN = ("draw:", "dr3d:", "table:shapes")
_DRAWING = tuple(f"<{name}".encode() for name in _DRAWN)
_TAG = re.compile(rb"<(?:[^<>\"']|\"[^\"]*+\"|'[^']*+')++>")
_MARGINS = re.compile(rb">\s+(?=</?(?:table:|text:p))")


def plainer(content: bytes) -> bytes:
    """Return the content as calamine can read it whole.

    It refuses blanks between rows and cells, passes over line breaks and tabulations in texts, and
    takes the texts of what is drawn over a cell for its own.
    """
    if any(sign in content for sign in _DRAWING):
        content = _without(content, _drawn(content))
    content = _MARGINS.sub(b">", content)
    for mark, sign in ((b"<text:line-break/>", b"\n"), (b"<text:tab/>", b"\t")):
        content = content.replace(mark, sign)
    return content


def without_rows(content: bytes, some: Sequence[OdsTable]) -> bytes:
    """Return a content some of whose tables hold nothing."""
    opened = (_TAG.match(content, table.start) for table in some)
    starts = [tag.end() if tag else table.start for tag, table in zip(opened, some, strict=True)]
    closed = (table.end - len("</table:table>") for table in some)
    return _without(content, list(zip(starts, closed, strict=True)))


def _without(content: bytes, spans: Sequence[tuple[int, int]]) -> bytes:
    ends = [0, *(end for _, end in spans)]
    starts = [*(start for start, _ in spans), len(content)]
    return b"".join(content[end:start] for end, start in zip(ends, starts, strict=True))


def _drawn(content: bytes) -> list[tuple[int, int]]:
    """Return where in a content what is drawn stands, from its first tag to the end of its last."""
    spans: list[tuple[int, int]] = []
    depth = begun = 0
    parser = expat.ParserCreate()

    def start(name: str, attributes: Attributes) -> None:
        nonlocal depth, begun
        if depth or name.startswith(_DRAWN):
            begun = begun if depth else parser.CurrentByteIndex
            depth += 1

    def end(name: str) -> None:
        nonlocal depth
        depth -= depth > 0
        at = parser.CurrentByteIndex
        # Where an element is an empty tag, the parser stands behind it: it holds no text.
        if not depth and name.startswith(_DRAWN) and content.startswith(f"</{name}".encode(), at):
            spans.append((begun, content.index(b">", at) + 1))

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(content, True)
    return spans


def is_table(part: bytes) -> bool:
    """Tell whether a part is one table of an ods."""
    return part.startswith(b"<table:table")


@dataclass
class OdsTable:
    """A table: where its XML is, how far it goes, what calamine hides of it.

    `totals` are the rows, from 0, in which a formula sums up its column.
    """

    title: str
    start: int
    end: int = 0
    rows: int = 0
    columns: int = 0
    errors: list[tuple[Area, str]] = field(default_factory=list)
    uncalculated: list[Area] = field(default_factory=list)
    hidden_rows: list[range] = field(default_factory=list)
    hidden_columns: list[range] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)

    @property
    def conceals(self) -> bool:
        """Whether calamine hides something of it."""
        return bool(self.errors or self.uncalculated or self.hidden_rows or self.hidden_columns)


def tables(content: bytes) -> list[OdsTable]:
    """Return the tables of a content, or of a piece of it that is one of them."""
    return _Reader(content).tables


class _Reader:
    """A content met element by element; a table within a cell is left aside."""

    def __init__(self, content: bytes) -> None:
        self.tables: list[OdsTable] = []
        self._depth = self._next_row = self._next_column = self._next_declared = 0
        self._rows = self._columns = range(0)
        self._hidden = self._error = False
        self._text = ""
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.Parse(content, True)

    def _start(self, name: str, attributes: Attributes) -> None:
        if name == "table:table":
            self._depth += 1
            if self._depth == 1:
                title = attributes.get("table:name", "")
                self.tables.append(OdsTable(title, self._parser.CurrentByteIndex))
                self._next_row = self._next_declared = 0
        elif self._depth != 1:
            return
        elif name in CELLS:
            self._cell(attributes)
        elif name == "table:table-row":
            self._rows = span(self._next_row, attributes, "table:number-rows-repeated")
            self._next_row, self._next_column = self._rows.stop, 0
            self._hidden = attributes.get("table:visibility") in _NOT_SHOWN
        elif name == "table:table-column":
            columns = span(self._next_declared, attributes, "table:number-columns-repeated")
            self._next_declared = columns.stop
            if attributes.get("table:visibility") in _NOT_SHOWN:
                self.tables[-1].hidden_columns.append(columns[:LAST_COLUMN])

    def _cell(self, attributes: Attributes) -> None:
        self._columns = span(self._next_column, attributes, "table:number-columns-repeated")
        self._next_column = self._columns.stop
        valued, formula = "office:value-type" in attributes, attributes.get("table:formula")
        if not valued and not formula:
            return
        table = self.tables[-1]
        table.rows = max(table.rows, self._rows.stop)
        table.columns = max(table.columns, self._columns.stop)
        if self._hidden and (not table.hidden_rows or table.hidden_rows[-1] != self._rows):
            table.hidden_rows.append(self._rows)
        if formula and self._sums_up(formula):
            table.totals.append(self._rows.start)
        if not valued:
            table.uncalculated.append((self._rows, self._columns))
        if attributes.get("calcext:value-type") == "error":
            self._error, self._text = True, ""
            self._parser.CharacterDataHandler = self._read

    def _sums_up(self, formula: str) -> bool:
        """Tell whether a formula sums up its own column, by its letter or by its heading."""
        column = _SUBTOTAL.fullmatch(formula)
        letters = [letter for letter in column.groups() if letter] if column else []
        return column is not None and {*map(column_number, letters)} <= {self._columns.start}

    def _read(self, text: str) -> None:
        self._text += text

    def _end(self, name: str) -> None:
        if name == "table:table":
            self._depth -= 1
            if self._depth == 0:
                self.tables[-1].end = self._parser.CurrentByteIndex + len("</table:table>")
        elif self._error and name in CELLS:
            self.tables[-1].errors.append(((self._rows, self._columns), self._text.strip()))
            self._parser.CharacterDataHandler, self._error = None, False


def span(start: int, attributes: Attributes, repeated: str) -> range:
    """Return the rows or the columns of an element from a start, given the name of their number."""
    return range(start, start + max(1, int(attributes.get(repeated, 1))))
