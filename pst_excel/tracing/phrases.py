"""A change in one sentence: « Action 2.3.1 : échéance 31/12/2026 → 30/06/2027 »."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import takewhile

from pst_excel.merging.contents import WHOLE
from pst_excel.merging.differences import ROW, ChangeKind
from pst_excel.model.words.wording import BLANK, listed, lowered, plural, shortened
from pst_excel.tracing.versions import Changed, Versions

_KINDS = {
    ChangeKind.ADDED: ("ajout", "ajouts"),
    ChangeKind.REMOVED: ("suppression", "suppressions"),
    ChangeKind.RECODED: ("code changé", "codes changés"),
    ChangeKind.MOVED: ("déplacement", "déplacements"),
    ChangeKind.CHANGED: ("valeur changée", "valeurs changées"),
}
_BEFORE = 12  # characters of what two long texts have in common that are shown


def phrase(change: Changed, plan_lists: str = "", limit: int = WHOLE) -> str:
    """Say a change in one sentence, its values cut at a limit; of `plan_lists`, as of a list."""
    if change.sheet == plan_lists:
        return f"{change.name} : {_of_list(change, limit)}"
    if change.field == ROW:
        return f"{shortened(change.name, limit * 2)} : {_whole(change)}"
    name = shortened(change.brief, limit * 2)
    if change.kind is ChangeKind.MOVED:
        return f"{name} : {_moved(change)}"
    label = "code" if change.kind is ChangeKind.RECODED else lowered(change.label)
    before, after = _ends(change, limit)
    return f"{name} : {label} {before} → {after}"


def _whole(change: Changed) -> str:
    return str(change.kind).removesuffix("e") if change.masculine else str(change.kind)


def _moved(change: Changed) -> str:
    before, after = change.before.said, change.after.said
    gender = "" if change.masculine else "e"
    if change.before.value is None:
        return f"rattaché{gender} à {after}"
    if change.after.value is None:
        return f"détaché{gender} de {before}"
    return f"déplacé{gender} de {before} à {after}"


def _of_list(change: Changed, limit: int) -> str:
    before, after = _ends(change, limit)
    if change.kind is ChangeKind.ADDED:
        return f"{after} ajouté"
    if change.kind is ChangeKind.REMOVED:
        return f"{before} retiré"
    return f"{before} → {after}"


def _ends(change: Changed, limit: int) -> tuple[str, str]:
    """Say what stood and what stands; texts in quotes, long ones from where they part."""
    before, after = change.before.said, change.after.said
    if max(len(before), len(after)) > limit:
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1],
                                        zip(before, after, strict=False)))  # fmt: skip
        start = max(0, same - _BEFORE)
        before, after = (_cut(text, start if same > limit // 2 else 0, limit)
                         for text in (before, after))  # fmt: skip
    if change.free:
        return _quoted(before), _quoted(after)
    return before or BLANK, after or BLANK


def _cut(text: str, start: int, limit: int) -> str:
    shown = text[start : start + limit]
    return ("…" if start else "") + shown + ("…" if start + limit < len(text) else "")


def _quoted(text: str) -> str:
    return text if text in ("", BLANK) else f"« {text} »"


def counted(versions: Versions) -> str:
    """Say how many changes there are, then of each kind: « 3 changements : 1 ajout … »."""
    counts = versions.counts
    if not counts:
        return "Aucun changement."
    return f"{plural(counts.total(), 'changement')} : {by_kind(counts)}."


def by_kind(counts: Counter[ChangeKind]) -> str:
    """Say how many changes there are of each kind."""
    return listed(plural(counts[kind], *words) for kind, words in _KINDS.items() if counts[kind])


def grouped(changes: Iterable[Changed]) -> dict[str, list[Changed]]:
    """Return the changes by the title of their sheet, in their order."""
    by_title: dict[str, list[Changed]] = {}
    for change in changes:
        by_title.setdefault(change.title, []).append(change)
    return by_title
