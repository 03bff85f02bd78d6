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
_MACHINE = re.compile(r"(?!V[0-9]+$)(?=[^0-9]*[0-9])(?=[^A-Z]*[A-Z])[A-Z0-9-]{3,20}")


def original_of(name: str, others: Collection[str] = ()) -> str:
    """Return the name of the file that a conflicted copy is of; empty where it is none.

    A name that only may be one, made of another and that of a machine, is one beside that other.
    """
    path = PurePath(unicodedata.normalize("NFC", name))
    for told in _TOLD:
        if found := told.fullmatch(path.stem):
            return found["name"] + path.suffix
    for other in sorted(unicodedata.normalize("NFC", other) for other in others):
        start = f"{PurePath(other).stem}-"
        if (
            path.suffix == PurePath(other).suffix
            and path.stem.startswith(start)
            and _MACHINE.fullmatch(path.stem.removeprefix(start))
        ):
            return other
    return ""
