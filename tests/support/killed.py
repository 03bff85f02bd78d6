"""A command killed at each of its steps: what the folder is then, step by step.

The command runs once, in a process of its own, which looks at the folder before each thing that it
does to the disk: a file opened to be written, brought to the disk, renamed, removed, linked, a
folder made, a statement of SQLite. What it sees is what a process killed at that instant leaves:
what was handed to the system is there, what was not is not. That process has ended when the folder
is put back as it was: the lock in it is that of a dead one.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import pickle
import shutil
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Files = dict[str, bytes | None]
"""What a folder holds by relative names: the bytes of files, None for folders."""

_TEMPORARY = ".pst-excel-"
_KILLED = 9
_CHANGES = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink",
            "os.truncate", "os.chmod")  # fmt: skip


@dataclass(frozen=True)
class State:
    """What a folder holds when the command is killed just before a step."""

    step: str
    files: Files


def files_in(folder: Path) -> Files:
    """Return what a folder holds; a file that is not whole yet, half of it."""
    found: Files = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_dir():
            found[name] = None
        elif path.name.startswith(_TEMPORARY):
            found[name] = path.read_bytes()[: path.stat().st_size // 2]
        else:
            found[name] = path.read_bytes()
    return found


def put(folder: Path, files: Files) -> None:
    """Make a folder hold this and nothing else."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, data in files.items():
        if data is None:
            (folder / name).mkdir(parents=True, exist_ok=True)
        else:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)


def states(folder: Path, command: Callable[[], object]) -> list[State]:
    """Return what a folder is at each step of a command that is run in it, each once."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_watched, args=(folder, command, theirs))
    process.start()
    theirs.close()
    found: list[State] = pickle.loads(ours.recv_bytes())
    process.join()
    return found


def _watched(folder: Path, command: Callable[[], object], theirs: Any) -> None:
    watch = _Watch(folder)
    sys.addaudithook(watch.event)
    fsync, connect = os.fsync, sqlite3.connect

    def synced(number: int) -> None:
        watch.look("fsync")
        fsync(number)

    def connected(*given: Any, **more: Any) -> sqlite3.Connection:
        base = connect(*given, **more)
        base.set_trace_callback(watch.look)
        return base

    os.fsync, sqlite3.connect = synced, connected
    command()
    watch.look("end")
    watch.busy = True
    theirs.send_bytes(pickle.dumps(watch.states))


class _Watch:
    """What the folder was at each step so far."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.busy = folder, False
        self.states: list[State] = []
        self._seen: set[str] = set()

    def event(self, name: str, arguments: tuple[Any, ...]) -> None:
        """Look at the folder before a step that changes it."""
        if self.busy:
            return
        if name == "open":
            path, _mode, flags = arguments
            if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) and self._is_ours(path):
                self.look(f"open {Path(os.fsdecode(path)).name}")
        elif name in _CHANGES and self._is_ours(arguments[0]):
            self.look(f"{name} {Path(os.fsdecode(arguments[0])).name}")

    def _is_ours(self, path: Any) -> bool:
        return isinstance(path, str | bytes | Path) and os.fsdecode(path).startswith(
            str(self.folder)
        )

    def look(self, step: str) -> None:
        """Keep what the folder holds, unless it was so before."""
        if self.busy:
            return
        self.busy = True
        files = files_in(self.folder)
        key = hashlib.sha256(repr(sorted(_told_apart(files).items())).encode()).hexdigest()
        if key not in self._seen:
            self._seen.add(key)
            self.states.append(State(step, files))
        self.busy = False


def _told_apart(files: Files) -> dict[str, str]:
    """Return what tells two states apart: a file that is not whole yet has a name of chance.

    Of what SQLite keeps to go back, that it is there: how much of it is the business of SQLite.
    """
    found = {}
    for name, data in files.items():
        folder, _, last = name.rpartition("/")
        plain = f"{folder}/{_TEMPORARY}" if last.startswith(_TEMPORARY) else name
        kept = b"" if data is None or name.endswith("-journal") else data
        found[plain] = hashlib.sha256(kept).hexdigest()
    return found


def killed(command: Callable[[], object], name: str) -> bool:
    """Run a command in a process that ends before a file takes this name; tell whether it did."""
    context = multiprocessing.get_context("fork")
    process = context.Process(target=_ended, args=(command, name))
    process.start()
    process.join()
    return process.exitcode == _KILLED


def _ended(command: Callable[[], object], name: str) -> None:
    def end(event: str, arguments: tuple[Any, ...]) -> None:
        # Not by an exception: nothing that the program would do then is done.
        if event == "os.rename" and Path(os.fsdecode(arguments[1])).match(name):
            os._exit(_KILLED)

    sys.addaudithook(end)
    command()
