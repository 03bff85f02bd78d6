"""The first sheet: what the workbook is, what is expected of whom, how far it is, the legend."""

from __future__ import annotations

from collections.abc import Sequence

from pst_excel.excel import palette
from pst_excel.excel.names import Field, Names
from pst_excel.excel.sheets.unfollowed import write_unfollowed
from pst_excel.excel.wrapping import LINE, lines_of
from pst_excel.excel.xlsx import A4, BookWriter, SheetWriter
from pst_excel.model.plan import Plan
from pst_excel.model.row_status import AWAITED, DOUBTS, MISSING, demanded, is_blank
from pst_excel.model.schema import Sheet as Declared
from pst_excel.model.words.kinds import Layout, Need
from pst_excel.model.words.points import IN_DOUBT, LIVE, TO_FILL, TO_UPDATE
from pst_excel.model.words.roles import Role
from pst_excel.model.words.titles import CONTROLES, LISEZ_MOI
from pst_excel.model.words.wording import date, listed, plural
from pst_excel.returns.frames import Batch
from pst_excel.returns.shared_rows import lent
from pst_excel.returns.tables import Return

_WIDTHS = (2, 30, 15, 16, 14, 14, 14, 18, 14)
TEXT = sum(_WIDTHS[2:])  # characters on a line of the wide column, at least
_LAST = len(_WIDTHS) - 1


def write_welcome(
    book: BookWriter, plan: Plan, context: str, sheets: Sequence[tuple[str, str]],
    names: Names | None = None, batch: Batch | None = None,
) -> None:  # fmt: skip
    """Write the first sheet; with names and a batch, that of the workbook of a service.

    That one says what is expected of the service and follows live what is still to be filled.
    """
    page = book.sheet(LISEZ_MOI, palette.TABS["help"])
    page.worksheet.hide_gridlines(2)
    page.heading(plan.name, context)
    for position, width in enumerate(_WIDTHS):
        page.worksheet.set_column(position, position, width)
    row = 3
    words = plan.welcome_whole
    if names is not None and batch is not None:
        words = plan.welcome_service if batch.returns[0].service else plan.welcome
        for title, paragraph in _expected(batch.returns[0]):
            row = _paragraph(page, row, title, paragraph)
        row = _progress(page, row, names, batch)
    for title, paragraph in words:
        row = _paragraph(page, row, title, paragraph)
    row = _legend(page, row, plan, live=names is not None)
    _sheets(page, row + 1, sheets)
    page.page(A4, context, portrait=names is None)


def _paragraph(page: SheetWriter, row: int, title: str, words: str) -> int:
    strong = page.book.format(bold=True, font_color=palette.INK, text_wrap=True)
    page.put(row, 1, title, strong)
    page.across(row, 2, _LAST, words, page.book.format(text_wrap=True))
    lines = max(lines_of(words, TEXT), lines_of(title, _WIDTHS[1]))
    page.worksheet.set_row(row, LINE * lines + 6)
    return row + 1


def _expected(content: Return) -> tuple[tuple[str, str], ...]:
    """Say what is expected of the service that the workbook names: what, by when."""
    if not content.service:
        return ()
    mine, others = [], []
    for sheet in content.plan.tables:
        table = content.tables.get(sheet.key)
        away = sum(lent(table)) if table else 0
        own = len(table) - away if table else 0
        mine += [plural(own, *sheet.records)] if own else []
        others += [plural(away, *sheet.records)] if away else []
    due = content.identity(Role.DUE)
    by = f" pour le {date(due)}" if due else ""
    rows = (
        f"Tenez à jour {listed(mine)}. "
        if mine
        else f"Ajoutez vos {content.plan.main.records[1]}. "
    )
    words = f"{rows}Renvoyez ensuite ce classeur à la cellule {content.plan.short}{by}."
    if others:
        words += (
            f"\nPour information, en gris italique : {listed(others)}. Un autre service ou la"
            f" cellule {content.plan.short} les tient : ce que vous y changeriez ne serait que"
            " proposé."
        )
    return ((f"Attendu du service {content.service}", words),)


