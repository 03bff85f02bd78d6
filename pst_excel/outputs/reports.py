"""The sheets that say how the consolidation went, Retours, Conflits, Journal; words of reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from pst_excel.consolidating import Consolidation, doubtful
from pst_excel.findings import Severity
from pst_excel.journal import counted
from pst_excel.outdated import MODERNISATION
from pst_excel.outputs import palette
from pst_excel.outputs.cells import LINE, lines_of
from pst_excel.outputs.welcome import LISEZ_MOI
from pst_excel.outputs.xlsx import A4, Book, Sheet
from pst_excel.parsing import Confidence
from pst_excel.schema import HEADING_ROW, Need, Plan
from pst_excel.schema import Sheet as Declared
from pst_excel.verdict import Report
from pst_excel.wording import number, plural

CONTROLES, RETOURS, CONFLITS, JOURNAL = "Contrôles", "Retours", "Conflits", "Journal"
BILAN, COMPLETUDE = "Bilan des contrôles", "Complétude"
CONTROLS = (CONTROLES, "À corriger")
"""What the control sheet of a return may be called: the second where the first is another sheet."""
MOST_ENTRIES = 20_000
NOTHING_FILLED = "Aucune ligne remplie pour le moment."


def encouraging(report: Report, sheet: Declared) -> str:
    """Say how many records of a sheet have no error and no warning."""
    rows, clean = report.rows.get(sheet.title, 0), report.clean.get(sheet.title, 0)
    one, many = sheet.records
    return f"{plural(clean, one, many)} sur {number(rows)}"


def clean_sheets(report: Report, plan: Plan) -> list[str]:
    """Say, for each sheet that is filled, how many of its records have no error and no warning."""
    return [encouraging(report, sheet) for sheet in plan.tables if report.rows.get(sheet.title)]


def counts(report: Report) -> str:
    """Say how many findings there are, by severity."""
    return by_severity(finding.severity for finding in report.findings)


def by_severity(severities: Iterable[Severity]) -> str:
    """Say how many there are of each severity; of what is on trial only where there is some."""
    by = Counter(severities)
    said = [one for one in Severity if one is not Severity.TRIAL or by[one]]
    return " · ".join(plural(by[one], *one.names) for one in said)


def write_table(
    page: Sheet, columns: Sequence[tuple[str, int]], rows: Sequence[Sequence[Any]], context: str
) -> None:
    """Write a plain table under the title, filtered, its headings frozen."""
    book, ws = page.book, page.worksheet
    ws.hide_gridlines(2)
    style = book.format(palette.HEADING, palette.HEADINGS[Need.REQUIRED])
    for position, (label, width) in enumerate(columns):
        ws.set_column(position, position, width)
        page.put(HEADING_ROW - 1, position, label, style)
    form = book.format(text_wrap=True, bottom=1, bottom_color=palette.GRID)
    for at, values in enumerate(rows):
        lines = 1
        for position, value in enumerate(values):
            page.put(HEADING_ROW + at, position, value, form)
            if isinstance(value, str):
                lines = max(lines, lines_of(value, columns[position][1]))
        ws.set_row(HEADING_ROW + at, LINE * lines + 3)
    ws.freeze_panes(HEADING_ROW, 0)
    last = max(HEADING_ROW + len(rows) - 1, HEADING_ROW)
    ws.autofilter(HEADING_ROW - 1, 0, last, len(columns) - 1)
    page.page(A4, context, HEADING_ROW - 1)


def signed(severity: Severity) -> str:
    """Return a severity as the control sheets write it: its sign, then its word."""
    return f"{palette.SEVERITY[severity][2]} {severity}"


def colour_severities(page: Sheet, column: int, rows: int) -> None:
    """Colour the severities written in a column under the headings."""
    area = (HEADING_ROW, column, max(HEADING_ROW + rows - 1, HEADING_ROW), column)
    for severity, (fill, text, _) in palette.SEVERITY.items():
        form = page.book.mark({"bg_color": fill, "font_color": text})
        page.mark(area, {"type": "text", "criteria": "containing", "value": severity,
                         "format": form})  # fmt: skip


def write_returns(book: Book, consolidation: Consolidation, context: str) -> None:
    """Write what was received, what could not be read, what is missing."""
    page = book.sheet(RETOURS, palette.TABS["program"])
    received = len(consolidation.returns)
    said = [f"{plural(received, 'retour')} reçu{'s' if received > 1 else ''}"]
    if consolidation.refusals:
        said.append(plural(len(consolidation.refusals), "fichier illisible", "fichiers illisibles"))
    if consolidation.absent:
        said.append(plural(len(consolidation.absent), "service sans retour",
                           "services sans retour"))  # fmt: skip
    page.heading(RETOURS, " · ".join(said) + ".", 0)
    columns = (
        ("État", 14), ("Service", 28), ("Fichier", 34), ("Situation au", 13), ("Actions", 9),
        ("Erreurs", 9), ("Avertissements", 15), ("Conseils", 10), ("Remarque", 60),
    )  # fmt: skip
    rows = _received(consolidation)
    write_table(page, columns, rows, context)
    dates = book.format(num_format="dd/mm/yyyy", align="left", bottom=1,
                        bottom_color=palette.GRID)  # fmt: skip
    for at, row in enumerate(rows):
        page.put(HEADING_ROW + at, 3, row[3], dates)


def _received(consolidation: Consolidation) -> list[tuple[Any, ...]]:
    """Return one row a file received, copied or refused, and one a service that is missing."""
    by_source: Counter[tuple[int | None, Severity]] = Counter()
    for f in consolidation.report.findings:
        by_source[(consolidation.source_of(f), f.severity)] += 1
    own = Counter(source for source, _ in consolidation.origins.get("actions", []))
    doubts = doubtful(consolidation.returns)
    rows: list[tuple[Any, ...]] = []
    for source, one in enumerate(consolidation.returns):
        foreign = [t for t in one.foreign if t != LISEZ_MOI and t not in _OURS]
        notes = [f"Feuilles ajoutées, non reprises : {', '.join(foreign)}."] if foreign else []
        notes += [f"{words}." for files, words in doubts if one.file in files]
        note = " ".join(notes)
        rows.append(
            ("reçu", one.service or "PST complet", one.file, one.identity("date_observation"),
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
_OURS = (
    *CONTROLS, BILAN, COMPLETUDE, RETOURS, CONFLITS, JOURNAL, MODERNISATION, "Tableau de bord",
)  # fmt: skip


def write_conflicts(book: Book, consolidation: Consolidation, context: str) -> None:
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


def write_journal(book: Book, consolidation: Consolidation, context: str) -> None:
    """Write every reading that was not literal: what was read, what was understood, how surely."""
    page = book.sheet(JOURNAL, palette.TABS["program"])
    entries = consolidation.journal
    said = counted(entries)
    if len(entries) > MOST_ENTRIES:
        said += f" ; les {number(MOST_ENTRIES)} premières sont ici, toutes dans la sortie .json"
    page.heading(JOURNAL, f"{said}." if entries else "Tout a été lu tel quel.", 0)
    columns = (
        ("Fichier", 34), ("Feuille", 22), ("Cellule", 9), ("Colonne", 24), ("Lu", 40),
        ("Compris", 40), ("Confiance", 13), ("Lecture", 44),
    )  # fmt: skip
    rows = [
        (e.file, e.sheet, e.cell, e.column, e.read, e.understood, str(e.confidence), e.rule)
        for e in entries[:MOST_ENTRIES]
    ]
    write_table(page, columns, rows, context)
    fill, text, _ = palette.SEVERITY[Severity.WARNING]
    asked = book.mark({"bg_color": fill, "font_color": text})
    area = (HEADING_ROW, 6, HEADING_ROW + max(len(rows) - 1, 0), 6)
    page.mark(area, {"type": "text", "criteria": "containing", "value": Confidence.TO_CONFIRM,
                     "format": asked})  # fmt: skip
