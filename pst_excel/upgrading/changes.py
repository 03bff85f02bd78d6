"""What is not as it was in a workbook made anew: each change, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class ChangeKind(StrEnum):
    """What kind of change it is, in the order in which changes are told."""

    VERSION = "Version"
    LOST = "Non repris"
    UNREAD = "Non compris"
    REWRITTEN = "Réécrit"
    KEPT = "Gardé"
    RENAMED = "Renommé"
    ADDED = "Ajouté"
    MOVED = "Déplacé"
    COMPUTED = "Recalculé"
    IDENTIFIED = "Identifié"


@dataclass(frozen=True)
class Change:
    """One thing that is not as it was: in which sheet, what, before and after, in words.

    `cells` are those of the new workbook, or of the old one for what is not taken up.
    """

    kind: ChangeKind
    sheet: str
    element: str
    before: str = ""
    after: str = ""
    cells: tuple[str, ...] = ()


def in_order(changes: Sequence[Change], titles: Sequence[str]) -> list[Change]:
    """Return changes by kind, then in the order of these sheets and those that follow."""
    kinds = list(ChangeKind)
    ranks = {title: rank for rank, title in enumerate(titles)}
    return sorted(changes, key=lambda c: (kinds.index(c.kind), ranks.get(c.sheet, len(ranks))))