_COLUMNS = (
    "Feuille", "Lignes à tenir", "À mettre à jour", "À remplir", "À vérifier", "Complètes",
    TO_FILL.capitalize(), IN_DOUBT.capitalize(),
)  # fmt: skip
_LIVE = (
    f"{LIVE}, ce tableau suit votre saisie : il ne voit que les cellules vides, hors liste, hors"
    f" limites ou qui se contredisent sur leur ligne. Dans un classeur annoté, « {CONTROLES} »"
    " liste tout ce que la cellule {} a relevé, conseils et liens entre les lignes compris, et ne"
    " bouge pas avant le prochain contrôle."
)

_COUNTED = "CDEFGHI"  # the columns of the counts


def _progress(page: SheetWriter, row: int, names: Names, batch: Batch) -> int:
    """Write the live table of what is filled, missing, in doubt, and the sentence that sums it."""
    book = page.book
    sheets = [batch.plan.form, *(sheet for sheet in batch.plan.tables if MISSING in sheet)]
    head = book.format(palette.HEADING, palette.HEADINGS[Need.ADVISED])
    above_counts = book.format(palette.HEADING, palette.HEADINGS[Need.ADVISED], palette.MIDDLE)
    for position, label in enumerate(_COLUMNS, start=1):
        page.put(row + 1, position, label, above_counts if position > 1 else head)
    page.worksheet.set_row(row + 1, 20)
    count = book.format(num_format='#,##0;-#,##0;"–"', align="center", bottom=1,
                        bottom_color=palette.GRID)  # fmt: skip
    name = book.format(palette.LINK, bottom=1, bottom_color=palette.GRID)
    first = row + 2
    totals = [0.0] * len(_COUNTED)
    for at, sheet in enumerate(sheets, start=first):
        page.link(at, 1, sheet.title, "A1", sheet.title, name)
        for position, (formula, value) in enumerate(_counts(sheet, names, batch)):
            page.formula(at, 2 + position, formula, value, count)
            totals[position] += value
    last = first + len(sheets)
    total = book.format(num_format='#,##0;-#,##0;"–"', align="center", bold=True)
    page.put(last, 1, "Ensemble", book.format(bold=True))
    for position, value in enumerate(totals):
        letter = _COUNTED[position]
        page.formula(last, 2 + position, f"SUM({letter}{first + 1}:{letter}{last})", value, total)
    _summary(page, row, last, totals)
    aside = book.format(text_wrap=True, font_size=9, font_color=palette.GREY)
    words = _LIVE.format(batch.plan.short)
    page.across(last + 1, 1, _LAST, words, aside)
    page.worksheet.set_row(last + 1, LINE * lines_of(words, sum(_WIDTHS[1:])))
    write_unfollowed(page, last + 2, names, sheets)
    return last + 4


def _counts(sheet: Declared, names: Names, batch: Batch) -> list[tuple[str, float]]:
    """Return the formula and the value of each count of a sheet; a form has no rows to count."""
    if sheet.layout is Layout.FORM:
        wanted, content = demanded(sheet), batch.returns[0]
        blank = "+".join(f"({is_blank(column).render(Field(names))})" for column in wanted)
        lacking = sum(content.identity(column.key) is None for column in wanted)
        return [*[("0", 0.0)] * 5, (blank, lacking), ("0", 0.0)]
    missing, doubts = (names.column(sheet.key, key) for key in (MISSING, DOUBTS))
    frame = batch.frames[sheet.key]
    lacks, asks = frame[MISSING], frame[DOUBTS]
    waits, still = "0", ""
    waiting = lacks.lt(0)
    if AWAITED in sheet:
        awaited = names.column(sheet.key, AWAITED)
        waits, still, waiting = f"COUNTIFS({awaited},1)", f",{awaited},0", frame[AWAITED].eq(1)
    return [
        (f"COUNT({missing})", lacks.notna().sum()),
        (waits, waiting.sum()),
        (f'COUNTIFS({missing},">"&0{still})', (lacks.gt(0) & ~waiting).sum()),
        (
            f'COUNTIFS({missing},0,{doubts},">"&0{still})',
            (lacks.eq(0) & asks.gt(0) & ~waiting).sum(),
        ),
        (f"COUNTIFS({missing},0,{doubts},0{still})", (lacks.eq(0) & asks.eq(0) & ~waiting).sum()),
        (f"SUM({missing})", lacks.sum()),
        (f"SUM({doubts})", asks.sum()),
    ]


