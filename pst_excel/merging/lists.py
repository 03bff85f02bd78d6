"""The lists of the institution: united where there is none yet, else added to by decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pst_excel.merging.conflicts import REFERENCE, Conflict, ConflictKind, Side
from pst_excel.merging.docket import Entry, Word
from pst_excel.model.plan import Plan
from pst_excel.returns.tables import Return
from pst_excel.text.spelling import fold

Lists = dict[str, tuple[str, ...]]
SaidBy = tuple[str, Return, Return | None]
"""The author of a return, the return, and what it was sent, where that is known."""


def united_lists(returns: Iterable[Return], plan: Plan) -> Lists:
    """Return what the lists of returns hold together, one spelling each."""
    known = list(returns)
    united: Lists = {}
    for vocabulary in plan.vocabularies:
        if vocabulary.local:
            by_key: dict[str, str] = {}
            for returned in known:
                for label in returned.lists.get(vocabulary.key, ()):
                    by_key.setdefault(fold(label), label)
            united[vocabulary.key] = tuple(by_key.values()) or vocabulary.labels
    return united


def new_entries(
    lists: Mapping[str, tuple[str, ...]], said: Sequence[SaidBy], plan: Plan
) -> list[Conflict]:
    """Return the entries that services added to their lists, proposed to the central cell.

    Of each author's, the last returns come last.
    """
    found: list[Conflict] = []
    for vocabulary in plan.vocabularies:
        if not vocabulary.local:
            continue
        known = set(map(fold, lists.get(vocabulary.key, ())))
        sides: dict[str, dict[str, Side]] = {}
        labels: dict[str, str] = {}
        for author, returned, sent in said:
            before = set(map(fold, sent.lists.get(vocabulary.key, ()) if sent else ()))
            for label in returned.lists.get(vocabulary.key, ()):
                key = fold(label)
                if key and key not in known and key not in before:
                    labels.setdefault(key, label)
                    place = f"{returned.file} · {plan.lists.title}"
                    side = Side(author, label, place, label)
                    sides.setdefault(key, {})[fold(author)] = side
        for key, by_author in sorted(sides.items()):
            found.append(
                Conflict(
                    plan.lists.title, key, labels[key], vocabulary.label,
                    Side("", "pas dans la liste", plan.lists.title), tuple(by_author.values()),
                    ConflictKind.ENTRY, plan.lists.key, vocabulary.key,
                    why="La liste reste telle quelle : la cellule centrale en décide.",
                )
            )  # fmt: skip
    return found


def with_decided(
    lists: Lists, conflicts: Iterable[Conflict]
) -> tuple[Lists, list[Conflict], list[Entry]]:
    """Add the entries that were accepted; return the lists, what is still open, what was done."""
    found, still, done = dict(lists), [], []
    for conflict in conflicts:
        choice = {fold(word): word for word in conflict.choices}.get(fold(conflict.decision))
        if choice is None:
            still.append(conflict)
            continue
        label = conflict.others[0].said
        known = found.get(conflict.field, ())
        if choice != REFERENCE and fold(label) not in map(fold, known):
            found[conflict.field] = (*known, label)
        authors = ", ".join(side.author for side in conflict.others)
        done.append(
            Entry(Word.DECIDED, conflict.sheet, conflict.name, conflict.column, "",
                  label if choice != REFERENCE else "non ajouté", authors,
                  conflict.other_from, conflict.reason, conflict.number, conflict.key, conflict.id,
                  conflict.field)
        )  # fmt: skip
    return found, still, done
