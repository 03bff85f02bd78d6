"""When a workbook was last saved and by whom, as its properties say.

Sources: ECMA-376 part 2, §11 (core properties); OpenDocument 1.2 part 1, §4.3.2 (dc:date).
"""

from __future__ import annotations

import re
from html import unescape

from pst_excel.text.spelling import tidy

_MOST = 65_536  # bytes of properties that are looked at
_MOMENT = re.compile(
    rb"<(?:dcterms:modified|dc:date)\b[^>]{0,200}>\s*(\d{4}-\d\d-\d\dT[\d:.]{5,20}Z?)\s*<"
)
_AUTHOR = re.compile(rb"<(?:cp:lastModifiedBy|dc:creator)\b[^>]{0,200}>([^<]{1,1000})<")
_LAST = b"lastModifiedBy"
_LONGEST = 100  # characters of a name


def moment_in(properties: bytes) -> str:
    """Return when a workbook was saved, as texts that sort, given its part of properties.

    It is empty when the part does not say it.
    """
    found = _MOMENT.search(properties[:_MOST])
    return found[1].decode("ascii") if found else ""


def author_in(properties: bytes) -> str:
    """Return who saved a workbook last, else who made it, given its part of properties.

    It is empty when the part does not say it.
    """
    found = list(_AUTHOR.finditer(properties[:_MOST]))
    last = [one for one in found if _LAST in one[0]]
    named = (last or found)[:1]
    return tidy(unescape(named[0][1].decode("utf-8", "replace")))[:_LONGEST] if named else ""
