"""What follows when rows of a sheet move, in the whole workbook: one function for each thing.

Sources: ECMA-376 part 1 (relations of the parts); [MS-XLSX] 2.1 for those of later versions.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator

from pst_excel.ooxml.cells.workbook_parts import WorkbookParts
from pst_excel.ooxml.package.package import Package
from pst_excel.ooxml.references.row_shifts import Shift
from pst_excel.ooxml.row_shift import parts
from pst_excel.ooxml.row_shift.cells import followed
from pst_excel.ooxml.row_shift.following_part import FollowingPart
from pst_excel.ooxml.row_shift.sheet import SHEET
from pst_excel.ooxml.row_shift.vml import drawn

FOLLOWING: dict[str, tuple[Callable[[FollowingPart], None], ...]] = {
    "workbook": (parts.names,),
    "worksheet": SHEET,
    "chartsheet": (),
    "table": (parts.table,),
    "comments": (parts.notes,),
    "threadedComment": (parts.notes,),
    "namedSheetView": (parts.cells,),
    "tableSingleCells": (parts.cells,),
    "drawing": (parts.anchors, parts.shown),
    "vmlDrawing": (drawn,),
    "ctrlProp": (parts.controlled,),
    "chart": (parts.charted,),
    "chartEx": (parts.charted,),
    "pivotCacheDefinition": (parts.cached,),
    "pivotTable": (parts.pivot,),
}
"""What follows in a part, by the kind of relation that leads to it. A new thing is added here."""
_PLAIN = re.compile(r"[A-Za-z0-9 ._-]+")


def follow(book: WorkbookParts, shift: Shift) -> None:
    """Make all that refers to the rows of a sheet follow their shift, its cells excepted."""
    follow_formulas(book, shift)
    follow_rest(book, shift)


def follow_formulas(book: WorkbookParts, shift: Shift) -> None:
    """Make the formulas of cells follow a shift, while the cells have the addresses they had."""
    for follower, kind in _followers(book, shift):
        if kind == "worksheet":
            followed(follower, book[follower.own])


def follow_rest(book: WorkbookParts, shift: Shift) -> None:
    """Make all else that refers to the rows of a sheet follow their shift."""
    for follower, kind in _followers(book, shift):
        for function in FOLLOWING[kind]:
            function(follower)


def _followers(book: WorkbookParts, shift: Shift) -> Iterator[tuple[FollowingPart, str]]:
    package = book.package
    for part, kind, own in list(_reached(book)):
        follower = FollowingPart(package, part, own, shift)
        if follower.here or _may_name(package, part, shift.title):
            yield follower, kind


def _reached(book: WorkbookParts) -> Iterator[tuple[str, str, str]]:
    """Give the parts that may follow, their kinds, and the titles of the sheets they belong to."""
    package, known = book.package, {book.package.workbook}
    titles = {part: title for title in book.titles if (part := book.part_of(title)) is not None}
    waiting = deque([(package.workbook, "workbook", "")])
    while waiting:
        part, kind, own = waiting.popleft()
        yield part, kind, own
        for relation in package.relations(part):
            if relation.external or relation.kind not in FOLLOWING or relation.target in known:
                continue
            if relation.target not in package or (
                relation.kind == "worksheet" and relation.target not in titles
            ):
                continue
            known.add(relation.target)
            title = own if kind == "worksheet" else titles.get(relation.target, "")
            waiting.append((relation.target, relation.kind, title))


def _may_name(package: Package, part: str, title: str) -> bool:
    """Return whether a part may name a sheet, without parsing it."""
    if part in package.touched:
        return True
    content = package.content(part)
    needle = max(_PLAIN.findall(title), key=len, default="").lower().encode()
    return b"\0" in content[:4] or needle in content.lower()
