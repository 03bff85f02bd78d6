"""How a panel becomes a table: a formula for each figure, what remains, the total, its bars."""

from __future__ import annotations

from collections.abc import Sequence

from pst_excel.excel import palette
from pst_excel.excel.boards.bars import draw_bars
from pst_excel.excel.boards.page import CODE, KEY, NAME, NAME_END, NAME_WIDTH, BoardPage, Placed
from pst_excel.excel.formats import bar_in_cell, darkened, when
from pst_excel.excel.names import AnyRow, Names
from pst_excel.excel.palette import Look
from pst_excel.excel.wrapping import INDENT, lines_of
from pst_excel.excel.xlsx import Options, SheetWriter, options
from pst_excel.model.figures.boards import Panel
from pst_excel.model.figures.lines import Heading, Number, PanelColumn, PanelTable
from pst_excel.model.figures.measures import At, Quantity, When
from pst_excel.model.figures.messages import Sentence, say
from pst_excel.model.findings import Severity
from pst_excel.model.thresholds import followed
from pst_excel.model.words.units import WHOLES
from pst_excel.model.words.wording import column_letter, plural, shortened

MOST_BARS = 12
"""The lines that bars are drawn on: more of them are hairlines."""
_LINE, _BARRED, _TWO_LINES = 17, 21, 28  # points
_NAME = 10 / 11  # of the room of a text, for names
EMPTY = "Rien à montrer pour le moment : complétez les feuilles, ce tableau se remplira."


def write_panel(page: BoardPage, row: int, panel: Panel) -> int:
    """Write a panel from a row on; its keys have a name. Returns the next free row."""
    table = page.panel(panel.key)
    heading = page.title(row, say(panel.title))
    first = heading + 1
    last, total = first + len(table.lines) - 1, first + len(table.lines)
    placeless = any(column[-1] for column in table.values)
    count = len(table.lines) - (not placeless and len(table.lines) > 1)
    drawn = bool(panel.bars) and count <= MOST_BARS and any(any(v) for v in table.values)
    areas, places = _layout(page, panel, drawn)
    labels = {c.label: area[0] for c, area in zip(panel.columns, areas, strict=True)}
    page.placed[panel.key] = Placed(heading, first, last, _names(table), labels)
    _headings(page, heading, panel, areas, drawn)
    tall = _write_names(page, panel, first, count, drawn)
    define_keys(page.sheet, page.names.lines(panel.key), first, last, KEY)
    for number, (column, area) in enumerate(zip(panel.columns, areas, strict=True)):
        under = drawn and any(not b.span and column.label in b.series for b in panel.bars)
        alone = not drawn and any(
            bars.kind == "bullet" and column.label == bars.series[0] for bars in panel.bars
        )
        _write_column(page, area, column, first, table.values[number], table.totals[number],
                      panel.by.key, alone, count if under else 0)  # fmt: skip
    _total(page, total, panel)
    if not any(any(values) for values in table.values):
        return _nothing(page, heading, total)
    if drawn:
        for bars, area in zip(panel.bars, places, strict=True):
            draw_bars(page, panel, bars, area, (first, first + count - 1), tall)
    for words in _notes(panel, table):
        total += 1
        page.small(total, words)
    _heat(page, panel, areas, (first, last))
    return total + 2


def _heat(page: BoardPage, panel: Panel, areas: Sequence[Area], lines: tuple[int, int]) -> None:
    """Darken the cells of the columns that are compared, by one scale for all."""
    hot = [a for c, a in zip(panel.columns, areas, strict=True) if c.show == "heat"]
    if hot:
        first, last = lines
        page.sheet.mark((first, hot[0][0], last, hot[-1][1]), darkened())


def _write_names(page: BoardPage, panel: Panel, first: int, count: int, drawn: bool) -> int:
    """Write the names of the lines, of which so many hold something; return their height."""
    table, lines = page.panel(panel.key), 1 if count > MOST_BARS else 2
    tall = max(_tall(table, lines), _BARRED if drawn else 0)
    for number, line in enumerate(table.lines):
        rest = number == len(table.lines) - 1
        _name(page, first + number, line, rest, lines)
        folded = panel.most is not None and panel.most <= number < len(table.lines) - 1
        page.sheet.worksheet.set_row(
            first + number, tall if count > number else _LINE, None,
            options(level=1, hidden=True) if folded else {},
        )  # fmt: skip
    return tall


