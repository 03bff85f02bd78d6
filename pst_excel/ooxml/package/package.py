"""The parts of a workbook: found by their relations, parsed when needed, written when changed."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from itertools import count
from typing import cast

from lxml import etree

from pst_excel.ooxml.errors import Malformed, NotAWorkbook
from pst_excel.ooxml.package import names
from pst_excel.ooxml.package.container import Entry, deflated, entries_of, zipped
from pst_excel.ooxml.package.malformed import REPAIR
from pst_excel.ooxml.package.names import MAIN, RELATIONS, TYPES, Element
from pst_excel.ooxml.package.parts import (
    CONTENT_TYPES,
    OFFICE,
    Attributes,
    Parts,
    rels_of,
    same_part,
)

_OF = {"Relationship": RELATIONS, "Override": TYPES, "Default": TYPES, "sheet": MAIN}
_DOCTYPE, _TOO_DEEP = b"<!DOCTYPE", "xcessive depth"
_DOCTYPE_SAID = "une déclaration DOCTYPE, qu’aucun tableur n’écrit, s’y trouve"
_NESTED_SAID = "des éléments imbriqués sur des centaines de niveaux, qu’aucun tableur n’écrit"
_ROOT = re.compile(rb"<(?![?!])")
_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_UTF8_HEAD = re.compile(
    rb"\s*+(?:<\?xml(?>[^>]*?encoding=[\"']utf-8[\"'])[^>?]*+\?>\s*+)?\Z", re.IGNORECASE
)


def parsed(content: bytes, place: str) -> Element:
    """Return the root of a part, each element of which knows the place that is said of it.

    Raises: Malformed when it is not XML, when its elements are nested too deeply, or when it has a
    DOCTYPE. MemoryError too, which libxml2 says as if it were a fault of the file.
    """
    start = _ROOT.search(content)
    if _DOCTYPE in (content[: start.start()] if start else b""):
        raise _refused(place, _DOCTYPE_SAID)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root: Element = etree.fromstring(content, parser, base_url=place)
    except etree.XMLSyntaxError as error:
        if error.code == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from error
        deep = _TOO_DEEP in str(error)
        raise _refused(place, _NESTED_SAID if deep else "ce n’est pas du XML lisible") from error
    if root.getroottree().docinfo.doctype:  # of a part in UTF-16
        raise _refused(place, _DOCTYPE_SAID)
    return root


def _refused(place: str, trouble: str) -> Malformed:
    return Malformed(f"{place} : {trouble} ; {REPAIR}")


class Package(Parts):
    """The parts of a workbook by name. Raises: NotAWorkbook, Protected."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.entries: dict[str, Entry] = {}
        for entry in entries_of(data):
            if entry.name.lower() in self._names:
                raise NotAWorkbook(f"deux parties se nomment « {entry.name} »")
            self.entries[entry.name] = entry
            self._names[entry.name.lower()] = entry.name
        self._trees: dict[str, Element] = {}
        self._heads: dict[str, bytes] = {}
        self._contents: dict[str, bytes] = {}
        self._removed: set[str] = set()
        self.strict, self.workbook = False, ""
        self._titles: dict[str, str] = {}  # of the sheets, by part, as they were at first
        self.touched: set[str] = set()
        self.added: list[str] = []
        if CONTENT_TYPES not in self:
            raise NotAWorkbook("ce n’est pas un classeur Excel")
        book = self.main_part()
        if book is None:
            raise NotAWorkbook("ce n’est pas un classeur Excel")
        self.workbook = book
        if self.workbook.lower().endswith(".bin"):
            raise NotAWorkbook("ce classeur est d’un format binaire, .xlsb")
        self.strict = names.is_strict(self._original(self.workbook)[:4_000])
        self._trees.clear()  # those of a strict file are read again, with its names

    def names(self) -> list[str]:
        """Return the names of the parts, those of the file first and in its order."""
        return [*(n for n in self.entries if n not in self._removed), *self.added]

    def _original(self, name: str) -> bytes:
        found = self.entries.get(self.name(name))
        if found is None:
            raise Malformed(f"la partie « {name} » manque ; {REPAIR}")
        return found.inflated()

    def content(self, name: str) -> bytes:
        """Return the bytes of a part as it would be saved now."""
        name = self.name(name)
        if name in self.touched:
            return self._written(name)
        return self._contents[name] if name in self._contents else self._original(name)

    def tree(self, name: str) -> Element:
        """Return the root of a part, to be read; `edit` returns it to be changed."""
        name = self.name(name)
        if name not in self._trees:
            content = self._contents[name] if name in self._contents else self._original(name)
            start = _ROOT.search(content)
            self._heads[name] = content[: start.start()] if start else b""
            if self.strict:
                content = names.to_plain(content)
            self._trees[name] = parsed(content, self._place(name))
        return self._trees[name]

    def _place(self, name: str) -> str:
        """Return what people call a part: the title of the sheet that it is, or else its name."""
        if not self._titles and self.workbook:
            telling = (self.workbook, rels_of(self.workbook), rels_of(""), CONTENT_TYPES)
            if name not in map(self.name, telling):
                sheets = self.sheets_of(self.workbook)
                self._titles = {sheet.part: sheet.title for sheet in sheets if sheet.part}
        title = self._titles.get(name, "")
        return f"la feuille « {title} »" if title else f"la partie « {name} »"

    def elements(self, part: str, tag: str) -> Iterator[Attributes]:
        """Give the attributes of the elements of a name in a part."""
        return _attributes(self.tree(part), tag)

    def edit(self, name: str) -> Element:
        """Return the root of a part that is about to be changed."""
        root = self.tree(name)
        self.touched.add(self.name(name))
        return root

    def _written(self, name: str) -> bytes:
        head = self._heads[name]
        head = head if _UTF8_HEAD.match(head) else _HEAD
        root = self._trees[name]
        body = etree.tostring(root, encoding="UTF-8", with_tail=False)
        body = body[body.index(b"?>") + 2 :].lstrip() if body.startswith(b"<?xml") else body
        return head + (names.to_strict(body) if self.strict else body)

    def add(self, name: str, content: bytes, content_type: str) -> str:
        """Add a part, or replace the one of this name; a strict package translates its names."""
        name = self.name(name)
        xml = content_type.endswith(("xml", "vmlDrawing"))
        self._contents[name] = names.to_strict(content) if self.strict and xml else content
        self._trees.pop(name, None)
        self.touched.discard(name)
        if name not in self.entries and name not in self.added:
            self.added.append(name)
        self._removed.discard(name)
        self._names[name.lower()] = name
        self.declare(name, content_type)
        return name

    def remove(self, name: str) -> None:
        """Remove a part, its relations and its content type; what refers to it is left."""
        for part in (name, rels_of(name)):
            spelt = self.name(part)
            if spelt.lower() not in self._names:
                continue
            del self._names[spelt.lower()]
            self._trees.pop(spelt, None)
            self._contents.pop(spelt, None)
            self.touched.discard(spelt)
            if spelt in self.added:
                self.added.remove(spelt)
            if spelt in self.entries:
                self._removed.add(spelt)
            for over in self._override_elements(spelt):
                self.edit(CONTENT_TYPES).remove(over)

    def free_name(self, pattern: str, source: str = "") -> str:
        """Return the first name that no part has: `xl/worksheets/sheet{}.xml`, from 1.

        What a `source` will lead to takes the name of no part removed from under another one.
        """
        left = self._removed - self._led_to(source) if source else set()
        return next(n for n in map(pattern.format, count(1)) if n not in self and n not in left)

    def _led_to(self, source: str) -> set[str]:
        """Return the parts to which a part led in the file, whether or not they are there now."""
        rels = rels_of(source)
        if rels not in self.entries:
            return set()
        root = parsed(self._original(rels), self._place(rels))
        return {r.target for r in self.told(_attributes(root, "Relationship"), source)}

    def _override_elements(self, name: str) -> list[Element]:
        overrides = self.tree(CONTENT_TYPES).iter(f"{{{TYPES}}}Override")
        return [o for o in overrides if same_part(o.get("PartName", ""), name)]

    def declare(self, name: str, content_type: str) -> None:
        """Say the content type of a part, where the package does not say it already."""
        if self.content_type(name) == content_type:
            return
        root = self.edit(CONTENT_TYPES)
        for over in self._override_elements(name):
            root.remove(over)
        suffix = name.rpartition(".")[2]
        if suffix.lower() != "xml" and not any(
            d.get("Extension", "").lower() == suffix.lower()
            for d in root.iter(f"{{{TYPES}}}Default")
        ):
            default = root.makeelement(f"{{{TYPES}}}Default", None, None)
            default.set("Extension", suffix)
            default.set("ContentType", content_type)
            root.insert(0, default)
            return
        over = etree.SubElement(root, f"{{{TYPES}}}Override")
        over.set("PartName", f"/{name}")
        over.set("ContentType", content_type)

    def relate(self, source: str, kind: str, target: str, external: bool = False) -> str:
        """Make a part refer to another, and return the id; `kind` is a word or a whole type."""
        rels = rels_of(source)
        if rels not in self:
            self.add(rels, b'%s<Relationships xmlns="%s"/>' % (_HEAD, RELATIONS.encode()),
                     "application/vnd.openxmlformats-package.relationships+xml")  # fmt: skip
        taken = {r.id for r in self.relations(source)}
        fresh = next(id for id in map("rId{}".format, count(len(taken) + 1)) if id not in taken)
        element = etree.SubElement(self.edit(rels), f"{{{RELATIONS}}}Relationship")
        element.set("Id", fresh)
        element.set("Type", kind if "/" in kind else f"{OFFICE}/{kind}")
        folder = posixpath.dirname(source)
        element.set("Target", target if external else posixpath.relpath(target, folder or "."))
        if external:
            element.set("TargetMode", "External")
        return fresh

    def unrelate(self, source: str, id: str) -> None:
        """Make a part no longer refer to what an id names."""
        root = self.edit(rels_of(source))
        for element in root.findall(f"{{{RELATIONS}}}Relationship"):
            if element.get("Id") == id:
                root.remove(element)
        rels = self.name(rels_of(source))
        if not len(root) and (
            rels in self.added or len(parsed(self._original(rels), self._place(rels)))
        ):
            self.remove(rels)

    @property
    def changed(self) -> bool:
        """Whether a part was added, replaced, removed or opened to be changed."""
        return bool(self._contents or self._removed or self.touched)

    def to_bytes(self) -> bytes:
        """Return the package: untouched parts as they were compressed, the others in place."""
        return zipped(self._entry(name) for name in self.names())

    def _entry(self, name: str) -> Entry:
        if name in self.entries and name not in self.touched and name not in self._contents:
            return self.entries[name]
        content, old = self.content(name), self.entries.get(name)
        if old is not None and old.size == len(content) and old.inflated() == content:
            return old
        fresh = deflated(name, content)
        if old is None:
            return fresh
        return Entry(fresh.name, old.raw_name, fresh.flags | (old.flags & 0x800), fresh.method,
                     old.stamp, fresh.checksum, fresh.size, fresh.compressed,
                     old.attributes)  # fmt: skip


def _attributes(root: Element, tag: str) -> Iterator[Attributes]:
    return (cast("Attributes", element.attrib) for element in root.iter(f"{{{_OF[tag]}}}{tag}"))
