"""The notes of a sheet (the format calls them comments): read, added beside others, taken away.

Source: ECMA-376 part 1, §18.7 (comments). A conversation (threaded comments) also stands as a
note, for programs that know no other: it is read, and never changed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from lxml import etree

from pst_excel.ooxml.cells.values import escaped, text_of, unescaped
from pst_excel.ooxml.cells.workbook_parts import SheetPart
from pst_excel.ooxml.errors import Refused
from pst_excel.ooxml.notes import additions, note_shapes
from pst_excel.ooxml.package.malformed import number_of
from pst_excel.ooxml.package.names import MAIN, SPREADSHEET, Element, main
from pst_excel.ooxml.references.addresses import address, cell_of, is_address

_CONVERSATION = "tc="
_EMPTY = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<comments xmlns="{MAIN}"><authors/><commentList/></comments>'
)


@dataclass(frozen=True)
class Note:
    """A note of a cell; `threaded` when it stands for a conversation."""

    ref: str
    author: str
    text: str
    threaded: bool


@dataclass(frozen=True)
class _Standing:
    """A note as the file has it."""

    element: Element
    author: str
    threaded: bool

    @property
    def text(self) -> Element:
        found = self.element.find(main("text"))
        return self.element.makeelement(main("text"), None, None) if found is None else found

    def takes(self, addition: str) -> bool:
        """Return whether something may be added: a conversation takes nothing, nor a full note."""
        try:
            escaped(text_of(self.text) + addition)
        except Refused:
            return False
        return not self.threaded and self.text.getparent() is not None


def notes_of(sheet: SheetPart) -> dict[str, Note]:
    """Return the notes of a sheet, by the address of their cell, in the order of the file."""
    return {
        ref: Note(ref, note.author, text_of(note.text), note.threaded)
        for ref, note in _standing(sheet).items()
    }


def add(sheet: SheetPart, texts: Mapping[str, str], author: str, signed: bool = True) -> list[str]:
    """Add notes, by the address of their cell; return the addresses where none could be added.

    A text stands between a line with the author's name and one that closes, unless it is not to be
    `signed`. A note that is there
    stays as it is, and the text is added at its end; nothing is added to a conversation.
    Raises: ValueError for what is no address; Refused, before anything is changed, for a text that
    no cell holds or a drawing that is damaged.
    """
    asked = {cell_of(ref): text for ref, text in texts.items()}
    wanted = {address(*cell): asked[cell] for cell in sorted(asked)}
    if signed:
        wanted = {ref: additions.headed(text, author) for ref, text in wanted.items()}
    for text in wanted.values():
        escaped(text)
    standing, talks = _standing(sheet), _conversations(sheet)
    fresh: dict[str, str] = {}
    more: dict[str, str] = {}
    refused: list[str] = []
    for ref, text in wanted.items():
        found = standing.get(ref)
        if ref in talks:
            refused.append(ref)
        elif found is None:
            fresh[ref] = text
        elif found.takes(addition := f"\n{text}"):
            more[ref] = addition
        else:
            refused.append(ref)
    if fresh:
        note_shapes.draw(sheet, fresh)
    if fresh or more:
        part = _part(sheet) or _made(sheet)
        root = sheet.book.package.edit(part)
        for ref, addition in more.items():
            additions.append(standing[ref].text, addition)
        _write(root, fresh, author)
        sheet.book.expected_changes.notes(part, [*fresh, *more])
    return refused


def remove(sheet: SheetPart, refs: Iterable[str] | None = None, author: str | None = None) -> None:
    """Remove the notes of these cells, or of all; when an author is named, only what he added.

    What others wrote in a note stays, before it or after it. Conversations stay. Raises:
    ValueError for what is no address.
    """
    wanted = None if refs is None else {address(*cell_of(ref)) for ref in refs}
    found = {
        ref: note for ref, note in _standing(sheet).items()
        if not note.threaded and is_address(ref) and (wanted is None or ref in wanted)
    }  # fmt: skip
    gone = {
        ref: note for ref, note in found.items()
        if author is None or (note.author == author and additions.fills(note.text, author))
    }  # fmt: skip
    shared = {
        ref: note.text for ref, note in found.items()
        if author is not None and ref not in gone and additions.holds(note.text, author)
    }  # fmt: skip
    part = _part(sheet)
    if part is None or not (gone or shared):
        return
    if gone:
        note_shapes.erase(sheet, gone)
    root = sheet.book.package.edit(part)
    for text in shared.values():
        additions.cut(text, author or "")
    for note in gone.values():
        _leave(note.element)
    _forget_authors(root, {note.author for note in gone.values()})
    sheet.book.expected_changes.notes(part, [*gone, *shared])
    if next(root.iter(main("comment")), None) is None:
        _drop(sheet, part)


def _part(sheet: SheetPart) -> str | None:
    return next(iter(sheet.book.package.related(sheet.part, "comments")), None)


def _made(sheet: SheetPart) -> str:
    package = sheet.book.package
    name, kind = package.free_name("xl/comments{}.xml", sheet.part), f"{SPREADSHEET}.comments+xml"
    package.add(name, _EMPTY.encode(), kind)
    package.relate(sheet.part, "comments", name)
    sheet.book.expected_changes.part(name)
    return name


def _drop(sheet: SheetPart, part: str) -> None:
    package = sheet.book.package
    for relation in package.relations(sheet.part):
        if relation.target == part and not relation.external:
            package.unrelate(sheet.part, relation.id)
    package.remove(part)
    sheet.book.expected_changes.part(part)


def _standing(sheet: SheetPart) -> dict[str, _Standing]:
    part = _part(sheet)
    if part is None:
        return {}
    root, talks = sheet.book.package.tree(part), _conversations(sheet)
    authors = _authors(root)
    found: dict[str, _Standing] = {}
    for comment in root.iter(main("comment")):
        number, ref = number_of(comment.get("authorId")), _address(comment)
        author = authors[number] if number is not None and number < len(authors) else ""
        if not author.strip():
            author = additions.heads(_text(comment)) or author
        threaded = ref in talks or author.startswith(_CONVERSATION)
        found.setdefault(ref, _Standing(comment, author, threaded))
    return found


def _text(comment: Element) -> str:
    found = comment.find(main("text"))
    return "" if found is None else text_of(found)


def _address(comment: Element) -> str:
    ref = comment.get("ref", "")
    try:
        return address(*cell_of(ref))
    except ValueError:
        return ref


def _authors(root: Element) -> list[str]:
    return [unescaped(author.text or "") for author in root.iterfind(f"{main('authors')}/*")]


def _conversations(sheet: SheetPart) -> set[str]:
    package = sheet.book.package
    parts = package.related(sheet.part, "threadedComment")
    return {
        comment.get("ref", "")
        for part in parts
        for comment in package.tree(part).iterchildren(tag=etree.Element)
    }


def _write(root: Element, texts: Mapping[str, str], author: str) -> None:
    """Add notes to a part of them, at the end of its list."""
    if not texts:
        return
    found = root.find(main("commentList"))
    if found is None:
        found = root.makeelement(main("commentList"), None, None)
        root.insert(1 if root.find(main("authors")) is not None else 0, found)
    number = _author_number(root, author)
    for ref, text in texts.items():
        comment = found.makeelement(main("comment"), None, None)
        comment.set("ref", ref)
        comment.set("authorId", str(number))
        comment.set("shapeId", "0")
        found.append(comment)
        rich_text = comment.makeelement(main("text"), None, None)
        comment.append(rich_text)
        additions.put_run(rich_text, text)


def _author_number(root: Element, author: str) -> int:
    known = _authors(root)
    if author in known:
        return known.index(author)
    authors = root.find(main("authors"))
    if authors is None:
        authors = root.makeelement(main("authors"), None, None)
        root.insert(0, authors)
    element = authors.makeelement(main("author"), None, None)
    element.text = escaped(author)
    authors.append(element)
    return len(known)


def _forget_authors(root: Element, gone: Collection[str]) -> None:
    """Take the last authors away while no note is theirs: the numbers of the others stay right."""
    authors = root.find(main("authors"))
    used = {comment.get("authorId", "") for comment in root.iter(main("comment"))}
    while authors is not None and len(authors):
        last = authors[-1]
        if unescaped(last.text or "") not in gone or str(len(authors) - 1) in used:
            return
        _leave(last)


def _leave(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
