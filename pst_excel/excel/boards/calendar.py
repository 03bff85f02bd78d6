"""A calendar in cells: one narrow column a quarter, its colour given by what each cell calculates.

A cell holds 1 where the work is done, 2 where its time has gone and it is not, 3 where it is to
come. What is done ends today where a record is on time, before or after by its gap: a record that
is late on another page never looks ahead here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
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
from pst_excel.excel.names import AnyRow
from pst_excel.excel.palette import Look
from pst_excel.excel.xlsx import options
from pst_excel.model.figures.boards import Calendar, Row
from pst_excel.model.figures.lines import Heading, Number
from pst_excel.model.figures.messages import say
from pst_excel.model.figures.tables import on_lines
from pst_excel.model.plan import Plan
from pst_excel.model.words.keys import CODE as CODE_KEY
from pst_excel.model.words.roles import Role
from pst_excel.model.words.wording import column_letter, shortened
from pst_excel.text.spelling import as_code, natural

_MIDDLE = 45  # days from the first of a quarter to its middle
_LONGEST = 66
_LABELS = ("Début", "Fin", "Fait", "Écart")
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
    level: Row
    heading: Heading
    begin: Number
    end: Number
    done: Number
    gap: Number
    values: Sequence[Number]


def write_calendar(page: BoardPage, row: int, calendar: Calendar) -> int:
    """Write the lines of a calendar, the quarters coloured; return the next free row."""
    lines = _lines(page, calendar)
    if not lines:
        return page.small(row, say(EMPTY)) + 1
    page.calendar = row
    quarters = [
        dt.date(year, month, 1) for year in page.batch.plan.years for month in (1, 4, 7, 10)
    ]
    after = FIRST + len(quarters)
    _headings(page, row, quarters, calendar.levels[0], after)
    first = row + 2
    below = sum(1 for line in lines if line.level is calendar.levels[1])
    formulas = {
        level.key: [
            on_any_line(quantity, level.key, KEY, page.names)
            for quantity in (level.begin, level.end, level.progress, level.gap,
                             *(column.quantity for column in level.columns))
        ]
        for level in calendar.levels
    }  # fmt: skip
    for at, line in enumerate(lines):
        folded = line.level is calendar.levels[1] and below > calendar.folded
        _line(page, first + at, line, quarters, after, formulas[line.level.key], folded)
    last = first + len(lines) - 1
    _colours(page, first, last, len(quarters))
    page.sheet.worksheet.set_row(last + 1, 6)
    row = _legend(page, last + 2)
    if calendar.note:
        row = page.small(row, say(calendar.note))
    return row + 1


def _lines(page: BoardPage, calendar: Calendar) -> list[_Line]:
    top, below = calendar.levels
    found: list[_Line] = []
    under = page.frames[below.sheet]
    upper = _of_level(page, top, page.frames[top.sheet])
    parents = {as_code(line.heading.key) for line in upper}
    keys = under[below.parent].map(lambda key: as_code(key) if isinstance(key, str) else "")
    for line in upper:
        found.append(line)
        found += _of_level(page, below, under[keys == as_code(line.heading.key)])
    return [*found, *_of_level(page, below, under[~keys.isin(parents)])]


def _of_level(page: BoardPage, level: Row, frame: object) -> list[_Line]:
    records = page.frames[level.sheet].loc[frame.index].dropna(subset=CODE_KEY)  # type: ignore[attr-defined]
    pairs = zip(
        records[CODE_KEY].tolist(), records[level.named_by].fillna("").tolist(), strict=True
    )
    headings: dict[str, Heading] = {}
    for code, title in sorted(pairs, key=lambda pair: natural(pair[0])):
        headings.setdefault(as_code(code), Heading(code, title))
    quantities = (level.begin, level.end, level.progress, level.gap,
                  *(c.quantity for c in level.columns))  # fmt: skip
    lines = [*headings.values()]
    begin, end, done, gap, *more = (
        on_lines(quantity, page.frames, level.key, lines) for quantity in quantities
    )
    return [
        _Line(level, heading, begin[at], end[at], done[at], gap[at],
              [values[at] for values in more])
        for at, heading in enumerate(lines)
    ]  # fmt: skip


def _headings(
    page: BoardPage, row: int, quarters: Sequence[dt.date], level: Row, after: int
) -> None:
    book = page.sheet.book
    year = book.format(palette.COLUMN, align="center", bold=True, left=1, left_color=palette.GRID)
    for at in range(0, len(quarters), 4):
        page.across(row, FIRST + at, FIRST + at + 3, quarters[at].year, year)
    small = book.format(palette.COLUMN, num_format=";;;")
    for at, quarter in enumerate(quarters):
        page.sheet.put(row + 1, FIRST + at, serial(quarter), small)
    page.across(row, CODE, NAME_END, "Objectif", book.format(palette.COLUMN))
    labels = (*_LABELS, *(column.label for column in level.columns))
    for at, label in enumerate(labels, start=after):
        page.sheet.put(row, at, label, book.format(palette.COLUMN, align="right"))
    page.sheet.worksheet.set_row(row, 26)
    page.sheet.worksheet.set_row(row + 1, 3)


def _line(
    page: BoardPage, row: int, line: _Line, quarters: Sequence[dt.date], after: int,
    formulas: Sequence[str], folded: bool,
) -> None:  # fmt: skip
    book, sheet = page.sheet.book, page.sheet
    top = not line.level.parent
    look: Look = {
        "valign": "vcenter",
        **palette.LINE,
    }
    bold: Look = {**look, "bold": top}
    write_key(sheet, row, KEY, line.heading.key)
    sheet.put(row, CODE, line.heading.value, book.format(bold, num_format="@", align="left"))
    title = shortened(line.heading.label, _LONGEST)
    page.across(row, NAME, NAME_END, title, book.format(bold, font_size=9))
    cells = [f"${column_letter(after + at)}{row + 1}" for at in range(4)]
    here, observed = (
        AnyRow.ROW,
        page.names.parameter(page.batch.plan.form.by_role[Role.OBSERVED].key),
    )
    today = serial(page.batch.observed)  # type: ignore[arg-type]
    form = book.format(look, num_format=";;;")
    for at, quarter in enumerate(quarters, start=FIRST):
        value = state(serial(quarter), line.begin, line.end, line.done, line.gap, today)
        formula = _formula(f"{column_letter(at)}${page.quarters + 1}", cells, f"N({observed})")
        sheet.formula(row, at, formula, value, form)
    date = book.format(look, num_format="mm/yyyy", font_size=9, align="right")
    said = [(line.begin, date), (line.end, date)]
    units = ("% de 100", "points", *(column.unit for column in line.level.columns))
    said += [
        (value, book.format(look, num_format=unit_format(unit), font_size=9, align="right"))
        for value, unit in zip((line.done, line.gap, *line.values), units, strict=True)
    ]
    for at, ((value, style), formula) in enumerate(zip(said, formulas, strict=True)):
        sheet.formula(row, after + at, formula.replace(here, str(row + 1)), value, style)
    level = {"level": 1, "hidden": True} if folded else {}
    sheet.worksheet.set_row(row, 15, None, level)


def _formula(quarter: str, cells: Sequence[str], today: str) -> str:
    begin, end, done, gap = (f"N({cell})" for cell in cells)
    runs = f"OR({begin}=0,{end}=0,{quarter}+{2 * _MIDDLE}<={begin},{quarter}>{end})"
    far = f"MIN(MAX({today},{begin}),{end})+({end}-{begin})*{gap}/100"
    is_done = f"OR({quarter}+{_MIDDLE}<={far},{done}>=100)"
    return f'IF({runs},"",IF({is_done},{DONE},IF({quarter}+{_MIDDLE}<{today},{GONE},{TO_COME})))'


def _colours(page: BoardPage, first: int, last: int, quarters: int) -> None:
    area = (first, FIRST, last, FIRST + quarters - 1)
    plan, book = page.batch.plan, page.sheet.book
    observed = page.names.parameter(plan.form.by_role[Role.OBSERVED].key)
    top = f"{column_letter(FIRST)}${page.quarters + 1}"
    here = f"{column_letter(FIRST)}{first + 1}"
    # Today is drawn on the nearer edge of its quarter, so that what is on time ends there.
    edges: tuple[tuple[str, Look], ...] = (
        (f"AND({top}<={observed},{observed}<={top}+{_MIDDLE})",
         {"left": 1, "left_color": palette.WORSE}),
        (f"AND({top}+{_MIDDLE}<{observed},{observed}<{top}+{2 * _MIDDLE + 1})",
         {"right": 1, "right_color": palette.WORSE}),
    )  # fmt: skip
    # LibreOffice shows the first format that holds: those of today say the colour too.
    for value, (fill, text) in palette.CALENDAR.items():
        look: Look = {"bg_color": fill, "font_color": text}
        for now, edge in edges:
            both = book.mark({**look, **edge})
            criteria = f"=AND({now},{here}={value})"
            page.sheet.mark(area, options(type="formula", criteria=criteria, format=both))
        plain = options(type="cell", criteria="==", value=value, format=book.mark(look))
        page.sheet.mark(area, plain)
    for now, edge in edges:
        page.sheet.mark(area, options(type="formula", criteria=f"={now}", format=book.mark(edge)))


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
