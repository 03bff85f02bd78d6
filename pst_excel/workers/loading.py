"""How files become returns: found in folders, read in other processes, in order."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pst_excel.model.plan import Plan
from pst_excel.model.words.wording import NBSP, number, plural
from pst_excel.reading.guard.opening import bytes_of
from pst_excel.reading.limits import Limits, Options
from pst_excel.reading.reader import read
from pst_excel.returns.tables import Refusal, Return
from pst_excel.text.brief import brief
from pst_excel.text.errors import UnreadableFile
from pst_excel.workers.faults import READ, tried, why_died
from pst_excel.workers.files import display_names, workbooks
from pst_excel.workers.processes import Died, outcomes

if TYPE_CHECKING:
    from pst_excel.model.series import Frame

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")
FEW = 6  # files to read for each process; for fewer, another one costs more than it gains
FEW_TO_WRITE = 8  # writing a workbook takes far longer than reading one
Progress = Callable[[str], object]


@dataclass(frozen=True)
class Loaded:
    """The returns read and the files refused, each in the order of the files.

    `files` tells where the file of each name is.
    """

    returns: list[Return]
    refusals: list[Refusal]
    files: dict[str, Path] = field(default_factory=dict)

    def __repr__(self) -> str:
        return brief(
            self, plural(len(self.returns), "retour"), f"{number(len(self.refusals))}{NBSP}refus"
        )

    def _repr_html_(self) -> str:
        from pst_excel.workers.notebook import page

        return page(self.returns, self.refusals)

    @property
    def made_from(self) -> tuple[Path, ...]:
        """The files that the returns were read from: what is made of them is no more open."""
        return tuple(self.files[one.file] for one in self.returns if one.file in self.files)

    def __getitem__(self, key: str) -> Frame:
        return self.frame(key)

    def __iter__(self) -> Iterator[str]:
        return iter(self.keys())

    def keys(self) -> list[str]:
        """Return the keys of the sheets; none where nothing was read."""
        return [sheet.key for sheet in self.returns[0].plan] if self.returns else []

    def frame(self, key: str, *, labels: bool = False, places: bool = True) -> Frame:
        """Return a sheet of all returns as one table for analysts: id as index, columns by key.

        The file and the row of each come first, unless `places` is false; a row that was sent to
        several services is there once for each. What depends on a date is at that of each return.
        """
        from pst_excel.returns.tidy import frame_of

        return frame_of(self.returns, key, labels=labels, places=places)

    def frames(self, *, labels: bool = False) -> dict[str, Frame]:
        """Return the tables of all the sheets, by key."""
        from pst_excel.returns.tidy import frames_of

        return frames_of(self.returns, labels=labels)

    def sources(self, key: str = "") -> Frame:
        """Return where each value was read, of one sheet or of all: its file, sheet and cell."""
        from pst_excel.returns.source_cells import source_cells

        return source_cells(self.returns, key)

    def named(self, names: Mapping[Path, str]) -> Loaded:
        """Return the same under other names, given for each file: those that copies had before."""
        shown = {name: names[file] for name, file in self.files.items()}
        return Loaded(
            [replace(one, file=shown[one.file]) for one in self.returns],
            [replace(one, file=shown[one.file]) for one in self.refusals],
            {shown[name]: file for name, file in self.files.items()},
        )


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
    names = display_names(files)
    outcomes: list[Return | Refusal] = []
    for outcome in _read_all_apart(files, plan, options, workers):
        name = names[files[len(outcomes)]]
        outcome = _renamed(outcome, name)
        outcomes.append(outcome)
        if progress is not None:
            progress(name)
    returns = [outcome for outcome in outcomes if isinstance(outcome, Return)]
    refusals = [outcome for outcome in outcomes if isinstance(outcome, Refusal)]
    return Loaded(returns, refusals, {name: file for file, name in names.items()})


def _renamed(outcome: Return | Refusal, name: str) -> Return | Refusal:
    return replace(outcome, file=name)


def read_alone(file: Path, plan: Plan, options: Options = Options()) -> Return:
    """Read one workbook in another process. Raises: UnreadableFile, also when it kills it."""
    outcome = read_apart(file, plan, options)
    if isinstance(outcome, Refusal):
        raise outcome.error
    return outcome


def alone(work: Callable[[Path], Outcome], file: Path, limits: Limits, doing: str) -> Outcome:
    """Do what is to be done with one workbook in another process, within the limits.

    `doing` says what that is, as `READ` does. Raises: UnreadableFile, also when it kills the
    process; ProgramFault when the program fails on it.
    """
    (outcome,) = _apart(work, [file], limits, doing)
    if isinstance(outcome, Refusal):
        raise outcome.error
    return outcome


def read_apart(file: Path, plan: Plan, options: Options = Options()) -> Return | Refusal:
    """Read one workbook in another process, or say why it cannot be."""
    (outcome,) = _read_all_apart([file], plan, options)
    return outcome


def _read_all_apart(
    files: Sequence[Path], plan: Plan, options: Options, workers: int | None = None
) -> Iterator[Return | Refusal]:
    """Give what each file holds, in order; what was read before is not read again."""
    work = partial(read, plan=plan, options=replace(options, cache=None))
    known = {file: found for file in files if (found := _read_before(file, plan, options))}
    left = [file for file in files if file not in known]
    with closing(_apart(work, left, options.limits, READ, workers)) as read_now:
        for file in files:
            yield known[file] if file in known else _kept(next(read_now), plan, options)
    if options.cache is not None and left:
        options.cache.tidy()


def _read_before(file: Path, plan: Plan, options: Options) -> Return | None:
    """Return what a cache has of what a file holds now."""
    if options.cache is None:
        return None
    try:
        data = bytes_of(file, options.limits)
    except UnreadableFile:
        return None  # what reads it says why
    found = options.cache.find(hashlib.sha256(data).hexdigest(), plan, repr(options))
    return replace(found, file=file.name) if found is not None else None


def _kept(outcome: Return | Refusal, plan: Plan, options: Options) -> Return | Refusal:
    if options.cache is not None and isinstance(outcome, Return):
        options.cache.keep(outcome, plan, repr(options))
    return outcome


def _apart(
    work: Callable[[Path], Outcome],
    files: Sequence[Path],
    limits: Limits,
    doing: str,
    workers: int | None = None,
) -> Generator[Outcome | Refusal, None, None]:
    found = each_apart(work, files, FEW, limits, doing, workers)
    for file, outcome in zip(files, found, strict=True):
        if isinstance(outcome, UnreadableFile):
            yield Refusal.of(file.name, outcome)
        else:
            yield outcome


def each_apart(
    work: Callable[[Item], Outcome],
    items: Sequence[Item],
    few: int,
    limits: Limits,
    doing: str,
    workers: int | None = None,
) -> Iterator[Outcome | UnreadableFile]:
    """Give the outcome of each item, in order, from processes that may die, within the limits.

    One on which the work fails gives its error instead; what stops a run is raised: PstError.
    """

    def died(_item: Item, death: Died) -> UnreadableFile:
        return why_died(death, limits)

    within = partial(_within_bounds, work=work, limits=limits, doing=doing)
    return shared(within, items, few, workers, died)


def apart(work: Callable[[], Outcome], limits: Limits, doing: str) -> Outcome | UnreadableFile:
    """Do a work in another process, within the limits, or say why it fails.

    Raises: PstError where something else stops the run.
    """
    (outcome,) = each_apart(partial(_called, work), [None], 1, limits, doing)
    return outcome


def _called(work: Callable[[], Outcome], _item: None) -> Outcome:
    return work()


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


def _within_bounds(
    item: Item, work: Callable[[Item], Outcome], limits: Limits, doing: str
) -> Outcome | UnreadableFile:
    try:
        return tried(partial(work, item), limits, doing)
    except UnreadableFile as error:
        return error
