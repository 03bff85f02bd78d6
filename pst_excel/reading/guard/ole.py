"""The sectors of an OLE file, each of which names the next: a chain that loops never ends."""

from __future__ import annotations

import struct
from collections.abc import Sequence

_NO_SECTOR = 0xFFFFFFFA  # this number and those above end a chain or mean something else
_SIZES = (512, 4096)
_SIZE, _MINI, _MORE, _TABLES = 30, 60, 68, 76


def loops(data: bytes) -> bool:
    """Tell whether a chain of sectors comes back to itself; struct.error when one is missing."""
    size = 1 << (data[_SIZE] & 15)
    if size not in _SIZES:
        return True

    def numbers(sector: int) -> tuple[int, ...]:
        return struct.unpack_from(f"<{size // 4}I", data, (sector + 1) * size)

    tables, more, met = list(struct.unpack_from("<109I", data, _TABLES)), [], set[int]()
    (at,) = struct.unpack_from("<I", data, _MORE)
    while at < _NO_SECTOR:
        if at in met:
            return True
        met.add(at)
        *more, at = numbers(at)
        tables += more
    following = [number for table in tables if table < _NO_SECTOR for number in numbers(table)]
    if _comes_back(following):
        return True
    mini: list[int] = []
    (at,) = struct.unpack_from("<I", data, _MINI)
    while at < len(following):
        mini += numbers(at)
        at = following[at]
    return _comes_back(mini)


def _comes_back(following: Sequence[int]) -> bool:
    ended: set[int] = set()
    for start in range(len(following)):
        path: set[int] = set()
        at = start
        while at < len(following) and at not in ended:
            if at in path:
                return True
            path.add(at)
            at = following[at]
        ended |= path
    return False
