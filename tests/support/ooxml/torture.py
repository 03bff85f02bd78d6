"""A workbook that holds, on few cells, nearly all that an Excel file can hold.

What xlsxwriter writes is `torture_base`; what is written by hand is `torture_parts`, put here at
its place. Nothing of it comes from somebody's file.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from functools import cache
from typing import Any

from lxml import etree

from pst_excel.ooxml.package import names
from pst_excel.ooxml.package.names import main, place
from support.ooxml import torture_parts as texts
from support.ooxml.torture_base import base

_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SHEETS = "xl/worksheets/sheet{}.xml".format
ACTIONS, CALCULATIONS, DRAWINGS, FORM, VIEWS = (_SHEETS(number) for number in range(1, 6))
BOOK, STYLES = "xl/workbook.xml", "xl/styles.xml"
_TAG = re.compile(rb"<(/?)(?=[A-Za-z])(?![\w.]+:)")
_EXCEL = "application/vnd.ms-excel."
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml."
SHARED, MIDDLE = "C3:C20", "B12:B16"


class Parts:
    """The parts being put together, those that are changed as trees."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.contents = {name.lstrip("/"): archive.read(name) for name in archive.namelist()}
        self.trees: dict[str, Any] = {}

    def tree(self, name: str) -> Any:
        """Return the root of a part, to be changed."""
        if name not in self.trees:
            self.trees[name] = etree.fromstring(self.contents[name])
        return self.trees[name]

    def cell(self, part: str, ref: str) -> Any:
        """Return a cell that is written."""
        return next(one for one in self.tree(part).iter(main("c")) if one.get("r") == ref)

    def place(self, part: str, text: str) -> Any:
        """Put an element among the children of the root of a part; one of its name gives way."""
        root, child = self.tree(part), etree.fromstring(text)
        for old in root.findall(child.tag):
            root.remove(old)
        return place(root, child)

    def extend(self, part: str, text: str) -> None:
        """Put an extension at the end of those of a part."""
        root = self.tree(part)
        found = root.find(main("extLst"))
        if found is None:
            found = place(root, root.makeelement(main("extLst")))
        found.append(etree.fromstring(text))

    def relate(self, source: str, kind: str, target: str, mode: str | None = None) -> str:
        """Make a part refer to another; return the id."""
        folder, name = posixpath.split(source)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        self.contents.setdefault(rels, b'<Relationships xmlns="%s"/>' % names.RELATIONS.encode())
        root = self.tree(rels)
        one = etree.SubElement(root, f"{{{names.RELATIONS}}}Relationship")
        one.set("Id", f"rIdX{len(root)}")
        one.set("Type", kind if "/" in kind else f"{texts.OFFICE}/{kind}")
        one.set("Target", target)
        if mode:
            one.set("TargetMode", mode)
        return one.get("Id")

    def add(
        self, source: str, kind: str, name: str, content: str | bytes, content_type: str
    ) -> str:
        """Add a part to which another refers; return the id."""
        made = _HEAD + content.encode() if isinstance(content, str) else content
        self.contents[name] = made
        over = etree.SubElement(self.tree("[Content_Types].xml"), f"{{{names.TYPES}}}Override")
        over.set("PartName", f"/{name}")
        over.set("ContentType", content_type)
        return self.relate(source, kind, posixpath.relpath(name, posixpath.dirname(source) or "."))

    def zipped(self, strict: bool, prefixed: bool) -> bytes:
        """Return the package."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self.contents.items():
                made = content
                if name in self.trees:
                    made = _HEAD + etree.tostring(self.trees[name], encoding="UTF-8")
                if prefixed and name.endswith(".xml"):
                    made = _prefixed(made)
                if strict and name.endswith((".xml", ".rels")):
                    made = names.to_strict(made)
                archive.writestr(zipfile.ZipInfo(name), made, zipfile.ZIP_DEFLATED)
        return buffer.getvalue()


def _prefixed(content: bytes) -> bytes:
    """Return a part whose names of the spreadsheet have a prefix."""
    declared = b' xmlns="%s"' % names.MAIN.encode()
    if declared not in content:
        return content
    return _TAG.sub(rb"<\1x:", content).replace(declared, declared.replace(b"xmlns", b"xmlns:x"))


@cache
def torture(*, strict: bool = False, prefixed: bool = False, epoch_1904: bool = False) -> bytes:
    """Return the workbook, in the strict form, with prefixed names or with the calendar of 1904."""
    parts = Parts(base(epoch_1904))
    for put in (_formulas, _book, _styles, _conversation, _actions, _form, _views, _targets):
        put(parts)
    if strict:
        parts.tree(BOOK).set("conformance", "strict")
    return parts.zipped(strict, prefixed)


def _formulas(parts: Parts) -> None:
    """Share formulas, the master being first or in the middle; add a data table, a rich text."""
    for column, first, last, master, number in (("C", 3, 20, 3, 0), ("B", 12, 16, 14, 1)):
        for row in range(first, last + 1):
            formula = parts.cell(CALCULATIONS, f"{column}{row}").find(main("f"))
            formula.set("t", "shared")
            formula.set("si", str(number))
            if row == master:
                formula.set("ref", f"{column}{first}:{column}{last}")
            else:
                formula.text = None
    table = parts.cell(CALCULATIONS, "M1")
    formula = table.makeelement(main("f"), {"t": "dataTable", "ref": "M1:M3", "dt2D": "0",
                                            "dtr": "0", "r1": "A1"})  # fmt: skip
    table.insert(0, formula)
    rich = parts.cell(CALCULATIONS, "H1")
    del rich[:]
    rich.set("t", "inlineStr")
    rich.append(etree.fromstring(texts.RICH_INLINE))


def _book(parts: Parts) -> None:
    link = "xl/externalLinks/externalLink1.xml"
    added = parts.add(BOOK, "externalLink", link, texts.EXTERNAL, f"{_SPREADSHEET}externalLink+xml")
    parts.relate(link, "externalLinkPath", "autre%20classeur.xlsx", "External")
    parts.place(BOOK, f'<externalReferences {texts.NAMES}><externalReference r:id="{added}"/>'
                      "</externalReferences>")  # fmt: skip
    parts.place(BOOK, texts.BOOK_VIEWS)
    defined = parts.tree(BOOK).find(main("definedNames"))
    for name, formula, hidden in (
        ("Slicer_Code", "#N/A", False), ("dehors", "[1]Feuil1!$A$1", False),
        ("_caché", "'L''été 2026'!$A$1:$C$1", True),
    ):  # fmt: skip
        one = etree.SubElement(defined, main("definedName"), name=name)
        one.text = formula
        if hidden:
            one.set("hidden", "1")
    item = "customXml/item1.xml"
    parts.contents[item] = texts.CUSTOM_XML.encode()
    parts.relate(BOOK, "customXml", f"../{item}")
    parts.add(item, "customXmlProps", "customXml/itemProps1.xml", texts.CUSTOM_XML_PROPERTIES,
              "application/vnd.openxmlformats-officedocument.customXmlProperties+xml")  # fmt: skip
    cache_ = parts.add(BOOK, f"{texts.MICROSOFT}/2007/relationships/slicerCache",
                       "xl/slicerCaches/slicerCache1.xml", texts.SLICER_CACHE,
                       f"{_EXCEL}slicerCache+xml")  # fmt: skip
    parts.extend(BOOK, texts.SLICER_CACHES.replace("{id}", cache_))
    future = parts.add(BOOK, "urn:example:relationships/future", "xl/future/future1.xml",
                       texts.UNKNOWN_PART, "application/vnd.example.future+xml")  # fmt: skip
    parts.extend(BOOK, texts.UNKNOWN_CHILD.replace("{id}", future))


def _styles(parts: Parts) -> None:
    parts.place(STYLES, texts.TABLE_STYLE)
    parts.tree("xl/tables/table1.xml").append(etree.fromstring(texts.TABLE_ALT_TEXT))


def _conversation(parts: Parts) -> None:
    office = f"{texts.MICROSOFT}/2017/10/relationships"
    parts.add(ACTIONS, f"{office}/threadedComment", "xl/threadedComments/threadedComment1.xml",
              texts.THREADED, f"{_EXCEL}threadedcomments+xml")  # fmt: skip
    parts.add(BOOK, f"{office}/person", "xl/persons/person.xml", texts.PERSONS,
              f"{_EXCEL}person+xml")  # fmt: skip


def _actions(parts: Parts) -> None:
    slicer = parts.add(ACTIONS, f"{texts.MICROSOFT}/2007/relationships/slicer",
                       "xl/slicers/slicer1.xml", texts.SLICERS, f"{_EXCEL}slicer+xml")  # fmt: skip
    parts.extend(ACTIONS, texts.X14_VALIDATIONS)
    parts.extend(ACTIONS, texts.SLICER_LIST.replace("{id}", slicer))
    drawing = parts.add(ACTIONS, "drawing", "xl/drawings/drawing9.xml", texts.DRAWING_PART,
                        "application/vnd.openxmlformats-officedocument.drawing+xml")  # fmt: skip
    parts.place(ACTIONS, f'<drawing {texts.NAMES} r:id="{drawing}"/>')
    printer = parts.add(ACTIONS, "printerSettings", "xl/printerSettings/printerSettings1.bin",
                        bytes(range(256)), f"{_SPREADSHEET}printerSettings")  # fmt: skip
    parts.tree(ACTIONS).find(main("pageSetup")).set(names.R_ID, printer)


def _form(parts: Parts) -> None:
    drawing = "xl/drawings/vmlDrawing3.vml"
    shapes = parts.contents[drawing]
    parts.contents[drawing] = shapes.replace(b"</xml>", texts.CHECK_BOX_SHAPE.encode() + b"</xml>")
    control = parts.add(FORM, "ctrlProp", "xl/ctrlProps/ctrlProp1.xml", texts.CHECK_BOX,
                        f"{_EXCEL}controlproperties+xml")  # fmt: skip
    parts.place(FORM, texts.CONTROLS.replace("{id}", control))


def _views(parts: Parts) -> None:
    parts.place(VIEWS, texts.SHEET_VIEWS)
    parts.place(VIEWS, texts.PROTECTED_RANGES)


def _targets(parts: Parts) -> None:
    """Write some targets from the root of the package, as other programs do."""
    for rels, folder in (
        ("_rels/.rels", ""), ("xl/_rels/workbook.xml.rels", "xl"),
        ("xl/worksheets/_rels/sheet1.xml.rels", "xl/worksheets"),
    ):  # fmt: skip
        for one in list(parts.tree(rels))[::2]:
            if one.get("TargetMode") != "External":
                target = posixpath.join("/", folder, one.get("Target"))
                one.set("Target", posixpath.normpath(target))
