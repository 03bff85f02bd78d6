"""The package: the parts of the file, their types, and the relations between them."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from functools import cache, cached_property
from typing import NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from support.repairs.registry import about

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PREFIXES = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "",
    "http://schemas.openxmlformats.org/package/2006/content-types": "",
    "http://schemas.openxmlformats.org/package/2006/relationships": "",
    f"{_OFFICE}/relationships": "r:",
    f"{_OFFICE}/docPropsVTypes": "vt:",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a:",
    "http://schemas.openxmlformats.org/drawingml/2006/chart": "c:",
    "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing": "xdr:",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
    "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main": "x14:",
    "http://schemas.microsoft.com/office/excel/2006/main": "xm:",
    "http://purl.org/dc/terms/": "dcterms:",
    "urn:schemas-microsoft-com:vml": "v:",
    "urn:schemas-microsoft-com:office:excel": "x:",
}
_PARTS = {  # kind of relation: how the content type ends, the root element
    "officeDocument": ("sheet.main+xml", "workbook"),
    "worksheet": ("worksheet+xml", "worksheet"),
    "chartsheet": ("chartsheet+xml", "chartsheet"),
    "styles": ("styles+xml", "styleSheet"),
    "sharedStrings": ("sharedStrings+xml", "sst"),
    "table": ("table+xml", "table"),
    "drawing": ("drawing+xml", "xdr:wsDr"),
    "chart": ("chart+xml", "c:chartSpace"),
    "comments": ("comments+xml", "comments"),
    "calcChain": ("calcChain+xml", "calcChain"),
    "theme": ("theme+xml", "a:theme"),
    "vmlDrawing": ("vmlDrawing", "xml"),
}
_TYPES = "[Content_Types].xml"


class Link(NamedTuple):
    """A relation from one part to another, or to the outside."""

    kind: str
    target: str
    external: bool


class Package:
    """A file: its parts by name, read as XML with the prefixes that everybody uses."""

    def __init__(self, data: bytes) -> None:
        self.archive = zipfile.ZipFile(io.BytesIO(data))
        self.names = self.archive.namelist()
        self.read = cache(self._read)
        self.tree = cache(self._tree)
        self.links = cache(self._links)

    def _read(self, name: str) -> bytes:
        try:
            return self.archive.read(name) if name in self.names else b""
        except (zipfile.BadZipFile, zlib.error):
            return b""

    def _tree(self, name: str) -> Element | None:
        try:
            root = ElementTree.fromstring(self.read(name))
        except ElementTree.ParseError:
            return None
        for element in root.iter():
            element.tag = _short(element.tag)
            for key in [key for key in element.attrib if key.startswith("{")]:
                element.attrib[_short(key)] = element.attrib.pop(key)
        return root

    def _links(self, part: str) -> dict[str, Link]:
        root = self.tree(_relations_of(part))
        return {one.get("Id", ""): _link(one, part) for one in root} if root is not None else {}

    def linked(self, part: str, kind: str) -> list[str]:
        """Return the parts to which a part is related in one way, those that are there."""
        found = (link.target for link in self.links(part).values() if link.kind == kind)
        return [name for name in found if self.tree(name) is not None]

    @cached_property
    def types(self) -> dict[str, str]:
        """Return the content type of each part that has one, by its name in lower case."""
        root = self.tree(_TYPES)
        given = list(root) if root is not None else []
        by_end = {one.get("Extension", "").lower(): one.get("ContentType", "") for one in given}
        own = {one.get("PartName", "").lower(): one.get("ContentType", "") for one in given}
        found = {
            name.lower(): own.get(f"/{name}".lower()) or by_end.get(name.rsplit(".")[-1].lower())
            for name in self.names
        }
        return {name: kind for name, kind in found.items() if kind}


def _short(name: str) -> str:
    if not name.startswith("{"):
        return name
    space, _, local = name[1:].partition("}")
    return f"{_PREFIXES[space]}{local}" if space in _PREFIXES else name


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _link(relation: Element, part: str) -> Link:
    target, kind = relation.get("Target", ""), relation.get("Type", "").rpartition("/")[2]
    if relation.get("TargetMode") == "External":
        return Link(kind, target, True)
    path = posixpath.join("/", posixpath.dirname(part), target.partition("#")[0])
    return Link(kind, posixpath.normpath(path).lstrip("/"), False)


@about(Package)
def the_archive_is_sound(package: Package) -> Iterator[str]:
    if damaged := package.archive.testzip():
        yield f"{damaged} does not match its checksum"
    for one in package.archive.infolist():
        if one.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) or one.flag_bits & 1:
            yield f"{one.filename} is encrypted, or packed in a way that Excel does not read"


@about(Package)
def each_part_is_there_once(package: Package) -> Iterator[str]:
    seen = set()
    for name in package.names:
        if name.lower() in seen:
            yield f"{name} is there twice"
        if "\\" in name or name.startswith("/") or ".." in name.split("/"):
            yield f"{name} is not the name of a part"
        seen.add(name.lower())


@about(Package)
def each_part_is_well_formed(package: Package) -> Iterator[str]:
    for name in package.names:
        if not name.endswith((".xml", ".rels", ".vml")):
            continue
        if package.tree(name) is None:
            yield f"{name} is not well-formed XML"
        if b"<!DOCTYPE" in package.read(name)[:1000]:
            yield f"{name} has a document type"


@about(Package)
def ignorable_prefixes_are_declared(package: Package) -> Iterator[str]:
    for name in package.names:
        root = package.tree(name) if name.endswith(".xml") else None
        if root is None or not (prefixes := root.get("mc:Ignorable")):
            continue
        head = re.search(r"<[^?!][^>]*>", package.read(name).decode())
        for prefix in prefixes.split():
            if not head or f"xmlns:{prefix}=" not in head[0]:
                yield f"{name} ignores the prefix {prefix}, which it does not declare"


@about(Package)
def each_part_has_a_content_type(package: Package) -> Iterator[str]:
    for name in package.names:
        if name != _TYPES and not name.endswith("/") and name.lower() not in package.types:
            yield f"{name} has no content type"
    root = package.tree(_TYPES)
    if root is None:
        yield f"{_TYPES} is missing"
        return
    declared = [one.get("PartName", "").lower() for one in root if one.get("PartName")]
    for name in sorted(set(declared) - {f"/{name}".lower() for name in package.names}):
        yield f"a content type is declared for {name}, which is missing"
    for name in sorted({name for name in declared if declared.count(name) > 1}):
        yield f"the content type of {name} is declared twice"


@about(Package)
def relations_lead_to_parts(package: Package) -> Iterator[str]:
    for name in package.names:
        root = package.tree(name) if name.endswith(".rels") else None
        if root is None:
            continue
        source = name.replace("_rels/", "").removesuffix(".rels")
        if source and source not in package.names:
            yield f"{name} holds relations of {source}, which is missing"
        ids = [one.get("Id", "") for one in root]
        for one in sorted({one for one in ids if ids.count(one) > 1 or not one}):
            yield f"{name}: the relation {one or 'without id'} is there twice or unnamed"
        for link in package.links(source).values():
            if not link.external and link.target not in package.names:
                yield f"{name}: {link.kind} leads to {link.target}, which is missing"


@about(Package)
def parts_are_what_relations_say(package: Package) -> Iterator[str]:
    for name in package.names:
        source = name.replace("_rels/", "").removesuffix(".rels")
        for one in package.links(source).values() if name.endswith(".rels") else ():
            if one.external or one.kind not in _PARTS or one.target not in package.names:
                continue
            end, tag = _PARTS[one.kind]
            said, root = package.types.get(one.target.lower(), ""), package.tree(one.target)
            if not said.endswith(end):
                yield f"{one.target}, a {one.kind}, has the content type {said!r}"
            if root is not None and root.tag != tag:
                yield f"{one.target}, a {one.kind}, begins with {root.tag}"
    if not package.linked("", "officeDocument"):
        yield "no relation leads to a workbook"
