"""How a command ends: its exit code, and what is said of a file that stops it."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from pst_excel.cli.screen import say
from pst_excel.text.errors import ProgramFault, UnreadableFile

if TYPE_CHECKING:
    from pst_excel.returns.tables import Refusal

WRONG = 1  # the exit code where errors are found in what was read


def end(left_out: Iterable[bool], errors: int = 0) -> NoReturn:
    """End a command: `left_out` tells of each file left out whether the program failed on it."""
    faults = list(left_out)
    if faults:
        sys.exit(ProgramFault.exit_code if any(faults) else UnreadableFile.exit_code)
    sys.exit(WRONG if errors else 0)


@contextlib.contextmanager
def naming(*files: Path) -> Iterator[None]:
    """Say of the files which are needed why they cannot be used, and end the command."""
    try:
        yield
    except UnreadableFile as error:
        names = "".join(f"{file.name} : " for file in files)
        say(f"✖ {names}{error}.", err=True)
        sys.exit(error.exit_code)


def end_without(refusals: Iterable[Refusal]) -> NoReturn:
    """Say why no file can be read, and end the command."""
    told = list(refusals)
    for refusal in told:
        say(f"✖ {refusal.file} : {refusal.reason}.", err=True)
    end(refusal.fault for refusal in told)
