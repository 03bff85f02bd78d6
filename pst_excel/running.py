"""How files become returns and results become files: read in parallel, written whole or not."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pst_excel.batch import Refusal, Return
from pst_excel.errors import OutputError, UnreadableFile, UsageError
from pst_excel.reading import read
from pst_excel.schema import Plan

SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
_PREVIOUS = re.compile(r"\.precedent-\d+\.\w+$")
FEW = 24  # below this, starting worker processes costs more than it gains
Progress = Callable[[str], None]


def workbooks(paths: Iterable[Path]) -> list[Path]:
    """Return the workbooks named, and those in the folders named, in the order of their names.

    Excel's own lock files (`~$…`), hidden files and results kept aside are left out. Raises:
    UsageError when a path does not exist or a folder holds no workbook.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        if path.is_dir():
            inside = [
                one
                for one in sorted(path.rglob("*"))
                if one.suffix.lower() in SUFFIXES
                and one.is_file()
                and not one.name.startswith(("~$", "."))
                and not _PREVIOUS.search(one.name)
            ]
            if not inside:
                raise UsageError(
                    f"« {path} » ne contient aucun classeur ; indiquez le dossier des retours"
                )
            for one in inside:
                found.setdefault(one.resolve(), one)
        elif path.exists():
            found.setdefault(path.resolve(), path)
        else:
            raise UsageError(f"« {path} » n’existe pas ; vérifiez le chemin")
    return list(found.values())


@dataclass(frozen=True)
class Loaded:
    """The returns read and the files refused, each in the order of the files."""

    returns: list[Return]
    refusals: list[Refusal]


def load(
    paths: Iterable[Path], plan: Plan, progress: Progress | None = None, workers: int | None = None
) -> Loaded:
    """Read every workbook; one that cannot be read is refused and the others go on.

    Many files are shared among worker processes, so that a file that kills its reader does not take
    the run with it. Raises: UsageError, as `workbooks`.
    """
    files = workbooks(paths)
    names = _display_names(files)
    outcomes: list[Return | Refusal] = []
    for outcome in _outcomes(files, plan, workers):
        name = names[files[len(outcomes)]]
        outcome = _renamed(outcome, name)
        outcomes.append(outcome)
        if progress is not None:
            progress(name)
    returns = [one for one in outcomes if isinstance(one, Return)]
    return Loaded(returns, [one for one in outcomes if isinstance(one, Refusal)])


def _display_names(files: Sequence[Path]) -> dict[Path, str]:
    """Return a name for each file that tells it from the others: with its folders if need be."""
    names: dict[Path, str] = {}
    depth = 1
    left = list(files)
    while left:
        shown = {file: "/".join(file.parts[-depth:]) for file in left}
        times = Counter(shown.values())
        deepest = depth >= max(len(file.parts) for file in left)
        names |= {f: name for f, name in shown.items() if times[name] == 1 or deepest}
        left = [file for file in left if file not in names]
        depth += 1
    return names


def _renamed(outcome: Return | Refusal, name: str) -> Return | Refusal:
    if isinstance(outcome, Refusal):
        return Refusal(name, outcome.reason)
    outcome.file = name
    return outcome


def _outcomes(files: Sequence[Path], plan: Plan, workers: int | None) -> Iterator[Return | Refusal]:
    count = workers or (os.cpu_count() or 1)
    if len(files) < FEW or count == 1:
        yield from (read_or_refuse(file, plan) for file in files)
        return
    work = partial(read_or_refuse, plan=plan)
    done = 0
    try:
        with ProcessPoolExecutor(count) as pool:
            chunk = max(1, min(16, len(files) // (4 * count)))
            for outcome in pool.map(work, files, chunksize=chunk):
                done += 1
                yield outcome
    except BrokenProcessPool:
        for file in files[done:]:
            yield _alone(file, work)


def _alone(file: Path, work: Callable[[Path], Return | Refusal]) -> Return | Refusal:
    """Read one file in a process of its own, after one of its neighbours killed a worker."""
    with ProcessPoolExecutor(1) as pool:
        try:
            return pool.submit(work, file).result()
        except BrokenProcessPool:
            return Refusal(
                file.name, "le fichier fait échouer la lecture ; enregistrez-le à nouveau en .xlsx"
            )


def read_or_refuse(file: Path, plan: Plan) -> Return | Refusal:
    """Read a workbook, or say why it cannot be."""
    try:
        return read(file, plan)
    except UnreadableFile as error:
        return Refusal(file.name, str(error))


def check_target(target: Path, inputs: Iterable[Path] = ()) -> None:
    """Look at a target before the work begins.

    Raises: OutputError when its folder does not exist, when it is one of the inputs, or when it is
    open in Excel (a `~$` lock file stands beside it).
    """
    try:
        _check_target(target, inputs)
    except OSError as error:
        raise OutputError(
            f"« {target.name} » n’est pas un nom de fichier possible ; donnez-en un plus court"
        ) from error


def _check_target(target: Path, inputs: Iterable[Path]) -> None:
    if not target.parent.is_dir():
        raise OutputError(
            f"le dossier « {target.parent} » n’existe pas ; créez-le ou choisissez un autre endroit"
        )
    if target.is_dir():
        raise OutputError(f"« {target} » est un dossier ; donnez un nom de fichier")
    if any(target.exists() and target.samefile(one) for one in inputs):
        raise OutputError(
            f"« {target.name} » est aussi un fichier donné à lire ; choisissez un autre nom"
        )
    for lock in (target.with_name(f"~${target.name}"), target.with_name(f".~lock.{target.name}#")):
        if lock.exists():
            raise OutputError(
                f"« {target.name} » est ouvert dans Excel ou LibreOffice ; fermez-le et recommencez"
            )


def write_whole(target: Path, data: bytes) -> None:
    """Write a file through a temporary one beside it: the whole result, or nothing.

    Raises: OutputError when the target cannot be written.
    """
    check_target(target)
    temporary: Path | None = None
    try:
        with tempfile.NamedTemporaryFile(
            dir=target.parent, prefix=".pst-excel-", delete=False
        ) as file:
            temporary = Path(file.name)
            file.write(data)
        temporary.chmod(0o644)
        temporary.replace(target)
    except OSError as error:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink()
        raise OutputError(
            f"« {target} » ne peut pas être écrit ; vérifiez qu’il n’est pas ouvert et que vous"
            " avez le droit d’écrire dans ce dossier"
        ) from error


def set_aside(target: Path) -> Path | None:
    """Keep the previous result beside the new one: `nom.precedent-1.xlsx`, then 2, and so on.

    Returns where it was put, None when there was nothing to keep.
    """
    if not target.exists():
        return None
    number = 1
    while (kept := target.with_name(f"{target.stem}.precedent-{number}{target.suffix}")).exists():
        number += 1
    target.rename(kept)
    return kept
