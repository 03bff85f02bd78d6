"""The styles: what formats point at, and how numbers are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from support.repairs.book import Book
from support.repairs.registry import about

_COUNTED = (
    "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs",
    "tableStyles",
)  # fmt: skip
_PARTS = {"fontId": "fonts", "fillId": "fills", "borderId": "borders", "xfId": "cellStyleXfs"}
_QUOTED = re.compile(r'"[^"]*"|\\.|[_*].')
_COLOUR = re.compile(r"[0-9A-Fa-f]{8}")
_OWN = 164  # the number formats below are Excel's


@about(Book)
def styles_are_counted(book: Book) -> Iterator[str]:
    for tag in _COUNTED:
        found = book.styles.find(tag)
        if found is not None and int(found.get("count", len(found))) != len(found):
            yield f"{found.get('count')} {tag} are counted of {len(found)}"
    for tag in ("fonts", "fills", "borders", "cellXfs"):
        if not book.size(tag):
            yield f"there are no {tag}"
    if book.size("cellXfs") > 65_490:
        yield f"there are {book.size('cellXfs')} formats"


@about(Book)
def formats_point_at_what_is_there(book: Book) -> Iterator[str]:
    own = {one.get("numFmtId") for one in book.styles.findall("numFmts/numFmt")}
    for path in ("cellXfs", "cellStyleXfs"):
        for at, one in enumerate(book.styles.findall(f"{path}/xf")):
            for key, collection in _PARTS.items():
                if int(one.get(key, 0)) >= max(book.size(collection), key == "xfId"):
                    yield f"the format {at} of {path} has {key} {one.get(key)}, which is not there"
            number = one.get("numFmtId", "0")
            if int(number) >= _OWN and number not in own:
                yield f"the format {at} of {path} has the number format {number}, not there"


@about(Book)
def number_formats_can_be_read(book: Book) -> Iterator[str]:
    for one in book.styles.iter("numFmt"):
        code = one.get("formatCode", "")
        bare = _QUOTED.sub("", code)
        if '"' in bare or bare.count("[") != bare.count("]") or bare.count(";") > 3:
            yield f"the number format {code!r} cannot be read"
        if not 0 < len(code) <= 255:
            yield f"the number format {one.get('numFmtId')} has {len(code)} characters"
    numbers = [one.get("numFmtId") for one in book.styles.findall("numFmts/numFmt")]
    if len(set(numbers)) != len(numbers):
        yield "two number formats have the same number"


@about(Book)
def named_styles_are_there_once(book: Book) -> Iterator[str]:
    found = book.styles.findall("cellStyles/cellStyle")
    names = [one.get("name", "").casefold() for one in found]
    for one in found:
        if names.count(one.get("name", "").casefold()) > 1:
            yield f"the style {one.get('name')} is there twice"
        if int(one.get("xfId", 0)) >= book.size("cellStyleXfs"):
            yield f"the style {one.get('name')} has the format {one.get('xfId')}, not there"


@about(Book)
def colours_are_colours(book: Book) -> Iterator[str]:
    roots: list[Element] = [book.styles, *(sheet.root for sheet in book.sheets)]
    for root in roots:
        for one in root.iter():
            given = one.get("rgb")
            if given is not None and not _COLOUR.fullmatch(given):
                yield f"{one.tag} has the colour {given!r}"
