"""What a screen shows, as a PNG: Xvfb keeps it in a file, of the format of X window dumps."""

from __future__ import annotations

import struct
import zlib

_WORDS = 25  # of four bytes each, in the header
_COLOR = 12  # bytes for each colour of the map


def png_of(dump: bytes) -> bytes:
    """Return an X window dump of 32 bits a pixel as a PNG, the same bytes for the same picture."""
    head = struct.unpack_from(f">{_WORDS}I", dump)
    size, width, height, order, bits, line, colors = (head[n] for n in (0, 4, 5, 7, 11, 12, 19))
    assert bits == 32, f"{bits} bits a pixel"
    red, green, blue = (1, 2, 3) if order else (2, 1, 0)
    start = size + colors * _COLOR
    rows = []
    for at in range(start, start + height * line, line):
        row, three = dump[at : at + width * 4], bytearray(width * 3)
        three[0::3], three[1::3], three[2::3] = row[red::4], row[green::4], row[blue::4]
        rows.append(b"\0" + three)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(kind, data)
        for kind, data in (
            (b"IHDR", header),
            (b"IDAT", zlib.compress(b"".join(rows), 9)),
            (b"IEND", b""),
        )
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
