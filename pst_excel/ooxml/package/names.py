"""The names of the format: namespaces, the order of elements, strict files and plain ones.

Sources: ECMA-376 part 1 (schemas and, for strict files, the namespaces of its annex A), part 2.
"""

from __future__ import annotations

import re
from typing import TypeAlias

from lxml import etree

from pst_excel.ooxml.package.malformed import malformed, quoted
from pst_excel.ooxml.package.parts import OFFICE

Element: TypeAlias = etree._Element

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
R_ID = f"{{{OFFICE}}}id"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"

_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_PLAIN = re.compile(
    rb"http://schemas\.openxmlformats\.org/(spreadsheetml|drawingml|officeDocument)/2006/"
)
_KEPT = re.compile(rb"urn:as-it-was:(\w+)/")


def main(tag: str) -> str:
    """Return the full name of an element of the spreadsheet namespace."""
    return f"{{{MAIN}}}{tag}"


def local(element: Element) -> str:
    """Return the name of an element without its namespace; empty for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def is_strict(part: bytes) -> bool:
    """Return whether a part uses the namespaces of the strict form of the format."""
    return bool(_STRICT.search(part))


def to_plain(part: bytes) -> bytes:
    """Return a part of a strict file with the names that this package works with.

    The plain names that it may hold beside are set apart, so that `to_strict` gives them back.
    """
    kept = _PLAIN.sub(rb"urn:as-it-was:\1/", part)
    return _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", kept)


def to_strict(part: bytes) -> bytes:
    """Return a part with the names of a strict file: the inverse of `to_plain`."""
    strict = _PLAIN.sub(rb"http://purl.oclc.org/ooxml/\1/", part)
    return _KEPT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", strict)


ORDER: dict[str, tuple[str, ...]] = {
    "worksheet": (
        "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr",
        "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState",
        "dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr",
        "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins",
        "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches",
        "ignoredErrors", "smartTags", "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF",
        "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
    ),
    "workbook": (
        "fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets",
        "functionGroups", "externalReferences", "definedNames", "calcPr", "oleSize",
        "customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes", "webPublishing",
        "fileRecoveryPr", "webPublishObjects", "extLst",
    ),
    "styleSheet": (
        "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs",
        "tableStyles", "colors", "extLst",
    ),
    "c": ("f", "v", "is", "extLst"),
    "font": (
        "b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz",
        "color", "name", "family", "charset", "scheme",
    ),
}  # fmt: skip
"""The children of some elements, in the only order in which Excel reads them."""


def _order(parent: Element) -> tuple[str, ...]:
    """Return the order of the children of an element. Raises: Malformed."""
    if local(parent) not in ORDER:
        raise malformed(parent, f"l’élément {quoted(local(parent))} n’est pas à sa place")
    return ORDER[local(parent)]


def rank(child: Element, order: tuple[str, ...]) -> int:
    """Return the place of a child; what wraps alternatives stands where they do."""
    name = local(child)
    if name == "AlternateContent":
        inner = next(child.iter(*[main(tag) for tag in order]), None)
        name = local(inner) if inner is not None else name
    return order.index(name) if name in order else -1


def in_order(parent: Element) -> None:
    """Put the children of an element in their order: some programs write them in another."""
    order = _order(parent)
    parent[:] = sorted(parent, key=lambda child: rank(child, order))


def place(parent: Element, child: Element) -> Element:
    """Put a child among its siblings, after those that come before it or are its equals."""
    order = _order(parent)
    mine, at = rank(child, order), 0
    for position, other in enumerate(parent):
        if rank(other, order) <= mine:
            at = position + 1
    parent.insert(at, child)
    return child


def child_of(parent: Element, tag: str) -> Element:
    """Return the child of a name, made at its place when there is none."""
    found = parent.find(main(tag))
    if found is None:
        found = place(parent, parent.makeelement(main(tag), None, None))
    return found
