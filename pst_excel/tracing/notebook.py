"""What a notebook shows of two states of a plan: how much changed, and the first changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pst_excel.merging.differences import ChangeKind
from pst_excel.text.html import Grid, card

_CHANGES = 8  # that are told


def page(
    files: tuple[str, str], counts: Mapping[ChangeKind, int],
    changes: Sequence[tuple[str, str, str, str, str]], total: int, remarks: Sequence[str],
) -> str:  # fmt: skip
    """Return the changes as HTML; of each its record, kind, column, what stood and what stands."""
    said = ", ".join(f"{kind} : {counts[kind]}" for kind in ChangeKind if counts.get(kind))
    headings = ("Élément", "Changement", "Colonne", "Avant", "Après")
    return card(
        f"De {files[0]} à {files[1]}", [said or "rien n’a changé", *remarks[:3]],
        Grid("Changements", headings, changes[:_CHANGES], total=total),
    )  # fmt: skip
