"""The identification and the lists of a file, patched."""

from __future__ import annotations

import re

from pst_excel.cells.grid import HEADING_ROWS, heading_row
from pst_excel.cells.values import RawCell, as_text
from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.excel.books.consolidated import context_of
from pst_excel.excel.sheets.form import LIST_ROWS
from pst_excel.excel.xlsx import FOOTER_LIMIT
from pst_excel.model.words.kinds import Where
from pst_excel.model.words.vocabulary import Vocabulary
from pst_excel.model.words.wording import shortened
from pst_excel.ooxml.cells.values import Formula
from pst_excel.ooxml.errors import Refused
from pst_excel.ooxml.sheet import Sheet as FileSheet
from pst_excel.ooxml.workbook import Workbook
from pst_excel.text.spelling import fold, tidy
from pst_excel.updating.values import held, says


def patch_form(book: Workbook, consolidation: Consolidation) -> None:
    """Write the fields of the identification that differ.

    Raises: PatchError, Refused when the file lacks one of them.
    """
    merged, sheet = consolidation.merged, consolidation.plan.form
    table = merged.tables[sheet.key]
    if table.title not in book:
        raise Refused(f"la feuille « {sheet.title} » manque")
    there, unread = book[table.title], merged.not_understood()
    for column in sheet.inputs:
        if not column.stands(Where.WHOLE):
            continue
        if column.key not in table.places:
            raise Refused(f"le champ « {column.label} » manque dans « {sheet.title} »")
        value = merged.identity(column.key)
        wanted = held(unread.get((sheet.key, 1, column.key)) if value is None else value)
        cell = there.cell(table.places[column.key])
        if not says(cell.value, wanted, book.epoch_1904):
            cell.set(wanted)


def patch_footers(book: Workbook, consolidation: Consolidation) -> None:
    """Say at the foot of the pages, and in the properties, of when and of how many returns it is.

    What people wrote there stays.
    """
    plan, merged = consolidation.plan, consolidation.merged
    context = context_of(consolidation)
    start = f"{merged.institution} · législature {plan.first_year}-{plan.last_year} · situation au "
    ours = re.compile(re.escape(start.replace("&", "&&")) + r"[^&]*(?:&&[^&]*)*")
    now = shortened(context, FOOTER_LIMIT).replace("&", "&&")
    for sheet in book.sheets:
        sheet.footer = ours.sub(lambda _: now, sheet.footer)
    book.properties["subject"] = context


def patch_lists(book: Workbook, consolidation: Consolidation) -> None:
    """Make the lists of the institution hold the same entries, those that are there in their order.

    Raises: PatchError, Refused when the file lacks one of them.
    """
    plan = consolidation.plan
    title = next((t for t in book.titles if fold(t) in plan.lists.names and t in book), None)
    if title is None:
        raise Refused(f"la feuille « {plan.lists.title} » manque")
    there = book[title]
    local = {fold(v.label): v for v in plan.vocabularies if v.local}
    rows = [[_raw(there, row, c) for c in range(1, _width(there) + 1)]
            for row in range(1, HEADING_ROWS + 1)]  # fmt: skip
    at = heading_row(rows, local)
    columns = {} if at is None else {fold(as_text(cell)): n for n, cell in enumerate(rows[at], 1)}
    for spelling, vocabulary in local.items():
        if at is None or spelling not in columns:
            raise Refused(f"la liste « {vocabulary.label} » manque dans « {title} »")
        labels = consolidation.merged.lists.get(vocabulary.key) or vocabulary.shown
        _list(there, at + 2, columns[spelling], vocabulary, labels)


def _width(there: FileSheet) -> int:
    return max((cell.column for cell in there.cells()), default=0)


def _raw(there: FileSheet, row: int, column: int) -> RawCell:
    value = there.at(row, column).value
    value = value.value if isinstance(value, Formula) else value
    return value if isinstance(value, str) else ""


def _list(
    there: FileSheet, first: int, column: int, vocabulary: Vocabulary, labels: tuple[str, ...]
) -> None:
    """Close a list up: its range ends after as many rows as it has entries."""
    if len(labels) > LIST_ROWS:
        raise Refused(f"la liste « {vocabulary.label} » a plus de {LIST_ROWS} entrées")
    known = {fold(label): label for label in labels}
    last = max((row for row in there.grid.rows if there.grid.holds(row, column)), default=0)
    entries: dict[str, str] = {}
    for row in range(first, last + 1):
        spelling = fold(tidy(as_text(_raw(there, row, column))))
        if spelling in known:
            entries.setdefault(spelling, known[spelling])
    for spelling, label in known.items():
        entries.setdefault(spelling, label)
    wanted: list[str | None] = [*entries.values()]
    wanted += [None] * (last + 1 - first - len(wanted))
    for row, entry in enumerate(wanted, start=first):
        cell = there.at(row, column)
        if not says(cell.value, entry):
            cell.set(entry)
