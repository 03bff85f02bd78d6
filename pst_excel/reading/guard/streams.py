"""The streams of an OLE file, by their names, which may be in capitals.

Sources: [MS-CFB] 2.6 (directory entries); [MS-OFFCRYPTO] 2.2 (rights management), 2.6 (labels).
"""

from __future__ import annotations

from collections.abc import Mapping

_ENTRY, _LENGTH, _KIND = 128, 64, 66
"""Bytes of an entry of the directory, all of which stand at its multiples; where its fields are."""
_KINDS, _LENGTHS = (1, 2), range(4, 65, 2)


def streams_of(data: bytes) -> Mapping[str, int]:
    """Return where the name of each stream and storage is written, by this name in small letters.

    Every place that can hold an entry is looked at, so that no chain of sectors is followed.
    """
    lengths, kinds = data[_LENGTH::_ENTRY], data[_KIND::_ENTRY]
    found: dict[str, int] = {}
    for at, (length, kind) in enumerate(zip(lengths, kinds, strict=False)):
        if kind in _KINDS and length in _LENGTHS:
            start = at * _ENTRY
            name = data[start : start + length - 2].decode("utf-16-le", "replace")
            found.setdefault(name.lower(), start)
    return found


def renamed(data: bytes, at: int, name: str) -> bytes:
    """Return a file in which a stream has a name of the same length as the one written there."""
    written = name.encode("utf-16-le")
    return data[:at] + written + data[at + len(written) :]
