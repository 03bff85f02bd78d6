"""The sheets of what the plan keeps: what was done in each round, where each value comes from."""

from __future__ import annotations

from collections.abc import Iterator

from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.consolidating.ledgers import (
    HISTORY_COLUMNS,
    HISTORY_HIDDEN,
    PROVENANCE_COLUMNS,
    provenance_line,
)
from pst_excel.excel import palette
from pst_excel.excel.sheets.table import write_table
from pst_excel.excel.xlsx import BookWriter
from pst_excel.merging.contents import label_of
from pst_excel.model.words.keys import CODE, ID
from pst_excel.model.words.titles import HISTORIQUE, PROVENANCE
from pst_excel.model.words.wording import plural
from pst_excel.returns.tables import Table


def write_history(book: BookWriter, consolidation: Consolidation, context: str) -> None:
    """Write what every round took, decided and removed, the latest last; nothing leaves it."""
    page = book.sheet(HISTORIQUE, palette.TABS["program"])
    lines = consolidation.history
    words = (
        f"{plural(len(lines), 'ligne')} : ce que chaque consolidation a repris, décidé ou retiré,"
        " avec la valeur d’avant."
        if lines
        else "Rien encore : la prochaine consolidation dira ici ce qu’elle change."
    )
    page.heading(HISTORIQUE, words, 0)
    hidden = [at for at, (name, _) in enumerate(HISTORY_COLUMNS) if name in HISTORY_HIDDEN]
    write_table(page, HISTORY_COLUMNS, lines, context, hidden=hidden)


def write_provenance(book: BookWriter, consolidation: Consolidation, context: str) -> None:
    """Write, hidden, from which file, sheet and cell each value comes, and of whom."""
    page = book.sheet(PROVENANCE, palette.TABS["program"])
    page.heading(
        PROVENANCE, "D’où vient chaque valeur : fichier, feuille, cellules, date et auteur.", 0
    )
    hidden = range(len(PROVENANCE_COLUMNS) - _HIDDEN, len(PROVENANCE_COLUMNS))
    write_table(page, PROVENANCE_COLUMNS, list(_lines(consolidation)), context, hidden=hidden)
    page.worksheet.hide()


_HIDDEN = 3


def _lines(consolidation: Consolidation) -> Iterator[tuple[str, ...]]:
    sources = consolidation.provenance
    if sources is None:
        return
    for sheet in consolidation.plan.tables:
        table = consolidation.merged.tables.get(sheet.key)
        if table is None or ID not in table.columns:
            continue
        for at, ident in enumerate(table.columns[ID]):
            name = _name(table, sheet.named_by, at)
            for told in sources.told(sheet.key, str(ident)):
                labels = [label_of(sheet, field) for field in told.fields]
                yield provenance_line(sheet.title, name, labels, told, (sheet.key, str(ident)))


def _name(table: Table, named_by: str, at: int) -> str:
    parts = (table.columns[key][at] for key in dict.fromkeys((CODE, named_by))
             if key in table.columns)  # fmt: skip
    return " · ".join(dict.fromkeys(str(part) for part in parts if part))
