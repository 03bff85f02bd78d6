"""Makers of hostile bytes: zips with what no program writes, sheets with what nobody types.

A workbook here is taken apart and put together again, so that only what is said is wrong with it.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping

from pst_excel.ooxml.package.package import Package

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
_OFFICE = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = b"http://schemas.openxmlformats.org/package/2006/relationships"
Change = Callable[[bytes], bytes]


def parts_of(data: bytes) -> dict[str, bytes]:
    """Return the parts of a zip by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rewritten(data: bytes, sign: str, text: str) -> bytes:
    """Return a workbook in which a text takes the place of a sign, however long it is."""
    parts = parts_of(data)
    return zipped({name: p.replace(sign.encode(), text.encode()) for name, p in parts.items()})


def zipped(parts: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip of these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def part_name(data: bytes, title: str) -> str:
    """Return the name of the part of a sheet."""
    package = Package(data)
    sheets = package.sheets_of(package.workbook)
    return next(sheet.part for sheet in sheets if sheet.title == title and sheet.part)


def changed(data: bytes, name: str, change: Change) -> bytes:
    """Return a workbook one part of which is changed."""
    parts = parts_of(data)
    parts[name] = change(parts[name])
    return zipped(parts)


def in_sheet(data: bytes, title: str, change: Change) -> bytes:
    """Return a workbook one sheet of which is changed."""
    return changed(data, part_name(data, title), change)


def with_rows(data: bytes, title: str, rows: bytes) -> bytes:
    """Return a workbook with rows, in XML, after those of a sheet."""
    return in_sheet(data, title, lambda part: part.replace(b"</sheetData>", rows + b"</sheetData>"))


def empty_rows(first: int, last: int, cells: str = "") -> bytes:
    """Return rows that are formatted and hold nothing; `cells` are letters of formatted cells."""
    inside = "".join(f'<c r="{letter}{{0}}" s="1"/>' for letter in cells)
    row = f'<row r="{{0}}" s="1" customFormat="1">{inside}</row>' if cells else (
        '<row r="{0}" s="1" customFormat="1" ht="15"/>'
    )  # fmt: skip
    return "".join(map(row.format, range(first, last + 1))).encode()


def book(sheets: Mapping[str, bytes], extra: Mapping[str, bytes] | None = None) -> bytes:
    """Return a workbook of sheets whose rows are given in XML, or the whole part if it is one."""
    named = "".join(
        f'<sheet name="{title}" sheetId="{at}" r:id="rId{at}"/>'
        for at, title in enumerate(sheets, 1)
    )
    relations = "".join(
        f'<Relationship Id="rId{at}" Type="{_OFFICE.decode()}/worksheet"'
        f' Target="worksheets/sheet{at}.xml"/>'
        for at in range(1, len(sheets) + 1)
    )
    parts = {
        "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        b'content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": b'<Relationships xmlns="%b"><Relationship Id="rId1" Type="%b/officeDocument"'
        b' Target="xl/workbook.xml"/></Relationships>' % (_PACKAGE, _OFFICE),
        "xl/workbook.xml": b'<workbook xmlns="%b" xmlns:r="%b"><sheets>%b</sheets></workbook>'
        % (MAIN, _OFFICE, named.encode()),
        "xl/_rels/workbook.xml.rels": b'<Relationships xmlns="%b">%b</Relationships>'
        % (_PACKAGE, relations.encode()),
    }
    for at, rows in enumerate(sheets.values(), 1):
        whole = rows and not rows.startswith(b"<row")
        parts[f"xl/worksheets/sheet{at}.xml"] = rows if whole else worksheet(rows)
    return zipped(parts | dict(extra or {}))


def worksheet(rows: bytes, before: bytes = b"", after: bytes = b"") -> bytes:
    """Return the part of a sheet with these rows."""
    return b'<worksheet xmlns="%b">%b<sheetData>%b</sheetData>%b</worksheet>' % (
        MAIN, before, rows, after,
    )  # fmt: skip


def text_cell(text: str, reference: str = "") -> bytes:
    """Return a cell that holds a text, with its reference if there is one."""
    place = f' r="{reference}"' if reference else ""
    return f'<c{place} t="inlineStr"><is><t>{text}</t></is></c>'.encode()


def entry(name: str, raw: bytes, size: int, crc: int, method: int = 8) -> bytes:
    """Return a zip of one part whose header says what it is told to say."""
    called = name.encode()
    head = struct.pack("<HHHHHIIIHH", 20, 0, method, 0, 33, crc, len(raw), size, len(called), 0)
    local = b"PK\x03\x04" + head + called + raw
    directory = b"PK\x01\x02\x14\0" + head + struct.pack("<HHHII", 0, 0, 0, 0, 0) + called
    end = struct.pack("<HHHHIIH", 0, 0, 1, 1, len(directory), len(local), 0)
    return local + directory + b"PK\x05\x06" + end


def bomb(megabytes: int, start: bytes = b"<", said: int | None = None) -> bytes:
    """Return a zip whose only part is so many megabytes of spaces, and may say that it is less."""
    deflater = zlib.compressobj(9, zlib.DEFLATED, -15)
    first = deflater.compress(start) + deflater.flush(zlib.Z_FULL_FLUSH)
    block = deflater.compress(b" " * 1_000_000) + deflater.flush(zlib.Z_FULL_FLUSH)
    raw = first + block * megabytes + b"\x03\0"
    size = len(start) + megabytes * 1_000_000 if said is None else said
    return entry("xl/worksheets/sheet1.xml", raw, size, 0)


def relabelled(data: bytes, offsets: tuple[int, int], value: int, form: str) -> bytes:
    """Return a zip with a field of its first part changed in both of its headers.

    `offsets` are those of the field in the local header and in the directory.
    """
    patched = bytearray(data)
    for signature, offset in zip((b"PK\x03\x04", b"PK\x01\x02"), offsets, strict=True):
        struct.pack_into(form, patched, patched.find(signature) + offset, value)
    return bytes(patched)


FLAGS, CRC, SIZE = (6, 8), (14, 16), (22, 24)


def ole(*streams: str, more: bytes = b"", following: tuple[int, ...] = ()) -> bytes:
    """Return bytes that begin as an OLE file and name these streams.

    `following` is the table that gives the next sector of each.
    """
    none = 0xFFFFFFFE
    head = bytearray(OLE.ljust(512, b"\xff"))
    struct.pack_into("<H", head, 30, 9)
    struct.pack_into("<I", head, 60, none)
    struct.pack_into("<I", head, 68, none)
    struct.pack_into("<I", head, 76, 0)
    table = struct.pack("<128I", *following, *[none] * (128 - len(following)))
    names = b"".join(map(_named, streams))
    return bytes(head) + table + names + more


def _named(stream: str) -> bytes:
    """Return the entry of a stream in a directory."""
    name = stream.encode("utf-16-le")
    return name.ljust(64, b"\0") + bytes([len(name) + 2, 0, 2]) + b"\0" * 61
