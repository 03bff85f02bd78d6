"""The journal of corrections: every reading that was not literal, where, and how sure it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass

from pst_excel.batch import Remark, Return
from pst_excel.parsing import Confidence
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
    """Return the entries of returns, file by file, in the order of sheets, rows and columns.

    What was not understood is not there: it is a finding, and its text is kept.
    """
    return [entry for one in returns for entry in _of(one)]


def counted(entries: Sequence[Entry]) -> str:
    """Say how many readings there are."""
    return plural(len(entries), "lecture non littérale", "lectures non littérales")


def _of(one: Return) -> Iterator[Entry]:
    order = {sheet.key: at for at, sheet in enumerate(one.plan)}
    titles = {table.title: order[key] for key, table in one.tables.items()}
    yield from (
        _remarked(one.file, remark)
        for remark in sorted(one.remarks, key=lambda r: titles.get(r.sheet, -1))
    )
    columns = {(s.key, c.key): (at, c.label) for s in one.plan for at, c in enumerate(s.columns)}
    for note in sorted(
        (n for n in one.notes if n.note.understood),
        key=lambda n: (order[n.sheet], n.row, columns[n.sheet, n.key][0]),
    ):
        table = one.tables[note.sheet]
        said = note.note
        yield Entry(
            one.file, table.title, table.cell(note.key, note.row),
            columns[note.sheet, note.key][1], said.read, said.understood, said.confidence,
            said.rule,
        )  # fmt: skip


def _remarked(file: str, remark: Remark) -> Entry:
    said = remark.note
    return Entry(
        file, remark.sheet, remark.cell, "", said.read, said.understood, said.confidence, said.rule
    )
