"""What the whole plan keeps from run to run: who was heard, what is open, what was done, sources.

Each ledger is a sheet of the program; the columns that a program alone reads are hidden. They are
declared here once, for the writer and for who reads them again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from pst_excel.cells.values import RawCell, as_text
from pst_excel.merging.conflicts import Conflict, ConflictKind, Side
from pst_excel.merging.contents import as_json, packed, unpacked
from pst_excel.model.words.titles import CONFLITS, HISTORIQUE, PROVENANCE, RETOURS
from pst_excel.returns.tables import Return
from pst_excel.text.spelling import counted, in_digits

CHUNK = 16_000  # characters of data in a cell, which holds twice as many units of UTF-16
DATA, NUMBER = "Données", "Clé"
DECISION, VALUE, REASON = "Décision", "Valeur décidée", "Motif"
ELEMENT = "Élément"
KEY, IDENT, FIELD = "Repère", "Id", "Champ"
SERVICE, FILE, OBSERVED = "Service", "Fichier", "Situation au"
SAID_BY, READ_SHEET, READ_CELLS, FIELDS = "Auteur", "Feuille lue", "Cellules", "Champs"
SEND, DIGEST, ORDER, RUN = "Envoi", "Empreinte", "Ordre", "Passage"
ROUND, WHAT = "Tour", "Ce qui s’est passé"
HISTORY_COLUMNS = (
    (ROUND, 7), (OBSERVED, 13), (WHAT, 24), ("Feuille", 13), (ELEMENT, 42),
    ("Colonne", 22), ("Avant", 34), ("Après", 34), (SAID_BY, 20), ("Lu dans", 34), (REASON, 30),
    (NUMBER, 14), (KEY, 14), (IDENT, 14), (FIELD, 14),
)  # fmt: skip
HISTORY_HIDDEN = (NUMBER, KEY, IDENT, FIELD)
PROVENANCE_COLUMNS = (
    ("Feuille", 13), (ELEMENT, 46), ("Colonnes", 60), (FILE, 34), (READ_SHEET, 14),
    (READ_CELLS, 40), (OBSERVED, 13), (SAID_BY, 22), (KEY, 14), (IDENT, 14),
    (FIELDS, 14),
)  # fmt: skip
_SEPARATOR = "; "

CELL = "Cellule centrale"
"""Who corrects the whole plan by hand, and decides."""
HistoryLine = tuple[str, ...]


@dataclass(frozen=True)
class Heard:
    """A return that was taken up: its service, file, date and send, the digest of its bytes."""

    service: str
    file: str
    observed: str
    send: str
    digest: str


@dataclass(frozen=True)
class Source:
    """Where a value of the plan comes from: file, sheet, cell, date, author."""

    file: str
    sheet: str
    cell: str
    date: str
    author: str

    @property
    def words(self) -> str:
        """The place in words."""
        where = " · ".join(part for part in (self.file, self.sheet) if part)
        if in_digits(self.cell):  # of a column that has no heading, the row alone is known
            return f"{where} · ligne {self.cell}"
        return f"{where}!{self.cell}" if self.cell else where


@dataclass(frozen=True)
class Told:
    """What one row of a file told of a record: the fields, and the cell of each."""

    file: str
    sheet: str
    date: str
    author: str
    fields: tuple[str, ...]
    cells: tuple[str, ...]

    def sources(self) -> Iterator[tuple[str, Source]]:
        """Give the source of each field."""
        for field, cell in zip(self.fields, self.cells, strict=True):
            yield field, Source(self.file, self.sheet, cell, self.date, self.author)


Sources = dict[tuple[str, str], dict[str, Source]]
"""The source of each field of each record, by sheet and id."""


def heard_in(returned: Return) -> list[Heard]:
    """Return who was heard in earlier runs, as a plan keeps it."""
    lines = [_texts(line) for line in returned.ledgers.get(RETOURS, ())]
    names = (SERVICE, FILE, OBSERVED, SEND, DIGEST)
    heard = sorted((line for line in lines if line.get(DIGEST)), key=_order)
    return [Heard(*(line.get(name, "") for name in names)) for line in heard]


def _order(line: Mapping[str, str]) -> int:
    return counted(line.get(ORDER, ""))


def run_in(returned: Return) -> str:
    """Return the id of the run that wrote a plan; empty where it does not say."""
    lines = map(_texts, returned.ledgers.get(RETOURS, ()))
    return next((line[RUN] for line in lines if line.get(RUN)), "")


def history_in(returned: Return) -> list[HistoryLine]:
    """Return the history that a plan keeps, in its columns."""
    names = [name for name, _ in HISTORY_COLUMNS]
    lines = (_texts(line) for line in returned.ledgers.get(HISTORIQUE, ()))
    return [tuple(line.get(name, "") for name in names) for line in lines if line.get(WHAT)]


def conflicts_in(returned: Return) -> list[Conflict]:
    """Return what a plan leaves to be decided, with what people wrote beside it."""
    found = []
    for line in map(_texts, returned.ledgers.get(CONFLITS, ())):
        conflict = _conflict(line)
        if conflict is None:
            continue
        if line.get(ELEMENT, "") != conflict.name[: len(line.get(ELEMENT, ""))]:
            conflict = replace(conflict, remark="Cette décision a changé de ligne : reprenez-la.")
            found.append(conflict)
            continue
        found.append(
            replace(conflict, decision=line.get(DECISION, ""), value=line.get(VALUE, ""),
                    reason=line.get(REASON, ""))
        )  # fmt: skip
    return found


def sources_in(returned: Return) -> Sources:
    """Return where each value of a plan comes from, as it keeps it."""
    return {
        place: {field: source for told in every for field, source in told.sources()}
        for place, every in told_in(returned).items()
    }


def told_in(returned: Return) -> dict[tuple[str, str], list[Told]]:
    """Return which rows told each record of a plan, as it keeps it."""
    found: dict[tuple[str, str], list[Told]] = {}
    for line in map(_texts, returned.ledgers.get(PROVENANCE, ())):
        fields = tuple(line.get(FIELDS, "").split(_SEPARATOR))
        cells = tuple(line.get(READ_CELLS, "").split(_SEPARATOR))
        if line.get(IDENT) and len(fields) == len(cells):
            told = Told(
                line.get(FILE, ""), line.get(READ_SHEET, ""), line.get(OBSERVED, ""),
                line.get(SAID_BY, ""), fields, cells,
            )  # fmt: skip
            found.setdefault((line.get(KEY, ""), line[IDENT]), []).append(told)
    return found


def grouped(sources: Mapping[str, Source]) -> list[Told]:
    """Return the sources of a record, those of one file and row together."""
    groups: dict[tuple[str, str, str, str, str], list[tuple[str, str]]] = {}
    for field, source in sources.items():
        row = source.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        key = (source.file, source.sheet, source.date, source.author, row)
        groups.setdefault(key, []).append((field, source.cell))
    return [
        Told(file, sheet, day, author, *(tuple(parts) for parts in zip(*held, strict=True)))
        for (file, sheet, day, author, _), held in groups.items()
    ]


def provenance_line(
    title: str, name: str, labels: Iterable[str], told: Told, keys: tuple[str, str]
) -> tuple[str, ...]:
    """Return one line of the ledger of sources, in its columns."""
    return (
        title, name, _SEPARATOR.join(labels), told.file, told.sheet, _SEPARATOR.join(told.cells),
        told.date, told.author, *keys, _SEPARATOR.join(told.fields),
    )  # fmt: skip


def data_of(conflict: Conflict) -> list[str]:
    """Return a conflict as pieces of text that cells hold; `conflicts_in` reads them again."""
    form = {
        "kind": conflict.kind.name, "key": conflict.key, "field": conflict.field,
        "id": conflict.id, "name": conflict.name, "sheet": conflict.sheet,
        "column": conflict.column, "base": conflict.base, "why": conflict.why,
        "joins": conflict.joins,
        "ours": _side(conflict.ours), "others": [_side(side) for side in conflict.others],
    }  # fmt: skip
    text = as_json(form)
    return [text[at : at + CHUNK] for at in range(0, len(text), CHUNK)]


def _side(side: Side) -> list[object]:
    return [side.author, side.said, side.place, packed(side.content)]


def _conflict(line: Mapping[str, str]) -> Conflict | None:
    """Return the conflict of a line; None where its data are no longer whole."""
    text, number = "", 1
    while piece := line.get(f"{DATA} {number}"):
        text, number = text + piece, number + 1
    try:
        form = json.loads(text)
        ours, *others = (
            Side(str(a), str(s), str(p), unpacked(c))
            for a, s, p, c in [form["ours"], *form["others"]]
        )
        words = {name: str(form[name]) for name in
                 ("sheet", "id", "name", "column", "key", "field", "base", "why")}  # fmt: skip
        return Conflict(ours=ours, others=tuple(others), kind=ConflictKind[form["kind"]],
                        joins=form.get("joins") is True, **words)  # fmt: skip
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _texts(line: Mapping[str, RawCell]) -> dict[str, str]:
    return {name: as_text(cell) for name, cell in line.items()}
