"""What is said of a modernised workbook."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pst_excel.model.words.wording import listed, plural, ranges, say
from pst_excel.upgrading.changes import Change, ChangeKind
from pst_excel.upgrading.upgrade import Upgrade

if TYPE_CHECKING:
    pass

from pst_excel.cli.messages.files import written

_SAMPLE = 3
_MOST = 12


def modernised(result: Upgrade, target: Path, kept: Path | None) -> Iterator[str]:
    """Say what became of a workbook in today's template: in short, then what must be looked at."""
    plan, version = result.content.plan, result.content.plan.version
    if not result.needed:
        yield f"✔ {result.file} est déjà à la version actuelle du modèle, {version}."
        yield "Rien à moderniser : aucun fichier n’est écrit."
        return
    before = result.before or "sans version"
    yield f"{result.file} : modèle {before} → {version}."
    tables = result.content.tables
    filled = [sheet for sheet in plan.tables if len(tables.get(sheet.key, ()))]
    rows = [plural(len(tables[sheet.key]), *sheet.records) for sheet in filled]
    yield f"✔ Repris : {listed(rows) if rows else 'aucune ligne remplie'}."
    changes = {kind: [c for c in result.changes if c.kind is kind] for kind in ChangeKind}
    for kind in (
        ChangeKind.LOST,
        ChangeKind.UNREAD,
        ChangeKind.REWRITTEN,
        ChangeKind.KEPT,
        ChangeKind.RENAMED,
    ):
        found = changes[kind]
        sign = "⚠ " if kind in (ChangeKind.LOST, ChangeKind.UNREAD) else ""
        if found:
            yield f"{sign}{kind} :"
        yield from (_said_change(change) for change in found[:_MOST])
        if len(found) > _MOST:
            yield f"  … et {plural(len(found) - _MOST, 'autre')}"
    for kind in (ChangeKind.ADDED, ChangeKind.MOVED, ChangeKind.COMPUTED, ChangeKind.IDENTIFIED):
        if changes[kind]:
            yield f"{kind} dans {listed(dict.fromkeys(c.sheet for c in changes[kind]))}."
    yield "Le relevé complet est la dernière feuille du nouveau classeur."
    yield from written(target, kept)


def _said_change(change: Change) -> str:
    """Say one change on a line: where, what, which cells, before and after."""
    parts = [f"{change.sheet}, {change.element}"]
    if change.cells:
        parts.append(ranges(change.cells, _SAMPLE))
    values = [say(text) for text in (change.before, change.after) if text]
    shown = f" ({' → '.join(values)})" if values else ""
    return f"  {' : '.join(parts)}{shown}"
