"""What a screen shows, as a PNG: Xvfb keeps it in a file, of the format of X window dumps."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence

COLORS, PALETTE = 2, 3
"""What a PNG holds for each pixel: its colour, or the place of its colour in a palette."""

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
    return png_file(len(rows[0]) // 3, rows, COLORS)


def png_file(width: int, rows: Sequence[bytes], kind: int, palette: bytes = b"") -> bytes:
    """Return a PNG of rows of pixels: their colours, or the places of these in a palette."""
    header = struct.pack(">IIBBBBB", width, len(rows), 8, kind, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"PLTE", palette)] if palette else [(b"IHDR", header)]
    chunks += [
        (b"IDAT", zlib.compress(b"".join(b"\0" + row for row in rows), 9)),
        (b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
