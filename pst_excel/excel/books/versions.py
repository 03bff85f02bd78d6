"""The workbook of what changed between two states of a plan: the counts, then each change."""

from __future__ import annotations

from pst_excel.excel import palette
from pst_excel.excel.books.template import EPOCH
from pst_excel.excel.sheets.table import write_table
from pst_excel.excel.xlsx import A4, BookWriter, options
from pst_excel.merging.differences import ROW, ChangeKind
from pst_excel.model.findings import Severity
from pst_excel.model.outputs import Output
from pst_excel.model.schema import HEADING_ROW
from pst_excel.model.words.kinds import Need
from pst_excel.model.words.wording import date
from pst_excel.tracing.phrases import counted, grouped
from pst_excel.tracing.versions import Changed, Held, Versions

SUMMARY, CHANGES = "Résumé", "Changements"
_LOOKS = {
    ChangeKind.ADDED: palette.SEVERITY[Severity.HINT],
    ChangeKind.REMOVED: palette.SEVERITY[Severity.ERROR],
    ChangeKind.RECODED: palette.SEVERITY[Severity.WARNING],
    ChangeKind.MOVED: palette.SEVERITY[Severity.TRIAL],
    ChangeKind.CHANGED: palette.STATES["ℹ"],
}
_COLUMNS = (
    ("Changement", 13), ("Feuille", 15), ("Élément", 46), ("Colonne", 22), ("Avant", 44),
    ("Après", 44), ("Cellule avant", 14), ("Cellule après", 14),
)  # fmt: skip


def write(versions: Versions) -> bytes:
    """Return the workbook; the same two states give the same bytes."""
    before, after = versions.before, versions.after
    names = f"{before.file} → {after.file}"
    context = f"{after.institution} · {names}"
    title = f"{after.plan.short} — ce qui a changé"
    book = BookWriter(title, context, after.observed or EPOCH)
    _summary(book, versions, context)
    page = book.sheet(CHANGES, palette.TABS["program"])
    page.heading("Changements — qu’est-ce qui a changé ?", f"{names}. {counted(versions)}", 0)
    write_table(page, _COLUMNS, [_line(change) for change in versions.changes], context)
    page.worksheet.freeze_panes(HEADING_ROW, 3)
    area = (HEADING_ROW, 0, HEADING_ROW + max(len(versions.changes) - 1, 0), 0)
    for kind, (fill, text) in _LOOKS.items():
        look = book.mark({"bg_color": fill, "font_color": text})
        page.mark(area, options(type="text", criteria="begins with", value=str(kind), format=look))
    return book.bytes()


def _line(change: Changed) -> tuple[str, ...]:
    whole = "\n".join(f"{label} : {held.said}" for label, held in change.contents)
    before, after = change.before.said, change.after.said
    if change.field == ROW:
        before, after = (whole, "") if change.kind is ChangeKind.REMOVED else ("", whole)
    return (
        str(change.kind), change.title, change.name, change.label, before, after,
        _cell(change, change.before), _cell(change, change.after),
    )  # fmt: skip


def _cell(change: Changed, held: Held) -> str:
    return f"{change.title}!{held.cell}" if held.cell else ""


def _summary(book: BookWriter, versions: Versions, context: str) -> None:
    """Write which files are compared, the counts by sheet and kind, what was not compared."""
    page = book.sheet(SUMMARY, palette.TABS["program"])
    page.heading("Résumé — combien de changements, et où ?", context, 0)
    page.worksheet.hide_gridlines(2)
    page.put(2, 0, counted(versions), book.format(bold=True))
    look = {**palette.HEADING, **palette.HEADINGS[Need.REQUIRED]}
    page.worksheet.set_row(HEADING_ROW - 1, 22)
    number = book.format(num_format='#,##0;-#,##0;"–"', align="right", bottom=1,
                         bottom_color=palette.GRID)  # fmt: skip
    line = book.format(bottom=1, bottom_color=palette.GRID)
    total = book.format(num_format="#,##0", align="right", bold=True)
    page.worksheet.set_column(0, 0, 24)
    page.worksheet.set_column(1, len(_LOOKS) + 1, 13)
    for at, label in enumerate(("Feuille", *map(str.capitalize, _LOOKS), "Total")):
        side = {"align": "right"} if at else {}
        page.put(HEADING_ROW - 1, at, label, book.format(look, side))
    row = HEADING_ROW
    for title, changes in grouped(versions.changes).items():
        page.put(row, 0, title, line)
        for at, kind in enumerate(_LOOKS, start=1):
            page.put(row, at, sum(change.kind is kind for change in changes), number)
        page.put(row, len(_LOOKS) + 1, len(changes), number)
        row += 1
    page.put(row, 0, "Total", book.format(bold=True))
    for at, kind in enumerate(_LOOKS, start=1):
        page.put(row, at, versions.counts[kind], total)
    page.put(row, len(_LOOKS) + 1, len(versions.changes), total)
    row += 2
    for label, returned in (("Avant", versions.before), ("Après", versions.after)):
        day = returned.observed
        told = f"{returned.file}, situation au {date(day)}" if day else returned.file
        page.put(row, 0, label, book.format(bold=True))
        page.put(row, 1, told, book.format())
        row += 1
    for remark in versions.remarks:
        page.put(row, 1, f"⚠ {remark}.", book.format())
        row += 1
    page.page(A4, context, HEADING_ROW - 1)


OUTPUT = Output(
    "changements", ".xlsx", "Ce qui a changé entre deux états d’un plan.", Versions, write
)
