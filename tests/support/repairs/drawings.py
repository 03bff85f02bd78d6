"""What lies over the cells: drawings, charts, comments."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from support.repairs.areas import LAST_COLUMN, LAST_ROW, cell
from support.repairs.book import Book, Sheet, text_of
from support.repairs.registry import about

_AXES = ("c:catAx", "c:valAx", "c:dateAx", "c:serAx")
_WITHOUT_AXES = {"c:pieChart", "c:doughnutChart", "c:ofPieChart"}


@about(Sheet)
def drawings_are_anchored_in_the_sheet(sheet: Sheet) -> Iterator[str]:
    for part, root in sheet.related("drawing"):
        for anchor in root:
            corners = [corner for corner in anchor if corner.tag in ("xdr:from", "xdr:to")]
            places = [_corner(corner) for corner in corners]
            if any(
                row not in range(LAST_ROW) or at not in range(LAST_COLUMN) for row, at in places
            ):
                yield f"{part}: something is anchored outside the sheet, at {places}"
            if len(places) == 2 and (places[0][0] > places[1][0] or places[0][1] > places[1][1]):
                yield f"{part}: something ends before it begins, at {places}"


def _corner(corner: Element) -> tuple[int, int]:
    return int(corner.findtext("xdr:row", "-1")), int(corner.findtext("xdr:col", "-1"))


@about(Sheet)
def shapes_have_numbers_and_relations(sheet: Sheet) -> Iterator[str]:
    for part, root in sheet.related("drawing"):
        links = sheet.book.package.links(part)
        numbers = [one.get("id") for one in root.iter("xdr:cNvPr")]
        for one in sorted(set(map(str, numbers))):
            if one == "None" or numbers.count(one) > 1:
                yield f"{part}: the number {one} is given to {numbers.count(one)} shapes"
        for shape in root.iter():
            named = {
                shape.attrib[key] for key in ("r:id", "r:embed", "r:link") if key in shape.attrib
            }
            for one in sorted(named - links.keys()):
                yield f"{part}: {shape.tag} names the relation {one}, which is not there"
            if shape.tag == "c:chart" and {links[one].kind for one in named & links.keys()} != {
                "chart"
            }:
                yield f"{part}: what should be a chart leads to another part"


def _charts(sheet: Sheet) -> Iterator[tuple[str, Element]]:
    package = sheet.book.package
    for drawing, _ in sheet.related("drawing"):
        for part in package.linked(drawing, "chart"):
            root = package.tree(part)
            if root is not None:
                yield part, root


@about(Sheet)
def charts_have_series_of_their_own(sheet: Sheet) -> Iterator[str]:
    for part, root in _charts(sheet):
        if not list(root.iter("c:plotArea")):
            yield f"{part} draws nothing"
        for key in ("c:idx", "c:order"):
            given = [_value(one, key) for one in root.iter("c:ser")]
            if len(set(given)) != len(given):
                yield f"{part}: two series have the same {key}"


def _value(series: Element, key: str) -> str | None:
    found = series.find(key)
    return None if found is None else found.get("val")


@about(Sheet)
def charts_have_their_axes(sheet: Sheet) -> Iterator[str]:
    for part, root in _charts(sheet):
        for area in root.iter("c:plotArea"):
            axes = {_value(one, "c:axId") for one in area if one.tag in _AXES}
            crossed = {_value(one, "c:crossAx") for one in area if one.tag in _AXES}
            for plot in (one for one in area if one.tag.endswith("Chart")):
                used = {one.get("val") for one in plot.findall("c:axId")}
                if not used <= axes or (len(used) < 2 and plot.tag not in _WITHOUT_AXES):
                    yield f"{part}: {plot.tag} is drawn on the axes {sorted(map(str, used))}"
            if not crossed <= axes:
                yield f"{part}: an axis crosses another that is not there"


@about(Sheet)
def points_of_charts_are_counted(sheet: Sheet) -> Iterator[str]:
    for part, root in _charts(sheet):
        for cache in (one for one in root.iter() if one.tag.endswith(("Cache", "Lit"))):
            numbers = [int(one.get("idx", -1)) for one in cache.iter("c:pt")]
            most = int(_value(cache, "c:ptCount") or len(numbers))
            if any(not 0 <= one < most for one in numbers) or len(set(numbers)) != len(numbers):
                yield f"{part}: {len(numbers)} points are kept of {most}, or one twice"


@about(Sheet)
def comments_have_authors_and_cells(sheet: Sheet) -> Iterator[str]:
    for part, root in sheet.related("comments"):
        authors = len(root.findall("authors/author"))
        places = [cell(one.get("ref", "")) for one in root.iter("comment")]
        if len(set(places)) != len(places):
            yield f"{part}: a cell has two comments"
        for one in root.iter("comment"):
            if int(one.get("authorId", -1)) not in range(authors):
                yield f"{part}: the note of {one.get('ref')} has the author {one.get('authorId')}"
            if len(text_of(one)) > 32_767:
                yield f"{part}: the comment of {one.get('ref')} is too long"


@about(Sheet)
def comments_have_their_boxes(sheet: Sheet) -> Iterator[str]:
    boxes = {
        (int(note.findtext("x:Row", "-1")) + 1, int(note.findtext("x:Column", "-1")) + 1)
        for _, root in sheet.related("vmlDrawing")
        for note in root.iter("x:ClientData")
        if note.get("ObjectType") == "Note"
    }
    written = {
        cell(one.get("ref", ""))
        for _, root in sheet.related("comments")
        for one in root.iter("comment")
    }
    if boxes != written:
        yield f"comments are in {sorted(written)}, their boxes in {sorted(boxes)}"
    if written and sheet.root.find("legacyDrawing") is None:
        yield "the boxes of the comments are not drawn"


@about(Book)
def drawings_belong_to_one_sheet(book: Book) -> Iterator[str]:
    seen: set[str] = set()
    for sheet in book.sheets:
        for kind in ("drawing", "comments", "vmlDrawing"):
            for part, _ in sheet.related(kind):
                if part in seen:
                    yield f"{part} belongs to two sheets"
                seen.add(part)
