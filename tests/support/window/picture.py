"""What a screen shows, as a PNG: Xvfb keeps it in a file, of the format of X window dumps."""

from __future__ import annotations

import struct
import zlib

_WORDS = 25  # of four bytes each, in the header
_COLOR = 12  # bytes for each colour of the map


Area = tuple[int, int, int, int]
"""What part of a picture: left, top, width, height."""


def rows_of(dump: bytes, area: Area | None = None) -> list[bytes]:
    """Return the rows of an X window dump of 32 bits a pixel, or of a part: red, green, blue."""
    head = struct.unpack_from(f">{_WORDS}I", dump)
    size, width, height, order, bits, line, colors = (head[n] for n in (0, 4, 5, 7, 11, 12, 19))
    assert bits == 32, f"{bits} bits a pixel"
    red, green, blue = (1, 2, 3) if order else (2, 1, 0)
    left, top, wide, high = area or (0, 0, width, height)
    start = size + colors * _COLOR
    rows = []
    for at in range(top, top + high):
        begin = start + at * line + left * 4
        row, three = dump[begin : begin + wide * 4], bytearray(wide * 3)
        three[0::3], three[1::3], three[2::3] = row[red::4], row[green::4], row[blue::4]
        rows.append(bytes(three))
    return rows


def png_of(dump: bytes) -> bytes:
    """Return an X window dump as a PNG, the same bytes for the same picture."""
    rows = rows_of(dump)
    header = struct.pack(">IIBBBBB", len(rows[0]) // 3, len(rows), 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(kind, data)
        for kind, data in (
            (b"IHDR", header),
            (b"IDAT", zlib.compress(b"".join(b"\0" + row for row in rows), 9)),
            (b"IEND", b""),
        )
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
