"""The workbook of how a campaign went: what changed last, each consolidation, each row."""

from __future__ import annotations

from pst_excel.campaign.entries import Followed
from pst_excel.campaign.history import Change, History, Line, Measure, Since
from pst_excel.campaign.telling import (
    FIRST,
    NONE,
    SINCE,
    as_day,
    as_number,
    gap,
    held,
    named,
    parts,
    shift,
)
from pst_excel.excel import palette
from pst_excel.excel.books.template import EPOCH
from pst_excel.excel.charts import ChartData, draw_course
from pst_excel.excel.formats import above
from pst_excel.excel.sheets.table import write_table
from pst_excel.excel.wrapping import INDENT, heading_height, height_of, lines_of
from pst_excel.excel.xlsx import A3, A4, BookWriter, SheetWriter
from pst_excel.model.outputs import Output
from pst_excel.model.schema import HEADING_ROW
from pst_excel.model.words.colors import Color
from pst_excel.model.words.kinds import Kind, Need
from pst_excel.model.words.titles import HISTORIQUE
from pst_excel.model.words.wording import date, listed, lowered, plural, shortened

_DRAWN = 3  # consolidations from which their course is drawn
_CHART = (880, 340)  # pixels
_COLORS = (palette.COLORS[Color.BLUE][0], palette.COLORS[Color.RED][0])
_ABSENT = "·"
_GAPS = {
    "%": '+0.0" points";-0.0" points";"="', "% de 100": '+0.0" points";-0.0" points";"="',
    "€": '+#,##0 "€";-#,##0 "€";"="',
}  # fmt: skip
_GAP = '+#,##0;-#,##0;"="'
_COUNTS = (
    ("N°", 6), ("Date", 12), ("Situation au", 12), ("Retours", 10), ("Services absents", 11),
    ("Lignes", 9), ("Erreurs", 9), ("Avertissements", 15), ("Conseils", 10),
    ("Points à décider", 10),
)  # fmt: skip
_FIGURE, _HASH = 14, 16  # characters across
_TITLE = 31  # characters of the title of a sheet


def write(history: History) -> bytes:
    """Return the workbook; the same history gives the same bytes."""
    whose = f"{history.institution} · " if history.institution else ""
    context = f"{whose}{plural(len(history.lines), 'consolidation')}"
    created = history.lines[-1].at.date() if history.lines else EPOCH
    book = BookWriter(f"{history.plan} — la campagne dans le temps", context, created)
    _since(book.sheet(SINCE, palette.TABS["program"]), history, context)
    if history.lines:
        _lines(book.sheet(HISTORIQUE, palette.TABS["program"]), history, context)
    if history.tracks and history.columns:
        rows = history.records[1].capitalize() or "Lignes"
        title = shortened(f"{rows} dans le temps", _TITLE)
        _tracks(book.sheet(title, palette.TABS["program"]), history, context)
    return book.bytes()


def _since(page: SheetWriter, history: History, context: str) -> None:
    """Write the headline figures before and now, then the rows that changed."""
    since = history.since
    page.heading(f"{SINCE} — qu’est-ce qui a changé ?", context, 0)
    page.worksheet.hide_gridlines(2)
    for position, width in enumerate((66, 22, 20, 20, 16)):
        page.worksheet.set_column(position, position, width)
    page.page(A4, context)
    if since is None:
        said = FIRST if history.lines else NONE
        page.put(HEADING_ROW - 1, 0, said, page.book.format(palette.TEXTS))
        return
    before, after = (f"N° {one.number}, {date(one.at)}" for one in (since.before, since.after))
    row = _headings(page, HEADING_ROW - 1, ("Chiffre", "Unité", before, after, "Écart"))
    for measure in history.measures:
        _measure(page, row, measure, since)
        row += 1
    row += 1
    page.put(row, 0, _counted(history, since), page.book.format(palette.TEXTS, bold=True))
    if since.changes:
        row = _headings(
            page, row + 1, (_named(history), "Ce qui est suivi", before, after, "Écart")
        )
        for change in since.changes:
            row = _change(page, row, change)


def _named(history: History) -> str:
    return history.records[0].capitalize() or "Ligne"


def _counted(history: History, since: Since) -> str:
    headings = listed([lowered(column.heading) for column in history.columns] or ["suivi"])
    if not since.changes:
        return f"Aucun changement : {headings}."
    return f"{plural(len(since.changes), *history.records)} dont le suivi a changé : {headings}."


def _headings(page: SheetWriter, row: int, labels: tuple[str, ...]) -> int:
    look = {**palette.HEADING, **palette.HEADINGS[Need.REQUIRED]}
    for position, label in enumerate(labels):
        side = palette.TEXTS if position < 2 else palette.MIDDLE
        page.put(row, position, label, page.book.format(look, above(side)))
    page.worksheet.set_row(row, 22)
    return row + 1


def _measure(page: SheetWriter, row: int, measure: Measure, since: Since) -> None:
    book, unit = page.book, measure.unit
    text = book.format(palette.RULED, palette.TEXTS)
    page.put(row, 0, measure.label, text)
    page.put(row, 1, unit.removesuffix(" de 100"), text)
    form = book.format(
        palette.RULED, palette.MIDDLE, num_format=palette.UNIT_FORMATS.get(unit, "General")
    )
    values = [one.figures.get(measure.key) for one in (since.before, since.after)]
    for position, value in enumerate(values, start=2):
        page.put(row, position, value, form)
    moved = book.format(palette.RULED, palette.MIDDLE, num_format=_GAPS.get(unit, _GAP))
    page.put(row, 4, gap(values[0], values[1], unit), moved)


