"""What changed in the lists of an institution: entries more, entries less, spellings, the order."""

from __future__ import annotations

from collections.abc import Iterator

from pst_excel.returns.tables import Return
from pst_excel.text.spelling import fold

ListChange = tuple[str, tuple[str, ...], tuple[str, ...]]
"""The key of a list, what stood, what stands: an entry, none, or all that is in another order."""


def changed_lists(before: Return, after: Return) -> Iterator[ListChange]:
    """Give the changes list by list; a list that one of the files lacks says nothing."""
    for vocabulary in after.plan.vocabularies:
        if vocabulary.key in before.lists and vocabulary.key in after.lists:
            yield from _of_list(
                vocabulary.key, before.lists[vocabulary.key], after.lists[vocabulary.key]
            )


def _of_list(key: str, before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[ListChange]:
    then, now = ({fold(entry): entry for entry in entries} for entries in (before, after))
    for word, entry in now.items():
        if word not in then:
            yield key, (), (entry,)
        elif then[word] != entry:
            yield key, (then[word],), (entry,)
    for word, entry in then.items():
        if word not in now:
            yield key, (entry,), ()
    if [word for word in then if word in now] != [word for word in now if word in then]:
        yield key, before, after
