"""One file put in the place of another: written whole beside it, the other kept, then exchanged.

At every instant the target is the old file or the new one, whole; where the file system has no
links, it may be away for the instant between two renames, and comes back if the second one fails.
Each step chooses its name before it takes it, so that what is undone is found wherever it stopped.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import stat
import time
from pathlib import Path
from typing import BinaryIO

from pst_excel.reading.guard.opening import holds
from pst_excel.workers.access import file_mode

_TEMPORARY = re.compile(r"\.pst-excel-[0-9a-z_]{8,16}")
_OLD = 24 * 60 * 60  # seconds after which nobody writes any more: it takes a few


class Replacement:
    """A file that is written over another; what was done of it can be asked when it was stopped."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self._temporary = target.with_name(f".pst-excel-{secrets.token_hex(8)}")
        self._whole = False
        self._file: BinaryIO | None = None
        self._aside = _Aside(target)

    @property
    def done(self) -> bool:
        """Whether the new file is in its place."""
        return self._whole and not os.path.lexists(self._temporary)

    def run(self, data: bytes, mode: int) -> Path | None:
        """Write the file with a mode, or a narrower one where the previous one had it.

        Return where a previous one of another content is kept. What stops it, an interrupt too,
        leaves the folder as it was, or the file written and the previous one kept. Raises: OSError.
        """
        there = self.target.exists()
        if there:
            mode = file_mode(self.target.parent, [self.target], mode)
        try:
            self._write(data, mode)
            kept = self._aside.keep() if there and not holds(self.target, data) else None
            self._temporary.replace(self.target)
        except BaseException:
            self._undo()
            raise
        return kept

    def _write(self, data: bytes, mode: int) -> None:
        def opener(path: str, flags: int) -> int:
            return os.open(path, flags, mode)

        # Not under `with`: an interrupt at its end would leave the file open.
        self._file = open(self._temporary, "xb", opener=opener)  # noqa: SIM115
        self._file.write(data)
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._whole = True

    def _undo(self) -> None:
        if self.done:
            return
        self._whole = False
        with contextlib.suppress(OSError):
            self._aside.undo()
        with contextlib.suppress(OSError):
            if self._file is not None:
                self._file.close()
        with contextlib.suppress(OSError):
            self._temporary.unlink(missing_ok=True)


class _Aside:
    """A previous result kept beside: `nom.precedent-1.xlsx`, then 2, never over another file."""

    def __init__(self, target: Path) -> None:
        self._target = target
        self._kept: Path | None = None
        self._moved = False

    def keep(self) -> Path:
        """Give the target a second name, or move it there; return that name. Raises: OSError."""
        number = 1
        while True:
            kept = self._target.with_name(
                f"{self._target.stem}.precedent-{number}{self._target.suffix}"
            )
            if not os.path.lexists(kept):
                self._kept = kept
                if self._linked(kept) or self._renamed(kept):
                    return kept
                self._kept = None  # somebody has just taken it
            number += 1

    def _linked(self, kept: Path) -> bool:
        with contextlib.suppress(OSError):
            kept.hardlink_to(self._target)
            return True
        return False

    def _renamed(self, kept: Path) -> bool:
        try:
            kept.touch(exist_ok=False)  # a rename would go over what is there
        except FileExistsError:
            return False
        self._moved = True
        self._target.replace(kept)
        return True

    def undo(self) -> None:
        """Let the target have its own name alone, at its place. Raises: OSError."""
        if self._kept is None or not os.path.lexists(self._kept):
            return
        if self._moved and not os.path.lexists(self._target):
            self._kept.replace(self._target)
        elif self._kept.stat().st_size == 0 or self._kept.samefile(self._target):
            self._kept.unlink()


def remove_stale(folder: Path, age: float = _OLD) -> list[str]:
    """Remove what runs that were killed have left in a folder: our own files, so many seconds old.

    Return their names.
    """
    removed: list[str] = []
    before = time.time() - age
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _TEMPORARY.fullmatch(entry.name) and _is_stale(entry, before):
                Path(entry).unlink(missing_ok=True)
                removed.append(entry.name)
    return removed


def _is_stale(entry: os.DirEntry[str], before: float) -> bool:
    found = entry.stat(follow_symlinks=False)
    ours = os.name == "nt" or found.st_uid == os.geteuid()
    return ours and stat.S_ISREG(found.st_mode) and found.st_mtime < before