def _summary(page: SheetWriter, row: int, total: int, values: Sequence[float]) -> None:
    rows, waits, _, _, _, cells, doubts = (f"{letter}{total + 1}" for letter in _COUNTED)
    nothing = "Rien n’est encore rempli."
    done = (
        f"✔ {LIVE}, rien ne manque, rien ne se contredit : une fois tout à jour, renvoyez ce"
        " classeur."
    )
    left = (f"↻ {LIVE}, {TO_UPDATE} : ", f"  ·  {TO_FILL} : ", f"  ·  {IN_DOUBT} : ")
    counted = zip(left, (waits, cells, doubts), strict=True)
    said = "&".join(f'"{words}"&{cell}' for words, cell in counted)
    formula = f'IF({rows}+{cells}=0,"{nothing}",IF({waits}+{cells}+{doubts}=0,"{done}",{said}))'
    numbers = (values[1], *values[5:])
    if not values[0] + values[5]:
        result = nothing
    elif not sum(numbers):
        result = done
    else:
        result = "".join(f"{words}{n:g}" for words, n in zip(left, numbers, strict=True))
    style = page.book.format(bold=True, font_size=13, font_color=palette.INK)
    page.formula(row, 1, formula, result, style)
    page.worksheet.set_row(row, 24)


def _legend(page: SheetWriter, row: int, plan: Plan, live: bool) -> int:
    book = page.book
    page.put(row, 1, "Les couleurs", book.format(bold=True, font_color=palette.INK))
    lines = [
        (f"{str(need).capitalize()}{palette.SIGNS.get(need, '')} : {words}",
         palette.HEADINGS[need]) for need, words in _NEEDS
    ]  # fmt: skip
    if live:
        lines += [
            (words.format(plan.short), {"bg_color": fill, "font_color": text})
            for words, (fill, text) in zip(_STATES, palette.STATES.values(), strict=True)
        ]
    for words, look in lines:
        page.across(row, 2, _LAST, words, book.format(palette.HEADING, look))
        row += 1
    return row


_NEEDS = (
    (Need.REQUIRED, "à remplir sur chaque ligne commencée"),
    (Need.ADVISED, "compte dans la complétude"),
    (Need.OPTIONAL, "utile, jamais exigé"),
    (Need.COMPUTED, "écrit par le programme, à ne pas remplir"),
)
_STATES = (
    "✔ complète : rien ne manque, rien ne se contredit sur cette ligne",
    "↻ à mettre à jour : la ligne reçue attend une nouvelle date de mise à jour",
    "✎ à remplir : des cellules obligatoires sont vides, en rose",
    "⚠ à vérifier : des cellules se contredisent ou sont hors liste, en jaune ou en rose",
    "ℹ pour information : un autre service ou la cellule {} tient la ligne, en gris italique",
)


def _sheets(page: SheetWriter, row: int, sheets: Sequence[tuple[str, str]]) -> None:
    book = page.book
    page.put(row, 1, "Les feuilles", book.format(bold=True, font_color=palette.INK))
    for at, (title, question) in enumerate(sheets, start=row + 1):
        page.link(at, 1, title, "A1", title, book.format(palette.LINK))
        page.across(at, 2, _LAST, question, book.format(text_wrap=True))
