"""One piece of work done in a process that ends with it: what it took of memory goes as well.

Unlike those of `processes`, such a process may have processes of its own.
"""

from __future__ import annotations

import multiprocessing
import signal
import traceback
from collections.abc import Callable
from functools import partial
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from pst_excel.text.errors import ProgramFault, PstError

Outcome = TypeVar("Outcome")


class Interrupted(KeyboardInterrupt):
    """Somebody interrupted while a work was done; `outcome` is what it gave, None where nothing."""

    def __init__(self, outcome: Any) -> None:
        super().__init__()
        self.outcome = outcome


def in_a_process(work: Callable[[], Outcome]) -> Outcome:
    """Return the outcome of a work; what stops it is raised: PstError, ProgramFault.

    Who interrupts waits until the work is done, and is given what came of it: Interrupted; who does
    so twice ends it where it is. Where no process can be started, the work is done in this one.
    """
    ours, theirs = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.Process(target=_serve, args=(work, theirs))
    with ours:
        try:
            process.start()
        except OSError:
            return work()
        finally:
            theirs.close()
        try:
            interrupted = _insisting(partial(ours.poll, None))
            outcome, error = _received(ours)
            interrupted = _insisting(process.join) or interrupted
        except KeyboardInterrupt:
            process.terminate()
            process.join()
            raise
    if interrupted:
        raise Interrupted(outcome)
    if error is not None:
        raise error
    made: Outcome = outcome
    return made


def _insisting(wait: Callable[[], object]) -> bool:
    """Wait, on even where somebody interrupts once; tell whether somebody did."""
    try:
        wait()
    except KeyboardInterrupt:
        wait()
        return True
    return False


def _received(ours: Connection) -> tuple[Any, Exception | None]:
    try:
        answer: tuple[Any, Exception | None] = ours.recv()
    except EOFError:
        return None, ProgramFault("le travail a été arrêté par le système")
    return answer


def _serve(work: Callable[[], Any], theirs: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answer: tuple[Any, Exception | None]
    try:
        answer = work(), None
    except PstError as error:
        answer = None, error
    except Exception as error:
        answer = None, _told(error)
    theirs.send(answer)


def _told(error: Exception) -> Exception:
    """Return what is raised of a fault of the program; its trace does not leave this process."""
    from pst_excel.workers.faults import crashes, unnamed_fault

    if crashes():
        error.add_note(traceback.format_exc())
        return error
    return ProgramFault(unnamed_fault(error))
