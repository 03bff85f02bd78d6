"""The conversations of a sheet (threaded comments): who says what, in which cell.

Source: [MS-XLSX] 2.1.25 (threaded comments), 2.1.26 (persons).
"""

from __future__ import annotations

from lxml import etree

from pst_excel.ooxml.cells.workbook_parts import SheetPart


def conversations_of(sheet: SheetPart) -> dict[str, list[tuple[str, str]]]:
    """Return the conversations by the address of their cell: each speaker and his words.

    A speaker whom the workbook does not name is the empty text.
    """
    package = sheet.book.package
    names = {
        person.get("id", ""): person.get("displayName", "")
        for part in package.related(package.workbook, "person")
        for person in package.tree(part).iterchildren(tag=etree.Element)
    }
    found: dict[str, list[tuple[str, str]]] = {}
    for part in package.related(sheet.part, "threadedComment"):
        for comment in package.tree(part).iterchildren(tag=etree.Element):
            words = comment.findtext("{*}text") or ""
            speaker = names.get(comment.get("personId", ""), "")
            found.setdefault(comment.get("ref", ""), []).append((speaker, words))
    return found
