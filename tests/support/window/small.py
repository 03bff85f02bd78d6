"""Pictures as small files: PNG of at most 256 colours, compared by their pixels."""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence

from support.window.picture import PALETTE, png_file

_MOST = 256  # colours of a palette


def small_png(rows: Sequence[bytes]) -> bytes:
    """Return rows of pixels (red, green, blue) as a PNG of few colours.

    Where there are more than a palette holds, the rarest become the nearest of the others.
    """
    pixels = [[row[at : at + 3] for at in range(0, len(row), 3)] for row in rows]
    counts = Counter(color for row in pixels for color in row)
    colors = sorted(counts, key=lambda color: (-counts[color], color))
    kept, places = colors[:_MOST], {color: at for at, color in enumerate(colors[:_MOST])}
    for color in colors[_MOST:]:
        near = min(
            kept, key=lambda other: sum((a - b) ** 2 for a, b in zip(color, other, strict=True))
        )
        places[color] = places[near]
    lines = [bytes(places[color] for color in row) for row in pixels]
    return png_file(len(pixels[0]), lines, PALETTE, b"".join(kept))


def same_pixels(one: bytes, other: bytes) -> bool:
    """Tell whether two such pictures show the same: another zlib packs it into other bytes."""
    return _shown(one) == _shown(other)


def _shown(picture: bytes) -> dict[bytes, bytes]:
    found: dict[bytes, bytes] = {}
    for kind, data in _chunks(picture):
        found[kind] = found.get(kind, b"") + data
    return found | {b"IDAT": zlib.decompress(found[b"IDAT"])}


def _chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 8
    while at < len(picture):
        size, kind = struct.unpack_from(">I4s", picture, at)
        yield kind, picture[at + 8 : at + 8 + size]
        at += 12 + size