def _nothing(page: BoardPage, heading: int, total: int) -> int:
    """Hide a table where nothing is counted, and say so; return the next free row."""
    for row in range(heading, total + 1):
        page.sheet.worksheet.set_row(row, None, None, options(hidden=True))
    return page.small(total + 1, say(EMPTY)) + 1


Area = tuple[int, int]


def _layout(page: BoardPage, panel: Panel, drawn: bool) -> tuple[list[Area], list[Area]]:
    """Return where the columns of a panel stand, and where its bars are drawn."""
    at, areas, places = 0.0, [], {}
    last = panel.columns[-1].label
    for column in panel.columns:
        areas.append(page.area(at, column.span))
        at += column.span
        for bars in panel.bars:
            if drawn and bars.span and (bars.after or last) == column.label:
                places[bars] = page.area(at, bars.span)
                at += bars.span
    for bars in panel.bars:
        if not bars.span:
            over = [
                area
                for column, area in zip(panel.columns, areas, strict=True)
                if column.label in bars.series
            ]
            places[bars] = over[0][0], over[-1][1]
    return areas, [places[bars] for bars in panel.bars if bars in places]


def _headings(page: BoardPage, row: int, panel: Panel, areas: Sequence[Area], drawn: bool) -> None:
    book = page.sheet.book
    page.across(row, CODE, NAME_END, panel.by.title, book.format(palette.COLUMN))
    shown = [(column.label, area) for column, area in zip(panel.columns, areas, strict=True)]
    for column, area in zip(panel.columns, areas, strict=True):
        legend = drawn and any(not b.span and column.label in b.series for b in panel.bars)
        if legend and column.color is not None and area[0] == area[1]:
            page.sheet.legend(row, area[0], column.label, palette.COLORS[column.color][0])
        else:
            page.across(row, *area, column.label, book.format(style_of(column)))
    page.sheet.worksheet.set_row(row, page.heading_height(shown))


def _notes(panel: Panel, table: PanelTable) -> list[Sentence]:
    """Return what is said under a panel: how many of its lines are folded, what is in it."""
    more = 0 if panel.most is None else len(table.lines) - 1 - panel.most
    folded = f"{plural(more, 'autre ligne repliée', 'autres lignes repliées')} : + dans la marge."
    notes: list[Sentence] = [
        say(words) for words in (folded if more > 0 else "", panel.note) if words
    ]
    return notes if panel.told is None else [*notes, panel.told]


def _names(table: PanelTable) -> int:
    """Return the column in which the names of the lines stand: beside their codes, if they have."""
    return NAME if table.lines[0].label and len(table.lines) > 1 else CODE


def _tall(table: PanelTable, lines: int) -> int:
    """Return the height of every line: bars beside them need one for all."""
    most = max(lines_of(line.label_shown, _ROOM) for line in table.lines)
    return _LINE if min(most, lines) == 1 else _TWO_LINES


_ROOM = NAME_WIDTH / _NAME - INDENT


def _fitted(name: str, lines: int) -> str:
    """Return a name cut at a word where it takes more lines than it may."""
    limit = len(name)
    while lines_of(shown := shortened(name, limit), _ROOM) > lines:
        limit -= 5
    return shown


def _name(page: BoardPage, row: int, line: Heading, rest: bool, lines: int) -> None:
    book = page.sheet.book
    look: Look = {
        "valign": "vcenter",
        "text_wrap": True,
        "align": "left",
        "font_size": 10,
        **palette.LINE,
    }
    plain = book.format(palette.SMALL, look, italic=True) if rest else book.format(look)
    write_key(page.sheet, row, KEY, line.key)
    if line.label and not rest:
        page.sheet.put(row, CODE, line.value, book.format(look, num_format="@", bold=True))
        page.across(row, NAME, NAME_END, _fitted(line.label, lines), plain)
    else:
        value = line.label if rest or isinstance(line.value, str) else line.value
        page.across(row, CODE, NAME_END, value or line.value, plain)


