"""The sheet Méthode: what settles each figure, what holds for all, the thresholds in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from pst_excel.excel import palette
from pst_excel.excel.names import Names, WrittenRow
from pst_excel.excel.paper import A3, TITLE_ROWS, laid
from pst_excel.excel.wrapping import INDENT, heading_height, height_of, lines_of
from pst_excel.excel.xlsx import BookWriter, Format, SheetWriter
from pst_excel.model.method import COMMON, said_of, told_of, unit_of
from pst_excel.model.plan import Plan
from pst_excel.model.schema import HEADING_ROW
from pst_excel.model.thresholds import Limit
from pst_excel.model.words.kinds import Need
from pst_excel.model.words.thresholds import THRESHOLDS, THRESHOLDS_HELP, Threshold
from pst_excel.model.words.titles import METHODE
from pst_excel.model.words.wording import plural
from pst_excel.returns.tables import Return

_FIRST = (("Chiffre", 26), ("Définition", 50), ("Unité", 12))
_WIDE, _NARROW = 70, 37  # characters of a column, by the length of its longest text
_LONG, _SHORT = 180, 18
_SCREEN = 200  # characters that are read without moving the sheet


def write_method(book: BookWriter, content: Return, names: Names, context: str) -> None:
    """Write a line for each figure, then the rules of all, then the thresholds with their value."""
    page = book.sheet(METHODE, palette.TABS["help"])
    figures = told_of(content.plan)
    question = f"{plural(len(figures), 'chiffre')} : ce que chacun compte, et comment il se refait."
    page.heading(METHODE, question, 0)
    page.worksheet.hide_gridlines(2)
    writer = _Writer(page, content, names)
    writer.figures()
    writer.common()
    writer.thresholds()
    heights = [*TITLE_ROWS, *writer.heights]
    way = laid(A3, [width for _, width in writer.columns], heights, writer.heights[0])
    page.page(A3, context, HEADING_ROW - 1, way.across, 0, way.portrait)


@dataclass
class _Writer:
    """The sheet being written, from its headings down; `heights` are those of its rows."""

    page: SheetWriter
    content: Return
    names: Names
    columns: list[tuple[str, int]] = field(default_factory=list)
    heights: list[float] = field(default_factory=list)

    @property
    def plan(self) -> Plan:
        return self.content.plan

    @property
    def row(self) -> int:
        return HEADING_ROW - 1 + len(self.heights)

    def figures(self) -> None:
        """Write a line for each figure; what is said of none has no column."""
        lines = []
        for figure in told_of(self.plan):
            said = {one.head: one.whole for one in said_of(figure, self.plan)}
            lines.append((figure.label, figure.words, unit_of(figure), said))
        fullest = sorted((said for *_, said in lines), key=len, reverse=True)
        heads = dict.fromkeys(head for said in fullest for head in said)
        rows = [(*first, *(said.get(head, "") for head in heads)) for *first, said in lines]
        widths = [_width([said.get(head, "") for *_, said in lines]) for head in heads]
        self.columns = [*_FIRST, *zip(heads, widths, strict=True)]
        for at, (_, width) in enumerate(self.columns):
            self.page.worksheet.set_column(at, at, width)
        self._headings([head for head, _ in self.columns])
        self.page.worksheet.freeze_panes(HEADING_ROW, 1)
        for row in rows:
            self._line(row)

    def common(self) -> None:
        """Write what holds for every figure, each rule over the width of a screen."""
        if self.plan.workings is None:
            return
        self._title(COMMON)
        across = accumulate(width for _, width in self.columns[1:])
        last, room = max((at, wide) for at, wide in enumerate(across, 1) if wide <= _SCREEN)
        for subject, words in self.plan.workings.common:
            row, lines = self.row, max(lines_of(words, room), lines_of(subject, _FIRST[0][1] - 2))
            self.page.put(row, 0, subject, self._form(bold=True))
            self.page.across(row, 1, last, words, self._form())
            self._high(lines)

    def thresholds(self) -> None:
        """Write the numbers of the institution: live where its form has a field for them."""
        if not self.plan.form.thresholds:
            return
        self._title(THRESHOLDS, THRESHOLDS_HELP)
        for one in self.plan.form.thresholds:
            row = self.row
            usual = f"usage : {one.usual}"
            said = f"{one.unit} ; {usual}" if one.unit else usual
            self._line((one.label, one.help, "", said, one.because))
            self._value(row, one)

    def _value(self, row: int, one: Threshold) -> None:
        form = self._form(num_format=palette.NUMBER_FORMATS[one.kind], bold=True)
        value = one.of(self.content.identity(one.key))
        if self.names.parameter(one.key) not in self.page.book.names:
            self.page.put(row, 2, value, form)
            return
        place = WrittenRow(self.names, self.plan.form.key, row)
        self.page.formula(row, 2, Limit(one).render(place), value, form)

    def _headings(self, labels: Sequence[str]) -> None:
        style = self.page.book.format(
            palette.HEADING, palette.HEADINGS[Need.REQUIRED], palette.TEXTS
        )
        for at, label in enumerate(labels):
            self.page.put(self.row, at, label, style)
        self._high(height=heading_height(self.columns))

    def _line(self, values: Sequence[str]) -> None:
        """Write a line of texts, as high as the longest of them."""
        lines = 1
        for at, (value, (_, width)) in enumerate(zip(values, self.columns, strict=False)):
            self.page.put(self.row, at, value, self._form(bold=at == 0))
            lines = max(lines, lines_of(value, width - INDENT))
        self._high(lines)

    def _title(self, words: str, below: str = "") -> None:
        """Write the title of what follows, a blank row above it."""
        self._high()
        title = self.page.book.format(
            palette.TEXTS, font_size=13, bold=True, font_color=palette.INK
        )
        self.page.put(self.row, 0, words, title)
        self.page.put(self.row, 1, below, self.page.book.format(palette.SMALL, palette.TEXTS))
        self._high(height=22)

    def _high(self, lines: int = 1, height: float = 0) -> None:
        """Give the row its height and go to the next one."""
        self.page.worksheet.set_row(self.row, height or height_of(lines))
        self.heights.append(height or height_of(lines))

    def _form(self, **more: str | int | bool) -> Format:
        return self.page.book.format(palette.RULED, palette.TEXTS, text_wrap=True, **more)


def _width(texts: Sequence[str]) -> int:
    """Return the width of a column, by what its longest text needs."""
    longest = max(map(len, texts))
    return _WIDE if longest > _LONG else _NARROW if longest > _SHORT else _SHORT + 2
