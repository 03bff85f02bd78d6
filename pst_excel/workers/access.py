"""Who may open what is written: whom the umask lets, and nobody who could not open its sources.

When a file is made, the system takes away what the umask says; what is asked of it here is the most
that the sources bear. Windows has no such bits: there, a folder says who opens its files.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable
from pathlib import Path

_EVERYBODY = 0o666
_OWNER = 0o600
_OTHERS = 0o006


def file_mode(folder: Path, made_from: Iterable[Path], widest: int = _EVERYBODY) -> int:
    """Return the mode with which a file is to be made in a folder from these sources."""
    if os.name == "nt":
        return widest
    mode, group = widest, _group_in(folder)
    for source in made_from:
        mode &= _OWNER | _open_to(source, group)
    return mode


def folder_mode(folder: Path, made_from: Iterable[Path]) -> int:
    """Return the mode with which a folder is to be made; who may read its files may enter it."""
    mode = file_mode(folder.parent, made_from)
    return mode | (mode & 0o444) >> 2


def _open_to(source: Path, group: int) -> int:
    """Return to whom a source is open, its owner aside, in terms of another file's group."""
    try:
        found = source.stat()
    except OSError:
        return 0  # it is gone, and who could open it is no longer known
    everybody = found.st_mode & _OTHERS
    if found.st_gid != group:
        return everybody << 3 | everybody  # that group had no more than everybody
    return found.st_mode & 0o066


def _group_in(folder: Path) -> int:
    """Return the group of a file that is made in a folder."""
    try:
        found = folder.stat()
    except OSError:
        return os.getegid()
    inherited = sys.platform == "darwin" or found.st_mode & stat.S_ISGID
    return found.st_gid if inherited else os.getegid()
