"""Names that programs of synchronised folders give: two people saved one file at the same time.

Each program has its own way; what they have in common is that the file of both stays, the second
under a name made of the first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from pathlib import PurePath
from string import digits

from pst_excel.text.spelling import in_digits

_IN_BRACKETS = ("conflicted copy", "copie en conflit", "copie conflictuelle")
"""What Dropbox, Nextcloud and ownCloud put in brackets, with a name or a date."""

_BEFORE_THE_DATE = ("_conflict-", ".sync-conflict-")
"""What ownCloud and Syncthing put before a date, an hour and the id of a machine."""

_DATE = re.compile(r"[0-9]{8}-[0-9]{6}(?:-[0-9A-Z]{1,16})?")
_AT_THE_END = ("conflict", "caseconflict")
"""What Synology Drive puts after the name of a machine and a date, between underscores."""

# OneDrive adds the name of the machine and nothing else: only beside the other file is it told.
_MACHINE = re.compile(r"[A-Z0-9-]{3,20}")
_FIGURES = frozenset(digits)
_VERSION = re.compile(r"V?[0-9-]{1,20}")


def original_of(name: str, others: Collection[str] = ()) -> str:
    """Return the name of the file that a conflicted copy is of; empty where it is none.

    A name that only may be one, made of another and that of a machine, is one beside that other.
    """
    path = PurePath(unicodedata.normalize("NFC", name))
    original = next((stem for stem in _told(path.stem) if stem), "")
    if original:
        return original + path.suffix
    for other in sorted(unicodedata.normalize("NFC", other) for other in others):
        start = f"{PurePath(other).stem}-"
        same_kind = path.suffix == PurePath(other).suffix and path.stem.startswith(start)
        if same_kind and _is_machine(path.stem.removeprefix(start)):
            return other
    return ""


def _told(stem: str) -> Iterator[str]:
    """Give the stems that a stem may say that it is made of."""
    before, _, inside = stem.rpartition("(")
    if inside.endswith(")") and any(words in inside.casefold() for words in _IN_BRACKETS):
        yield before.rstrip(" ")
    for mark in _BEFORE_THE_DATE:
        before, _, date = stem.rpartition(mark)
        if _DATE.fullmatch(date):
            yield before
    before, *parts = stem.rsplit("_", 3)
    if len(parts) == 3 and parts[-1].casefold() in _AT_THE_END and in_digits(parts[1][-4:]):
        yield before


def _is_machine(name: str) -> bool:
    """Tell whether a text may be the name of a machine: capitals and figures, no version."""
    return (
        _MACHINE.fullmatch(name) is not None
        and not _FIGURES.isdisjoint(name)
        and _VERSION.fullmatch(name) is None
    )
