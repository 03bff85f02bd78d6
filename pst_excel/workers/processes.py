"""Work done in processes that may die: an item that kills its process takes no other with it.

Each process does one item at a time, so that it is known which item killed it.
"""

from __future__ import annotations

import contextlib
import faulthandler
import gc
import multiprocessing
import os
import signal
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")

_ALARM = getattr(signal, "SIGALRM", None)  # no such signal on Windows
_OUT_OF_TIME = (1, -_ALARM if _ALARM else 1)  # how a process ends: by faulthandler, by the alarm
_FAILED = 70
_SELDOM = (100_000, 50, 100)
"""When a process looks for what nobody refers to: what it makes are values, which hardly do."""


@dataclass(frozen=True)
class Died:
    """What stands for the outcome of an item whose process died; `late` when its time was over."""

    late: bool


def outcomes(
    work: Callable[[Item], Outcome], items: Sequence[Item], workers: int
) -> Iterator[Outcome | Died]:
    """Give the outcome of each item, in order, from so many processes; an exception is raised.

    Where no process can be started, the work is done in this one.
    """
    crew = _Crew(work, items)
    try:
        for _ in range(workers):
            crew.hire()
        for at in range(len(items)):
            while at not in crew.done:
                crew.follow()
            yield crew.done.pop(at)
    finally:
        crew.dismiss()


class _Crew(Generic[Item, Outcome]):
    """The processes, and what each of them is doing: the position of its item, None at first."""

    def __init__(self, work: Callable[[Item], Outcome], items: Sequence[Item]) -> None:
        self.done: dict[int, Outcome | Died] = {}
        self._work, self._items = work, items
        self._waiting = deque(range(len(items)))
        self._doing: dict[Connection, int | None] = {}
        self._processes: dict[Connection, BaseProcess] = {}

    def hire(self) -> None:
        """Start a process, which says when it is ready; where none may be started, do without."""
        ours, theirs = multiprocessing.Pipe()
        process = multiprocessing.Process(target=_serve, args=(self._work, theirs), daemon=True)
        with contextlib.suppress(OSError, AssertionError):  # a daemon may not have its own
            process.start()
            self._doing[ours], self._processes[ours] = None, process
        theirs.close()

    def follow(self) -> None:
        """Wait until a process is ready, has done its item or has died, and go on from there."""
        if not self._doing:
            left = self._waiting.popleft()
            self.done[left] = self._work(self._items[left])
        for ours in cast("list[Connection]", wait(list(self._doing))):
            at = self._doing.pop(ours)
            try:
                with _uncollected():
                    outcome, error = ours.recv()
            except (EOFError, OSError):
                self._lose(ours, at)
                continue
            if error is not None:
                raise error
            if at is not None:
                self.done[at] = outcome
            if self._waiting:
                self._doing[ours] = following = self._waiting.popleft()
                with contextlib.suppress(OSError):  # it has just died: nothing will come from it
                    ours.send(self._items[following])

    def _lose(self, ours: Connection, at: int | None) -> None:
        self._processes[ours].join()
        if at is not None:
            self.done[at] = Died(self._processes[ours].exitcode in _OUT_OF_TIME)
            if self._waiting:
                self.hire()

    def dismiss(self) -> None:
        """End every process, whatever it is doing."""
        for ours, process in self._processes.items():
            process.terminate()
            ours.close()
        for process in self._processes.values():
            process.join()


def _serve(work: Callable[[Any], Any], theirs: Connection) -> None:
    """Do what is asked until the process that asks is gone, without a word on the screen."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if _ALARM:
        signal.signal(_ALARM, signal.SIG_DFL)
    faulthandler.disable()
    gc.freeze()  # what is here stays: looking through it again and again copies its memory
    gc.set_threshold(*_SELDOM)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    _limit("RLIMIT_CORE", 0)
    try:
        _attend(work, theirs)
    except BaseException:
        os._exit(_FAILED)  # a panic of a reader in Rust is no Exception


def _attend(work: Callable[[Any], Any], theirs: Connection) -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    theirs.send((None, None))
    while theirs in wait([theirs, parent.sentinel]):
        item = theirs.recv()
        answer: tuple[Any, Exception | None]
        try:
            answer = work(item), None
        except Exception as error:
            error.add_note(traceback.format_exc())
            answer = None, error
        theirs.send(answer)


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Take an outcome in without looking again and again through what has come of it so far."""
    there = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if there:
            gc.enable()


@contextlib.contextmanager
def bounded(seconds: int, memory: int) -> Iterator[None]:
    """End this process when what is done takes longer, even within a reader in C or Rust.

    Where the system can, what is done has so many bytes of memory more than are in use.
    """
    with contextlib.suppress(OSError, ValueError):
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        _limit("RLIMIT_AS", pages * os.sysconf("SC_PAGE_SIZE") + memory)
    most = min(seconds, int(threading.TIMEOUT_MAX))
    with _alarm(most) if _ALARM and multiprocessing.parent_process() else _watchdog(most):
        yield


@contextlib.contextmanager
def _alarm(seconds: int) -> Iterator[None]:
    """Let the system end this process, one that `_serve` made, whatever it is doing."""
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


@contextlib.contextmanager
def _watchdog(seconds: int) -> Iterator[None]:
    """End this process where there is no alarm, or where it is not ours to set.

    It writes the traces of a process that is running, which now and then crashes it before.
    """
    with Path(os.devnull).open("w", encoding="ascii") as nowhere:
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()


def _limit(name: str, amount: int) -> None:
    """Limit a resource of this process where its system has such limits."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        kind = getattr(resource, name)
        hard = resource.getrlimit(kind)[1]
        within = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
        resource.setrlimit(kind, (within, hard))
