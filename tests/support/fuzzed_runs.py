"""A run of a command over mutated workbooks, drawn by a seed, in a process that may die."""

from __future__ import annotations

import os
import pickle
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import traceback
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from pst_excel.workers.faults import CRASH
from support.mutations import Recipe, mutated, recipe
from support.mutations.bases import AWAY, BASES, base
from support.whole_commands import ALONE, COMMANDS, Ground, broken

SECONDS = 240  # of a run, which is ended then
MOST = 6  # workbooks of a run
TYPED = 0.04  # of the runs are those of the command that people type
_FRAME = re.compile(r'File "[^"]*?/(pst_excel/[^"]+)", line (\d+), in (\S+)')
_FAULT = re.compile(r"\w+, \w+\.py:\d+")
_EXITS = (0, 1, 2, 3)  # 70 is a fault of the program
_TYPED: dict[str, tuple[str, ...]] = {
    "verifier": ("verifier", "--annoter", "annotes"),
    "consolider": ("consolider", "-o", "PST.xlsx"),
    "comparer": ("comparer", "-o", "comparaison.xlsx"),
    "moderniser": ("moderniser", "-o", "nouveau.xlsx"),
    "preparer": ("preparer", "-o", "envois"),
}


@dataclass(frozen=True)
class File:
    """A workbook and its mutations."""

    base: str
    steps: Recipe


@dataclass(frozen=True)
class Case:
    """What a run is given: the mutated workbooks, the command; `typed` as people type it."""

    files: tuple[File, ...]
    command: str
    typed: bool = False

    def without_mutations(self) -> Case:
        """Return the ordinary run of the same workbooks."""
        return replace(self, files=tuple(File(file.base, ()) for file in self.files))


@dataclass(frozen=True)
class Outcome:
    """What a run gave: what it broke, in one line that tells kinds apart and in full, its cost."""

    kind: str = ""
    told: str = ""
    seconds: float = 0
    memory: int = 0


def case_of(seed: int, only: str = "") -> Case:
    """Return the case of a seed."""
    chance = Random(seed)
    command = only or chance.choice(COMMANDS)
    bases = AWAY if command in ("verifier", "comparer") and chance.random() < 0.5 else BASES
    if command in ("consolider", "consolider à nouveau"):
        bases = [name for name in BASES if name not in AWAY]
    count = 1 if command in ALONE else chance.choice((1, MOST))
    files = tuple(File(chance.choice(bases), recipe(chance.getrandbits(32))) for _ in range(count))
    typed = command in _TYPED and chance.random() < TYPED * len(COMMANDS) / len(_TYPED)
    return Case(files, command, typed)


def made(file: File) -> bytes:
    """Return the bytes of a mutated workbook."""
    return mutated(base(file.base), file.steps)


def run(case: Case, place: Ground) -> Outcome:
    """Run a case in a process of its own."""
    ours, theirs = os.pipe()
    child = os.fork()
    if not child:
        os.close(ours)
        _serve(case, place, theirs)
    os.close(theirs)
    with os.fdopen(ours, "rb") as answer:
        held = answer.read()
    _, status, used = os.wait4(child, 0)
    kind, told = pickle.loads(held) if held else (f"process died: {status}", "")
    return Outcome(kind, told, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024)


def _serve(case: Case, place: Ground, theirs: int) -> None:
    signal.alarm(SECONDS)
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    folder = Path(tempfile.mkdtemp(dir=place.folder))
    answer = "", ""
    os.environ[CRASH] = "1"
    try:
        warnings.simplefilter("error", UserWarning)
        bad = [folder / f"{at}-{file.base}" for at, file in enumerate(case.files)]
        for path, file in zip(bad, case.files, strict=True):
            path.write_bytes(made(file))
        here = Ground(folder, place.good, place.plan, place.alone)
        law = _typed(case.command, here, bad) if case.typed else broken(case.command, here, *bad)
        answer = law.partition("\n")[0][:100], law
    except BaseException as error:
        told = "".join(traceback.format_exception(error))
        answer = _kind(error, told), told
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        with os.fdopen(theirs, "wb") as pipe:
            pipe.write(pickle.dumps(answer))
        os._exit(0)


def _typed(command: str, place: Ground, bad: Sequence[Path]) -> str:
    """Run the command that people type; return what it does that it must not."""
    good = [] if command in ALONE else place.good
    argv = [sys.executable, "-m", "pst_excel", *_TYPED[command], *map(str, [*good, *bad])]
    known = {name: value for name, value in os.environ.items() if name != CRASH}
    done = subprocess.run(
        argv, cwd=place.folder, env=known, capture_output=True, text=True, check=False
    )
    said = done.stdout + done.stderr
    if done.returncode in _EXITS and "Traceback" not in said:
        return ""
    where = _FAULT.search(said)
    return f"typed: {done.returncode} {where[0] if where else ''}\n{said}"


def _kind(error: BaseException, told: str) -> str:
    """Return what tells a find from others: the exception and the last of our frames."""
    notes = "\n".join(getattr(error, "__notes__", ()))
    frames = _FRAME.findall(notes) or _FRAME.findall(told)
    where = f"{frames[-1][0]}:{frames[-1][2]}" if frames else str(error)[:80]
    text = re.sub(r"[0-9]+", "9", str(error))[:60] if isinstance(error, AssertionError) else ""
    return f"{type(error).__name__} {where} {text}".strip()


def reduced(
    case: Case, place: Ground, kind: str, kind_of: Callable[[Case, Outcome], str]
) -> Case:  # fmt: skip
    """Drop workbooks, then mutations, while the find is still found."""

    def still(less: Case) -> bool:
        return kind_of(less, run(less, place)) == kind

    for file in case.files:
        fewer = tuple(one for one in case.files if one is not file)
        if fewer and still(less := replace(case, files=fewer)):
            case = less
    for at, file in enumerate(case.files):
        for step in file.steps:
            left = tuple(one for one in case.files[at].steps if one != step)
            files = (*case.files[:at], File(file.base, left), *case.files[at + 1 :])
            if still(less := replace(case, files=files)):
                case = less
    return case
