"""What was read of a place that is not literal: what was understood, how surely, in which way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar

from pst_excel.model.findings import OfSubject, Subject
from pst_excel.model.records import Records
from pst_excel.model.words.tables import FIELD, ROW, TABLE
from pst_excel.text.brief import brief

NO_VALUE = "(aucune valeur)"
NOWHERE = Subject()
IMPLAUSIBLE = "valeur hors du plausible"
NO_LEGISLATURE = "années qui ne font pas une législature"


class Confidence(StrEnum):
    """How sure a reading that is not literal is."""

    SURE = "sûr"
    LIKELY = "probable"
    TO_CONFIRM = "à confirmer"
    NONE = "non compris"


@dataclass(frozen=True)
class Reading(OfSubject):
    """A place that was not read literally: what it held, what was understood, how surely and why.

    `understood` is empty where nothing was, NO_VALUE where « not yet known » was.
    """

    read: str
    understood: str
    confidence: Confidence
    rule: str
    subject: Subject = NOWHERE

    def __repr__(self) -> str:
        said = f"« {self.read} » → « {self.understood} » ({self.confidence})"
        return brief(self, f"{self.where} : {said}")

    def at(self, subject: Subject) -> Reading:
        """Return the same reading, of a subject."""
        return replace(self, subject=subject)

    @property
    def row(self) -> int | None:
        """The number of the row, in a sheet of rows."""
        return self.subject.row or None

    @property
    def place(self) -> tuple[str, int, str]:
        """The key of the sheet, the row and the key of the column."""
        return self.subject.sheet, self.subject.row, self.subject.column

    def as_json(self) -> dict[str, str]:
        """Return the reading under its French keys, as the JSON and the sheet Journal show it."""
        return {french: str(getattr(self, name)) for french, name in JSON_KEYS.items()}


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


class Readings(Records[Reading]):
    """Readings in the order of files, sheets, rows."""

    columns: ClassVar = {
        **JSON_KEYS, ROW: "row", TABLE: "subject.sheet", FIELD: "subject.column",
    }  # fmt: skip
    ordered: ClassVar = {"confiance": tuple(map(str, Confidence))}
