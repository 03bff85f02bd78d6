"""Work that may fail on a file, done within bounds; what fails is said in one sentence.

A fault is any exception that is no `PstError`. Where the variable `PST_EXCEL_CRASH` is set, as it
is in the tests, a fault is not said: it crashes, with its trace.
"""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from pst_excel.reading.guard.package import NEW
from pst_excel.reading.limits import Limits
from pst_excel.text.errors import ProgramFault, PstError, UnknownName, UnreadableFile
from pst_excel.workers.processes import Died, bounded

Outcome = TypeVar("Outcome")
CRASH = "PST_EXCEL_CRASH"
READ, CHECK, UNITE, COMPARE = "de lire", "de contrôler", "de consolider", "de comparer"
"""What is done with a workbook, as the sentence of a fault says it."""

_PACKAGE = Path(__file__).parents[1]


def tried(work: Callable[[], Outcome], limits: Limits, doing: str) -> Outcome:
    """Do a work within the limits, beyond which this process, which is not the run's, may end.

    `doing` says what it is, as `READ` does. Raises: PstError as the work does, UnreadableFile
    beyond the memory, ProgramFault for any other exception.
    """
    try:
        with bounded(limits.seconds, limits.memory):
            return work()
    except UnknownName as error:  # a key that the program asks for: nobody gave it
        if crashes():
            raise
        raise fault(error, doing) from error
    except PstError:
        raise
    except MemoryError:
        raise limits.exceeded("memory", None, NEW) from None
    except Exception as error:
        if crashes():
            raise
        raise fault(error, doing) from error


def crashes() -> bool:
    """Tell whether faults are to crash."""
    return bool(os.environ.get(CRASH))


def why_died(death: Died, limits: Limits) -> UnreadableFile:
    """Return the sentence of a file whose process died."""
    if death.late:
        return limits.exceeded("seconds", None, NEW)
    return UnreadableFile("le fichier fait échouer la lecture ; enregistrez-le à nouveau en .xlsx")


def fault(error: BaseException, doing: str) -> ProgramFault:
    """Return the sentence of an exception met while `doing` something with one file."""
    return ProgramFault(
        f"une erreur du programme empêche {doing} ce classeur ({place(error)}) ;"
        " signalez-la à qui tient pst-excel, avec ce fichier"
    )


def unnamed_fault(error: BaseException) -> str:
    """Return the sentence of an exception that no file is known to bring about."""
    return (
        f"le programme s’est arrêté sur une erreur à lui ({place(error)}) ; signalez-la à qui tient"
        " pst-excel, avec la commande et les fichiers donnés"
    )


def place(error: BaseException) -> str:
    """Say what an exception is and where it was raised; not its text, which may quote a cell."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if _PACKAGE in Path(frame.filename).parents]
    where = (ours or list(frames))[-1:]
    at = f", {Path(where[0].filename).name}:{where[0].lineno}" if where else ""
    return f"{type(error).__name__}{at}"
