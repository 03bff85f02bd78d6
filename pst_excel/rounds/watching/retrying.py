"""What keeps a work from being done, and when it is tried again: more and more rarely."""

from __future__ import annotations

from pst_excel.rounds.watching.pace import RESTS


class Retrying:
    """A work that may fail for a reason that passes; `reason` is empty where it goes."""

    def __init__(self) -> None:
        self.reason = ""
        self._failures = self._rest = 0

    def rests(self) -> bool:
        """Tell whether nothing is to be tried at this look."""
        resting = self._rest > 0
        self._rest -= resting
        return resting

    def failed(self, reason: str) -> bool:
        """Take a rest; tell whether that reason is a new one."""
        self._rest = RESTS[min(self._failures, len(RESTS) - 1)]
        self._failures += 1
        is_new, self.reason = reason != self.reason, reason
        return is_new

    def done(self) -> None:
        """Forget what was: it goes."""
        self.reason, self._failures = "", 0
