"""Names that programs of synchronised folders give: two people saved one file at the same time.

Each program has its own way; what they have in common is that the file of both stays, the second
under a name made of the first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from pathlib import PurePath

_TOLD = (
    # Dropbox, Nextcloud and ownCloud, in English and in French
    re.compile(r"(?P<name>.+?) ?\((?:[^()]* )?conflicted copy\b[^()]*\)", re.IGNORECASE),
    re.compile(r"(?P<name>.+?) ?\(copie (?:en conflit|conflictuelle)\b[^()]*\)", re.IGNORECASE),
    re.compile(r"(?P<name>.+?)_conflict-[0-9]{8}-[0-9]{6}", re.IGNORECASE),
    # Syncthing; Synology Drive
    re.compile(r"(?P<name>.+?)\.sync-conflict-[0-9]{8}-[0-9]{6}(?:-[0-9A-Z]+)?", re.IGNORECASE),
    re.compile(r"(?P<name>.+?)_[^_]+_[^_]*[0-9]{4}[^_]*_(?:Case)?Conflict", re.IGNORECASE),
)
# OneDrive adds the name of the machine and nothing else: only beside the other file is it told.
_MACHINE = re.compile(r"(?P<name>.+)-(?P<machine>(?=[A-Z0-9-]*[A-Z])[A-Z0-9]{2,15}(?:-[A-Z0-9]+)*)")
_VERSION = re.compile(r"V[0-9]+", re.IGNORECASE)
_LONGEST = 20  # characters of the name of a machine, and of the number that may follow it


def original_of(name: str, others: Collection[str] = ()) -> str:
    """Return the name of the file that a conflicted copy is of; empty where it is none.

    A name that only may be one, made of another and that of a machine, is one beside that other.
    """
    path = PurePath(unicodedata.normalize("NFC", name))
    for told in _TOLD:
        if found := told.fullmatch(path.stem):
            return found["name"] + path.suffix
    if (found := _MACHINE.fullmatch(path.stem)) and len(found["machine"]) <= _LONGEST:
        original = found["name"] + path.suffix
        if not _VERSION.fullmatch(found["machine"]) and _among(original, others):
            return original
    return ""


def _among(name: str, others: Collection[str]) -> bool:
    return any(unicodedata.normalize("NFC", other) == name for other in others)