def _change(page: SheetWriter, row: int, change: Change) -> int:
    """Write a row that changed, one line for each column; return the line after."""
    book = page.book
    text, middle = (book.format(palette.RULED, side, text_wrap=True)
                    for side in (palette.TEXTS, palette.MIDDLE))  # fmt: skip
    name = named(change)
    said = [("", *_ends(change), "")] if not change.moved else [
        (column.heading, held(old, column.kind), held(new, column.kind),
         shift(old, new, column.kind))
        for column, old, new in change.moved
    ]  # fmt: skip
    for heading, *values in said:
        page.put(row, 0, name, text)
        page.put(row, 1, heading, text)
        for position, value in enumerate(values, start=2):
            page.put(row, position, value, middle)
        page.worksheet.set_row(row, height_of(lines_of(name, 66 - INDENT)))
        row += 1
    return row


def _ends(change: Change) -> tuple[str, str]:
    (word,) = parts(change)
    return ("", word) if change.before is None or change.after is None else (word, "")


def _lines(page: SheetWriter, history: History, context: str) -> None:
    """Write one line for each consolidation; their course is drawn where there are enough."""
    page.heading(f"{HISTORIQUE} — comment la campagne avance-t-elle ?", context, 0)
    columns = [*_COUNTS, *((one.label, _FIGURE) for one in history.measures), ("Empreinte", _HASH)]
    first = len(_COUNTS)
    shares = {
        first + at: palette.UNIT_FORMATS.get(one.unit, "General")
        for at, one in enumerate(history.measures)
    }
    rows = [_line(line, history) for line in history.lines]
    write_table(page, columns, rows, context, paper=A3, shares=shares)
    page.worksheet.freeze_panes(HEADING_ROW, 2)
    keys = [one.key for one in history.measures]
    trend = history.trend[: len(_COLORS)]
    if len(rows) < _DRAWN or not trend:
        return
    series = [(first + keys.index(one.key), color)
              for one, color in zip(trend, _COLORS, strict=False)]  # fmt: skip
    data = ChartData(HEADING_ROW - 1, HEADING_ROW, HEADING_ROW + len(rows) - 1, 2, series)
    title = listed([trend[0].label, *(lowered(one.label) for one in trend[1:])])
    axes = ['0" %"' if one.unit == "% de 100" else "0 %" if one.unit == "%" else "#,##0"
            for one in trend]  # fmt: skip
    draw_course(page, title, data, axes, (HEADING_ROW + len(rows) + 1, 0), _CHART)


def _line(line: Line, history: History) -> list[object]:
    return [
        line.number, line.at.date(), line.observed, line.returns, len(line.absent), line.rows,
        *line.findings, line.conflicts, *(line.figures.get(one.key) for one in history.measures),
        line.digest[:_HASH - 4],
    ]  # fmt: skip


def _tracks(page: SheetWriter, history: History, context: str) -> None:
    """Write how each row stood at each consolidation: a line for each column that is followed."""
    book, ws = page.book, page.worksheet
    question = f"{context}. En couleur : ce qui a changé ; « {_ABSENT} » : pas encore, ou plus, là."
    page.heading(f"{page.title} — comment chaque ligne évolue-t-elle ?", question, 0)
    ws.hide_gridlines(2)
    rounds = [(f"N° {line.number}\n{date(line.at)}", 14) for line in history.lines]
    columns = [("Code", 11), (_named(history), 58), ("Ce qui est suivi", 18), *rounds]
    look = {**palette.HEADING, **palette.HEADINGS[Need.REQUIRED]}
    for position, (label, width) in enumerate(columns):
        ws.set_column(position, position, width)
        side = palette.TEXTS if position < 3 else palette.MIDDLE
        page.put(HEADING_ROW - 1, position, label, book.format(look, above(side)))
    ws.set_row(HEADING_ROW - 1, max(heading_height(columns), 36))
    text = book.format(palette.RULED, palette.TEXTS, text_wrap=True)
    row = HEADING_ROW
    for track in history.tracks:
        name = track.last.name
        height = height_of(lines_of(name, 58 - INDENT))
        for at, column in enumerate(history.columns):
            for position, value in enumerate((track.last.code, name, column.heading)):
                page.put(row, position, value, text)
            stood = [track.stood.get(line.number) for line in history.lines]
            _course(page, row, at, column.kind, stood)
            ws.set_row(row, height)
            row += 1
    ws.freeze_panes(HEADING_ROW, 3)
    ws.autofilter(HEADING_ROW - 1, 0, max(row - 1, HEADING_ROW), len(columns) - 1)
    page.page(A3, context, HEADING_ROW - 1)


def _course(page: SheetWriter, row: int, at: int, kind: str, stood: list[Followed | None]) -> None:
    """Write a value of a row over time, in colour where it is another than before."""
    before: Followed | None = None
    for position, one in enumerate(stood, start=3):
        moved = one is not None and before is not None and one.values[at] != before.values[at]
        fill, ink = palette.STATES["↻"]
        colour = {"bg_color": fill, "font_color": ink} if moved else {}
        value, shown = _typed(one.values[at], kind) if one is not None else (_ABSENT, "General")
        form = page.book.format(
            palette.RULED, palette.MIDDLE, colour, num_format=shown, text_wrap=True
        )
        page.put(row, position, value, form)
        before = one


def _typed(text: str, kind: str) -> tuple[object, str]:
    """Return a value as a cell holds it, and the format of the cell."""
    day, amount = as_day(text, kind), as_number(text, kind)
    if day is not None:
        return day, palette.NUMBER_FORMATS[Kind.DATE]
    if amount is not None:
        return amount, palette.NUMBER_FORMATS.get(Kind(kind), "General")
    return text, "@"


OUTPUT = Output(
    "historique", ".xlsx", "Ce que chaque consolidation d’une campagne a donné.", History, write
)
