"""When a workbook was last saved, as its properties say.

Sources: ECMA-376 part 2, §11 (core properties); OpenDocument 1.2 part 1, §4.3.2 (dc:date).
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib

_MOST = 65_536  # bytes of properties that are looked at
_PARTS = ("docProps/core.xml", "meta.xml")
_MOMENT = re.compile(
    rb"<(?:dcterms:modified|dc:date)\b[^>]{0,200}>\s*(\d{4}-\d\d-\d\dT[\d:.]{5,20}Z?)\s*<"
)


def saved(data: bytes) -> str:
    """Return the moment at which a workbook was saved, as texts that sort; empty if it is unsaid.

    The guard has measured the package before.
    """
    if not data.startswith(b"PK"):
        return ""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            known = {name.replace("\\", "/").lower(): name for name in package.namelist()}
            for part in _PARTS:
                if part.lower() in known:
                    with package.open(known[part.lower()]) as entry:
                        found = _MOMENT.search(entry.read(_MOST))
                    return found[1].decode("ascii") if found else ""
    except (OSError, ValueError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError):
        return ""
    return ""
