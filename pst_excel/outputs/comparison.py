"""The comparison workbook: one row an institution, each figure with its count and completeness."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Any

from pst_excel.comparing import Comparison, Value
from pst_excel.measures import Figure
from pst_excel.outputs import palette
from pst_excel.outputs.charts import Table, draw
from pst_excel.outputs.panels import known, unit_format
from pst_excel.outputs.reports import write_table
from pst_excel.outputs.template import EPOCH
from pst_excel.outputs.xlsx import A3, A4, Book, Sheet
from pst_excel.schema import HEADING_ROW, Need
from pst_excel.wording import column_letter, date, plural

MISSING = "n.d."
_IDENTITY = (
    ("Institution", 28), ("Type", 12), ("Code INS", 10), ("Population", 12), ("Législature", 12),
    ("Situation au", 13),
)  # fmt: skip
_BESIDE = (("sur", 8), ("connu", 9))


def write_comparison(comparison: Comparison) -> bytes:
    """Return the workbook; the same comparison gives the same bytes."""
    dates = [one.observed for one in comparison.institutions if one.observed]
    newest = max(dates, default=comparison.lateness or EPOCH)
    count = plural(len(comparison.institutions), "institution")
    context = f"{count} · situation la plus récente au {date(newest)}"
    if comparison.lateness:
        context += f" · retards comptés au {date(comparison.lateness)}"
    book = Book("Comparaison de programmes stratégiques transversaux", context, newest)
    _main(book, comparison, context)
    _statuses(book, comparison, context)
    _definitions(book, comparison, context)
    _received(book, comparison, context)
    return book.bytes()


def _main(book: Book, comparison: Comparison, context: str) -> None:
    page = book.sheet("Comparaison", palette.TABS["program"])
    page.heading("Comparaison — où en est chacun ?", context, 0)
    row = HEADING_ROW + 1
    _identities(page, comparison, row)
    page.put(
        1, len(_IDENTITY),
        f"« sur » : le nombre de lignes sur lequel le chiffre porte ; « connu » : la part de ces"
        f" lignes où il est connu ; {MISSING} : non disponible, ce qui n’est pas zéro.",
        book.format(palette.SMALL),
    )  # fmt: skip
    for number, figure in enumerate(comparison.figures):
        left = len(_IDENTITY) + 3 * number
        _headings(page, figure, left)
        values = [one[figure.key] for one in comparison.values]
        _values(page, figure, left, row, values)
    last = row + len(comparison.institutions)
    page.put(last, 0, "Médiane", book.format(bold=True, top=1))
    page.worksheet.freeze_panes(row, 1)
    page.worksheet.autofilter(
        row - 1, 0, last - 1, len(_IDENTITY) + 3 * len(comparison.figures) - 1
    )
    page.page(A3, context, HEADING_ROW, across=1 + len(comparison.figures) // 6)


def _identities(page: Sheet, comparison: Comparison, first: int) -> None:
    book = page.book
    style = book.format(palette.HEADING, palette.HEADINGS[Need.REQUIRED])
    for position, (label, width) in enumerate(_IDENTITY):
        page.worksheet.set_column(position, position, width)
        page.put(first - 1, position, label, style)
    page.worksheet.set_row(first - 2, 34)
    for at, one in enumerate(comparison.institutions):
        cells: tuple[tuple[Any, dict[str, Any]], ...] = (
            (one.name, {"bold": True}), (one.type, {}), (one.ins, {"num_format": "@"}),
            (one.population, {"num_format": "#,##0"}), (one.legislature, {}),
            (one.observed, {"num_format": "dd/mm/yyyy", "align": "left"}),
        )  # fmt: skip
        for position, (value, form) in enumerate(cells):
            page.put(first + at, position, value, book.format(form))


def _headings(page: Sheet, figure: Figure, left: int) -> None:
    book, row = page.book, HEADING_ROW
    group = book.format(palette.HEADING, palette.HEADINGS[Need.ADVISED], align="center")
    page.worksheet.merge_range(row - 1, left, row - 1, left + 2, "", group)
    page.put(row - 1, left, figure.label, group)
    style = book.format(palette.HEADING, palette.HEADINGS[Need.REQUIRED], align="right")
    small = book.format(palette.HEADING, palette.HEADINGS[Need.COMPUTED], align="right")
    page.put(row, left, "valeur", style)
    page.worksheet.set_column(left, left, 14)
    for at, (label, width) in enumerate(_BESIDE, start=1):
        page.put(row, left + at, label, small)
        page.worksheet.set_column(left + at, left + at, width)


def _values(page: Sheet, figure: Figure, left: int, first: int, values: Sequence[Value]) -> None:
    book = page.book
    # A zero is written as one here: a dash beside « n.d. » would look like it.
    form = {"num_format": unit_format(figure.unit).split(";")[0], "align": "right"}
    beside = {**palette.SMALL, "align": "right"}
    for at, one in enumerate(values):
        missing = {**form, "font_color": palette.GREY, "italic": True}
        shown: Any = MISSING if one.value is None else one.value
        page.put(first + at, left, shown, book.format(missing if one.value is None else form))
        page.put(first + at, left + 1, one.base, book.format(beside, num_format="#,##0"))
        share = book.format(beside, num_format="0%")
        page.put(first + at, left + 2, known_share(one), share)
    numbers = [one.value for one in values if one.value is not None]
    letters = column_letter(left)
    area = f"{letters}{first + 1}:{letters}{first + len(values)}"
    page.formula(
        first + len(values), left, f'IFERROR(MEDIAN({area}),"{MISSING}")',
        known(median(numbers)) if numbers else MISSING, book.format(form, bold=True, top=1),
    )  # fmt: skip


def known_share(one: Value) -> float | None:
    """Return the completeness as a cell holds it."""
    return None if one.completeness is None else round(one.completeness, 10)


def _statuses(book: Book, comparison: Comparison, context: str) -> None:
    """Write the shares of the statuses and draw them."""
    page = book.sheet("Statuts", palette.TABS["program"])
    page.heading("Statuts — de quoi le programme est-il fait ?", context, 0)
    style = book.format(palette.HEADING, palette.HEADINGS[Need.REQUIRED])
    page.worksheet.hide_gridlines(2)
    page.worksheet.set_column(0, 0, 30)
    page.worksheet.set_column(1, 8, 14)
    page.put(HEADING_ROW - 1, 0, "Institution", style)
    page.put(HEADING_ROW - 1, 1, "Actions PST", style)
    first, last = HEADING_ROW, HEADING_ROW + len(comparison.institutions) - 1
    for number, figure in enumerate(comparison.statuses, start=2):
        fill, text, _ = palette.STATUS[figure.label]
        head = book.format(palette.HEADING, bg_color=fill, font_color=text, bold=True)
        page.put(HEADING_ROW - 1, number, figure.label, head)
    for at, (one, values) in enumerate(
        zip(comparison.institutions, comparison.values, strict=True)
    ):
        page.put(first + at, 0, one.name, book.format(bold=True))
        base = values[comparison.statuses[0].key].base
        page.put(first + at, 1, base, book.format(num_format="#,##0"))
        for number, figure in enumerate(comparison.statuses, start=2):
            value = values[figure.key].value
            form = book.format(num_format=unit_format(figure.unit), align="right")
            page.put(first + at, number, MISSING if value is None else value, form)
    series = [
        (number, palette.STATUS[figure.label][0])
        for number, figure in enumerate(comparison.statuses, start=2)
    ]
    drawn = Table(HEADING_ROW - 1, first, last, 0, series)
    size = (980, 170 + 34 * min(len(comparison.institutions), 30))
    title = "Part des actions PST par statut"
    draw(page, "bar_share", title, drawn, "0%", (last + 3, 0), size)
    page.page(A4, context, HEADING_ROW - 1)


def _definitions(book: Book, comparison: Comparison, context: str) -> None:
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


def _received(book: Book, comparison: Comparison, context: str) -> None:
    page = book.sheet("Fichiers", palette.TABS["help"])
    page.heading("Fichiers — d’où viennent les chiffres ?", context, 0)
    rows = [("comparé", one.file, one.name, "") for one in comparison.institutions]
    rows += [("écarté", file, "", reason) for file, reason in comparison.set_aside]
    rows += [("illisible", one.file, "", one.reason) for one in comparison.refusals]
    columns = (("État", 14), ("Fichier", 40), ("Institution", 30), ("Remarque", 80))
    write_table(page, columns, rows, context)
