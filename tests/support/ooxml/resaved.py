"""A workbook as other programs save it: what they do to a package, its cells and notes kept.

Google Sheets, WPS and LibreOffice number and place parts as they please, name their targets from
the root or not, write attributes in another order, forget who wrote a note and in which letters,
and drop what they do not know: tables, document properties, extensions, styles of marks.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Mapping
from random import Random

from lxml import etree

from pst_excel.ooxml.package.names import Element, local, main
from support import damaged
from support.ooxml.corpus import parts

Parts = dict[str, bytes]
Resave = Callable[[bytes, Random], bytes]
TYPES = "[Content_Types].xml"
_NUMBERED = re.compile(r"(.*?)(\d+)(\.\w+)")
_FAMILIES = ("sheet", "vmlDrawing", "drawing", "comments?", "table", "commentsDrawing")


def packed(contents: Mapping[str, bytes]) -> bytes:
    """Return a package of these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def source_of(rels: str) -> str:
    """Return the part whose relations a part holds; '' for those of the package."""
    folder, base = posixpath.split(rels)
    return posixpath.join(posixpath.dirname(folder), base.removesuffix(".rels"))


def target_of(relation: Element, source: str) -> str:
    """Return the name of the part to which a relation leads; '' for what is no part."""
    target = relation.get("Target", "")
    if relation.get("TargetMode") == "External":
        return ""
    joined = posixpath.join("/" + posixpath.dirname(source), target)
    return posixpath.normpath(joined).lstrip("/")


def renamed(contents: Parts, names: Mapping[str, str], absolute: bool) -> Parts:
    """Return the same parts under other names, what leads to them told so, from the root or not."""
    made: Parts = {}
    for name, content in contents.items():
        root = etree.fromstring(content) if name == TYPES or name.endswith(".rels") else None
        if name == TYPES:
            for over in root.iter("{*}Override"):
                part = over.get("PartName").lstrip("/")
                over.set("PartName", f"/{names.get(part, part)}")
        elif root is not None:
            source = source_of(name)
            here = names.get(source, source)
            for relation in root:
                target = target_of(relation, source)
                if target:
                    there = f"/{names.get(target, target)}"
                    near = posixpath.relpath(there, "/" + posixpath.dirname(here))
                    relation.set("Target", there if absolute else near)
            folder, base = posixpath.split(here)
            names = {**names, name: posixpath.join(folder, "_rels", f"{base}.rels")}
        written = content if root is None else etree.tostring(root, encoding="UTF-8")
        made[names.get(name, name)] = written
    return made


def numbered(contents: Parts, chance: Random, comments: str = "") -> dict[str, str]:
    """Return other numbers for the parts that have one; a folder of their own for the comments."""
    names = {}
    for family in _FAMILIES:
        there = [name for name in contents if _is_of(name, family)]
        numbers = chance.sample(range(1, 2 * len(there) + 2), len(there))
        for name, number in zip(there, numbers, strict=True):
            head, _, tail = _NUMBERED.fullmatch(name).groups()
            place = comments if comments and family == "comments?" else head
            names[name] = f"{place}{number}{tail}"
    return names


def _is_of(name: str, family: str) -> bool:
    match = _NUMBERED.fullmatch(posixpath.basename(name))
    return match is not None and re.fullmatch(family, match[1]) is not None


def rewritten(contents: Parts, change: Callable[[str, Element], None]) -> Parts:
    """Return the parts after a change of each that is XML, attributes in the contrary order."""
    made = {}
    for name, content in contents.items():
        if not name.endswith(".xml") or name == TYPES:
            made[name] = content
            continue
        root = etree.fromstring(content)
        change(name, root)
        for element in root.iter(etree.Element):
            held = list(element.attrib.items())
            element.attrib.clear()
            for key, value in reversed(held):
                element.set(key, value)
        made[name] = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return made


def without(contents: Parts, gone: Callable[[str], bool]) -> Parts:
    """Return the parts but some, and without what leads to these."""
    kept = {name: content for name, content in contents.items() if not gone(name)}
    for name in [name for name in kept if name == TYPES or name.endswith(".rels")]:
        root = etree.fromstring(kept[name])
        for element in list(root):
            part = element.get("PartName", "").lstrip("/") or target_of(element, source_of(name))
            if part in contents and part not in kept:
                root.remove(element)
        kept[name] = etree.tostring(root, encoding="UTF-8")
    return kept


def _drop(root: Element, *tags: str) -> None:
    for element in list(root.iter(*map(main, tags))):
        element.getparent().remove(element)


def _flat(comments: Element) -> None:
    """Leave the text of each note, without its letters nor its author."""
    for author in comments.iter(main("author")):
        author.text = None
    for text in comments.iter(main("text")):
        said = "".join(t.text or "" for t in text.iter(main("t")))
        text[:] = [text.makeelement(main("t"), None, None)]
        text[0].text = said
        text[0].set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def google_sheets(data: bytes, chance: Random) -> bytes:
    """Return a workbook as Google Sheets gives it back: no table, no property, no extension."""

    def change(name: str, root: Element) -> None:
        _drop(root, "tableParts", "extLst", "calcPr")
        for formula in list(root.iter(main("f"))):
            if "[" in (formula.text or ""):  # what it said of a table is a value now
                formula.getparent().remove(formula)
        if local(root) == "comments":
            _flat(root)

    contents = rewritten(parts(data), change)
    gone = re.compile(r"docProps/|xl/tables/|xl/printerSettings/|xl/calcChain")
    contents = without(contents, lambda name: bool(gone.match(name)))
    return packed(renamed(contents, numbered(contents, chance), absolute=False))


def wps(data: bytes, chance: Random) -> bytes:
    """Return a workbook as WPS may save it: targets from the root, marks without their style."""

    def change(name: str, root: Element) -> None:
        for at, rule in enumerate(root.iter(main("cfRule")), start=1):
            rule.attrib.pop("dxfId", None)
            rule.set("priority", str(at))
        _drop(root, "dxfs")

    contents = rewritten(parts(data), change)
    names = numbered(contents, chance, "xl/comments/comment")
    return packed(renamed(contents, names, absolute=True))


def openpyxl(data: bytes, chance: Random) -> bytes:
    """Return a workbook that somebody opened with openpyxl, and saved."""
    return damaged(data, lambda book: None)


def renumbering(data: bytes, chance: Random) -> bytes:
    """Return a workbook with the same content in parts that have other numbers."""
    contents = parts(data)
    return packed(renamed(contents, numbered(contents, chance), absolute=bool(chance.randrange(2))))


WRITERS: dict[str, Resave] = {
    "Google Sheets": google_sheets, "WPS": wps, "openpyxl": openpyxl, "renumbering": renumbering,
}  # fmt: skip
