"""The sheet Retours: what was received, what could not be read, what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.consolidating.ledgers import DIGEST, FILE, OBSERVED, ORDER, RUN, SEND, SERVICE
from pst_excel.consolidating.remarks import foreign_sheets
from pst_excel.excel import palette
from pst_excel.excel.boards.panels import define_keys, write_key
from pst_excel.excel.names import Names
from pst_excel.excel.sheets.table import write_table
from pst_excel.excel.xlsx import BookWriter, SheetWriter
from pst_excel.model.findings import POINTS, Severity
from pst_excel.model.schema import HEADING_ROW
from pst_excel.model.series import ABSENT
from pst_excel.model.words.line_keys import line_key
from pst_excel.model.words.roles import Role
from pst_excel.model.words.titles import RETOURS
from pst_excel.model.words.wording import plural
from pst_excel.returns.tables import Return


def write_returns(
    book: BookWriter, consolidation: Consolidation, names: Names, context: str
) -> None:
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
        ("État", 18), (SERVICE, 28), (FILE, 46), (OBSERVED, 13), (main.title, 9),
        ("Erreurs", 9), ("Avertissements", 16), ("Conseils", 10), ("Remarque", 60),
        (SEND, 14), (DIGEST, 14), (ORDER, 9), (RUN, 14),
    )  # fmt: skip
    rows = [(*row, *([""] * (len(columns) - 1 - len(row))), consolidation.run)
            for row in _received(consolidation)]  # fmt: skip
    shown = len(columns) - _HIDDEN
    write_table(page, columns, rows, context, tall=shown, hidden=range(shown, len(columns)))
    _name_absent(page, consolidation.absent, names, len(columns))


def _name_absent(page: SheetWriter, absent: Sequence[str], names: Names, column: int) -> None:
    """Name the keys of the services that have not answered, in a hidden column."""
    page.worksheet.set_column(column, column, None, None, {"hidden": True})
    # The column is the program's even where nobody is missing: what it held is nobody's addition.
    page.put(HEADING_ROW - 1, column, ABSENT_KEYS, page.book.format())
    for at, service in enumerate(absent):
        write_key(page, HEADING_ROW + at, column, line_key(service))
    last = HEADING_ROW + max(len(absent), 1) - 1
    define_keys(page, names.lines(ABSENT), HEADING_ROW, last, column)


def _received(consolidation: Consolidation) -> list[Sequence[object]]:
    """Return one row a file received, copied or refused, and one a service that is missing.

    Then what earlier runs took up: the program knows by it what was said already.
    """
    by_source: Counter[tuple[int | None, Severity]] = Counter()
    for f in consolidation.report.findings:
        by_source[(consolidation.source_of(f), f.severity)] += 1
    plan = consolidation.plan
    own = Counter(source for source, _ in consolidation.origins.get(plan.main.key, []))
    known = {one.digest: (one.send, one.digest, str(order))
             for order, one in enumerate(consolidation.heard, start=1)}  # fmt: skip
    whole = f"{plan.short} complet"
    rows: list[Sequence[object]] = []
    for source, returned in enumerate(consolidation.returns):
        new = consolidation.base is None or returned.digest in consolidation.fresh
        rows.append(
            ("reçu" if new else "déjà repris", returned.service or whole, returned.file,
             returned.identity(Role.OBSERVED),
             own[source], *(by_source[(source, s)] for s in POINTS),
             _note(consolidation, returned), *known.pop(returned.digest, ("", "", "")))
        )  # fmt: skip
    blanks = (None,) * 5
    for file, original in consolidation.copies:
        rows.append(("copie", "", file, *blanks,
                     f"Copie identique de {original} : comptée une fois."))  # fmt: skip
    for refusal in consolidation.refusals:
        rows.append(("illisible", "", refusal.file, *blanks, refusal.reason))
    taken = "\u00a0; ses lignes sont celles du dernier envoi." if consolidation.base else "."
    for service in consolidation.absent:
        rows.append(("non remis", service, "", *blanks,
                     f"Aucun classeur lisible de ce service{taken}"))  # fmt: skip
    for one in consolidation.heard:
        if one.digest in known:
            rows.append(("repris auparavant", one.service, one.file, one.observed, *blanks[1:], "",
                         *known[one.digest]))  # fmt: skip
    return rows


def _note(consolidation: Consolidation, returned: Return) -> str:
    """Say what is to be known of a file: its added sheets, what is remarked of it first."""
    foreign = foreign_sheets(returned)
    told = foreign and returned.digest not in consolidation.fresh  # else a remark says it
    notes = [f"Feuilles ajoutées, non reprises : {', '.join(foreign)}."] if told else []
    files = [one.file for one in consolidation.returns]
    notes += [f"{words}." for words in consolidation.account.remarks
              if _first_named(words, files) == returned.file]  # fmt: skip
    return " ".join(notes)


def _first_named(words: str, files: Sequence[str]) -> str:
    """Return the file of which a remark speaks first: it is written there and not again."""
    named = [file for file in files if file in words]
    return min(named, key=lambda file: (words.index(file), -len(file)), default="")


_HIDDEN = 4
ABSENT_KEYS = "Services sans retour"
