"""The sheet Retours: what was received, what could not be read, what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pst_excel.consolidating.consolidate import Consolidation, doubtful
from pst_excel.excel import palette
from pst_excel.excel.sheets.table import write_table
from pst_excel.excel.sheets.titles import LISEZ_MOI, OURS, RETOURS
from pst_excel.excel.xlsx import BookWriter
from pst_excel.model.figures.boards import Board
from pst_excel.model.findings import Severity
from pst_excel.model.schema import HEADING_ROW
from pst_excel.model.words.roles import Role
from pst_excel.model.words.wording import plural


def write_returns(book: BookWriter, consolidation: Consolidation, context: str) -> None:
    """Write what was received, what could not be read, what is missing."""
    page = book.sheet(RETOURS, palette.TABS["program"])
    main = consolidation.plan.main
    received = len(consolidation.returns)
    parts = [f"{plural(received, 'retour')} reçu{'s' if received > 1 else ''}"]
    if consolidation.refusals:
        parts.append(
            plural(len(consolidation.refusals), "fichier illisible", "fichiers illisibles")
        )
    if consolidation.absent:
        parts.append(plural(len(consolidation.absent), "service sans retour",
                           "services sans retour"))  # fmt: skip
    page.heading(RETOURS, " · ".join(parts) + ".", 0)
    columns = (
        ("État", 14), ("Service", 28), ("Fichier", 34), ("Situation au", 13), (main.title, 9),
        ("Erreurs", 9), ("Avertissements", 15), ("Conseils", 10), ("Remarque", 60),
    )  # fmt: skip
    rows = _received(consolidation)
    write_table(page, columns, rows, context)
    dates = book.format(num_format="dd/mm/yyyy", align="left", bottom=1,
                        bottom_color=palette.GRID)  # fmt: skip
    for at, row in enumerate(rows):
        page.put(HEADING_ROW + at, 3, row[3], dates)


def _received(consolidation: Consolidation) -> list[Sequence[object]]:
    """Return one row a file received, copied or refused, and one a service that is missing."""
    by_source: Counter[tuple[int | None, Severity]] = Counter()
    for f in consolidation.report.findings:
        by_source[(consolidation.source_of(f), f.severity)] += 1
    plan = consolidation.plan
    own = Counter(source for source, _ in consolidation.origins.get(plan.main.key, []))
    doubts = doubtful(consolidation.returns)
    ours = (LISEZ_MOI, *OURS, *(b.title for b in plan.boards if isinstance(b, Board)))
    whole = f"{plan.short} complet"
    rows: list[Sequence[object]] = []
    for source, returned in enumerate(consolidation.returns):
        foreign = [t for t in returned.foreign if t not in ours]
        notes = [f"Feuilles ajoutées, non reprises : {', '.join(foreign)}."] if foreign else []
        notes += [f"{words}." for files, words in doubts if returned.file in files]
        note = " ".join(notes)
        rows.append(
            ("reçu", returned.service or whole, returned.file, returned.identity(Role.OBSERVED),
             own[source], *(by_source[(source, s)] for s in _COUNTED), note)
        )  # fmt: skip
    for file, original in consolidation.copies:
        rows.append(("copie", "", file, None, None, None, None, None,
                     f"Copie identique de {original} : comptée une fois."))  # fmt: skip
    for refusal in consolidation.refusals:
        rows.append(("illisible", "", refusal.file, None, None, None, None, None,
                     refusal.reason))  # fmt: skip
    for service in consolidation.absent:
        rows.append(("non remis", service, "", None, None, None, None, None,
                     "Aucun classeur lisible de ce service parmi les fichiers."))  # fmt: skip
    return rows


_COUNTED = (Severity.ERROR, Severity.WARNING, Severity.HINT)
