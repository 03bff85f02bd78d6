"""The columns that a workbook leaves to whoever fills it, in the table already: they sort along."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import count, islice

from pst_excel.text.spelling import fold

READY = 2
_HEADING = "Colonne libre {}"
_FREE = re.compile(fold(_HEADING.format("")).strip() + " ?[0-9]{1,3}")


def free_headings(taken: Collection[str]) -> list[str]:
    """Return the headings of the free columns beside those that people have added already."""
    known = {fold(heading) for heading in taken}
    names = map(_HEADING.format, count(1))
    return list(islice((name for name in names if fold(name) not in known), READY))


def is_free(heading: str) -> bool:
    """Tell whether a heading is still that of a free column: nobody has named it."""
    return _FREE.fullmatch(fold(heading)) is not None
