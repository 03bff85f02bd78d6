"""A calendar in cells: one narrow column a quarter, its colour given by what each cell calculates.

A cell holds 1 where the work is done, 2 where its time has gone and it is not, 3 where it is to
come. What is done ends today where a record is on time, before or after by its gap: a record that
is late on another page never looks ahead here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pst_excel.excel import palette
from pst_excel.excel.boards.page import (
    CODE,
    FIRST,
    KEY,
    NAME,
    NAME_END,
    TILE,
    UNIT,
    BoardPage,
    serial,
)
from pst_excel.excel.boards.panels import EMPTY, on_any_line, unit_format, write_key
from pst_excel.excel.formats import when
from pst_excel.excel.names import AnyRow
from pst_excel.excel.palette import Look
from pst_excel.excel.xlsx import options
from pst_excel.model.figures.boards import Calendar, Row
from pst_excel.model.figures.lines import Heading, Number
from pst_excel.model.figures.measures import Quantity
from pst_excel.model.figures.messages import say
from pst_excel.model.figures.tables import on_lines
from pst_excel.model.plan import Plan
from pst_excel.model.words.keys import CODE as CODE_KEY
from pst_excel.model.words.keys import KEY as KEY_COLUMN
from pst_excel.model.words.roles import Role
from pst_excel.model.words.wording import column_letter, shortened
from pst_excel.text.spelling import as_code, natural

_MIDDLE = 45  # days from the first of a quarter to its middle
_LONGEST = 66
_LABELS = ("Début", "Fin", "Fait", "Écart")
_UNITS = ("mm/yyyy", "mm/yyyy", palette.UNIT_FORMATS["% de 100"], palette.UNIT_FORMATS["points"])
_QUARTER = "\1"  # in a formula: the cell of the first day of a quarter
DONE, GONE, TO_COME = 1, 2, 3


def calendar_widths(plan: Plan, calendar: Calendar) -> tuple[float, ...]:
    """Return the widths of the columns of figures: the quarters, then what is said of each line."""
    quarters = 4 * len(plan.years)
    said = len(_LABELS) + len(calendar.levels[0].columns)
    return ((4 * TILE - said * UNIT) / quarters,) * quarters + (UNIT,) * said


def state(
    quarter: float, begin: Number, end: Number, done: Number, gap: Number, today: float
) -> Number:
    """Return what the cell of a quarter holds; None where the record does not run."""
    if not begin or not end or quarter + 2 * _MIDDLE <= begin or quarter > end:
        return None
    middle = quarter + _MIDDLE
    asked = min(max(today, begin), end)
    if middle <= asked + (end - begin) * (gap or 0.0) / 100 or (done or 0.0) >= 100:
        return DONE
    return GONE if middle < today else TO_COME


@dataclass(frozen=True)
class _Line:
    """A record on the calendar: what `_said` of its level is, in that order."""

    level: Row
    heading: Heading
    values: Sequence[Number]


@dataclass(frozen=True)
class _Frame:
    """Where the quarters stand, from 0, and the formulas of the lines of each level."""

    page: BoardPage
    top: int
    quarters: Sequence[dt.date]
    formulas: Mapping[str, Sequence[str]]

    @property
    def after(self) -> int:
        """The first column of what is said of a line."""
        return FIRST + len(self.quarters)

    @property
    def observed(self) -> str:
        """The name of the day of observation."""
        return self.page.names.parameter(self.page.batch.plan.form.by_role[Role.OBSERVED].key)


def _said(level: Row) -> list[Quantity]:
    """Return what is said of a line: its days, how far it is, its gap, the other columns."""
    return [level.begin, level.end, level.progress, level.gap, *(c.quantity for c in level.columns)]


def write_calendar(page: BoardPage, row: int, calendar: Calendar) -> int:
    """Write the lines of a calendar, the quarters coloured; return the next free row."""
    lines = _lines(page, calendar)
    if not lines:
        return page.small(row, say(EMPTY)) + 1
    years = page.batch.plan.years
    frame = _Frame(
        page, row + 1, [dt.date(year, month, 1) for year in years for month in (1, 4, 7, 10)],
        {level.key: [on_any_line(q, level.key, KEY, page.names) for q in _said(level)]
         for level in calendar.levels},
    )  # fmt: skip
    _headings(frame, calendar.levels[0])
    below = sum(1 for line in lines if line.level is calendar.levels[1])
    first = row + 2
    for at, line in enumerate(lines):
        folded = line.level is calendar.levels[1] and below > calendar.folded
        _line(frame, first + at, line, folded)
    last = first + len(lines) - 1
    _colours(frame, first, last)
    page.sheet.worksheet.set_row(last + 1, 6)
    row = _legend(page, last + 2)
    if calendar.note:
        row = page.small(row, say(calendar.note))
    return row + 1


def _lines(page: BoardPage, calendar: Calendar) -> list[_Line]:
    """Return the records of the upper level, each with those of the lower one that are its own."""
    top, below = calendar.levels
    children: dict[str, list[_Line]] = {}
    parents = page.frames[below.sheet].drop_duplicates(KEY_COLUMN).set_index(KEY_COLUMN)
    known = {
        as_code(key): as_code(parent)
        for key, parent in parents[below.parent].dropna().items()
        if isinstance(key, str)
    }
    for line in _of_level(page, below):
        children.setdefault(known.get(as_code(line.heading.key), ""), []).append(line)
    found: list[_Line] = []
    for line in _of_level(page, top):
        found += [line, *children.pop(as_code(line.heading.key), [])]
    return found + [line for rest in children.values() for line in rest]


def _of_level(page: BoardPage, level: Row) -> list[_Line]:
    records = page.frames[level.sheet].dropna(subset=CODE_KEY)
    pairs = zip(
        records[CODE_KEY].tolist(), records[level.named_by].fillna("").tolist(), strict=True
    )
    headings: dict[str, Heading] = {}
    for code, title in sorted(pairs, key=lambda pair: natural(pair[0])):
        headings.setdefault(as_code(code), Heading(code, title))
    lines = [*headings.values()]
    columns = [on_lines(quantity, page.frames, level.key, lines) for quantity in _said(level)]
    return [
        _Line(level, heading, [values[at] for values in columns])
        for at, heading in enumerate(lines)
    ]


def _headings(frame: _Frame, level: Row) -> None:
    page, row = frame.page, frame.top - 1
    book = page.sheet.book
    year = book.format(palette.COLUMN, align="center", bold=True, left=1, left_color=palette.GRID)
    for at in range(0, len(frame.quarters), 4):
        page.across(row, FIRST + at, FIRST + at + 3, frame.quarters[at].year, year)
    hidden = book.format(palette.COLUMN, num_format=";;;")
    for at, quarter in enumerate(frame.quarters):
        page.sheet.put(frame.top, FIRST + at, serial(quarter), hidden)
    page.across(row, CODE, NAME_END, "Objectif", book.format(palette.COLUMN))
    labels = (*_LABELS, *(column.label for column in level.columns))
    for at, label in enumerate(labels, start=frame.after):
        page.sheet.put(row, at, label, book.format(palette.COLUMN, align="right"))
    page.sheet.worksheet.set_row(row, 26)
    page.sheet.worksheet.set_row(frame.top, 3)


def _line(frame: _Frame, row: int, line: _Line, folded: bool) -> None:
    page = frame.page
    book, sheet = page.sheet.book, page.sheet
    look: Look = {"valign": "vcenter", **palette.LINE}
    bold: Look = {**look, "bold": not line.level.parent}
    write_key(sheet, row, KEY, line.heading.key)
    sheet.put(row, CODE, line.heading.value, book.format(bold, num_format="@", align="left"))
    title = shortened(line.heading.label, _LONGEST)
    page.across(row, NAME, NAME_END, title, book.format(bold, font_size=9))
    cells = [f"${column_letter(frame.after + at)}{row + 1}" for at in range(len(_LABELS))]
    begin, end, done, gap = line.values[: len(_LABELS)]
    today = serial(page.batch.observed)  # type: ignore[arg-type]
    form = book.format(look, num_format=";;;")
    tied = _formula(cells, f"N({frame.observed})")
    for at, quarter in enumerate(frame.quarters, start=FIRST):
        value = state(serial(quarter), begin, end, done, gap, today)
        here = f"{column_letter(at)}${frame.top + 1}"
        sheet.formula(row, at, tied.replace(_QUARTER, here), value, form)
    units = (*_UNITS, *(unit_format(column.unit) for column in line.level.columns))
    formulas = frame.formulas[line.level.key]
    for at, (value, unit, formula) in enumerate(zip(line.values, units, formulas, strict=True)):
        style = book.format(look, num_format=unit, font_size=9, align="right")
        sheet.formula(
            row, frame.after + at, formula.replace(AnyRow.ROW, str(row + 1)), value, style
        )
    level = {"level": 1, "hidden": True} if folded else {}
    sheet.worksheet.set_row(row, 15, None, level)


def _formula(cells: Sequence[str], today: str) -> str:
    """Return what the cell of a quarter calculates, its first day to be named."""
    begin, end, done, gap = (f"N({cell})" for cell in cells)
    runs = f"OR({begin}=0,{end}=0,{_QUARTER}+{2 * _MIDDLE}<={begin},{_QUARTER}>{end})"
    far = f"MIN(MAX({today},{begin}),{end})+({end}-{begin})*{gap}/100"
    is_done = f"OR({_QUARTER}+{_MIDDLE}<={far},{done}>=100)"
    open_ = f"IF({_QUARTER}+{_MIDDLE}<{today},{GONE},{TO_COME})"
    return f'IF({runs},"",IF({is_done},{DONE},{open_}))'


def _colours(frame: _Frame, first: int, last: int) -> None:
    page, book = frame.page, frame.page.sheet.book
    area = (first, FIRST, last, frame.after - 1)
    top, here = f"{column_letter(FIRST)}${frame.top + 1}", f"{column_letter(FIRST)}{first + 1}"
    middle, end = f"{top}+{_MIDDLE}", f"{top}+{2 * _MIDDLE + 1}"
    observed = frame.observed
    # Today is drawn on the nearer edge of its quarter, so that what is on time ends there.
    edges: tuple[tuple[str, Look], ...] = (
        (f"AND({top}<={observed},{observed}<={middle})", {"left": 1, "left_color": palette.WORSE}),
        (f"AND({middle}<{observed},{observed}<{end})", {"right": 1, "right_color": palette.WORSE}),
    )
    # LibreOffice shows the first format that holds: those of today say the colour too.
    for value, (fill, text) in palette.CALENDAR.items():
        look: Look = {"bg_color": fill, "font_color": text}
        for now, edge in edges:
            page.sheet.mark(area, when(f"AND({now},{here}={value})", book.mark({**look, **edge})))
        plain = options(type="cell", criteria="==", value=value, format=book.mark(look))
        page.sheet.mark(area, plain)
    for now, edge in edges:
        page.sheet.mark(area, when(now, book.mark(edge)))


def _legend(page: BoardPage, row: int) -> int:
    words = ("fait", "temps passé, pas fait", "à venir")
    book = page.sheet.book
    at = FIRST
    for (fill, _), text in zip(palette.CALENDAR.values(), words, strict=True):
        page.sheet.put(row, at, "", book.format(bg_color=fill))
        page.sheet.put(row, at + 1, text, book.format(palette.SMALL))
        at += 6
    mark = book.format(right=2, right_color=palette.WORSE)
    page.sheet.put(row, at, "", mark)
    page.sheet.put(row, at + 1, "aujourd’hui", book.format(palette.SMALL))
    return row + 1
