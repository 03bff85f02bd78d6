"""When a workbook was last saved, as its properties say.

Sources: ECMA-376 part 2, §11 (core properties); OpenDocument 1.2 part 1, §4.3.2 (dc:date).
"""

from __future__ import annotations

import re

_MOST = 65_536  # bytes of properties that are looked at
_MOMENT = re.compile(
    rb"<(?:dcterms:modified|dc:date)\b[^>]{0,200}>\s*(\d{4}-\d\d-\d\dT[\d:.]{5,20}Z?)\s*<"
)


def moment_in(properties: bytes) -> str:
    """Return when a workbook was saved, as texts that sort, given its part of properties.

    It is empty when the part does not say it.
    """
    found = _MOMENT.search(properties[:_MOST])
    return found[1].decode("ascii") if found else ""
