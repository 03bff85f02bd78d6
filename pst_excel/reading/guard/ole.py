"""The sectors of an OLE file, each of which names the next: a chain that loops never ends.

Source: [MS-CFB], Compound File Binary File Format.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

_NO_SECTOR = 0xFFFFFFFA  # this number and those above end a chain or mean something else
_SIZES = (512, 4096)
_SIZE, _DIRECTORY, _SHORT, _MINI, _MORE, _TABLES = 30, 48, 56, 60, 68, 76
_ENTRY, _SHORT_SECTOR, _STREAM, _ROOT = 128, 64, 2, 5


def loops(data: bytes) -> bool:
    """Tell whether a chain of sectors comes back to itself; struct.error when one is missing."""
    following = _following(data)
    return following is None or _comes_back(following) or _comes_back(_mini(data, following))


def stream(data: bytes, *names: str) -> bytes:
    """Return the first stream of these names in a file that does not loop; nothing without one.

    Raises: struct.error when a sector is missing.
    """
    following = _following(data) or []
    directory = _joined(data, following, _number(data, _DIRECTORY))
    entries = {
        name.lower(): (kind, start, size)
        for kind, name, start, size in reversed([*_entries(directory)])
    }
    for name in names:
        kind, start, size = entries.get(name.lower(), (0, 0, 0))
        if kind != _STREAM:
            continue
        if size >= _number(data, _SHORT):
            return _joined(data, following, start)[:size]
        root = next((start for kind, start, _ in entries.values() if kind == _ROOT), _NO_SECTOR)
        short, mini = _joined(data, following, root), _mini(data, following)
        sectors = (at * _SHORT_SECTOR for at in _chain(mini, start))
        return b"".join(short[at : at + _SHORT_SECTOR] for at in sectors)[:size]
    return b""


def _number(data: bytes, at: int) -> int:
    number: int = struct.unpack_from("<I", data, at)[0]
    return number


def _numbers(data: bytes, sector: int) -> tuple[int, ...]:
    size = 1 << (data[_SIZE] & 15)
    return struct.unpack_from(f"<{size // 4}I", data, (sector + 1) * size)


def _following(data: bytes) -> list[int] | None:
    """Return the sector that follows each, None where the list of them has no end or no size."""
    if 1 << (data[_SIZE] & 15) not in _SIZES:
        return None
    tables, more, met = list(struct.unpack_from("<109I", data, _TABLES)), [], set[int]()
    at = _number(data, _MORE)
    while at < _NO_SECTOR:
        if at in met:
            return None
        met.add(at)
        *more, at = _numbers(data, at)
        tables += more
    return [number for table in tables if table < _NO_SECTOR for number in _numbers(data, table)]


def _mini(data: bytes, following: Sequence[int]) -> list[int]:
    """Return the short sector that follows each."""
    sectors = _chain(following, _number(data, _MINI))
    return [number for sector in sectors for number in _numbers(data, sector)]


def _chain(following: Sequence[int], at: int) -> Iterator[int]:
    while at < len(following):
        yield at
        at = following[at]


def _joined(data: bytes, following: Sequence[int], start: int) -> bytes:
    size = 1 << (data[_SIZE] & 15)
    places = ((at + 1) * size for at in _chain(following, start))
    return b"".join(data[place : place + size] for place in places)


def _entries(directory: bytes) -> Iterator[tuple[int, str, int, int]]:
    for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        length, kind = struct.unpack_from("<HB", directory, at + 64)
        name = directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        yield (kind, name, *struct.unpack_from("<II", directory, at + 116))


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
