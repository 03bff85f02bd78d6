"""What sheets use of the parts of their workbook: who speaks in conversations, theme colours.

Sources: [MS-XLSX] 2.1.26 (persons); ECMA-376 part 1, §20.1.6.2 (clrScheme).
"""

from __future__ import annotations

import copy

from lxml import etree

from pst_excel.ooxml.cells.styles import canonical
from pst_excel.ooxml.cells.workbook_parts import WorkbookParts
from pst_excel.ooxml.package.package import Package


def take_persons(book: WorkbookParts, donor: Package) -> None:
    """Give a workbook the persons of another that it lacks."""
    package = book.package
    ours = package.related(package.workbook, "person")
    for relation in donor.relations(donor.workbook):
        if relation.kind != "person" or relation.external or relation.target not in donor:
            continue
        if not ours:
            content, kind = donor.content(relation.target), donor.content_type(relation.target)
            ours = [package.add(package.free_name("xl/persons/person{}.xml"), content, kind)]
            package.relate(package.workbook, relation.type, ours[0])
        known = {person.get("id") for person in package.tree(ours[0])}
        for person in donor.tree(relation.target).iterchildren(tag=etree.Element):
            if person.get("id") not in known:
                package.edit(ours[0]).append(copy.deepcopy(person))
        book.expected_changes.part(ours[0])


def take_colours(book: WorkbookParts, source: bytes) -> None:
    """Give the theme of a workbook the colours of another's: what is taken from it keeps its own.

    Raises: NotAWorkbook.
    """
    package, donor = book.package, Package(source)
    ours = package.related(package.workbook, "theme")
    theirs = donor.related(donor.workbook, "theme")
    if not ours or not theirs:
        return
    scheme = package.tree(ours[0]).find(".//{*}clrScheme")
    colours = donor.tree(theirs[0]).find(".//{*}clrScheme")
    if scheme is None or colours is None or canonical(scheme) == canonical(colours):
        return
    package.edit(ours[0])
    scheme[:] = [copy.deepcopy(colour) for colour in colours]
    book.expected_changes.part(ours[0])
