"""The styles of a workbook: looked up, and added to, never changed where they stand.

Source: ECMA-376 part 1, §18.8. An entry is known by its number, so the old ones keep theirs.
"""

from __future__ import annotations

import copy
import re
from functools import cached_property, lru_cache

from lxml import etree

from pst_excel.ooxml.errors import Refused
from pst_excel.ooxml.package.malformed import whole
from pst_excel.ooxml.package.names import MAIN, SPREADSHEET, Element, child_of, main
from pst_excel.ooxml.package.package import Package

_EMPTY = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/>\
<name val="Calibri"/></font></fonts>\
<fills count="2"><fill><patternFill patternType="none"/></fill>\
<fill><patternFill patternType="gray125"/></fill></fills>\
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>\
<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>\
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>\
</styleSheet>"""
FIRST_OWN_FORMAT = 164
MOST_CELL_FORMATS = 65_490
"""How many cell formats Excel opens; a workbook of more is « repaired », its formats lost.

Source: Microsoft, Excel specifications and limits, unique cell formats.
"""
DATE, DATE_TIME, TIME, DURATION = 14, 22, 21, 46
_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_DURATIONS = frozenset({46})
_QUOTED = re.compile(
    r'General|E[+-]|"[^"]*"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]{0,255}+\]', re.IGNORECASE
)
_ELAPSED = re.compile(r"\[(?:h{1,255}|m{1,255}|s{1,255})\]", re.IGNORECASE)
_DATE_LETTER = re.compile(r"[dmyhse]", re.IGNORECASE)


def canonical(element: Element) -> bytes:
    """Return an element as bytes that are the same for equal ones, whatever their prefixes."""
    return repr(_told(element)).encode()


def _told(element: Element) -> tuple[object, ...]:
    inside = [_told(child) for child in element if isinstance(child.tag, str)]
    text = element.text or ""
    return element.tag, sorted(element.attrib.items()), text.strip() if inside else text, inside


class Styles:
    """The part of styles; made, with the least that Excel asks, where there is none."""

    def __init__(self, package: Package) -> None:
        self._package = package
        found = package.related(package.workbook, "styles")
        if found and package.content(found[0]).strip():
            self.part = found[0]
        else:
            usual = "xl/styles.xml"  # where some programs look, whatever the relation says
            free = usual if usual not in package else package.free_name("xl/styles{}.xml")
            name = found[0] if found else free
            self.part = package.add(name, _EMPTY.encode(), f"{SPREADSHEET}.styles+xml")
            if not found:
                package.relate(package.workbook, "styles", self.part)
        self._known: dict[str, dict[bytes, int]] = {}
        self._formats: dict[int, int] = {}
        self._entries: dict[str, list[Element]] = {}

    @property
    def root(self) -> Element:
        """The root of the part, to be read."""
        return self._package.tree(self.part)

    def entries(self, collection: str) -> list[Element]:
        """Return the entries of a collection, in the order of their numbers."""
        found = self.root.find(main(collection))
        return [] if found is None else [entry for entry in found if isinstance(entry.tag, str)]

    def entry(self, collection: str, number: int) -> Element | None:
        """Return the entry of a number, None where there is none."""
        found = self._entries.get(collection, [])
        if number >= len(found):  # entries are never changed, only added
            found = self._entries[collection] = self.entries(collection)
        return found[number] if number < len(found) else None

    def add(self, collection: str, entry: Element) -> int:
        """Return the number of an entry equal to this one, added when there is none.

        Raises: Refused when Excel would not open one cell format more.
        """
        known = self._known.get(collection)
        if known is None:
            known = {}
            for number, existing in enumerate(self.entries(collection)):
                known.setdefault(canonical(existing), number)
            self._known[collection] = known
        entry = copy.deepcopy(entry)
        entry.tail = None
        key = canonical(entry)
        if key not in known:
            count = len(self.entries(collection))
            if collection == "cellXfs" and count >= MOST_CELL_FORMATS:
                most = f"{MOST_CELL_FORMATS:,}".replace(",", "\u202f")
                raise Refused(
                    f"le classeur n’a plus de place parmi les {most} formats de cellules qu’Excel"
                    " ouvre au plus ; copiez-en les valeurs dans un modèle neuf"
                )
            parent = child_of(self._package.edit(self.part), collection)
            known[key] = count
            parent.append(entry)
            parent.set("count", str(known[key] + 1))
        return known[key]

    @cached_property
    def number_formats(self) -> dict[int, str]:
        """The formats of numbers that the workbook defines, by number."""
        return {
            whole(entry, "numFmtId"): entry.get("formatCode", "")
            for entry in self.entries("numFmts")
        }

    def number_format(self, code: str) -> int:
        """Return the number of a format of numbers, added when the workbook has none."""
        for number, known in self.number_formats.items():
            if known == code:
                return number
        number = max([FIRST_OWN_FORMAT - 1, *self.number_formats]) + 1
        element = self.root.makeelement(main("numFmt"), None, None)
        element.set("numFmtId", str(number))
        element.set("formatCode", code)
        self.add("numFmts", element)
        self.number_formats[number] = code
        return number

    def format_of(self, style: int) -> int:
        """Return the number of the format of numbers of a cell's style."""
        if style not in self._formats:  # an entry is never changed
            found = self.entry("cellXfs", style)
            if found is None:
                return 0
            self._formats[style] = whole(found, "numFmtId")
        return self._formats[style]

    def wraps(self, style: int) -> bool:
        """Tell whether a text goes on on another line in cells of a style."""
        found = self.entry("cellXfs", style)
        told = None if found is None else found.find(main("alignment"))
        return told is not None and told.get("wrapText") in ("1", "true")

    def font_of(self, style: int) -> Element | None:
        """Return the font of a cell's style."""
        return self._of(style, "fontId", "fonts")

    def fill_of(self, style: int) -> Element | None:
        """Return the fill of a cell's style."""
        return self._of(style, "fillId", "fills")

    def _of(self, style: int, key: str, collection: str) -> Element | None:
        found = self.entry("cellXfs", style)
        number = 0 if found is None else whole(found, key)
        return self.entry(collection, number)

    def shows_dates(self, style: int) -> bool:
        """Return whether a cell's style shows its number as a date, a time or a duration."""
        number = self.format_of(style)
        code = self.number_formats.get(number)
        return number in _DATES if code is None else _says_dates(code)

    def shows_durations(self, style: int) -> bool:
        """Return whether a cell's style shows its number as hours beyond a day."""
        number = self.format_of(style)
        code = self.number_formats.get(number, "")
        return number in _DURATIONS or bool(_ELAPSED.search(code))

    def with_format(self, style: int, number_format: int) -> int:
        """Return the style that is a given one but for its format of numbers."""
        return self._derived(style, {"numFmtId": str(number_format), "applyNumberFormat": "1"})

    def with_fill(self, style: int, colour: str) -> int:
        """Return the style that is a given one but for its fill, a colour like `FDE2E1`."""
        fill = etree.fromstring(
            f'<fill xmlns="{MAIN}"><patternFill patternType="solid">'
            f'<fgColor rgb="FF{colour.upper()}"/><bgColor indexed="64"/></patternFill></fill>'
        )
        number = self.add("fills", fill)
        return self._derived(style, {"fillId": str(number), "applyFill": "1"})

    def _derived(self, style: int, changes: dict[str, str]) -> int:
        known = self.entry("cellXfs", style)
        if known is not None:
            entry = copy.deepcopy(known)
        else:
            entry = self.root.makeelement(main("xf"), None, None)
            for key in ("numFmtId", "fontId", "fillId", "borderId", "xfId"):
                entry.set(key, "0")
        for key, value in changes.items():
            entry.set(key, value)
        return self.add("cellXfs", entry)


@lru_cache(maxsize=1024)
def _says_dates(code: str) -> bool:
    """Tell whether a format shows a number as a date, a time or a duration."""
    return bool(_DATE_LETTER.search(_QUOTED.sub("", code).split(";")[0]))
