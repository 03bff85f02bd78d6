"""What a merge leaves to people: what was said, by whom, what stands meanwhile and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar

from pst_excel.merging.contents import Content
from pst_excel.model.records import Records
from pst_excel.model.words.wording import shortened
from pst_excel.returns.identity import derived
from pst_excel.text.brief import brief
from pst_excel.text.spelling import fold


class ConflictKind(StrEnum):
    """What is to be decided; the value is what people read of it."""

    FIELD = "deux valeurs"
    PROPOSAL = "proposition"
    REMOVAL = "ligne supprimée"
    GONE = "ligne retirée du plan, changée depuis"
    CODE = "code pris deux fois"
    ENTRY = "valeur nouvelle d’une liste"


REFERENCE, BOTH, REMOVE, OTHER = "référence", "les deux", "supprimer", "autre"
"""What may be decided, beside « retour … »: the words of the drop-down list."""


@dataclass(frozen=True)
class Side:
    """What one author says: in words, as a content, and where it was read."""

    author: str
    said: str
    place: str
    content: Content = None

    @property
    def choice(self) -> str:
        """The word of the drop-down list that gives reason to this author."""
        return f"retour {self.author}" if self.author else "retour"


@dataclass(frozen=True)
class Conflict:
    """One thing to be decided: what stands, what others say, why it was not settled.

    `sheet` and `column` are what people see of them, `key` and `field` those of the plan; `name` is
    the record in words; `joins` where the values may stand one under the other. `base` is what was
    sent, in words, empty where it is not known. `decision`, `value` and `reason` are what people
    wrote and that could not be applied, `remark` says why.
    """

    sheet: str
    id: str
    name: str
    column: str
    ours: Side
    others: tuple[Side, ...]
    kind: ConflictKind = ConflictKind.FIELD
    key: str = ""
    field: str = ""
    base: str = ""
    why: str = ""
    decision: str = ""
    value: str = ""
    reason: str = ""
    remark: str = ""
    joins: bool = False

    def __repr__(self) -> str:
        said = f"{self.kept} ou {' ou '.join(side.said for side in self.others)}"
        return brief(self, self.kind, shortened(self.name, 60), self.column, said)

    @property
    def kept(self) -> str:
        """What stands, in words."""
        return self.ours.said

    @property
    def kept_from(self) -> str:
        """Where what stands was read."""
        return self.ours.place

    @property
    def other(self) -> str:
        """What is set aside, in words."""
        return "\n".join(side.said for side in self.others)

    @property
    def other_from(self) -> str:
        """Where what is set aside was read."""
        return "\n".join(side.place for side in self.others)

    @property
    def about(self) -> tuple[str, str, str, str]:
        """What tells it from the others: two that are about the same are one."""
        group = "" if self.kind is ConflictKind.PROPOSAL else str(self.kind)
        if self.kind is ConflictKind.FIELD:
            group = ""
        return group, self.key, self.id, self.field or self.column

    @property
    def number(self) -> str:
        """What names it from one run to the next: another when what is said, or sent, changes."""
        said = [
            part for side in sorted(self.others, key=_order) for part in (side.author, side.said)
        ]
        return derived(*self.about, *said, *([self.base] if self.base else []))

    @property
    def choices(self) -> list[str]:
        """What may be decided, as the drop-down list gives it."""
        returns = list(dict.fromkeys(side.choice for side in self.others))
        match self.kind:
            case ConflictKind.REMOVAL | ConflictKind.GONE:
                return [REFERENCE, REMOVE]
            case ConflictKind.CODE:
                return [BOTH, REMOVE, OTHER]
            case ConflictKind.ENTRY:
                return [REFERENCE, *returns]
            case _:
                said = (self.ours.content, *(side.content for side in self.others))
                both = self.joins and all(isinstance(one, str) and one for one in said)
                return [REFERENCE, *returns, *([BOTH] if both else []), OTHER]

    def joined(self, later: Conflict) -> Conflict:
        """Return what is to be decided when authors are heard again: the last word of each."""
        again = {fold(side.author) for side in later.others}
        earlier = [side for side in self.others if fold(side.author) not in again]
        first = self if earlier and self.kind is ConflictKind.FIELD else later
        others = tuple(sorted((*earlier, *later.others), key=_order))
        return replace(later, others=others, kind=first.kind, why=first.why, base=first.base)

    def without(self, author: str) -> Conflict | None:
        """Return it without what an author said; None where nothing is left to be decided."""
        left = tuple(side for side in self.others if fold(side.author) != fold(author))
        return replace(self, others=left) if left else None


class Conflicts(Records[Conflict]):
    """What is to be decided; as a table, `table` and `champ` are the keys of the plan."""

    columns: ClassVar = {
        "numero": "number", "quoi": "kind", "feuille": "sheet", "id": "id", "element": "name",
        "colonne": "column", "retenu": "kept", "lu_dans": "kept_from", "ecarte": "other",
        "ecarte_lu_dans": "other_from", "envoye": "base", "pourquoi": "why",
        "decision": "decision", "motif": "reason", "table": "key", "champ": "field",
    }  # fmt: skip
    ordered: ClassVar = {"quoi": tuple(map(str, ConflictKind))}


def _order(side: Side) -> tuple[str, str, str]:
    return fold(side.author), side.place, side.said
