"""Sheets freed of the rest of their workbook, whatever wrote it, so that another may take them.

Source: ECMA-376 part 1, §18.2.5 (definedName), §18.8.45 (xf).
"""

from __future__ import annotations

from collections.abc import Mapping

from pst_excel.ooxml.cells.workbook_parts import WorkbookParts
from pst_excel.ooxml.grafting.detached_sheet import DetachedSheet, Left
from pst_excel.ooxml.grafting.grafted_parts import Donor, tables_of
from pst_excel.ooxml.grafting.scope import Scope, scope_of, sheet_of
from pst_excel.ooxml.grafting.sheets import drop
from pst_excel.ooxml.package.names import main, to_plain
from pst_excel.ooxml.package.package import Package
from pst_excel.ooxml.references.formulas import GONE, renamed


def detached(
    data: bytes, titles: Mapping[str, str], book: WorkbookParts
) -> tuple[bytes, list[Left]]:
    """Return a workbook whose sheets a book may take, and what they leave.

    `titles` gives the title that each then has by the one that it had. Raises: NotAWorkbook,
    Protected when it is encrypted.
    """
    donor = Donor(_plain(data))
    names = [name.get("name", "") for name in book.root.iter(main("definedName"))]
    names += [table.get("displayName", "") for table in tables_of(book.package).values()]
    taken = frozenset(name.casefold() for name in names)
    scope = scope_of(donor, titles, taken)
    there = frozenset(title.casefold() for title in (*book.titles, *titles))
    left: list[Left] = []
    for title in titles:
        sheet = DetachedSheet(donor.package, title, donor.parts[title], scope, titles, there)
        left += sheet.leave()
    left += _leave_names(donor, titles, scope, taken)
    _retitle(donor, titles)
    _hide_boxes(donor.package)
    return donor.package.to_bytes(), left


def _plain(data: bytes) -> bytes:
    """Return a workbook of the strict form in the form of all others: parts are copied as bytes."""
    package = Package(data)
    if not package.strict:
        return data
    package.strict = False
    for name in package.names():
        if name.lower().endswith((".xml", ".rels", ".vml")):
            package.add(name, to_plain(package.content(name)), package.content_type(name))
    return package.to_bytes()


def _leave_names(
    donor: Donor, titles: Mapping[str, str], scope: Scope, taken: frozenset[str]
) -> list[Left]:
    """Keep the names that lead to the sheets; of the others, tell those that were theirs."""
    left = []
    for defined in donor.names:
        title, name = sheet_of(donor, defined), defined.get("name", "")
        text = defined.text or ""
        outward = not scope.holds(text)
        if outward or GONE in text or (title is None and name.casefold() in taken):
            drop(defined)
        else:
            defined.text = renamed(text, titles, {})
        if outward and title is not None and title in titles:
            left.append(Left(title, "definedName", text, name))
    return left


def _retitle(donor: Donor, titles: Mapping[str, str]) -> None:
    """Give the sheets their new titles, which no sheet that stays may have."""
    root = donor.package.edit(donor.package.workbook)
    for at, sheet in enumerate(root.iter(main("sheet"))):
        sheet.set("name", titles.get(sheet.get("name", "")) or f"~{at}")


def _hide_boxes(package: Package) -> None:
    """Show as truths the cells that a part of the workbook shows as check boxes."""
    for part in package.related(package.workbook, "styles"):
        for style in package.edit(part).iter(main("xf")):
            for extension in style.findall(main("extLst")):
                drop(extension)
