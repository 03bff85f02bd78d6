"""What a campaign that is watched still owes: copies to hand back, a plan to bring up to date."""

from __future__ import annotations

from collections.abc import Iterable

from pst_excel.campaign.copies import names_of, owed
from pst_excel.campaign.layout import Layout
from pst_excel.campaign.memory import Memory
from pst_excel.rounds.watching.happenings import Happening, What
from pst_excel.workers.writing import is_open

_REST = 30  # questions between two tries of copies that cannot be written though nobody holds them


class Owing:
    """What is owed, as the register told it last."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._waiting: frozenset[str] = frozenset()
        self._tried: frozenset[str] = frozenset()
        self._plan: tuple[int, int] | None = None
        self._copies: list[str] = []
        self._rest = 0

    def remember(self, memory: Memory) -> None:
        """Take over what is owed from what is remembered."""
        self._waiting = frozenset(one.came.digest for one in memory.waiting)
        self._tried &= self._waiting
        self._copies = [
            name
            for one in owed(memory)
            for name in names_of(memory, [one.came.file], [one.came.service])
        ]

    @property
    def round(self) -> bool:
        """Whether the plan is to follow: a return waits that was not tried in vain with it."""
        if self._plan is not None and self._plan != self._seen_plan():
            return bool(self._waiting)
        return bool(self._waiting - self._tried)

    def tried(self, happened: Iterable[Happening]) -> None:
        """Keep in mind what was tried: it is again when a return comes, or the plan was mended."""
        self._tried = self._waiting
        plan = self._layout.plan.name
        in_vain = any(one.what is What.NOT_UNITED and one.file == plan for one in happened)
        self._plan = self._seen_plan() if in_vain else None

    def copies_possible(self) -> bool:
        """Tell whether copies are owed that nobody holds open; not at each question once tried."""
        folder = self._layout.handed_back
        if not any(not is_open(folder / name) for name in self._copies):
            self._rest = 0
            return False
        self._rest = self._rest - 1 if self._rest else _REST
        return self._rest == _REST

    def _seen_plan(self) -> tuple[int, int] | None:
        try:
            found = self._layout.plan.stat()
        except OSError:
            return None
        return found.st_size, found.st_mtime_ns
