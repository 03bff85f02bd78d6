"""How a record is called in a sentence: « Action 2.3.1 · Rénover la salle »."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pst_excel.merging.contents import Content, Linked, Rename, blank, plain, said
from pst_excel.model.plan import Plan
from pst_excel.model.schema import Column, Sheet
from pst_excel.model.words.keys import CODE
from pst_excel.model.words.kinds import Layout
from pst_excel.model.words.wording import listed
from pst_excel.text.spelling import fold

_VOWELS = frozenset("aeiouy")


def name_of(
    plan: Plan, key: str, record: Mapping[str, Content], rename: Rename, brief: bool = False
) -> str:
    """Say which record it is: its code, the records on which it hangs, what else tells it, a title.

    `rename` gives the codes of the records that it names; `brief` leaves the title out where the
    rest says enough.
    """
    sheet = plan[key]
    if sheet.layout is Layout.FORM:
        return sheet.title
    columns = [column for column in _told_by(sheet) if not blank(record.get(column.key))]
    hung = [column for column in columns if isinstance(record[column.key], Linked)]
    told = {CODE, sheet.named_by, *(column.chosen_by for column in hung)}
    code = record.get(CODE) if CODE not in {column.key for column in hung} else None
    word = sheet.naming.word or sheet.records[0]
    name = f"{word[0].upper()}{word[1:]}"
    name += "" if blank(code) else f" {plain(code, rename)}"
    name += "".join(_above(plan, record[column.key], rename) for column in hung)
    for column in columns:
        if column not in hung and column.key not in told and record[column.key] != column.default:
            name += f", {said(record[column.key], sheet, column.key, rename)}"
    title = record.get(sheet.named_by) if sheet.named_by != CODE else None
    if blank(title) or isinstance(title, Linked):
        return name
    if name.casefold() == word.casefold():
        return f"{name} « {plain(title)} »"
    return name if brief else f"{name} · {plain(title)}"


def _told_by(sheet: Sheet) -> Iterator[Column]:
    keys = sheet.naming.by or sheet.identity
    yield from (sheet[key] for key in keys if key in sheet)


def _above(plan: Plan, content: Content, rename: Rename) -> str:
    """Say on which records a row hangs: « de l’action 1.1.1 », or after a comma."""
    words = linked_words(plan, content, rename)
    if not words:
        return ""
    return f" de l’{words}" if fold(words)[:1] in _VOWELS else f", {words}"


def linked_words(plan: Plan, content: Content, rename: Rename) -> str:
    """Say which records a cell names: « OO 1.1 et OO 2.1 », a code alone where it is of none."""
    found = [
        f"{plan[p.sheet].records[0]} {rename(p.sheet, p.id) or p.text}" if p.sheet else p.text
        for p in getattr(content, "pieces", ())
    ]
    return listed(found) if found else ""
