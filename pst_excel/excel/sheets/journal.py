"""The sheet Journal: every reading that was not literal."""

from __future__ import annotations

from pst_excel.cells.readings import Confidence
from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.excel import palette
from pst_excel.excel.sheets.table import write_table
from pst_excel.excel.xlsx import BookWriter, options
from pst_excel.model.findings import Severity
from pst_excel.model.schema import HEADING_ROW
from pst_excel.model.words.titles import JOURNAL
from pst_excel.model.words.wording import number
from pst_excel.returns.journal import counted

MOST_ENTRIES = 20_000


def write_journal(book: BookWriter, consolidation: Consolidation, context: str) -> None:
    """Write every reading that was not literal: what was read, what was understood, how surely."""
    page = book.sheet(JOURNAL, palette.TABS["program"])
    entries = consolidation.journal
    words = counted(entries)
    if len(entries) > MOST_ENTRIES:
        words += f" ; les {number(MOST_ENTRIES)} premières sont ici, toutes dans la sortie .json"
    page.heading(JOURNAL, f"{words}." if entries else "Tout a été lu tel quel.", 0)
    columns = (
        ("Fichier", 34), ("Feuille", 22), ("Cellule", 9), ("Colonne", 24), ("Lu", 40),
        ("Compris", 40), ("Confiance", 13), ("Lecture", 44),
    )  # fmt: skip
    rows = [
        (e.file, e.sheet, e.cell, e.column, e.read, e.understood, str(e.confidence), e.rule)
        for e in entries[:MOST_ENTRIES]
    ]
    write_table(page, columns, rows, context)
    fill, text = palette.SEVERITY[Severity.WARNING]
    asked = book.mark({"bg_color": fill, "font_color": text})
    area = (HEADING_ROW, 6, HEADING_ROW + max(len(rows) - 1, 0), 6)
    to_confirm = Confidence.TO_CONFIRM
    page.mark(area, options(type="text", criteria="containing", value=to_confirm, format=asked))
