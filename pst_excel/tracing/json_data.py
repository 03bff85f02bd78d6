"""What changed between two states of a plan as JSON, for other programs: every value whole."""

from __future__ import annotations

import datetime as dt
import json

from pst_excel.cells.values import RawCell, as_text
from pst_excel.model.outputs import Output
from pst_excel.tracing.phrases import counted, phrase
from pst_excel.tracing.versions import Changed, Held, Versions


def as_json(versions: Versions) -> dict[str, object]:
    """Return the changes under French keys; a blank is null, a date is AAAA-MM-JJ."""
    lists = versions.after.plan.lists.key
    days = (returned.observed for returned in (versions.before, versions.after))
    files = [
        {"fichier": returned.file, "situation": _value(day)}
        for returned, day in zip((versions.before, versions.after), days, strict=True)
    ]
    return {
        "institution": versions.after.institution,
        "avant": files[0],
        "apres": files[1],
        "resume": counted(versions),
        "comptes": {str(kind): count for kind, count in sorted(versions.counts.items())},
        "remarques": list(versions.remarks),
        "changements": [_change(change, lists) for change in versions.changes],
    }


def _change(change: Changed, lists: str) -> dict[str, object]:
    return {
        "changement": str(change.kind),
        "feuille": change.title,
        "cle_feuille": change.sheet,
        "id": change.id,
        "element": change.name,
        "champ": change.field or None,
        "colonne": change.label or None,
        "avant": _value(change.before.value),
        "apres": _value(change.after.value),
        "cellule_avant": change.before.cell or None,
        "cellule_apres": change.after.cell or None,
        "valeurs": {label: _held(held) for label, held in change.contents},
        "phrase": phrase(change, lists),
    }


def _held(held: Held) -> object:
    return _value(held.value)


def _value(value: RawCell) -> object:
    if isinstance(value, dt.date):
        return value.isoformat()
    if value is None or isinstance(value, str | bool | int | float):
        return value
    return as_text(value)


def write(versions: Versions) -> bytes:
    """Return the changes as the bytes of a JSON file."""
    return json.dumps(as_json(versions), ensure_ascii=False, indent=1).encode()


OUTPUT = Output(
    "changements-donnees", ".json", "Ce qui a changé, en JSON, pour un autre programme.", Versions,
    write,
)  # fmt: skip
