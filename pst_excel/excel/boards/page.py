"""The page of a board: its columns, where its panels stand, its sentences written last.

Every page is six tiles wide: codes and names take two, the figures of panels the other four, which
are divided into `UNITS` of one width.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pst_excel.excel import palette
from pst_excel.excel.names import Names
from pst_excel.excel.palette import Look
from pst_excel.excel.paper import A4, upright
from pst_excel.excel.wrapping import INDENT, height_of, lines_of
from pst_excel.excel.xlsx import Format, SheetWriter
from pst_excel.model.figures.boards import Board
from pst_excel.model.figures.lines import PanelTable
from pst_excel.model.figures.messages import Sentence, is_text
from pst_excel.model.figures.tables import table_of
from pst_excel.model.series import Frames
from pst_excel.model.words.wording import column_letter
from pst_excel.returns.frames import Batch

KEY, CODE, NAME, NAME_END, FIRST = range(5)
"""The columns of a page: the key that rows must hold, not shown; the code; the name, over two;
the first figure."""
UNITS = 16
TILE = 29.0  # characters
UNIT = 4 * TILE / UNITS
CODE_WIDTH = 7.0
_FIXED = (2.0, CODE_WIDTH, TILE - CODE_WIDTH, TILE)
_USUAL = 15.0  # points of a row that nobody made higher
NAME_WIDTH = 2 * TILE - CODE_WIDTH
_EPOCH = dt.date(1899, 12, 30)
QUESTION, MESSAGE, CONTEXT, WARNED, TOP = 0, 1, 2, 3, 5
"""Its first rows, and that of its first block."""
SMALL = 9 / 11  # of the room of a text, where it is small


def serial(day: dt.date) -> int:
    """Return a date as spreadsheets number it."""
    return (day - _EPOCH).days


@dataclass(frozen=True)
class Placed:
    """Where the table of a panel stands, from 0: its heading, its lines, its columns by label.

    `names` is the column in which the lines are named.
    """

    heading: int
    first: int
    last: int
    names: int
    columns: dict[str, int]


@dataclass(frozen=True)
class Earlier:
    """The figures of the previous consolidation by key, the cells that hold them, its day.

    `forecast` says when the programme ends at the pace of the consolidations, empty if unknown.
    """

    day: dt.date
    values: Mapping[str, float]
    cells: Mapping[str, str]
    forecast: str = ""


@dataclass(frozen=True)
class Around:
    """What pages say beside their figures.

    `context` says in one line whose plan it is, `warned` who has not answered, `earlier` are the
    figures of the previous consolidation, `told` what other sheets say, by their titles.
    """

    context: str
    warned: str = ""
    earlier: Earlier | None = None
    told: Mapping[str, str] = field(default_factory=dict)


@dataclass
class BoardPage:
    """The sheet of a board being written, what its sentences are made from and refer to."""

    sheet: SheetWriter
    board: Board
    batch: Batch
    names: Names
    widths: Sequence[float]
    earlier: Earlier | None = None
    placed: dict[str, Placed] = field(default_factory=dict)
    _later: list[tuple[int, int, Sentence, str, Format]] = field(default_factory=list)

    @property
    def frames(self) -> Frames:
        """The frames by which figures count."""
        return self.batch.counted

    @cached_property
    def _tables(self) -> dict[str, PanelTable]:
        return {
            panel.key: table_of(panel, self.frames, self.batch.parameters)
            for panel in self.board.panels
        }

    def panel(self, key: str) -> PanelTable:
        """Return the table of a panel of the page."""
        return self._tables[key]

    def labels(self, panel: str) -> str:
        """Return the cells of the names of a panel's lines, without the last."""
        return self._lines(panel, self.placed[panel].names)

    def figures(self, panel: str, column: str) -> str:
        """Return the cells of a column of a panel on the same lines."""
        return self._lines(panel, self.placed[panel].columns[column])

    def _lines(self, panel: str, column: int) -> str:
        at, letters = self.placed[panel], column_letter(column)
        last = max(at.first, at.last - 1)  # a panel of no line has that of what has no place
        return f"${letters}${at.first + 1}:${letters}${last + 1}"

    def cell(self, row: int, column: int) -> str:
        """Return a cell of the page as formulas of any sheet name it."""
        return f"'{self.sheet.title}'!${column_letter(column)}${row + 1}"

    @property
    def end(self) -> int:
        """The last column of the page."""
        return FIRST + len(self.widths) - 1

    def area(self, at: float, span: float) -> tuple[int, int]:
        """Return the first and last columns of so many units, from a unit on."""
        first = self._nearest(at * UNIT)
        return first, max(first, self._nearest((at + span) * UNIT) - 1)

    def _nearest(self, room: float) -> int:
        edges = [0.0]
        for width in self.widths:
            edges.append(edges[-1] + width)
        return FIRST + min(range(len(edges)), key=lambda n: (abs(edges[n] - room), n))

    def width(self, first: int, last: int) -> float:
        """Return the width of columns, in characters."""
        return sum((*_FIXED, *self.widths)[first : last + 1])

    def pixels(self, first: int, last: int) -> int:
        """Return the width of columns on a screen."""
        return sum(int(width * 7 + 0.5) + 5 for width in (*_FIXED, *self.widths)[first : last + 1])

    def across(self, row: int, first: int, last: int, value: object, form: Format) -> None:
        """Write a value over columns of a row."""
        if first == last:
            self.sheet.put(row, first, value, form)
        else:
            self.sheet.worksheet.merge_range(row, first, row, last, "", form)
            self.sheet.put(row, first, value, form)

    def formula(
        self, row: int, area: tuple[int, int], formula: str, value: object, form: Format
    ) -> None:
        """Write a live formula over columns of a row."""
        first, last = area
        if isinstance(value, dt.date):
            value = serial(value)
        if first != last:
            self.sheet.worksheet.merge_range(row, first, row, last, "", form)
        self.sheet.formula(row, first, formula, value, form)

    def tell(self, row: int, sentence: Sentence, *look: Look, first: int = CODE) -> int:
        """Write a sentence across the page once all its panels stand; return the lines it takes."""
        form, words = self.sheet.book.format(*look, text_wrap=True), sentence.evaluate(self)
        if is_text(sentence):
            self.across(row, first, self.end, words, form)
        else:
            self.sheet.worksheet.merge_range(row, first, row, self.end, "", form)
            self._later.append((row, first, sentence, words, form))
        return lines_of(words, self.width(first, self.end) - INDENT)

    def heading_height(self, labels: Iterable[tuple[str, tuple[int, int]]]) -> int:
        """Return the height of a row of small headings, each over columns, in points."""
        rooms = ((label, self.width(*area) / SMALL - INDENT / 2) for label, area in labels)
        return 12 * max(lines_of(label, max(room, 1)) for label, room in rooms) + 5

    def title(self, row: int, sentence: Sentence) -> int:
        """Write the title of a block; return the next row."""
        self.tell(row, sentence, palette.BLOCK)
        self.sheet.worksheet.set_row(row, 21)
        return row + 1

    def small(self, row: int, sentence: Sentence) -> int:
        """Write what explains a block in small; return the next row."""
        lines = self.tell(row, sentence, palette.SMALL, {"italic": True})
        self.sheet.worksheet.set_row(row, height_of(lines) if lines > 1 else 15)
        return row + 1

    def _printed(self, context: str) -> None:
        """Print on one page, upright where it is larger so; the footer is as long as it may be."""
        ws = self.sheet.worksheet
        rows = [ws.row_sizes.get(row, (_USUAL, False)) for row in range(ws.dim_rowmax + 1)]
        heights = [0 if hidden else height for height, hidden in rows]
        stands = upright(A4, (*_FIXED, *self.widths), heights)
        footer = " · ".join(context.split(" · ")[:2]) if stands else context
        self.sheet.page(A4, footer, portrait=stands)
        ws.fit_to_pages(1, 1)

    def finish(self, context: str, warned: str) -> str:
        """Write the head of the page and its sentences; return its message."""
        book, ws = self.sheet.book, self.sheet.worksheet
        ws.hide_gridlines(2)
        ws.set_column(KEY, KEY, 2)
        ws.set_column(CODE, CODE, CODE_WIDTH)
        ws.set_column(NAME, NAME, TILE - CODE_WIDTH)
        ws.set_column(NAME_END, NAME_END, TILE)
        for at, width in enumerate(self.widths, start=FIRST):
            ws.set_column(at, at, width)
        small = book.format(palette.SMALL, font_size=11, italic=True)
        self.sheet.put(QUESTION, CODE, f"{self.board.title} — {self.board.question}", small)
        self.tell(MESSAGE, self.board.message, palette.MESSAGE)
        ws.set_row(MESSAGE, 32)
        self.sheet.put(CONTEXT, CODE, context, book.format(palette.SMALL))
        if warned:
            self.sheet.put(WARNED, CODE, warned, book.format(palette.MISSING))
        ws.set_row(WARNED, 18 if warned else 6)
        ws.set_row(WARNED + 1, 6)
        for row, column, sentence, words, form in self._later:
            self.sheet.formula(row, column, sentence.render(self), words, form)
        ws.freeze_panes(CONTEXT, 0)
        self._printed(context)
        return self.board.message.evaluate(self)
