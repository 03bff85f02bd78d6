"""What is found wrong and how it is said: severities, messages, subjects, findings.

A message has four parts: where, what was read, what is expected, what to do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import ClassVar

from pst_excel.model.records import Records
from pst_excel.text.brief import brief


class Severity(StrEnum):
    """How much a finding matters; the worst first.

    What a rule on trial finds is counted and shown, and blames nobody.
    """

    ERROR = "erreur"
    WARNING = "avertissement"
    HINT = "conseil"
    TRIAL = "à l’essai"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return tuple(Severity).index(self)

    @property
    def sign(self) -> str:
        """The sign that stands before its word."""
        return _SIGNS[self]

    @property
    def names(self) -> tuple[str, str]:
        """What one and several findings of this severity are called."""
        if self is Severity.TRIAL:
            return "remarque à l’essai", "remarques à l’essai"
        return str(self), f"{self}s"

    @property
    def blames(self) -> bool:
        """Whether a row where this is found is one with a remark."""
        return self in (Severity.ERROR, Severity.WARNING)


POINTS = (Severity.ERROR, Severity.WARNING, Severity.HINT)
"""The severities of what is a point to be looked at; what is on trial is none."""

_SIGNS = {
    Severity.ERROR: "✖", Severity.WARNING: "⚠", Severity.HINT: "✎", Severity.TRIAL: "◊",
}  # fmt: skip


@dataclass(frozen=True)
class Message:
    """What is said of a fault, in words with holes: `title` of many cells, `sentence` of one.

    `gathered` is the number of such findings in one column of a file beyond which they are one, in
    the words of `together`, whose holes are the `title`, the `count` and the `cells`.
    """

    code: str
    severity: Severity
    title: str
    sentence: str
    expected: str
    remedy: str
    gathered: int | None = None
    together: str = "{title} : {count}, {cells}."


@dataclass(frozen=True)
class Subject:
    """Of what something is said: a cell, a row, a sheet or a file, and whose row it is.

    `sheet` and `column` are keys of the plan; `title` and `label` are what people see of them, and
    `cell` is an address; `id` and `code` are those of the row, `record` says it in words, `owner`
    is the service that answers for it, `rank` the place of the sheet in the plan, `unfolding` how
    its column is seen where the file hides it. What is not known, or does not apply, is empty.
    """

    file: str = ""
    sheet: str = ""
    title: str = ""
    row: int = 0
    column: str = ""
    label: str = ""
    cell: str = ""
    id: str = ""
    code: str = ""
    owner: str = ""
    rank: int = 0
    record: str = ""
    unfolding: str = ""


class OfSubject:
    """What is said of a subject: where it stands, as people see it."""

    subject: Subject

    @property
    def file(self) -> str:
        """The name of the file."""
        return self.subject.file

    @property
    def sheet(self) -> str:
        """The title of the sheet in the file."""
        return self.subject.title

    @property
    def cell(self) -> str:
        """The address of the cell."""
        return self.subject.cell

    @property
    def where(self) -> str:
        """The file and the cell, as far as they are known: « retour.xlsx Actions!C5 »."""
        return f"{self.file} {self.sheet}{'!' if self.cell else ''}{self.cell}".strip()

    @property
    def record(self) -> str:
        """The row in words, as people know it; empty where it is not that of a record."""
        return self.subject.record

    @property
    def column(self) -> str:
        """The heading of the column."""
        return self.subject.label

    @property
    def to_see(self) -> str:
        """How its column is seen, in brackets, where the file hides it; else nothing."""
        return f"({self.subject.unfolding})" if self.subject.unfolding else ""


@dataclass(frozen=True)
class Finding(OfSubject):
    """One thing found: which message, of what, with which words in its holes.

    `read` is what the cell holds; `waived` says why, by whom and until when it is accepted.
    """

    template: Message
    subject: Subject
    words: Mapping[str, str] = field(default_factory=dict)
    read: str = ""
    waived: str = ""

    def __repr__(self) -> str:
        return brief(self, f"{self.code} {self.severity}", f"{self.where} : {self.message}")

    @property
    def code(self) -> str:
        """The code of the rule or of the structural message."""
        return self.template.code

    @property
    def severity(self) -> Severity:
        """How much it matters."""
        return self.template.severity

    @property
    def title(self) -> str:
        """What is found, said once for many cells."""
        return self.template.title

    @cached_property
    def message(self) -> str:
        """What is found there, in a sentence."""
        return self.template.sentence.format_map(self.words)

    @cached_property
    def expected(self) -> str:
        """What should stand there."""
        return self.template.expected.format_map(self.words)

    @cached_property
    def remedy(self) -> str:
        """What to do."""
        return self.template.remedy.format_map(self.words)

    @property
    def row(self) -> int | None:
        """The number of the row, in a sheet of rows."""
        return self.subject.row or None

    @property
    def id(self) -> str:
        """The stable id of the row."""
        return self.subject.id

    @property
    def row_id(self) -> str:
        """The stable id of the one row that it speaks of; empty where it speaks of several."""
        return self.id if self.row else ""

    @property
    def element(self) -> str:
        """The code of the row."""
        return self.subject.code

    @property
    def service(self) -> str:
        """The service that answers for the row, or that sent the file."""
        return self.subject.owner

    def as_json(self) -> dict[str, object]:
        """Return the finding under its French keys, as the JSON report and Contrôles show it."""
        return {french: getattr(self, name) for french, name in JSON_KEYS.items()}


SERVICE = "service"  # in a report as in a finding
RECORD = "Élément"
"""What a record in words is called where findings are listed."""
FOUND = "Constat"
"""What the sentence of a finding is called where findings are listed."""

JSON_KEYS = {
    "code": "code",
    "gravite": "severity",
    "fichier": "file",
    "feuille": "sheet",
    "cellule": "cell",
    "ligne": "row",
    "id": "id",
    "element": "element",
    "designation": "record",
    SERVICE: SERVICE,
    "message": "message",
    "lu": "read",
    "attendu": "expected",
    "remede": "remedy",
    "derogation": "waived",
}


class Findings(Records[Finding]):
    """Findings in order; as a table, `table` and `champ` are the keys of the plan."""

    columns: ClassVar = {
        **JSON_KEYS, "id": "row_id", "table": "subject.sheet", "champ": "subject.column",
    }  # fmt: skip
    ordered: ClassVar = {"gravite": tuple(map(str, Severity))}


def in_order(findings: Iterable[Finding]) -> Findings:
    """Return the findings, the worst first, then in the order of files, sheets, sentences, rows."""
    return Findings(sorted(
        findings,
        key=lambda f: (
            f.severity.rank, f.file, f.subject.rank, f.code, f.row or 0, f.cell, f.column,
            f.message, f.read,
        ),
    ))  # fmt: skip
