"""The zip under a workbook: what is not touched is copied as it was compressed.

Source: PKWARE's APPNOTE for the records of a zip; ECMA-376 part 2 for what a package may use.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from pst_excel.ooxml.errors import NotAWorkbook, Protected
from pst_excel.ooxml.package.parts import part_name

DAMAGED = "le fichier est tronqué ou endommagé"
MOST = 400_000_000
"""Bytes that one part may take once inflated: a workbook is untrusted."""
LEVEL = 5
"""Of compression: 40 % faster than the usual 6 on a sheet, for 8 % more bytes."""
_ENCRYPTED, _DESCRIPTOR, _UTF8 = 0x1, 0x8, 0x800
_NEW_YEAR_1980 = 0x21
_MOST_ENTRIES = 0xFFFF
_OLE, _ENCRYPTED_PACKAGE = b"\xd0\xcf\x11\xe0", "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True)
class Entry:
    """One file of a zip, compressed: its name as written, and what its headers say."""

    name: str
    raw_name: bytes
    flags: int
    method: int
    stamp: int
    checksum: int
    size: int
    compressed: bytes
    attributes: int = 0

    def inflated(self) -> bytes:
        """Return the content. Raises: NotAWorkbook when it is damaged or larger than MOST."""
        if self.size > MOST:
            raise NotAWorkbook(f"la partie « {self.name} » est trop grande")
        try:
            if self.method == zipfile.ZIP_STORED:
                content = self.compressed
            elif self.method == zipfile.ZIP_DEFLATED:
                content = zlib.decompressobj(-15).decompress(self.compressed, MOST)
            else:
                raise NotAWorkbook(f"la partie « {self.name} » est compressée d’une façon inconnue")
        except zlib.error as error:
            raise NotAWorkbook(DAMAGED) from error
        if len(content) != self.size or zlib.crc32(content) != self.checksum:
            raise NotAWorkbook(DAMAGED)
        return content


def deflated(name: str, content: bytes) -> Entry:
    """Return a content as an entry; the same bytes always give the same entry."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -15)
    compressed = packer.compress(content) + packer.flush()
    method = zipfile.ZIP_DEFLATED
    if len(compressed) >= len(content):
        compressed, method = content, zipfile.ZIP_STORED
    called = name.encode()
    flags = 0 if called.isascii() else _UTF8
    stamp = _NEW_YEAR_1980 << 16
    return Entry(
        name, called, flags, method, stamp, zlib.crc32(content), len(content), compressed
    )  # fmt: skip


def entries_of(data: bytes) -> list[Entry]:
    """Return the entries of a zip, in the order of their bytes, without inflating them.

    Raises: NotAWorkbook when it is not a whole zip, Protected when it is encrypted.
    """
    if data.startswith(_OLE):
        if _ENCRYPTED_PACKAGE in data:
            raise Protected("le classeur est protégé par un mot de passe")
        raise NotAWorkbook("le fichier est d’un ancien format, .xls")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = sorted(archive.infolist(), key=lambda info: info.header_offset)
            return [_entry(data, info) for info in found if not info.is_dir()]
    except (zipfile.BadZipFile, struct.error, ValueError, NotImplementedError) as error:
        raise NotAWorkbook(DAMAGED) from error


def _entry(data: bytes, info: zipfile.ZipInfo) -> Entry:
    if info.flag_bits & _ENCRYPTED:
        raise Protected("le classeur est protégé par un mot de passe")
    at = info.header_offset
    if data[at : at + 4] != b"PK\x03\x04":
        raise NotAWorkbook(DAMAGED)
    name_length, extra_length = struct.unpack_from("<HH", data, at + 26)
    raw_name = data[at + 30 : at + 30 + name_length]
    start = at + 30 + name_length + extra_length
    compressed = data[start : start + info.compress_size]
    if len(compressed) != info.compress_size:
        raise NotAWorkbook(DAMAGED)
    (stamp,) = struct.unpack_from("<I", data, at + 10)
    name = part_name(info.filename)
    flags = info.flag_bits & ~_DESCRIPTOR  # sizes are known, and stand in the header
    return Entry(
        name, raw_name, flags, info.compress_type, stamp, info.CRC, info.file_size, compressed,
        info.external_attr,
    )  # fmt: skip


def zipped(entries: Iterable[Entry]) -> bytes:
    """Return the zip of these entries, in this order. Raises: NotAWorkbook beyond 65,535."""
    pieces: list[bytes] = []
    directory: list[bytes] = []
    place = 0
    for entry in entries:
        sizes = entry.checksum, len(entry.compressed), entry.size, len(entry.raw_name), 0
        head = struct.pack("<HHHIIIIHH", 20, entry.flags, entry.method, entry.stamp, *sizes)
        pieces += [b"PK\x03\x04", head, entry.raw_name, entry.compressed]
        tail = struct.pack("<HHHII", 0, 0, 0, entry.attributes, place)
        directory += [b"PK\x01\x02\x14\0", head, tail, entry.raw_name]
        place += 4 + len(head) + len(entry.raw_name) + len(entry.compressed)
    count, size = len(directory) // 4, sum(map(len, directory))
    if count > _MOST_ENTRIES or place + size > 0xFFFFFFFF:
        raise NotAWorkbook("le classeur a trop de parties")
    end = b"PK\x05\x06", struct.pack("<HHHHIIH", 0, 0, count, count, size, place, 0)
    return b"".join([*pieces, *directory, *end])
