"""How files become returns: found in folders, read in other processes, in order."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from pst_excel.batch import Refusal, Return
from pst_excel.errors import UnreadableFile, UsageError
from pst_excel.files.package import NEW
from pst_excel.limits import Options
from pst_excel.processes import Died, bounded, outcomes
from pst_excel.reading import read
from pst_excel.schema import Plan

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")
SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
_PREVIOUS = re.compile(r"\.precedent-\d+\.\w+$")
FEW = 6  # files to read for each process; for fewer, another one costs more than it gains
FEW_TO_WRITE = 8  # writing a workbook takes far longer than reading one
Progress = Callable[[str], None]


def passed_over(paths: Iterable[Path]) -> list[Path]:
    """Return the files that stand in the folders named and are no workbooks by their names."""
    return [
        one
        for path in paths
        if path.is_dir()
        for one in sorted(path.rglob("*"))
        if one.is_file() and _seen(one) and one.suffix.lower() not in SUFFIXES
    ]


def check_apart(folder: Path, paths: Iterable[Path]) -> None:
    """Look whether results would go among what is read. Raises: UsageError."""
    wanted = folder.resolve()
    for path in paths:
        given = path.resolve()
        if path.is_dir() and (given == wanted or given in wanted.parents):
            raise UsageError(
                f"« {folder} » est dans « {path} », qui est donné à lire ; choisissez un dossier à"
                " côté"
            )


def _seen(file: Path) -> bool:
    return not file.name.startswith(("~$", ".")) and not _PREVIOUS.search(file.name)


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
                if one.suffix.lower() in SUFFIXES and one.is_file() and _seen(one)
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
    """The returns read and the files refused, each in the order of the files.

    `files` tells where the file of each name is.
    """

    returns: list[Return]
    refusals: list[Refusal]
    files: dict[str, Path] = field(default_factory=dict)


def load(
    paths: Iterable[Path],
    plan: Plan,
    progress: Progress | None = None,
    workers: int | None = None,
    options: Options = Options(),
) -> Loaded:
    """Read every workbook; one that cannot be read is refused and the others go on.

    They are read in other processes, so that a file that kills or outlives its reader does not take
    the run with it. Raises: UsageError, as `workbooks`.
    """
    files = workbooks(paths)
    names = _display_names(files)
    outcomes: list[Return | Refusal] = []
    for outcome in _read_all_apart(files, plan, options, workers):
        name = names[files[len(outcomes)]]
        outcome = _renamed(outcome, name)
        outcomes.append(outcome)
        if progress is not None:
            progress(name)
    returns = [one for one in outcomes if isinstance(one, Return)]
    refusals = [one for one in outcomes if isinstance(one, Refusal)]
    return Loaded(returns, refusals, {name: file for file, name in names.items()})


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


def read_alone(file: Path, plan: Plan, options: Options = Options()) -> Return:
    """Read one workbook in another process. Raises: UnreadableFile, also when it kills it."""
    outcome = read_apart(file, plan, options)
    if isinstance(outcome, Refusal):
        raise UnreadableFile(outcome.reason)
    return outcome


def read_apart(file: Path, plan: Plan, options: Options = Options()) -> Return | Refusal:
    """Read one workbook in another process, or say why it cannot be."""
    (outcome,) = _read_all_apart([file], plan, options)
    return outcome


def _read_all_apart(
    files: Sequence[Path], plan: Plan, options: Options, workers: int | None = None
) -> Iterator[Return | Refusal]:
    def refused(file: Path, death: Died) -> Refusal:
        if death.late:
            return Refusal(file.name, str(options.limits.exceeded("secondes", None, NEW)))
        return Refusal(
            file.name, "le fichier fait échouer la lecture ; enregistrez-le à nouveau en .xlsx"
        )

    work = partial(_read_within_bounds, plan=plan, options=options)
    return shared(work, files, FEW, workers, refused)


def shared(
    work: Callable[[Item], Outcome],
    items: Sequence[Item],
    few: int,
    workers: int | None = None,
    died: Callable[[Item, Died], Outcome] | None = None,
) -> Iterator[Outcome]:
    """Give the outcome of each item, in order; processes share them when they are not few.

    With `died`, which says the outcome of an item that killed its process, none is done in this
    one; without, such an item is done here.
    """
    count = min(workers or os.cpu_count() or 1, max(1, len(items) // few))
    if died is None and count == 1:
        yield from map(work, items)
        return
    for item, outcome in zip(items, outcomes(work, items, count), strict=True):
        if not isinstance(outcome, Died):
            yield outcome
        else:
            yield work(item) if died is None else died(item, outcome)


def _read_within_bounds(file: Path, plan: Plan, options: Options) -> Return | Refusal:
    limits = options.limits
    try:
        with bounded(limits.secondes, limits.memoire):
            return read_or_refuse(file, plan, options)
    except MemoryError:
        return Refusal(file.name, str(limits.exceeded("memoire", None, NEW)))


def read_or_refuse(file: Path, plan: Plan, options: Options = Options()) -> Return | Refusal:
    """Read a workbook, or say why it cannot be."""
    try:
        return read(file, plan, options=options)
    except UnreadableFile as error:
        return Refusal(file.name, str(error))
