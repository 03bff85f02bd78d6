"""Work on many returns together, in a process apart: one on which it fails is refused alone.

The work is done once on all of them, as if none could fail. Where it fails, or takes too much, the
returns that bring it about are found, each tried alone, and it is done again without them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from pst_excel.reading.limits import Limits
from pst_excel.returns.tables import Refusal, Return
from pst_excel.text.errors import ProgramFault, PstError, UnreadableFile, UsageError
from pst_excel.workers.loading import Loaded, apart, each_apart

Outcome = TypeVar("Outcome")
Work = Callable[[], Outcome]
Task = Callable[[Loaded], Work[Outcome]]
"""What is to be done with what was read: made ready here, then done in another process."""

_SHARE = 10  # a return more may lengthen a work on all by this part of what one alone may take


@dataclass(frozen=True)
class Supervised(Generic[Outcome]):
    """What a work gave, and what it was done on: those on which it fails are refused there."""

    outcome: Outcome
    loaded: Loaded


def supervised(
    task: Task[Outcome], loaded: Loaded, limits: Limits, doing: str, beside: str = ""
) -> Supervised[Outcome]:
    """Do a work on returns in a process apart, without those on which it fails.

    `doing` says what is done with each, as `READ` does; `beside` names the workbook that the work
    needs besides them. Raises: PstError as the work does on those that are left; UnreadableFile, or
    ProgramFault, when it fails without any of them, or when those that are left are not enough.
    """
    run = _Run(task, loaded, limits, doing)
    try:
        while isinstance(outcome := run.done(), UnreadableFile):
            run.refuse_culprits(outcome, beside)
    except UsageError as error:
        refused = run.loaded.refusals[len(loaded.refusals) :]
        if not refused:
            raise
        kind = ProgramFault if any(one.fault for one in refused) else UnreadableFile
        raise kind(" ; ".join(f"{one.file} : {one.reason}" for one in refused)) from error
    return Supervised(outcome, run.loaded)


class _Run(Generic[Outcome]):
    """A work, the limits within which it is done, and what is left to do it on."""

    def __init__(self, task: Task[Outcome], loaded: Loaded, limits: Limits, doing: str) -> None:
        self.loaded = loaded
        self._task, self._limits, self._doing = task, limits, doing

    def done(self, returns: Sequence[Return] | None = None) -> Outcome | UnreadableFile:
        """Do the work on returns, by default all that are left, or say why it cannot be.

        Raises: PstError where something else stops the run.
        """
        loaded = self.loaded if returns is None else self._only(returns)
        limits = self._limits.times(1 + max(0, len(loaded.returns) - 1) / _SHARE)
        return apart(self._task(loaded), limits, self._doing)

    def refuse_culprits(self, error: UnreadableFile, beside: str) -> None:
        """Refuse the returns on which the work fails, one at least.

        Raises: UnreadableFile when it fails without any return.
        """
        returns = self.loaded.returns
        if not returns or self._fails([]) is not None:
            raise type(error)(
                f"« {beside} » : {error}" if beside else str(error),
                file=beside or error.file,
                sheet=error.sheet,
                cell=error.cell,
            )
        refusals = [Refusal.of(returns[0].file, error)] if len(returns) == 1 else self._alone()
        refusals = refusals or [self._first_to_fail(error)]
        refused = {refusal.file for refusal in refusals}
        left = [one for one in returns if one.file not in refused]
        self.loaded = replace(
            self.loaded, returns=left, refusals=[*self.loaded.refusals, *refusals]
        )

    def _alone(self) -> list[Refusal]:
        """Try each return alone; return the refusals of those on which the work fails."""
        returns = self.loaded.returns
        works = [self._task(self._only([one])) for one in returns]
        errors = each_apart(_done_or_nothing, works, 1, self._limits, self._doing)
        return [
            Refusal.of(one.file, error)
            for one, error in zip(returns, errors, strict=True)
            if error is not None
        ]

    def _only(self, returns: Sequence[Return]) -> Loaded:
        return replace(self.loaded, returns=list(returns), refusals=[])

    def _fails(self, returns: Sequence[Return]) -> UnreadableFile | None:
        """Return why the work fails on some returns; that there is nothing to do is no failure."""
        try:
            outcome = self.done(returns)
        except PstError:
            return None
        return outcome if isinstance(outcome, UnreadableFile) else None

    def _first_to_fail(self, error: UnreadableFile) -> Refusal:
        """Return the refusal of the first return that fails with those before it."""
        returns = self.loaded.returns
        passing, failing = 0, len(returns)
        while failing - passing > 1:
            middle = (passing + failing) // 2
            found = self._fails(returns[:middle])
            passing, failing = (middle, failing) if found is None else (passing, middle)
            error = found or error
        return Refusal.of(returns[failing - 1].file, error)


def _done_or_nothing(work: Work[Outcome]) -> None:
    """Do a work for nothing but its failure; that there is nothing to do is none."""
    try:
        work()
    except UnreadableFile:
        raise
    except PstError:
        return
