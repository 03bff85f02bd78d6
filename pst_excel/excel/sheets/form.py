"""How the identification and the lists are written."""

from __future__ import annotations

from collections.abc import Mapping

from pst_excel.excel import palette
from pst_excel.excel.formats import look, severe, validate
from pst_excel.excel.names import FIRST, Field, Names, WrittenRow, lines_name, list_name
from pst_excel.excel.paper import A3, A4, TITLE_ROWS, laid
from pst_excel.excel.wrapping import INDENT, LINE, PADDING, lines_of
from pst_excel.excel.xlsx import BookWriter, SheetWriter
from pst_excel.model.findings import Severity
from pst_excel.model.row_status import demanded, is_blank
from pst_excel.model.schema import HEADING_ROW, TITLED, Sheet
from pst_excel.model.words.kinds import Need, Where
from pst_excel.model.words.terms import filled
from pst_excel.model.words.thresholds import THRESHOLDS, THRESHOLDS_HELP
from pst_excel.model.words.vocabulary import Vocabulary
from pst_excel.model.words.wording import column_letter
from pst_excel.returns.tables import Return

LIST_ROWS = 400
LAST_ROW = 2**20 - 1  # of a sheet, from 0: lines may be added to a list
_VALUE, _HELP = 46, 80
_SMALL_LINE, _SMALL_HELP = 12, 94  # points, and characters of 11 points as wide as the help


def write_form(book: BookWriter, content: Return, names: Names, footer: str) -> None:
    """Write the identification sheet: label, value, help; name its parameters."""
    sheet = content.plan.form
    page = book.sheet(sheet.title, palette.TABS["help"])
    page.heading(sheet.title, sheet.question)
    page.worksheet.hide_gridlines(2)
    page.worksheet.set_column(0, 0, 2)
    page.worksheet.set_column(1, 1, 30)
    page.worksheet.set_column(2, 2, _VALUE)
    page.worksheet.set_column(3, 3, _HELP)
    unread = content.not_understood()
    _title_thresholds(page, sheet)
    for column in sheet.inputs:
        if not column.stands(names.where):
            continue
        row = sheet.field_rows[column.key] - 1
        style = book.format(palette.HEADING, palette.HEADINGS[column.need], palette.TEXTS)
        page.put(row, 1, column.label + palette.SIGNS.get(column.need, ""), style)
        box: palette.Look = {
            **palette.TEXTS, "border": 1, "border_color": palette.GRID, "text_wrap": True,
            "valign": "vcenter",
        }  # fmt: skip
        form = book.format(look(column), box)
        value = content.identity(column.key)
        page.put(row, 2, unread.get((sheet.key, 1, column.key)) if value is None else value, form)
        words = filled(column.help, names.terms)
        told = book.format(palette.SMALL, palette.TEXTS, valign="vcenter", text_wrap=True)
        page.put(row, 3, words, told)
        lines = lines_of(value, _VALUE - INDENT) if isinstance(value, str) else 1
        height = max(LINE * lines + PADDING, _SMALL_LINE * lines_of(words, _SMALL_HELP) + 6)
        page.worksheet.set_row(row, height)
        if column.hidden:  # people have nothing to do there, and can read it
            page.worksheet.set_row(row, None, None, {"hidden": True})
        else:
            validate(page, row, 2, row, column, WrittenRow(names, sheet.key, row))
        book.define(names.parameter(column.key), f"'{sheet.title}'!$C${row + 1}")
        if names.where is Where.RETURN and column in demanded(sheet):
            blank = is_blank(column).render(Field(names))
            page.mark((row, 2, row, 2), severe(page, Severity.ERROR, blank))
    page.page(A4, footer, portrait=names.where is Where.WHOLE)


def _title_thresholds(page: SheetWriter, sheet: Sheet) -> None:
    """Write the title of the thresholds, and what they are, above the first of them."""
    if sheet.thresholds:
        row = sheet.field_rows[sheet.thresholds[0].key] - TITLED
        title = page.book.format(font_size=13, bold=True, font_color=palette.INK)
        page.put(row, 1, THRESHOLDS, title)
        page.put(row + 1, 1, THRESHOLDS_HELP, page.book.format(palette.SMALL))


def write_lists(
    book: BookWriter, names: Names, lists: Mapping[str, tuple[str, ...]], footer: str
) -> None:
    """Write the lists: the institution's first, with a range that grows as lines are added.

    Of the whole plan those alone are printed: the common ones stand in the reference.
    """
    plan, sheet = names.plan, names.plan.lists
    page = book.sheet(sheet.title, palette.TABS["help"])
    page.heading(sheet.title, sheet.question, 0)
    legend = (
        "En bleu foncé : les listes de l’institution, à compléter. En gris : les listes communes."
    )
    page.put(2, 0, legend, book.format(palette.SMALL, palette.TEXTS))
    widths, longest = [], 0
    ordered = sorted(plan.vocabularies, key=lambda v: not v.local)
    for position, vocabulary in enumerate(ordered):
        labels = lists.get(vocabulary.key) or vocabulary.shown
        need = Need.REQUIRED if vocabulary.local else Need.COMPUTED
        style = book.format(palette.HEADING, palette.HEADINGS[need], palette.TEXTS)
        page.put(HEADING_ROW - 1, position, vocabulary.label, style)
        width = max([16, len(vocabulary.label), *(min(len(label), 44) for label in labels)])
        text = book.format(palette.TEXTS, num_format="@")
        page.worksheet.set_column(position, position, width + 2, text)
        if vocabulary.local or names.where is Where.RETURN:
            widths.append(width + 2)
            longest = max(longest, len(labels))
        for at, label in enumerate(labels):
            page.put(FIRST + at, position, label, text)
        for name, area in _list_names(sheet.title, position, vocabulary, labels).items():
            book.define(name, area)
        if vocabulary.help:
            page.rule(
                FIRST, position, FIRST + LIST_ROWS,
                {"validate": "any", "input_title": vocabulary.label,
                 "input_message": vocabulary.help},
            )  # fmt: skip
    page.worksheet.freeze_panes(HEADING_ROW, 0)
    page.worksheet.set_row(HEADING_ROW - 1, 32)
    if len(widths) < len(ordered):
        page.worksheet.print_area(0, 0, LAST_ROW, max(len(widths) - 1, 0))
    way = laid(A3, widths, [*TITLE_ROWS, 32, *[LINE] * longest], 32)
    page.page(A3, footer, HEADING_ROW - 1, way.across, -1, way.portrait)


def _list_names(
    title: str, position: int, vocabulary: Vocabulary, labels: tuple[str, ...]
) -> dict[str, str]:
    """Return the ranges of a list by name: what is shown of it, where its entries are looked up."""
    letters = column_letter(position)
    first = f"'{title}'!${letters}${FIRST + 1}"
    if not vocabulary.local:
        return {list_name(vocabulary): f"{first}:${letters}${FIRST + max(1, len(labels))}"}
    area = f"{first}:${letters}${FIRST + max(LIST_ROWS, 2 * len(labels))}"
    shown = f"{first}:INDEX({area},MAX(1,COUNTA({area})))"
    return {list_name(vocabulary): shown, lines_name(vocabulary): area}
