"""Which files of a folder are ready to be read: looked at again and again, hardly ever opened.

Shares of a network tell nothing of what happens in them, and a file that is being copied has the
name of one that is whole. What two looks find the same has settled; one that is open in a
spreadsheet is waited for; one that cannot be read is given time. All is counted in looks, so that
no clock matters.
"""

from __future__ import annotations

import hashlib
import os
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pst_excel.reading.guard.opening import open_regular
from pst_excel.rounds.watching.happenings import Happening
from pst_excel.rounds.watching.pace import GRACE
from pst_excel.workers.files import SUFFIXES, is_archive, is_of_people
from pst_excel.workers.writing import locks_of

_PIECE = 1 << 20  # bytes of a file that are held at once
_LOCKS = ("~$", ".~lock.")
_NO_WORKBOOKS = (
    ".csv", ".doc", ".docx", ".eml", ".jpeg", ".jpg", ".msg", ".odt", ".pdf", ".png", ".pptx",
    ".rtf", ".txt", ".zip",
)  # fmt: skip
_Sign = tuple[int, int, int]


@dataclass
class Lying:
    """A file that lies in the folder: how it was found, since how many looks, what became of it.

    `done` when nothing more is to be done with it as it is; `held` when it could not be read yet;
    `opened` counts the looks that found it open; `told` is what was said of it already, so that it
    is said once.
    """

    sign: _Sign
    looks: int = 0
    opened: int = 0
    done: bool = False
    held: bool = False
    digest: str = ""
    told: set[str] = field(default_factory=set)

    def once(self, key: str, happening: Happening) -> Iterator[Happening]:
        """Give what happened to the file, where nothing was said of it yet under that key."""
        if key not in self.told:
            self.told.add(key)
            yield happening

    @property
    def empty(self) -> bool:
        """Whether it holds nothing, as a file has whose copy has only begun."""
        return self.sign[0] == 0

    @property
    def last_time(self) -> bool:
        """Whether it has been the same for so long that it will not become another by itself."""
        return self.looks >= GRACE


class Settling:
    """The files of a folder and of those in it, as they were found look after look.

    `patience` is how many looks a file that is open is waited for; `others` are the names of files
    that people put there and that are no workbooks.
    """

    def __init__(self, folder: Path, patience: int) -> None:
        self.folder, self.patience = folder, patience
        self.lying: dict[Path, Lying] = {}
        self.others: set[str] = set()

    def look(self) -> None:
        """Look at the folder. Raises: OSError where it cannot be looked at."""
        locks: set[str] = set()
        self.others = set()
        scanned = _scanned(self.folder, locks, self.others)
        found = dict(sorted(scanned, key=lambda one: str(one[0])))
        lying: dict[Path, Lying] = {}
        for path, sign in found.items():
            one = self.lying.get(path)
            if one is None:
                one = Lying(sign)
            elif one.sign != sign:
                one = Lying(sign, told=one.told)
            else:
                one.looks += 1
            is_open = bool(locks) and any(
                _plain(path.with_name(lock)) in locks for lock in locks_of(path.name)
            )
            one.opened = one.opened + 1 if is_open else 0
            if not is_open:
                one.told.discard("open")
            lying[path] = one
        self.lying = lying

    @property
    def arriving(self) -> bool:
        """Whether a file has come, or has changed, since the look before the last one."""
        return any(not one.done and not one.looks and not one.opened for one in self.lying.values())

    @property
    def patient(self) -> bool:
        """Whether a file is given time to become readable."""
        return any(
            (one.held or one.empty) and not one.done and not one.opened
            for one in self.lying.values()
        )

    def waiting_for(self) -> list[tuple[Path, Lying]]:
        """Return the files that are open elsewhere and are waited for."""
        return [(path, one) for path, one in self.lying.items()
                if one.opened and not one.done and not self._long_open(one)]  # fmt: skip

    def ready(self) -> list[tuple[Path, Lying]]:
        """Return the files that are to be read now."""
        return [(path, one) for path, one in self.lying.items() if self._is_ready(one)]

    def _is_ready(self, one: Lying) -> bool:
        if one.done or not one.looks or (one.opened and not self._long_open(one)):
            return False
        return one.last_time or not (one.held or one.empty)

    def _long_open(self, one: Lying) -> bool:
        return one.opened > self.patience


def digest_of(file: Path) -> str:
    """Return what tells the content of a file from all others. Raises: OSError."""
    found = hashlib.sha256()
    with open_regular(file) as opened:
        while piece := opened.read(_PIECE):
            found.update(piece)
    return found.hexdigest()


def _scanned(folder: Path, locks: set[str], others: set[str]) -> Iterator[tuple[Path, _Sign]]:
    """Give the workbooks of a folder as `workers.files.workbooks` finds them; note the rest."""
    with os.scandir(folder) as entries:
        for entry in entries:
            path = folder / entry.name
            if entry.name.startswith(_LOCKS):
                locks.add(_plain(path))
            elif entry.is_dir(follow_symlinks=False):
                if not is_archive(path):
                    yield from _scanned_inside(path, locks, others)
            elif entry.name.lower().endswith(SUFFIXES) and is_of_people(entry.name):
                sign = _sign(entry)
                if sign is not None:
                    yield path, sign
            elif entry.name.lower().endswith(_NO_WORKBOOKS) and is_of_people(entry.name):
                others.add(entry.name)


def _scanned_inside(
    folder: Path, locks: set[str], others: set[str]
) -> Iterator[tuple[Path, _Sign]]:
    try:
        yield from _scanned(folder, locks, others)
    except FileNotFoundError:
        return  # a folder that was removed meanwhile


def _sign(entry: os.DirEntry[str]) -> _Sign | None:
    """Return what tells a file from what it was; None where it is gone, or is a folder."""
    try:
        found = entry.stat()
    except FileNotFoundError:
        if not entry.is_symlink():
            return None
        found = entry.stat(follow_symlinks=False)
    return None if entry.is_dir() else (found.st_size, found.st_mtime_ns, found.st_ino)


def _plain(path: Path) -> str:
    return unicodedata.normalize("NFC", str(path))