def _total(page: BoardPage, row: int, panel: Panel) -> None:
    form = page.sheet.book.format(bold=True, top=1, valign="vcenter", align="left")
    page.sheet.put(row, CODE, "", form)
    sentence = say("Total") if panel.total is None else say("Total : ", panel.total)
    formula = (NAME, NAME_END), sentence.render(page), sentence.evaluate(page), form
    page.formula(row, *formula)
    page.sheet.worksheet.set_row(row, _LINE)


def define_keys(page: SheetWriter, name: str, first: int, last: int, column: int) -> None:
    """Name the keys of lines: the data sheets know by them on which one a row stands."""
    letters = column_letter(column)
    page.book.define(name, f"'{page.title}'!${letters}${first + 1}:${letters}${last + 1}")


def write_key(page: SheetWriter, row: int, column: int, key: str) -> None:
    """Write the key of a line where nobody sees it."""
    page.put(row, column, key, page.book.format(num_format=";;;"))


def on_any_line(quantity: Quantity, key: str, column: int, names: Names) -> str:
    """Return the formula of a quantity on every line, whose key is in a column of its row."""
    cell = f"${column_letter(column)}{AnyRow.ROW}"
    return quantity.when(When(key, "=", At(cell))).render(names)


def style_of(column: PanelColumn) -> Look:
    """Return the properties of a figure's heading: in the colour of its series when tinted."""
    if column.tinted and column.color is not None:
        fill, text = palette.COLORS[column.color]
        return {**palette.COLUMN, "bg_color": fill, "font_color": text, "align": "right"}
    return {**palette.COLUMN, "align": "right"}


def _write_column(
    page: BoardPage, area: tuple[int, int], column: PanelColumn, first: int,
    values: Sequence[Number], total: Number, key: str, alone: bool, under: int,
) -> None:  # fmt: skip
    """Write one column: a formula a line, then the total; so many lines stand under a drawing."""
    book = page.sheet.book
    number_format = unit_format(column.unit)
    if column.show == "alert":
        number_format = f'"⚠ "{number_format}'
    form: Look = {
        "num_format": number_format, "align": "right", "valign": "vcenter", **palette.LINE,
    }  # fmt: skip
    if column.minor:
        form = {**palette.SMALL, **form}
    styles = [book.format(form)] * (len(values) - 1)
    styles.append(book.format(palette.SMALL, form, italic=True))
    styles[:under] = [book.format({**form, "num_format": ";;;"})] * under
    tied = on_any_line(column.quantity, key, KEY, page.names)
    for row, (value, style) in enumerate(zip(values, styles, strict=True), start=first):
        page.formula(row, area, tied.replace(AnyRow.ROW, str(row + 1)), value, style)
    last = first + len(values)
    whole = column.quantity.render(page.names)
    bold = {**form, "bold": True, "top": 1, "bottom": 0}
    page.formula(last, area, whole, total, book.format(bold))
    here = f"{column_letter(area[0])}{first + 1}"
    for shown in _marks(page, column, alone, here):
        page.sheet.mark((first, area[0], last - 1, area[1]), shown)


def unit_format(unit: str, values: Sequence[float | None] = ()) -> str:
    """Return the number format of a unit; a count that is not whole shows one decimal."""
    if unit == "nombre" and any(v is not None and not float(v).is_integer() for v in values):
        return palette.FRACTION
    return palette.UNIT_FORMATS[unit]


def _marks(page: BoardPage, column: PanelColumn, alone: bool, here: str) -> list[Options]:
    """Return how the cells of a column are marked, `here` the first of them.

    `alone` has no bars drawn beside it.
    """
    book = page.sheet.book
    if column.show == "bar" or alone:
        return [bar_in_cell(WHOLES.get(column.unit))]
    if column.show == "alert":
        fill, text = palette.SEVERITY[Severity.WARNING]
        look: Look = {"bg_color": fill, "font_color": text}
        return [options(type="cell", criteria=">", value=0, format=book.mark(look))]
    worse = book.mark({"font_color": palette.WORSE, "bold": True})
    if column.show == "worse":
        return [options(type="cell", criteria=">", value=0, format=worse)]
    if column.show == "gap" and column.limit is not None:
        limit = followed(column.limit, page.names.parameter(column.limit.key))
        better = book.mark({"font_color": palette.BETTER, "bold": True})
        return [
            when(f"AND(ISNUMBER({here}),{here}<=-{limit})", worse),
            when(f"AND(ISNUMBER({here}),{here}>={limit})", better),
        ]
    return []
