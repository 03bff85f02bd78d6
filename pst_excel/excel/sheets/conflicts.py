"""The sheet Conflits: what two returns say differently."""

from __future__ import annotations

from pst_excel.consolidating.consolidate import Consolidation
from pst_excel.excel import palette
from pst_excel.excel.sheets.table import write_table
from pst_excel.excel.sheets.titles import CONFLITS
from pst_excel.excel.xlsx import BookWriter
from pst_excel.model.words.wording import plural


def write_conflicts(book: BookWriter, consolidation: Consolidation, context: str) -> None:
    """Write what two returns say differently: the value kept and the one set aside."""
    page = book.sheet(CONFLITS, palette.TABS["program"])
    count = len(consolidation.conflicts)
    words = (
        f"{plural(count, 'désaccord')} entre retours : la valeur du service responsable de la ligne"
        " est retenue, sinon celle du premier retour. Rien n’est perdu : l’autre valeur est ici."
        if count
        else "Aucun désaccord entre les retours."
    )
    page.heading(CONFLITS, words, 0)
    columns = (
        ("Feuille", 13), ("Élément", 50), ("Colonne", 22), ("Valeur retenue", 36), ("Lue dans", 34),
        ("Valeur écartée", 36), ("Lue dans", 34),
    )  # fmt: skip
    rows = [
        (c.sheet, c.name, c.column, c.kept, c.kept_from, c.other, c.other_from)
        for c in consolidation.conflicts
    ]
    write_table(page, columns, rows, context)
