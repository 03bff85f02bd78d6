"""The journal of corrections: every reading that was not literal, where, and how sure it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from operator import itemgetter
from string import ascii_letters

from pst_excel.batch import Return
from pst_excel.parsing import Confidence, Note
from pst_excel.wording import plural


@dataclass(frozen=True)
class Entry:
    """One reading: the cell, what it held, what was understood, how surely, by which rule."""

    file: str
    sheet: str
    cell: str
    column: str
    read: str
    understood: str
    confidence: Confidence
    rule: str

    def as_json(self) -> dict[str, str]:
        """Return the entry under its French keys, as the JSON and the sheet Journal show it."""
        values = asdict(self)
        return {french: str(values[name]) for french, name in JSON_KEYS.items()}


JSON_KEYS = {
    "fichier": "file",
    "feuille": "sheet",
    "cellule": "cell",
    "colonne": "column",
    "lu": "read",
    "compris": "understood",
    "confiance": "confidence",
    "lecture": "rule",
}


def journal(returns: Iterable[Return]) -> list[Entry]:
    """Return the entries of returns, file by file, sheet by sheet, row by row.

    What was not understood is not there: it is a finding, and its text is kept.
    """
    return [entry for one in returns for entry in _of(one)]


def counted(entries: Sequence[Entry]) -> str:
    """Say how many readings there are."""
    return plural(len(entries), "lecture non littérale", "lectures non littérales")


def _of(one: Return) -> Iterator[Entry]:
    # Objectives read between the rows of another sheet have its title.
    tables = (one.tables.get(sheet.key) for sheet in one.plan)
    order = {table.title: at for at, table in enumerate(tables) if table is not None}
    columns = {(s.key, c.key): (at, c.label) for s in one.plan for at, c in enumerate(s.columns)}
    placed: list[tuple[tuple[int, int, int], Entry]] = []
    for remark in one.remarks:
        row = int(remark.cell.lstrip(ascii_letters) or 0)
        entry = _entry(one.file, remark.sheet, remark.cell, "", remark.note)
        placed.append(((order.get(remark.sheet, -1), row, -1), entry))
    for note in one.notes:
        if not note.note.understood:
            continue
        table, (at, label) = one.tables[note.sheet], columns[note.sheet, note.key]
        cell = table.cell(note.key, note.row)
        row = int(cell.lstrip(ascii_letters) or note.row)
        entry = _entry(one.file, table.title, cell, label, note.note)
        placed.append(((order[table.title], row, at), entry))
    placed.sort(key=itemgetter(0))
    return (entry for _, entry in placed)


def _entry(file: str, sheet: str, cell: str, column: str, note: Note) -> Entry:
    return Entry(
        file, sheet, cell, column, note.read, note.understood, note.confidence, note.rule
    )  # fmt: skip
