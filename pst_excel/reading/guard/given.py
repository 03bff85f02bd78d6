"""The package that calamine is given: each part under the only name at which it looks for it.

calamine knows one name for the workbook, the styles and the texts, and one folder for the sheets of
each kind; it knows prefixes, and no namespace. It is told nothing else, whatever the file says.
"""

from __future__ import annotations

import posixpath
import re
import struct
import zlib
from collections.abc import Iterator, Mapping
from xml.sax.saxutils import quoteattr

from pst_excel.ooxml.package.parts import OFFICE, SheetOfBook
from pst_excel.reading.guard.package import SourcePackage

_KINDS = {"": "worksheet", "worksheet": "worksheet", "chartsheet": "chartsheet"}
_OTHER_KIND = "dialogsheet"
_LED = (
    f'<Relationships><Relationship Id="rId1" Type="{OFFICE}/officeDocument"'
    ' Target="xl/workbook.xml"/></Relationships>'
).encode()
_TEXTS = re.compile(rb"<(?:[\w.-]++:)?+sst\b[^<>]*+>")
_COUNT = re.compile(rb"""\buniqueCount\s*+=\s*+(?:"([^"]*+)"|'([^']*+)')""")
_NUMBER = re.compile(rb"[0-9]{1,11}")
SHORTEST_TEXT = 5  # <si/>
_UTF8_NAME, _NEW_YEAR_1980 = 0x800, 0x21
_SHARED = "xl/sharedStrings.xml"
_STATES = ("visible", "hidden", "veryHidden")


class GivenPackage:
    """What the parts of a workbook are called where calamine reads them.

    `titles` are those of the sheets by their parts in the file, in small letters; `names` are their
    parts in what calamine is given, by their titles.
    """

    def __init__(self, package: SourcePackage, suffix: str) -> None:
        self._package, self._suffix = package, suffix
        self._book = package.main_part() or ""
        sheets = package.sheets_of(self._book) if self._book in package else []
        self.titles: dict[str, str] = {}
        self.names: dict[str, str] = {}
        self._given = {self._book.lower(): f"xl/workbook.{suffix}"}
        self._sheets = [(sheet, self._named(sheet, at)) for at, sheet in enumerate(sheets, 1)]
        for kind in ("styles", "sharedStrings"):
            if part := package.part_of_book(self._book, kind):
                self._given.setdefault(part.lower(), f"xl/{kind}.{suffix}")

    def _named(self, sheet: SheetOfBook, at: int) -> str:
        folder = f"xl/{_kind(sheet)}s"
        part = sheet.part or f"{folder}/absent{at}.{self._suffix}"
        usual = posixpath.dirname(part) == folder
        name = part if usual else f"{folder}/renamed{at}.{self._suffix}"
        name = self._given.setdefault(part.lower(), name)
        self.titles.setdefault(part.lower(), sheet.title)
        self.names.setdefault(sheet.title, name)
        return name

    def zipped(self, parts: Mapping[str, bytes]) -> bytes:
        """Return the zip of those of these parts, named as in the file, that calamine looks for."""
        given = {"_rels/.rels": _LED, f"xl/_rels/workbook.{self._suffix}.rels": self._relations()}
        if self._suffix == "xml" and self._book in self._package:
            given["xl/workbook.xml"] = self._workbook()
        for name, part in parts.items():
            if called := self._given.get(name.lower()):
                given.setdefault(called, _counted(part) if called == _SHARED else part)
        return stored(given)

    def _ids(self) -> Iterator[tuple[str, SheetOfBook, str]]:
        """Give the sheets under the names of the relations that their workbook speaks of."""
        for at, (sheet, name) in enumerate(self._sheets, 1):
            yield (f"rId{at}" if self._suffix == "xml" else sheet.id), sheet, name

    def _relations(self) -> bytes:
        told = "".join(
            f'<Relationship Id={quoteattr(id)} Type="{_kind(sheet)}"'
            f" Target={quoteattr(name.removeprefix('xl/'))}/>"
            for id, sheet, name in self._ids()
        )
        return f"<Relationships>{told}</Relationships>".encode()

    def _workbook(self) -> bytes:
        dates = any(
            properties.get("date1904") in ("1", "true", "on")
            for properties in self._package.elements(self._book, "workbookPr")
        )
        told = "".join(
            f"<sheet name={quoteattr(sheet.title)} r:id={quoteattr(id)}"
            f' state="{sheet.state if sheet.state in _STATES else _STATES[0]}"/>'
            for id, sheet, _ in self._ids()
        )
        properties = f'<workbookPr date1904="{int(dates)}"/>'
        return f"<workbook>{properties}<sheets>{told}</sheets></workbook>".encode()


def _counted(part: bytes) -> bytes:
    """Return the texts of a workbook without their number, where it cannot be true.

    calamine makes room for so many before it reads the first.
    """
    head = _TEXTS.search(part)
    told = _COUNT.search(part, *head.span()) if head is not None else None
    if told is None:
        return part
    count = told[1] or told[2] or b""
    if _NUMBER.fullmatch(count) and int(count) * SHORTEST_TEXT <= len(part):
        return part
    return part[: told.start()] + part[told.end() :]


def _kind(sheet: SheetOfBook) -> str:
    return _KINDS.get(sheet.kind, _OTHER_KIND)


def stored(parts: Mapping[str, bytes]) -> bytes:
    """Return a zip of these parts, not compressed."""
    pieces: list[bytes] = []
    directory: list[bytes] = []
    place = 0
    for name, part in parts.items():
        called = name.encode()
        sizes = zlib.crc32(part), len(part), len(part), len(called), 0
        head = struct.pack("<HHHHHIIIHH", 20, _UTF8_NAME, 0, 0, _NEW_YEAR_1980, *sizes)
        pieces += [b"PK\x03\x04", head, called, part]
        directory += [b"PK\x01\x02\x14\0", head, struct.pack("<HHHII", 0, 0, 0, 0, place), called]
        place += 4 + len(head) + len(called) + len(part)
    size, count = sum(map(len, directory)), len(parts)
    end = b"PK\x05\x06", struct.pack("<HHHHIIH", 0, 0, count, count, size, place, 0)
    return b"".join([*pieces, *directory, *end])
