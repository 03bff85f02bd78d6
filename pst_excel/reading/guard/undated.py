"""A sheet whose numbers no calendar holds: shown as days, they take calamine down.

1e308 in the format of a day or of a duration is a number all the same: it loses its format.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile

from pst_excel.reading.guard.given import stored
from pst_excel.reading.guard.inspection import Inspected
from pst_excel.reading.guard.records import records

_LAST_DAY = 2_958_465  # 31/12/9999
_CELL = re.compile(
    rb"<(?P<prefix>(?:\w{1,20}:)?)c(?P<attributes>\s[^<>]*+)>"
    rb"(?P<formula>\s*+(?:<(?P=prefix)f(?:\s[^<>]*+)?>(?:[^<]*+</(?P=prefix)f>)?\s*+)?)"
    rb"<(?P=prefix)v>(?P<number>[^<>]{1,400})</(?P=prefix)v>"
)
_FORMAT = re.compile(rb"\ss=(?:\"\d+\"|'\d+')")
_REALS = (5, 9)  # BrtCellReal, BrtFmlaNum
_STYLE, _NUMBER, _SIZE = 4, 8, 16


def undated(inspected: Inspected, title: str) -> bytes | None:
    """Return what calamine is given, but for the formats of such numbers in a sheet.

    None where the kind of the workbook, or its sheet, allows no such thing.
    """
    name = inspected.names.get(title)
    change = {"xlsx": in_xml, "xlsb": in_records}.get(inspected.kind)
    if name is None or change is None:
        return None
    with zipfile.ZipFile(io.BytesIO(inspected.data)) as package:
        parts = {known: package.read(known) for known in package.namelist()}
    if name not in parts:
        return None
    return stored(parts | {name: change(parts[name])})


def in_xml(part: bytes) -> bytes:
    """Return the XML of a sheet, such cells without their formats."""
    return _CELL.sub(_plain, part)


def _plain(found: re.Match[bytes]) -> bytes:
    try:
        number = float(found["number"])
    except ValueError:
        return found[0]
    if abs(number) <= _LAST_DAY:
        return found[0]
    at = found.start("attributes") - found.start()
    size = len(found["attributes"])
    whole = found[0]
    return whole[:at] + _FORMAT.sub(b"", found["attributes"], count=1) + whole[at + size :]


def in_records(part: bytes) -> bytes:
    """Return the records of a sheet of an xlsb, such cells in the first format."""
    changed = bytearray(part)
    for kind, _, start, end in records(part):
        if kind in _REALS and end - start >= _SIZE and end <= len(part):
            (number,) = struct.unpack_from("<d", part, start + _NUMBER)
            if not abs(number) <= _LAST_DAY:
                changed[start + _STYLE : start + _STYLE + 3] = bytes(3)
    return bytes(changed)
