"""The number formats of the cells of an xlsx, from its styles and from the XML of a sheet."""

from __future__ import annotations

import re
from collections.abc import Collection
from xml.parsers import expat

from pst_excel.cells.grid import Place
from pst_excel.model.words.wording import column_letter
from pst_excel.reading.guard.dimensions import Attributes, Cursor, local, regular
from pst_excel.reading.shown.formats import BUILT_IN

_STYLE = re.compile(rb"\bs=\"(\d{1,6})\"")


def formats_of(styles: bytes) -> list[str]:
    """Return the number format of each style of cells; it is empty for a number as it stands."""
    codes = dict(BUILT_IN)
    numbers: list[int] = []
    inside = False

    def start(name: str, attributes: Attributes) -> None:
        nonlocal inside
        name = local(name)
        if name == "numFmt":
            codes.setdefault(int(attributes.get("numFmtId", 0)), attributes.get("formatCode", ""))
        elif name == "cellXfs":
            inside = True
        elif name == "xf" and inside:
            numbers.append(int(attributes.get("numFmtId", 0)))

    def end(name: str) -> None:
        nonlocal inside
        inside = inside and local(name) != "cellXfs"

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(styles, True)
    return [codes.get(number, "") for number in numbers]


def styles_of(part: bytes, places: Collection[Place]) -> dict[Place, int]:
    """Return the style of the cells at places of a sheet."""
    rows = regular(part)
    return _met(part, places) if rows is None else _searched(part, places, *rows)


def _searched(part: bytes, places: Collection[Place], start: int, close: int) -> dict[Place, int]:
    """Return the styles in a sheet all of whose cells begin as `<c r="`."""
    columns = {column_letter(column).encode(): column for _, column in places}
    letters = b"|".join(sorted(columns))
    cell = re.compile(rb"<c r=\"(%b)(\d{1,7})\"([^<>]*)>" % letters)
    styles: dict[Place, int] = {}
    for found in cell.finditer(part, start, close):
        style = _STYLE.search(found[3])
        if style is not None:
            styles[int(found[2]) - 1, columns[found[1]]] = int(style[1])
    return styles


def _met(part: bytes, places: Collection[Place]) -> dict[Place, int]:
    """Return the styles in a sheet met element by element."""
    wanted, styles, cursor = frozenset(places), dict[Place, int](), Cursor()

    def start(name: str, attributes: Attributes) -> None:
        name = local(name)
        if name == "row":
            cursor.to_row(attributes.get("r"))
        elif name == "c":
            place = cursor.to_cell(attributes.get("r"))
            if place in wanted:
                styles[place] = int(attributes.get("s", 0))

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.Parse(part, True)
    return styles
