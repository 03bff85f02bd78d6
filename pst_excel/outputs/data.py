"""How the data sheets of a plan are written: blank for the template, or filled with a merged plan.

The same code writes both, so a consolidated workbook is the template, filled.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pandas as pd

from pst_excel.batch import Batch, Return, Table
from pst_excel.expressions import Scope
from pst_excel.outputs import palette
from pst_excel.outputs.cells import LINE, lines_of, look, validate
from pst_excel.outputs.names import FIRST, SPARE, Names, Row, list_name
from pst_excel.outputs.xlsx import A3, Book, Sheet
from pst_excel.schema import HEADING_ROW, Column, Kind, Layout, Need, Plan, Vocabulary
from pst_excel.schema import Sheet as Declared
from pst_excel.uniting import values_of
from pst_excel.wording import column_letter

LIST_ROWS = 400
PRINTED = 330  # characters across a page of A3 that can still be read


def write_form(book: Book, content: Return) -> None:
    """Write the identification sheet: label, value, help; name its parameters."""
    sheet = content.plan.form
    page = book.sheet(sheet.title, palette.TABS["help"])
    page.heading(sheet.title, sheet.question)
    page.worksheet.hide_gridlines(2)
    page.worksheet.set_column(0, 0, 2)
    page.worksheet.set_column(1, 1, 30)
    page.worksheet.set_column(2, 2, 46)
    page.worksheet.set_column(3, 3, 80)
    unread = content.not_understood()
    for position, column in enumerate(sheet.inputs):
        row = FIRST + position
        style = book.format(palette.HEADING, palette.HEADINGS[column.need])
        page.put(row, 1, column.label + palette.SIGNS.get(column.need, ""), style)
        box = {"align": "left", "border": 1, "border_color": palette.GRID, "text_wrap": True}
        form = book.format(look(column), box)
        value = content.identity(column.key)
        page.put(row, 2, unread.get((sheet.key, 1, column.key)) if value is None else value, form)
        page.put(row, 3, column.help, book.format(palette.SMALL, valign="vcenter"))
        if isinstance(value, str):
            page.worksheet.set_row(row, LINE * lines_of(value, 46) + 3)
        validate(page, row, 2, row, column)
        book.define(f"Param_{column.key}", f"'{sheet.title}'!$C${row + 1}")
    page.page(A3, content.plan.name)


def write_lists(book: Book, plan: Plan, lists: Mapping[str, tuple[str, ...]]) -> None:
    """Write the lists: the institution's first, with a range that grows as lines are added."""
    sheet = plan.lists
    page = book.sheet(sheet.title, palette.TABS["help"])
    page.heading(sheet.title, sheet.question, 0)
    legend = (
        "En bleu foncé : les listes de l’institution, à compléter. En gris : les listes communes."
    )
    page.put(2, 0, legend, book.format(palette.SMALL))
    ordered = sorted(plan.vocabularies, key=lambda v: not v.local)
    for position, vocabulary in enumerate(ordered):
        labels = lists.get(vocabulary.key) or vocabulary.labels
        need = Need.REQUIRED if vocabulary.local else Need.COMPUTED
        style = book.format(palette.HEADING, palette.HEADINGS[need])
        page.put(HEADING_ROW - 1, position, vocabulary.label, style)
        width = max([16, len(vocabulary.label), *(min(len(label), 44) for label in labels)])
        text = book.format(num_format="@")
        page.worksheet.set_column(position, position, width + 2, text)
        for at, label in enumerate(labels):
            page.put(FIRST + at, position, label, text)
        book.define(list_name(vocabulary), _list_range(sheet.title, position, vocabulary, labels))
        if vocabulary.help:
            page.rule(
                FIRST, position, FIRST + LIST_ROWS,
                {"validate": "any", "input_title": vocabulary.label,
                 "input_message": vocabulary.help},
            )  # fmt: skip
    page.worksheet.freeze_panes(HEADING_ROW, 0)
    page.worksheet.set_row(HEADING_ROW - 1, 32)
    page.page(A3, plan.name, HEADING_ROW - 1)


def _list_range(title: str, position: int, vocabulary: Vocabulary, labels: tuple[str, ...]) -> str:
    letters = column_letter(position)
    first = f"'{title}'!${letters}${FIRST + 1}"
    if not vocabulary.local:
        return f"{first}:${letters}${FIRST + max(1, len(labels))}"
    area = f"{first}:${letters}${FIRST + max(LIST_ROWS, 2 * len(labels))}"
    return f"{first}:INDEX({area},MAX(1,COUNTA({area})))"


