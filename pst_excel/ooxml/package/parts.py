"""Where the parts of a workbook are: what its relations, its content types and its sheets say.

Excel gives parts the names that everybody knows; other programs give others, in other folders.
Sources: ECMA-376 part 2, §6 (names, relations, content types); part 1, §18.2.19 (sheet).
"""

from __future__ import annotations

import posixpath
import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import unquote

Attributes = Mapping[str, str]

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CONTENT_TYPES = "[Content_Types].xml"
_USUAL = "xl/workbook.xml", "xl/workbook.bin"
_BEFORE = re.compile(r"\A(?:\.?/)+")
_WORKBOOK = re.compile(r"(?:spreadsheetml|ms-excel)\.[\w.]{0,99}\bmain")


@cache
def _kind(kind: str) -> re.Pattern[str]:
    return re.compile(rf"(?:spreadsheetml|ms-excel)\.{kind}\b")


@dataclass(frozen=True)
class Relation:
    """What a part refers to: another part by its name in the package, or something that is none.

    A place in the workbook, like the `#Actions!A1` to which a picture may lead, is external too.
    """

    id: str
    type: str
    target: str
    external: bool

    @property
    def kind(self) -> str:
        """The last word of its type: worksheet, comments, drawing …"""
        return self.type.rpartition("/")[2]


@dataclass(frozen=True)
class SheetOfBook:
    """A sheet as its workbook names it: its part, where there is one, and what kind it is of."""

    title: str
    id: str
    state: str
    part: str | None
    kind: str


def part_name(entry: str) -> str:
    """Return the name of a part, given that of its entry in the zip, which may have backslashes."""
    return _BEFORE.sub("", entry.replace("\\", "/"))


def same_part(one: str, other: str) -> bool:
    """Tell whether two names, each of which may be absolute or percent-encoded, are of one part."""
    one, other = part_name(one).lower(), part_name(other).lower()
    return unquote(one) in (other, unquote(other))


def rels_of(source: str) -> str:
    """Return the name of the part that holds the relations of a part; of the package for ''."""
    folder, base = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{base}.rels")


class Parts(ABC):
    """The parts of a package by name, whatever its case, and where each leads."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    @abstractmethod
    def elements(self, part: str, tag: str) -> Iterable[Attributes]:
        """Return the attributes of the elements of a name in a part."""

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._names

    def name(self, name: str) -> str:
        """Return a part's name as the package spells it; a name that may be percent-encoded."""
        found = self._names.get(name.lower()) or self._names.get(unquote(name).lower())
        return found or name

    def relations(self, source: str) -> list[Relation]:
        """Return what a part refers to, in the order of its file; those of the package for ''."""
        rels = rels_of(source)
        return self.told(self.elements(rels, "Relationship"), source) if rels in self else []

    def told(self, elements: Iterable[Attributes], source: str) -> list[Relation]:
        """Return relations of a part, as elements tell them."""
        return [self._relation(element, source) for element in elements]

    def _relation(self, element: Attributes, source: str) -> Relation:
        target = element.get("Target", "")
        external = element.get("TargetMode") == "External" or target.startswith("#")
        if not external:
            whole = posixpath.join("/", posixpath.dirname(source), target.replace("\\", "/"))
            target = self.name(posixpath.normpath(whole).lstrip("/"))
        return Relation(element.get("Id", ""), element.get("Type", ""), target, external)

    def relation(self, source: str, id: str) -> Relation | None:
        """Return the relation of an id."""
        return next((r for r in self.relations(source) if r.id == id), None)

    def related(self, source: str, kind: str) -> list[str]:
        """Return the parts of a kind that a part refers to."""
        return [r.target for r in self.relations(source)
                if r.kind == kind and not r.external and r.target in self]  # fmt: skip

    def content_type(self, name: str) -> str:
        """Return the content type of a part; empty when the package does not say it."""
        if CONTENT_TYPES not in self:
            return ""
        spelt = self.name(name)
        for part, form in self._overrides():
            if same_part(part, spelt):
                return form
        suffix = name.rpartition(".")[2].lower()
        for default in self.elements(CONTENT_TYPES, "Default"):
            if default.get("Extension", "").lower() == suffix:
                return default.get("ContentType", "")
        return ""

    def _overrides(self) -> Iterator[tuple[str, str]]:
        for override in self.elements(CONTENT_TYPES, "Override"):
            yield override.get("PartName", ""), override.get("ContentType", "")

    def told_of(self, book: str) -> Iterator[str]:
        """Give the names of the parts, their content types, and to what a workbook refers."""
        yield from self._names
        yield from (form for _, form in self._overrides()) if CONTENT_TYPES in self else ()
        yield from (relation.type for relation in self.relations(book))

    def _typed(self, pattern: re.Pattern[str]) -> Iterator[str]:
        """Give the parts whose content type is one of a pattern."""
        for part, form in self._overrides() if CONTENT_TYPES in self else ():
            spelt = self.name(part_name(part))
            if spelt in self and pattern.search(form):
                yield spelt

    def main_part(self) -> str | None:
        """Return the part of the workbook, or of another document if the package is one.

        It is where the package leads, or else what its content types or its name call a workbook.
        """
        led = self.related("", "officeDocument")
        usual = (self.name(name) for name in _USUAL if name in self)
        return next(iter(led), None) or next(self._typed(_WORKBOOK), None) or next(usual, None)

    def part_of_book(self, book: str, kind: str) -> str | None:
        """Return the only part of a kind that a workbook has: styles, sharedStrings …"""
        led = iter(self.related(book, kind))
        typed = self._typed(_kind(kind))
        named = f"xl/{kind}{posixpath.splitext(book)[1]}"
        usual = self.name(named) if named in self and rels_of(book) not in self else None
        return next(led, None) or next(typed, None) or usual

    def sheets_of(self, book: str) -> list[SheetOfBook]:
        """Return the sheets of a workbook, in their order."""
        relations = {relation.id: relation for relation in reversed(self.relations(book))}
        return [_sheet(element, relations, self) for element in self.elements(book, "sheet")]


def _sheet(element: Attributes, relations: Mapping[str, Relation], parts: Parts) -> SheetOfBook:
    id = next((value for key, value in element.items() if key.endswith(("}id", ":id"))), "")
    found = relations.get(id)
    part = found.target if found and not found.external and found.target in parts else None
    kind = found.kind if found else ""
    return SheetOfBook(element.get("name", ""), id, element.get("state", ""), part, kind)
