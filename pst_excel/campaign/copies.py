"""The annotated copies of returns: which are still to be written, and which names are taken."""

from __future__ import annotations

from collections.abc import Iterable

from pst_excel.campaign.memory import Arrival, Memory
from pst_excel.text.filenames import copy_names
from pst_excel.text.spelling import fold


def owed(memory: Memory) -> list[Arrival]:
    """Return the returns whose copy is still to be written: of those of one name, the last."""
    last = {(fold(one.came.service), one.came.file): one for one in memory.arrivals if one.counts}
    return [one for one in last.values() if not one.came.copy and not one.came.no_copy]


def names_of(memory: Memory, files: Iterable[str], services: Iterable[str]) -> list[str]:
    """Return the name of the copy of each file that came from some services.

    It may be that of an earlier copy of the same services, never that of another one’s.
    """
    ours = {fold(service) for service in services}
    taken = [one.came.copy for one in memory.arrivals
             if one.came.copy and fold(one.came.service) not in ours]  # fmt: skip
    return copy_names(files, taken)