def write_table(
    book: Book, sheet: Declared, names: Names, content: Return, batch: Batch | None, footer: str
) -> None:
    """Write one data sheet: headings, formats, lists, marks, and its rows if there are any."""
    page = book.sheet(sheet.title, palette.TABS.get(sheet.level, palette.TABS["help"]))
    page.heading(sheet.title, sheet.question)
    page.put(
        2, 1, "✱ obligatoire   ·   fond clair : recommandé   ·   blanc : facultatif"
        + ("   ·   ƒ : calculé par le programme" if batch else ""),
        book.format(palette.SMALL),
    )  # fmt: skip
    table = content.tables.get(sheet.key)
    letters = names.letters[sheet.key]
    last = names.last[sheet.key] - 1
    local = tuple(table.locals) if table else ()
    columns = {column.key: column for column in sheet.columns}
    for position, key in enumerate(letters):
        column = columns.get(key)
        _column(page, position, last, column, key, local)
        if table is not None and column is not None and column.need is not Need.COMPUTED:
            _fill(page, position, table, column, content)
        elif table is not None and key in local:
            form = book.format(text_wrap=True)
            for at, value in enumerate(table.locals[key]):
                page.put(FIRST + at, position, _plain(value), form)
    if batch is not None:
        _computed(page, sheet, names, batch)
    if table is not None:
        _heights(page, sheet, table)
    ready = FIRST + len(table) - 1 if table else last
    _marks(page, columns, list(letters), last)
    code = list(letters).index("code") + 1 if "code" in letters else 1
    page.worksheet.freeze_panes(HEADING_ROW, code)
    page.worksheet.autofilter(HEADING_ROW - 1, 0, max(ready, FIRST), len(letters) - 1)
    page.worksheet.set_row(HEADING_ROW - 1, 48)
    _rules(page, len(letters), code - 1, last)
    if table:
        page.worksheet.print_area(0, 0, ready, len(letters) - 1)
    width = sum(columns[key].width if key in columns else 18 for key in letters)
    page.page(A3, footer, HEADING_ROW - 1, across=1 + width // PRINTED, keep=code - 1)


def _rules(page: Sheet, columns: int, code: int, last: int) -> None:
    """Draw a fine line under each row that has a code, those added later too."""
    form = page.book.workbook.add_format({"bottom": 1, "bottom_color": palette.GRID})
    formula = f'=${column_letter(code)}{FIRST + 1}<>""'
    page.mark(
        (FIRST, 0, last, columns - 1), {"type": "formula", "criteria": formula, "format": form}
    )


def _heights(page: Sheet, sheet: Declared, table: Table) -> None:
    """Give each row the height of its longest wrapped text: LibreOffice does not by itself."""
    lines = [1] * len(table)
    for column in sheet.inputs:
        if "text_wrap" in look(column) and not column.hidden:
            for at, value in enumerate(table.columns[column.key]):
                if isinstance(value, str) and len(value) > column.width - 2:
                    lines[at] = max(lines[at], lines_of(value, column.width))
    for at, count in enumerate(lines):
        page.worksheet.set_row(FIRST + at, min(LINE * count + 1, 400))


def _column(
    page: Sheet, position: int, last: int, column: Column | None, key: str, local: tuple[str, ...]
) -> None:
    book = page.book
    if column is None:
        style = book.format(palette.HEADING, palette.LOCAL)
        page.put(HEADING_ROW - 1, position, key, style)
        page.worksheet.set_column(position, position, 18, book.format())
        return
    style = book.format(palette.HEADING, palette.HEADINGS[column.need])
    page.put(HEADING_ROW - 1, position, column.label + palette.SIGNS.get(column.need, ""), style)
    page.worksheet.set_column(
        position, position, column.width, book.format(look(column)), {"hidden": column.hidden}
    )
    if column.need is not Need.COMPUTED and not column.hidden:
        validate(page, FIRST, position, last, column)


def _fill(page: Sheet, position: int, table: Table, column: Column, content: Return) -> None:
    """Write the values of a column; what was not understood is written as it was read."""
    form = page.book.format(look(column))
    values = table.columns[column.key]
    for at, value in enumerate(values):
        if value is not None:
            page.put(FIRST + at, position, value, form)
    for note in content.notes:
        if note.sheet == table.sheet and note.key == column.key and not note.note.understood:
            page.put(note.row - 1, position, note.note.read, form)


def _computed(page: Sheet, sheet: Declared, names: Names, batch: Batch) -> None:
    """Write the live formulas of the computed columns, on the rows and on the spare ones."""
    frame = batch.frames[sheet.key]
    blank = frame.reindex(pd.MultiIndex.from_tuples([(0, 0)], names=frame.index.names))
    scope = Scope(batch.frames | {sheet.key: blank}, sheet.key, batch.parameters)
    letters = list(names.letters[sheet.key])
    for column in sheet.computed:
        form = page.book.format(look(column))
        position = letters.index(column.key)
        empty = values_of(column.formula.evaluate(scope))[0]
        blank[column.key] = empty
        values = values_of(frame[column.key])
        for at in range(len(values) + SPARE):
            place = Row(names, sheet.key, FIRST + at)
            value = values[at] if at < len(values) else empty
            page.formula(FIRST + at, position, column.formula.render(place), value, form)


def _marks(page: Sheet, columns: Mapping[str, Column], letters: list[str], last: int) -> None:
    """Colour the statuses, draw a bar in the progress, redden what is late."""
    for key, column in columns.items():
        if key not in letters:
            continue
        area = (FIRST, letters.index(key), last, letters.index(key))
        if column.vocabulary is not None and set(column.vocabulary.labels) == palette.STATUS.keys():
            for label, (fill, text, _) in palette.STATUS.items():
                form = page.book.workbook.add_format({"bg_color": fill, "font_color": text})
                page.mark(
                    area,
                    {"type": "cell", "criteria": "==", "value": f'"{label}"', "format": form},
                )
        elif column.kind is Kind.PERCENT:
            page.mark(
                area,
                {"type": "data_bar", "bar_color": palette.BAR, "bar_solid": True, "min_value": 0,
                 "max_value": 100, "min_type": "num", "max_type": "num"},
            )  # fmt: skip


def _plain(value: Any) -> Any:
    """Return a local column's cell as something a cell can hold."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, str | float | int | dt.date):
        return value
    return str(value)


def write_data(
    book: Book, content: Return, names: Names, footer: str, batch: Batch | None = None
) -> None:
    """Write every sheet that people fill, in order; computed columns with a batch."""
    for sheet in content.plan:
        if sheet.layout is Layout.FORM:
            write_form(book, content)
        elif sheet.layout is Layout.LISTS:
            write_lists(book, content.plan, content.lists)
        elif not sheet.program:
            write_table(book, sheet, names, content, batch, footer)
    names.define(book)
