"""The parts of a zipped workbook: inflated within the limits, in UTF-8, without rows of nothing.

Sizes are counted while inflating, because those that a zip declares may lie.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import chain
from xml.parsers import expat
from xml.parsers.expat import ExpatError

from pst_excel.ooxml.package.parts import Attributes, Parts, part_name
from pst_excel.reading.guard.records import sheets_told
from pst_excel.reading.limits import Limits
from pst_excel.text.errors import UnreadableFile

NEW = "copiez vos lignes dans un modèle neuf"
BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, ExpatError, OSError, EOFError,
    NotImplementedError, RuntimeError, ValueError,
)  # fmt: skip
"""What is raised while looking at a file that is not whole."""

HOLDING = re.compile(rb"<(?!/?(?:\w+:)?(?:row|c)[\s/>])")
"""A tag among the rows of a sheet that is neither a row nor a cell: what a cell holds."""

_TELLING = ("Relationship", "Override", "Default", "sheet", "workbookPr")
_TIMES = 10  # a part may be told of by its type, by several others, and not be there
_CHUNK = 1_000_000
_MANY = 200_000  # bytes of rows that hold nothing, above which they are left out
_ENCRYPTED = 1
_ASIDE = re.compile(r"(?:^|/)(?:media|customxml)/|\.svg$", re.IGNORECASE)
_BLANKS = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"
_ENCODING = re.compile(rb"\s*<\?xml[^>]*?\bencoding\s*=\s*[\"']([\w.-]+)")
_DECLARATION = re.compile(r"(?<!\s)\s*+<\?xml[^<>]*+(?<=\?)>")
_DOCTYPE = re.compile(
    rb"(?:\xef\xbb\xbf)?(?>\s|<\?(?>.*?\?>)|<!--(?>.*?-->))*+<!DOCTYPE", re.DOTALL
)
_AS_UTF8 = ("utf-8", "us-ascii", "utf-16")
_SINGLE_BYTE = ("windows-1252", "iso-8859-1", "iso-8859-15")
_HELD = re.compile(rb"(?:</(?:\w+:)?(?:v|is|f)\s*>|<(?:\w+:)?(?:v|is|f)\b[^<>]*/>)\Z")


def damaged() -> UnreadableFile:
    """Return the refusal of a file that is not whole."""
    return UnreadableFile("le fichier est tronqué ou endommagé ; demandez un nouvel envoi")


class SourcePackage(Parts):
    """A zip and its parts. Raises: UnreadableFile beyond the limits, one of BROKEN if not whole."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        super().__init__()
        self._limits, self._weight = limits, len(data)
        self._sizes: dict[str, int] = {}
        self._kept: dict[str, bytes] = {}
        self._told: dict[str, dict[str, list[Attributes]]] = {}
        end = max(0, data.rfind(b"PK\x05\x06"))
        directory = int.from_bytes(data[end + 12 : end + 16], "little")
        self._count(data.count(b"PK\x01\x02", max(0, end - directory), end))
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        entries = [(part_name(entry.filename), entry) for entry in self._archive.infolist()]
        entries = [(name, entry) for name, entry in entries if not name.endswith("/")]
        self._count(len(entries))
        self._entries = dict(entries)
        self._names = {name.lower(): name for name in self._entries}
        if len(self._names) < len(entries):
            raise damaged()
        if any(entry.flag_bits & _ENCRYPTED for _, entry in entries):
            raise UnreadableFile(
                "le fichier est une archive protégée par un mot de passe ; envoyez le classeur"
                " lui-même, sans mot de passe"
            )

    @property
    def names(self) -> frozenset[str]:
        """The names of its parts, in small letters."""
        return frozenset(self._names)

    def _count(self, parts: int) -> None:
        if parts > self._limits.part_count:
            raise self._limits.exceeded("part_count", parts, NEW)

    def small(self, name: str) -> bytes:
        """Return the beginning of a part that is small by nature; nothing when there is none."""
        name = self.name(name)
        return in_utf8(next(self._chunks(name), b"")) if name in self._entries else b""

    def content(self, name: str) -> bytes:
        """Return a part that tells of others, whole; nothing when there is none."""
        name = self.name(name)
        if name not in self._kept and name in self._entries:
            self._kept[name] = self._inflated(name, binary=True) or b""
        return self._kept.get(name, b"")

    def is_binary(self, name: str) -> bool:
        """Tell whether a part is not in XML."""
        return not _is_xml(self.content(name))

    def elements(self, part: str, tag: str) -> list[Attributes]:
        """Return the attributes of the elements of a name, whatever its prefix, in a part.

        The sheets of a binary workbook are told as if they were elements.
        """
        if part not in self._told:
            content = self.content(part)
            if _is_xml(content):
                self._told[part] = self._elements(content)
            else:
                self._told[part] = {"sheet": [*sheets_told(content)]}
        return self._told[part].get(tag, [])

    def _elements(self, content: bytes) -> dict[str, list[Attributes]]:
        """Return the attributes of the elements that tell of parts, by name, prefixes aside."""
        found: dict[str, list[Attributes]] = {tag: [] for tag in _TELLING}
        most = _TIMES * self._limits.part_count

        def start(name: str, attributes: Attributes) -> None:
            told = found.get(name.rpartition(":")[2])
            if told is not None:
                told.append(attributes)
                if len(told) > most:
                    raise self._limits.exceeded("part_count", None, NEW)

        parser = expat.ParserCreate()
        parser.StartElementHandler = start
        parser.Parse(content, True)
        return found

    def parts(self, binary: bool = False) -> Iterator[tuple[str, bytes]]:
        """Give the parts in XML by name, and the others if `binary`; all are inflated."""
        for name in self._entries:
            part = self._kept[name] if name in self._kept else self._inflated(name, binary)
            if part is not None and (binary or _is_xml(part)):
                yield name, part

    def _inflated(self, name: str, binary: bool) -> bytes | None:
        """Return a part, verified to its end; None when it is not to be read."""
        chunks = self._chunks(name)
        first = next(chunks, b"")
        part = None
        if not _is_xml(first):
            part = b"".join([first, *chunks]) if binary else None
        elif not _ASIDE.search(name):
            part = self._xml(name, chain([first], chunks))
        deque(chunks, maxlen=0)  # a checksum is verified at the end of its part
        return part

    def _chunks(self, name: str) -> Iterator[bytes]:
        entry, size = self._entries[name], 0
        with self._archive.open(entry) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                self._weigh(name, size)
                yield chunk
        if size != entry.file_size:
            raise damaged()

    def _weigh(self, name: str, size: int) -> None:
        self._sizes[name] = size
        total = sum(self._sizes.values())
        if size > self._limits.part_size:
            raise self._limits.exceeded("part_size", size, NEW)
        if total > self._limits.total_size:
            raise self._limits.exceeded("total_size", total, NEW)
        # What is small weighs little however well it is compressed.
        if total > self._limits.ratio * (self._weight + 100_000):
            raise self._limits.exceeded("ratio", total // self._weight, NEW)

    def _xml(self, name: str, chunks: Iterable[bytes]) -> bytes:
        part, gap = self._joined(chunks, sparing=True)
        part = in_utf8(part)
        if _DOCTYPE.match(part):
            raise UnreadableFile(
                "le classeur contient une déclaration DOCTYPE, qu’aucun tableur n’écrit ; il n’est"
                " pas ouvert : demandez un nouvel envoi"
            )
        shorter = without_empty_rows(part, gap)
        if shorter is None:
            shorter, _ = self._joined(self._chunks(name), sparing=False)
        return shorter

    def _joined(self, chunks: Iterable[bytes], sparing: bool) -> tuple[bytes, int | None]:
        """Return a part, and where in it rows that hold nothing were not kept, for memory."""
        kept: list[bytes] = []
        gap, length, rows = None, 0, False
        for piece in _between_tags(chunks):
            self._look_for_long_texts(piece)
            if sparing and rows and piece[:1] == b"<" and not HOLDING.search(piece):
                gap = length if gap is None else gap
                continue
            kept.append(piece)
            length += len(piece)
            rows = rows or b"sheetData" in piece
        part = b"".join(kept)
        self._look_for_long_texts(part)
        return part, gap

    def _look_for_long_texts(self, piece: bytes) -> None:
        most, at = self._limits.cell_size, 0
        while len(piece) - at > most:
            tag = piece.rfind(b"<", at + 1, at + most)
            if tag < 0:
                end = piece.find(b"<", at + most)
                found = (end if end > 0 else len(piece)) - at
                raise self._limits.exceeded("cell_size", found, "raccourcissez ce texte")
            at = tag


def _is_xml(part: bytes) -> bool:
    return part.lstrip(_BLANKS)[:1] == b"<"


def _between_tags(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Cut a part before a tag, in pieces about as long as its chunks."""
    rest = b""
    for chunk in chunks:
        text = rest + chunk
        last = text.rfind(b"<") if len(chunk) == _CHUNK else 0
        cut = last if last > 0 else len(text)  # a text longer than a piece goes as it comes
        yield text[:cut]
        rest = text[cut:]
    if rest:
        yield rest


def in_utf8(part: bytes) -> bytes:
    """Return a part in XML in the only encoding that its reader knows.

    Raises: UnreadableFile when it is in an encoding that no program that writes workbooks uses.
    """
    if part[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding = "utf-16"
    elif b"\0" in part[:2]:
        encoding = "utf-16-be" if part[:1] == b"\0" else "utf-16-le"
    else:
        declared = _ENCODING.match(part.removeprefix(b"\xef\xbb\xbf"))
        encoding = declared[1].decode().lower() if declared else "utf-8"
        if encoding in _AS_UTF8:
            return part
        if encoding not in _SINGLE_BYTE:
            raise UnreadableFile(
                f"le classeur est écrit dans un encodage inattendu ({encoding[:20]}) ; ouvrez-le"
                " dans Excel et enregistrez-le à nouveau en .xlsx"
            )
    return _DECLARATION.sub("", part.decode(encoding), count=1).encode()


def last_value(part: bytes, rows: int, close: int) -> int:
    """Return where the last thing that a cell holds ends, between the place of rows and close."""
    end = max(rows, *(part.rfind(tag, rows, close) + len(tag) for tag in (b"v>", b"is>", b"f>")))
    for other in HOLDING.finditer(part, end, close):
        end = part.find(b">", other.start()) + 1
    return end


def without_empty_rows(part: bytes, gap: int | None = None) -> bytes | None:
    """Return a sheet without its last rows if they hold nothing and are many; None if `gap` lies.

    `gap` is where rows were already left out, in the belief that none of the next holds a value.
    """
    name = part.rfind(b"sheetData")
    close = part.rfind(b"<", 0, max(0, name))
    if not part.startswith(b"</", max(0, close)):
        return part if gap is None else None
    rows = part.find(b">", part.find(b"sheetData")) + 1
    end = last_value(part, rows, close)
    if gap is None and close - end < _MANY:
        return part
    empty = end == rows
    if (gap is not None and gap < end) or not (empty or _HELD.search(part, max(0, end - 999), end)):
        return part if gap is None else None
    prefix = part[close + 2 : name]
    inside = b"" if empty else b"</%bc></%brow>" % (prefix, prefix)
    return part[:end] + inside + part[close:]
