"""What people decided of conflicts, applied to the plan before anybody is heard again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from pst_excel.merging.conflicts import BOTH, OTHER, REFERENCE, REMOVE, Conflict
from pst_excel.merging.contents import Content, Unread, blank, fits, plain
from pst_excel.merging.differences import ROW
from pst_excel.merging.docket import ENTIRE, NO_MORE, Entry, Word, set_aside
from pst_excel.merging.draft import Draft
from pst_excel.model.words.keys import CODE
from pst_excel.model.words.wording import say
from pst_excel.text.spelling import as_code, fold

Parse = Callable[[str, str, str], Content]
"""What a text written as a free value means, by sheet and field; `Unread` where nothing."""


def decided(
    draft: Draft, conflicts: Iterable[Conflict], parse: Parse
) -> tuple[list[Conflict], list[Entry]]:
    """Apply what was decided; return what is still open and the lines of the history.

    A decision that cannot be followed leaves its conflict open, with what was written and why.
    """
    still: list[Conflict] = []
    entries: list[Entry] = []
    for conflict in conflicts:
        if not conflict.decision and not conflict.value:
            still.append(conflict)
            continue
        remark, done = _follow(draft, conflict, parse)
        if remark:
            still.append(replace(conflict, remark=remark))
        else:
            entries += done
    there = [c for c in still if draft.get(c.key, c.id) is not None]
    for conflict in still:
        if conflict not in there:
            entries += set_aside(Word.SET_ASIDE, conflict, conflict.others, NO_MORE)
    return there, entries


def _follow(draft: Draft, conflict: Conflict, parse: Parse) -> tuple[str, list[Entry]]:
    """Do what was decided; return why it cannot be, or the lines of the history."""
    by_word = {fold(word): word for word in conflict.choices}
    choice = by_word.get(fold(conflict.decision or OTHER))
    if choice is None:
        words = ", ".join(conflict.choices)
        return f"« {conflict.decision} » n’est pas une décision possible ici : {words}.", []
    record = draft.get(conflict.key, conflict.id)
    if record is None:
        return "", _done(conflict, "", NO_MORE)
    if choice == REMOVE:
        return "", _removed(draft, conflict)
    if conflict.field == ROW or choice == REFERENCE:
        return "", _done(conflict, conflict.kept, conflict.kept)
    if choice == OTHER and not conflict.value:
        return "Écrivez dans « Valeur » celle qui est décidée.", []
    content = _chosen(conflict, choice, record.get(conflict.field), parse)
    sheet = draft.plan[conflict.key]
    # What was kept of each side stands in hidden cells, that anything may have been put in since.
    if isinstance(content, Unread) or not fits(content, sheet, conflict.field):
        words = say(plain(content))
        return f"« {words} » n’est pas une valeur possible de « {conflict.column} ».", []
    if (other := _taken(draft, conflict, content)) is not None:
        return f"{plain(content)} est déjà le code de « {other} ».", []
    before = draft.said(record.get(conflict.field), conflict.key, conflict.field)
    record[conflict.field] = content
    after = draft.said(content, conflict.key, conflict.field)
    return "", [_entry(conflict, before, after)] if choice == BOTH else _done(
        conflict, before, after
    )


def _taken(draft: Draft, conflict: Conflict, content: Content) -> str | None:
    """Return what has already the code that is decided; None where it is free."""
    if conflict.field != CODE or draft.plan[conflict.key].identity != (CODE,):
        return None
    for ident, record in draft.records[conflict.key].items():
        if ident != conflict.id and not blank(content) and _one_code(record.get(CODE), content):
            return draft.called(conflict.key, record)
    return None


def _one_code(one: Content, other: Content) -> bool:
    return as_code(str(plain(one) or "")) == as_code(str(plain(other)))


def _chosen(conflict: Conflict, choice: str, now: Content, parse: Parse) -> Content:
    if choice == OTHER:
        return parse(conflict.key, conflict.field, conflict.value)
    if conflict.field == CODE and choice == BOTH:
        return now
    if choice == BOTH:
        sides = (conflict.ours.content, *(side.content for side in conflict.others))
        return "\n".join(dict.fromkeys(str(plain(content)) for content in sides))
    return next(side.content for side in conflict.others if side.choice == choice)


def _removed(draft: Draft, conflict: Conflict) -> list[Entry]:
    """Take a record out of the plan; the history keeps all that it held."""
    record = draft.records[conflict.key].pop(conflict.id)
    entries = [_entry(conflict, draft.name(conflict.key, record), "", ENTIRE)]
    entries += [
        replace(_entry(conflict, draft.said(content, conflict.key, field), "",
                       draft.label(conflict.key, field)), what=Word.REMOVED, field=field)
        for field, content in record.items()
        if not blank(content)
    ]  # fmt: skip
    return entries


def _done(conflict: Conflict, before: str, after: str) -> list[Entry]:
    """Tell what was decided, and all that was said otherwise."""
    entry = _entry(conflict, before, after)
    return [entry, *set_aside(Word.SET_ASIDE, conflict, conflict.others, after, entry.reason)]


def _entry(conflict: Conflict, before: str, after: str, column: str = "") -> Entry:
    authors = ", ".join(dict.fromkeys(side.author for side in conflict.others))
    decision = f"{conflict.decision or OTHER}{f' : {conflict.value}' if conflict.value else ''}"
    reason = f"{decision} — {conflict.reason}" if conflict.reason else decision
    return Entry(
        Word.DECIDED, conflict.sheet, conflict.name, column or conflict.column, before, after,
        authors, conflict.other_from, reason, conflict.number, conflict.key, conflict.id,
        conflict.field,
    )  # fmt: skip
