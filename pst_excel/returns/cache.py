"""Returns that were read, kept from run to run: the same file is not read twice.

A return is found by what its workbook holds, how it was read, for which plan, and by the program
that read it. It is kept in a folder of the user alone, since what is unpickled might run; even so,
nothing is made of it but the values of a return. A cache is never needed: what is wrong with it, or
with an entry, makes a workbook be read again, and nothing is said.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import io
import os
import pickle
import platform
import secrets
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from pst_excel.cells.readings import Confidence, Reading
from pst_excel.model.findings import Finding, Message, Severity, Subject
from pst_excel.model.plan import Plan
from pst_excel.returns.tables import Return, Table

CACHE = "PST_EXCEL_CACHE"
"""The variable that says in which folder the cache is, or, empty, that there is none."""

MEGA = 1_000_000
DAY = 24 * 60 * 60

_PACKAGE = Path(__file__).parents[1]
_READER = "python-calamine"
_COMPILED = (".pyc", ".pyo")
_PROTOCOL = 5
_SUM = hashlib.sha256().digest_size
_SUFFIX = ".lu"
_MADE = (
    Return, Table, Reading, Confidence, Finding, Message, Severity, Subject,
    dt.date, dt.datetime, dt.time, dt.timedelta,
)  # fmt: skip
_KNOWN = {(made.__module__, made.__qualname__): made for made in _MADE}


@cache
def program() -> str:
    """Return what tells this program from any other: its sources, its reader, its Python."""
    sources = [
        (path.relative_to(_PACKAGE).as_posix(), found.st_size, found.st_mtime_ns)
        for path in sorted(_PACKAGE.rglob("*"))
        if path.is_file() and path.suffix not in _COMPILED
        for found in (path.stat(),)
    ]
    python = platform.python_implementation(), platform.python_version()
    return _digest(python, metadata.version(_READER), sources)


@dataclass(frozen=True)
class ReturnCache:
    """The returns kept in a folder, which is made when one is kept there.

    Those that were not asked for in `days` go, and the oldest beyond so many bytes (`most`) in all.
    """

    folder: Path
    most: int = 500 * MEGA
    days: int = 60
    program: str = field(default_factory=program)

    def find(self, digest: str, plan: Plan, how: str) -> Return | None:
        """Return what was read of the workbook of a digest; None where it is not known.

        `how` says how it was to be read, in words that tell it from any other way.
        """
        try:
            entry = self._entry(digest, plan, how)
            if not _is_own(self.folder):
                return None
            data = entry.read_bytes()
            if hashlib.sha256(data[_SUM:]).digest() != data[:_SUM]:
                return None
            found = _Unpickler(io.BytesIO(data[_SUM:]), plan).load()
            os.utime(entry)
        except Exception:  # whatever it is, the workbook can be read
            return None
        return found if isinstance(found, Return) and found.digest == digest else None

    def keep(self, returned: Return, plan: Plan, how: str) -> None:
        """Keep what was read of a workbook, whole or not at all."""
        with contextlib.suppress(Exception):  # it can be read again
            entry = self._entry(returned.digest, plan, how)
            self.folder.mkdir(0o700, parents=True, exist_ok=True)
            if not _is_own(self.folder):
                return
            written = io.BytesIO()
            # Its name is that of a file, which may be another one the next time.
            _Pickler(written, _PROTOCOL).dump(replace(returned, file=""))
            data = written.getvalue()
            _write(entry, hashlib.sha256(data).digest() + data)

    def tidy(self, now: float | None = None) -> None:
        """Remove what is too old, or too much, at a time in seconds: now, unless it is said."""
        before = (time.time() if now is None else now) - self.days * DAY
        with contextlib.suppress(OSError):
            if not _is_own(self.folder):
                return
            total = 0
            for used, size, path in sorted(_files(self.folder), reverse=True):
                total += size
                if used < before or total > self.most:
                    path.unlink(missing_ok=True)

    def _entry(self, digest: str, plan: Plan, how: str) -> Path:
        """Return the file of an entry. Raises: ValueError for a plan whose sources are unknown."""
        family = plan.family
        if family is None or family.__module__.partition(".")[0] != _PACKAGE.name:
            raise ValueError("nothing tells when this plan changes")
        asked = plan.name, plan.version, plan.first_year, plan.last_year, family.__qualname__
        return self.folder / f"{_digest(digest, asked, how, self.program)}{_SUFFIX}"


def own_cache() -> ReturnCache | None:
    """Return the cache of the user, where the system has such things or `CACHE` says it is.

    None where there is to be none.
    """
    said = os.environ.get(CACHE)
    if said == "":
        return None
    with contextlib.suppress(Exception):  # a system that knows no user, a program in pieces
        from platformdirs import user_cache_path

        folder = Path(said) if said else user_cache_path("pst-excel", appauthor=False)
        return ReturnCache(folder / "retours")
    return None


class _Pickler(pickle.Pickler):
    """Writes a return without its plan: of that, the years of the legislature."""

    def persistent_id(self, obj: Any) -> Any:
        return (obj.first_year, obj.last_year) if isinstance(obj, Plan) else None


class _Unpickler(pickle.Unpickler):
    """Makes a return of a plan, and nothing that is no value of a return."""

    def __init__(self, file: io.BytesIO, plan: Plan) -> None:
        super().__init__(file)
        self._plan = plan

    def find_class(self, module_name: str, global_name: str) -> Any:
        try:
            return _KNOWN[module_name, global_name]
        except KeyError:
            raise pickle.UnpicklingError("nothing that a return is made of") from None

    def persistent_load(self, pid: Any) -> Plan:
        first_year, last_year = pid
        if not self._plan.may_last(first_year, last_year):
            raise pickle.UnpicklingError("no legislature")
        return self._plan.for_legislature(first_year, last_year)


def _digest(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _is_own(folder: Path) -> bool:
    """Tell whether a folder is the user's own, into which nobody else could put anything."""
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode):
        return False
    return os.name == "nt" or (found.st_uid == os.geteuid() and not found.st_mode & 0o077)


def _write(entry: Path, data: bytes) -> None:
    """Write an entry whole; what is lost with the power is told by its sum. Raises: OSError."""
    temporary = entry.with_name(f".{secrets.token_hex(8)}")
    try:
        with open(temporary, "xb", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
            file.write(data)
        temporary.replace(entry)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _files(folder: Path) -> Iterator[tuple[float, int, Path]]:
    """Give when each file was last used, and its size."""
    with os.scandir(folder) as entries:
        for entry in entries:
            found = entry.stat(follow_symlinks=False)
            if stat.S_ISREG(found.st_mode):
                yield found.st_mtime, found.st_size, Path(entry)
