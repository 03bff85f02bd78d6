"""The comparison workbook: one row an institution, each figure with its count and completeness."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from pst_excel.comparing.choosing import UNDATED
from pst_excel.comparing.compare import (
    UNREADABLE,
    Comparison,
    FigureValue,
    Institution,
    Received,
)
from pst_excel.excel import palette
from pst_excel.excel.boards.panels import unit_format
from pst_excel.excel.books.medians import MISSING, TYPE, UNSAID, write_medians
from pst_excel.excel.books.template import EPOCH
from pst_excel.excel.charts import ChartData, draw
from pst_excel.excel.formats import above
from pst_excel.excel.sheets.table import write_table
from pst_excel.excel.wrapping import heading_height
from pst_excel.excel.xlsx import A3, A4, BookWriter, SheetWriter
from pst_excel.model.figures.boards import Breakdown
from pst_excel.model.figures.figures import BASE, KNOWN, VALUE, Figure
from pst_excel.model.outputs import Output
from pst_excel.model.schema import HEADING_ROW
from pst_excel.model.words.kinds import Need
from pst_excel.model.words.roles import Role
from pst_excel.model.words.wording import date, plural

_BESIDE = ((BASE, 8), (KNOWN, 9))


def write_comparison(comparison: Comparison) -> bytes:
    """Return the workbook; the same comparison gives the same bytes."""
    dates = [
        institution.observed for institution in comparison.institutions if institution.observed
    ]
    newest = max(dates, default=comparison.lateness or EPOCH)
    count = plural(len(comparison.institutions), "institution")
    context = f"{count} · situation la plus récente au {date(newest)}" if dates else count
    unsaid = len(comparison.institutions) - len(dates)
    if unsaid:
        context += f" · {plural(unsaid, 'date non dite', 'dates non dites')}"
    if comparison.lateness:
        context += f" · retards comptés au {date(comparison.lateness)}"
    book = BookWriter(comparison.plan.compared, context, newest)
    _main(book, comparison, context)
    if comparison.plan.breakdown is not None:
        _breakdown(book, comparison, comparison.plan.breakdown, context)
    _definitions(book, comparison, context)
    _received(book, comparison, context)
    return book.bytes()


def _main(book: BookWriter, comparison: Comparison, context: str) -> None:
    page = book.sheet("Comparaison", palette.TABS["program"])
    page.heading("Comparaison — où en est chacun ?", context, 0)
    row = HEADING_ROW + 1
    columns = _columns(comparison)
    wide = len(columns)
    _identities(page, comparison, columns, row)
    page.put(
        1, wide,
        f"« {BASE} » : le nombre de lignes sur lequel le chiffre porte ; « {KNOWN} » : la part de"
        f" ces lignes où il est connu ; {MISSING} : non disponible, ce qui n’est pas zéro."
        " Médiane : celle des n institutions montrées qui ont le chiffre ; elle suit le filtre.",
        book.format(palette.SMALL),
    )  # fmt: skip
    for number, figure in enumerate(comparison.figures):
        left = wide + 3 * number
        _headings(page, figure, left)
        _values(page, figure, left, row, [by_figure[figure.key] for by_figure in comparison.values])
    last = row + len(comparison.institutions)
    write_medians(page, comparison, _typed(columns), wide, row)
    page.worksheet.freeze_panes(row, 1)
    page.worksheet.autofilter(row - 1, 0, last - 1, wide + 3 * len(comparison.figures) - 1)
    page.page(A3, context, HEADING_ROW, across=1 + len(comparison.figures) // 6)


_Said: TypeAlias = tuple[str, int, palette.Look, Callable[[Institution], object]]


def _columns(comparison: Comparison) -> list[_Said]:
    """Return what is said of who is compared: what the form has fields for."""
    known = comparison.plan.form.by_role
    number, size = (known[r].label if r in known else "" for r in (Role.NUMBER, Role.SIZE))
    doubtful = any(institution.doubts for institution in comparison.institutions)
    columns: list[_Said] = [
        ("Institution", 28, {"bold": True}, lambda institution: institution.name),
        ("Identité" if doubtful else "", 13, {"italic": True},
         lambda institution: institution.standing),
        (TYPE if Role.TYPE in known else "", 12, {},
         lambda institution: institution.type or UNSAID),
        (number, 10, {"num_format": "@"}, lambda institution: institution.number or UNSAID),
        (size, 12, {"num_format": "#,##0", "align": "right"},
         lambda institution: MISSING if institution.size is None else institution.size),
        ("Législature", 13, {"align": "left", "indent": 1},
         lambda institution: institution.legislature),
        ("Situation au", 14, {"num_format": "dd/mm/yyyy", "align": "left"},
         lambda institution: institution.observed or UNDATED),
    ]  # fmt: skip
    return [column for column in columns if column[0]]


def _typed(columns: Sequence[_Said]) -> int | None:
    """Return the position of the column of types; None where the plan has none."""
    return next((at for at, column in enumerate(columns) if column[0] == TYPE), None)


def _identities(
    page: SheetWriter, comparison: Comparison, columns: Sequence[_Said], first: int
) -> None:
    book = page.book
    page.worksheet.set_row(first - 2, 34)
    page.worksheet.set_row(
        first - 1, heading_height((label, width) for label, width, *_ in columns)
    )
    for position, (label, width, look, _) in enumerate(columns):
        page.worksheet.set_column(position, position, width)
        style = book.format(palette.HEADING, palette.HEADINGS[Need.REQUIRED], above(look))
        page.put(first - 1, position, label, style)
    for at, compared in enumerate(comparison.institutions):
        for position, (_, _, form, value) in enumerate(columns):
            shown = value(compared)
            grey: palette.Look = {"font_color": palette.GREY, "italic": True}
            unsaid = shown in (MISSING, UNSAID, UNDATED)
            page.put(first + at, position, shown, book.format(form, grey if unsaid else {}))


def _headings(page: SheetWriter, figure: Figure, left: int) -> None:
    book, row = page.book, HEADING_ROW
    group = book.format(palette.HEADING, palette.HEADINGS[Need.ADVISED], align="center")
    page.worksheet.merge_range(row - 1, left, row - 1, left + 2, "", group)
    page.put(row - 1, left, figure.label, group)
    style = book.format(palette.HEADING, palette.HEADINGS[Need.REQUIRED], align="right")
    small = book.format(palette.HEADING, palette.HEADINGS[Need.COMPUTED], align="right")
    page.put(row, left, VALUE, style)
    page.worksheet.set_column(left, left, 14)
    for at, (label, width) in enumerate(_BESIDE, start=1):
        page.put(row, left + at, label, small)
        page.worksheet.set_column(left + at, left + at, width)


def _values(
    page: SheetWriter, figure: Figure, left: int, first: int, values: Sequence[FigureValue]
) -> None:
    book = page.book
    # A zero is written as one here: a dash beside « n.d. » would look like it.
    form: palette.Look = {"num_format": unit_format(figure.unit).split(";")[0], "align": "right"}
    beside: palette.Look = {**palette.SMALL, "align": "right"}
    for at, measured in enumerate(values):
        missing: palette.Look = {**form, "font_color": palette.GREY, "italic": True}
        shown = MISSING if measured.value is None else measured.value
        page.put(first + at, left, shown, book.format(missing if measured.value is None else form))
        base = MISSING if measured.base is None else measured.base
        page.put(first + at, left + 1, base, book.format(beside, num_format="#,##0"))
        share = book.format(beside, num_format=palette.SHARE)
        page.put(first + at, left + 2, known_share(measured), share)


def known_share(measured: FigureValue) -> float | None:
    """Return the completeness as a cell holds it."""
    return None if measured.completeness is None else round(measured.completeness, 10)


def _breakdown(
    book: BookWriter, comparison: Comparison, breakdown: Breakdown, context: str
) -> None:
    """Write the shares of the records and draw them."""
    page = book.sheet(breakdown.title, palette.TABS["program"])
    page.heading(f"{breakdown.title} — {breakdown.question}", context, 0)
    style = book.format(palette.HEADING, palette.HEADINGS[Need.REQUIRED])
    page.worksheet.hide_gridlines(2)
    page.worksheet.set_column(0, 0, 30)
    page.worksheet.set_column(1, 8, 14)
    page.put(HEADING_ROW - 1, 0, "Institution", style)
    page.put(HEADING_ROW - 1, 1, breakdown.base, style)
    first, last = HEADING_ROW, HEADING_ROW + len(comparison.institutions) - 1
    colors = {
        number: palette.look_of(figure.color, number)
        for number, figure in enumerate(comparison.statuses, start=2)
    }
    for number, figure in enumerate(comparison.statuses, start=2):
        fill, text = colors[number]
        head = book.format(palette.HEADING, bg_color=fill, font_color=text, bold=True)
        page.put(HEADING_ROW - 1, number, figure.label, head)
    for at, (institution, values) in enumerate(
        zip(comparison.institutions, comparison.values, strict=True)
    ):
        doubt = f" ({institution.standing})" if institution.doubts else ""
        page.put(first + at, 0, institution.name + doubt, book.format(bold=True))
        base = values[comparison.statuses[0].key].base
        count = MISSING if base is None else base
        page.put(first + at, 1, count, book.format(num_format="#,##0", align="right"))
        for number, figure in enumerate(comparison.statuses, start=2):
            value = values[figure.key].value
            form = book.format(num_format=unit_format(figure.unit), align="right")
            page.put(first + at, number, MISSING if value is None else value, form)
    series = [(number, fill) for number, (fill, _) in colors.items()]
    drawn = ChartData(HEADING_ROW - 1, first, last, 0, series)
    size = (980, 170 + 34 * min(len(comparison.institutions), 30))
    draw(page, "bar_share", breakdown.chart, drawn, "0%", (last + 3, 0), size)
    page.page(A4, context, HEADING_ROW - 1)


def _definitions(book: BookWriter, comparison: Comparison, context: str) -> None:
    page = book.sheet("Définitions", palette.TABS["help"])
    page.heading(
        "Définitions — que veut dire chaque chiffre ?",
        "Les mêmes définitions que dans le tableau de bord de chaque institution.",
        0,
    )
    rows = [
        (figure.label, figure.words, figure.unit.removesuffix(" de 100"))
        for figure in (*comparison.figures, *comparison.statuses)
    ]
    write_table(page, (("Chiffre", 40), ("Définition", 100), ("Unité", 12)), rows, context)


def _received(book: BookWriter, comparison: Comparison, context: str) -> None:
    page = book.sheet("Fichiers", palette.TABS["help"])
    page.heading("Fichiers — d’où viennent les chiffres ?", context, 0)
    roles = comparison.plan.form.by_role
    number = roles[Role.NUMBER].label if Role.NUMBER in roles else ""
    columns = (
        ("État", 14, lambda one: one.state),
        ("Institution", 30, lambda one: one.name),
        (TYPE if Role.TYPE in roles else "", 12, lambda one: one.type),
        (number, 12, lambda one: one.number),
        ("Situation au", 16, lambda one: _when(one)),
        ("Remarque", 80, lambda one: " ; ".join(one.remarks)),
    )
    there = [column for column in columns if column[0]]
    rows = [[value(one) for _, _, value in there] for one in comparison.received]
    write_table(page, [(label, width) for label, width, _ in there], rows, context)


def _when(one: Received) -> str:
    if one.state == UNREADABLE:
        return ""
    return date(one.observed) if one.observed else UNDATED


OUTPUT = Output(
    "comparaison",
    ".xlsx",
    "Les chiffres de plusieurs institutions côte à côte.",
    Comparison,
    write_comparison,
)
