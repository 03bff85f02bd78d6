"""Rows of a data sheet that deserve a look: chosen when the page is written, their cells live."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pst_excel.excel import palette
from pst_excel.excel.boards.course import draw_course
from pst_excel.excel.boards.page import CODE, KEY, NAME, NAME_END, NAME_WIDTH, SMALL, BoardPage
from pst_excel.excel.boards.panels import write_key
from pst_excel.excel.formats import bar_in_cell
from pst_excel.excel.palette import Look
from pst_excel.excel.wrapping import INDENT, LINE, PADDING, TALLEST, lines_of
from pst_excel.model.figures.boards import Extract, Shown
from pst_excel.model.figures.messages import say
from pst_excel.model.schema import Column
from pst_excel.model.words import keys
from pst_excel.model.words.kinds import Kind
from pst_excel.model.words.units import WHOLES
from pst_excel.model.words.wording import column_letter, plural
from pst_excel.returns.frames import values_of

_SMALL_LINE = 12  # points
_FORMATS = {
    "days": '0" j";0" j"', "percent": '0" %"', "toward": '"▲ mieux";"▼ recul";"= stable"',
}  # fmt: skip
"""How a number is shown, by the kind of its column: each format says both signs, and zero."""


@dataclass(frozen=True)
class _Placed:
    """A column of an extract on the page."""

    shown: Shown
    column: Column
    area: tuple[int, int]

    @property
    def text(self) -> bool:
        return self.column.kind.is_text or self.column.many or self.column.kind is Kind.CODE


def write_extract(page: BoardPage, row: int, extract: Extract) -> int:
    """Write the rows under a title; return the next free row."""
    rows = extract.pick(page.frames, page.batch.parameters)
    row = page.title(row, extract.title)
    if rows.empty:
        return page.small(row, say(extract.empty)) + 1
    placed = list(_placed(page, extract))
    _headings(page, row, extract, placed)
    first = row + 1
    shown = rows.iloc[: extract.most]
    data = {p.shown.key: values_of(shown[p.column.key]) for p in placed}
    written = _Rows(page, extract, placed, data, _texts(shown, extract, page))
    codes, ids = (values_of(shown[key]) for key in (keys.CODE, keys.ID))
    for at, (_, source) in enumerate(shown.index):
        write_key(page.sheet, first + at, KEY, str(ids[at] or ""))
        written.lead(first + at, str(codes[at] or "→"), int(source))
        written.row(first + at, at)
    written.bars(first, first + len(shown) - 1)
    row = first + len(shown)
    if (more := len(rows) - len(shown)) > 0:
        others = plural(more, "autre")
        return page.small(row, say(f"{others} : {extract.rest}" if extract.rest else others)) + 1
    return row + 1


@dataclass(frozen=True)
class _Names:
    """The names of rows: a column of the sheet, its values."""

    column: Column
    values: Sequence[Any]


@dataclass(frozen=True)
class _Rows:
    """The rows of an extract being written."""

    page: BoardPage
    extract: Extract
    placed: Sequence[_Placed]
    data: Mapping[str, Sequence[Any]]
    names: _Names

    def lead(self, row: int, code: str, source: int) -> None:
        """Write a code that leads to its row."""
        sheet = self.page.sheet
        table = self.page.batch.returns[0].tables[self.extract.sheet]
        link = sheet.book.format(palette.LINK, palette.LINE, align="left", valign="vcenter")
        sheet.link(row, CODE, table.title, table.cell(keys.CODE, source), code, link)

    def row(self, row: int, at: int) -> None:
        """Write the name and the other cells of a row, as high as its texts ask."""
        page, sheet = self.page, self.extract.sheet
        name = self.names.values[at]
        _live(page, row, sheet, self.names.column, (NAME, NAME_END), name, {})
        tall = LINE * lines_of(name or "", NAME_WIDTH - INDENT)
        for one in self.placed:
            if one.shown.kind == "course":
                draw_course(page, row, at, one, self.placed, self.data)
                continue
            value = self.data[one.shown.key][at]
            look: Look = {**palette.SMALL, "indent": 1} if one.text else {}
            _live(page, row, sheet, one.column, one.area, value, look, one.shown.kind)
            if one.text and isinstance(value, str):
                room = page.width(*one.area) / SMALL - INDENT
                tall = max(tall, _SMALL_LINE * lines_of(value, room))
        page.sheet.worksheet.set_row(row, min(tall + PADDING, TALLEST))

    def bars(self, first: int, last: int) -> None:
        """Draw the bars of columns in their cells."""
        for one in self.placed:
            if one.shown.kind == "bar":
                area = (first, one.area[0], last, one.area[1])
                self.page.sheet.mark(area, bar_in_cell(WHOLES.get(one.column.unit, 100)))


def _texts(rows: Any, extract: Extract, page: BoardPage) -> _Names:
    sheet = page.batch.plan[extract.sheet]
    column = sheet[sheet.named_by]
    return _Names(column, values_of(rows[column.key]))


def _placed(page: BoardPage, extract: Extract) -> Iterable[_Placed]:
    """Give the columns of an extract, those of the years one by one, where they stand."""
    sheet, at = page.batch.plan[extract.sheet], 0
    for shown in extract.columns:
        if shown.kind == "years":
            for column in (c for c in sheet.columns if c.year):
                one = Shown(column.key, shown.span, str(column.year))
                yield _Placed(one, column, page.area(at, shown.span))
                at += shown.span
        else:
            yield _Placed(shown, sheet[shown.key], page.area(at, shown.span))
            at += shown.span


def _headings(page: BoardPage, row: int, extract: Extract, placed: Sequence[_Placed]) -> None:
    book, sheet = page.sheet.book, page.batch.plan[extract.sheet]
    form = book.format(palette.COLUMN)
    page.sheet.put(row, CODE, "Code", form)
    page.across(row, NAME, NAME_END, sheet[sheet.named_by].label, form)
    for one in placed:
        label = one.shown.label or one.column.label
        side: Look = {"align": "left", "indent": 1} if one.text else {"align": "right"}
        page.across(row, *one.area, label, book.format(palette.COLUMN, side))
    labels = [(one.shown.label or one.column.label, one.area) for one in placed]
    page.sheet.worksheet.set_row(row, page.heading_height(labels))


def _live(
    page: BoardPage, row: int, sheet: str, column: Column, area: tuple[int, int], value: Any,
    look: Look, kind: str = "plain",
) -> None:  # fmt: skip
    """Write a cell that shows what the row of its key holds, wherever it stands by then."""
    names = page.names
    here = f"${column_letter(KEY)}{row + 1}"
    found = (
        f"INDEX({names.column(sheet, column.key)},MATCH({here},{names.column(sheet, keys.ID)},0))"
    )
    text = column.kind.is_text or column.many or column.kind is Kind.CODE
    kept = f'{found}&""' if text else f'IF({found}="","",{found})'
    form: dict[str, Any] = {
        "valign": "vcenter", "align": "left" if text else "right", "text_wrap": text,
        **palette.LINE, **look,
    }  # fmt: skip
    if kind in _FORMATS:
        form["num_format"] = _FORMATS[kind]
    elif column.unit:
        form["num_format"] = palette.UNIT_FORMATS[column.unit]
    elif column.kind in palette.NUMBER_FORMATS and not text:
        form["num_format"] = palette.NUMBER_FORMATS[column.kind]
    formula = f'IFERROR({kept},"")'
    page.formula(row, area, formula, value, page.sheet.book.format(form))
