"""A campaign watched: what is dropped among its returns is received, then its plan follows.

It goes by steps, each a look and at most one batch of work, and sleeps nowhere: who drives it does.
The work is done in processes that end with it (`work`), so that who watches for weeks
remains as small as it began; what is remembered is asked of the register each time, so that others
may work in the campaign, or watch it, at the same time.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from pst_excel.campaign.layout import Layout
from pst_excel.campaign.lock import Busy, at_work
from pst_excel.campaign.memory import Memory
from pst_excel.campaign.register import asked
from pst_excel.reading.limits import Options
from pst_excel.rounds.watching.happenings import Happening, What
from pst_excel.rounds.watching.owing import Owing
from pst_excel.rounds.watching.pace import CROWD, INTERVAL, patience
from pst_excel.rounds.watching.places import Place, Presence
from pst_excel.rounds.watching.retrying import Retrying
from pst_excel.rounds.watching.settling import Lying, Settling, digest_of
from pst_excel.text.errors import OutputError, UnreadableFile, UsageError
from pst_excel.workers.one_off import Interrupted, in_a_process
from pst_excel.workers.writing import is_open, make_folder


class Watch:
    """A campaign that is watched, step by step, `interval` seconds apart.

    `cached` tells whether the work uses the user’s own cache, which who watches does not load.
    `pending` tells whether something is still to be done that nobody keeps it from; `eager` whether
    the next step need not wait.
    """

    def __init__(
        self, layout: Layout, options: Options = Options(), interval: float = INTERVAL,
        cached: bool = False,
    ) -> None:  # fmt: skip
        self.layout = Layout(layout.folder.absolute())
        self._campaign = self.layout, options, cached
        self.pending, self.eager = True, False
        self._place = Place(self.layout)
        self._files = Settling(self.layout.returns, patience(interval))
        self._owing = Owing(self.layout)
        self._here = self._stopped = False
        self._first: set[Path] | None = None
        self._before: int | None = None  # how many had been received when the watch began
        self._ours: set[str] = set()
        self._told: set[str] = set()
        self._retrying = Retrying()
        self._crowd = 0

    @property
    def trouble(self) -> str:
        """What keeps it from working, which may pass; empty where it works."""
        return self._retrying.reason

    def step(self) -> Iterator[Happening]:
        """Look, do what is to be done now, and give what happened, as it happens.

        Raises: UsageError where the campaign is gone, or where people have to mend it.
        """
        self.eager = self._here = False
        yield from self._found()
        if not self._here:
            return
        yield from self._noticed()
        if self._retrying.rests():
            return
        self._stopped = False
        try:
            yield from self._worked()
        except Busy as error:
            self.eager = False
            yield from self._once("busy", Happening(What.BUSY, reason=str(error)))
        except (OutputError, UnreadableFile) as error:
            self.eager = False
            if self._retrying.failed(str(error)):
                yield Happening(What.TROUBLE, reason=str(error))
        else:
            self._retrying.done()
            self._told.discard("busy")
        if self._stopped:
            raise KeyboardInterrupt  # once what was done is told
        self.pending = bool(
            self.trouble or "busy" in self._told or self.eager
            or self._files.arriving or self._files.patient
            or (self._owing.round and not is_open(self.layout.plan))
        )  # fmt: skip

    def _found(self) -> Iterator[Happening]:
        """Look at the folder of the returns, where the campaign is there."""
        presence = self._place.look()
        if presence is Presence.GONE:
            raise UsageError(
                f"le dossier « {self.layout.folder} » n’est plus celui d’une campagne : il a été"
                " déplacé ou supprimé ; relancez la surveillance là où il est",
                file=self.layout.folder,
            )
        if presence is Presence.HERE:
            try:
                yield from self._looked()
            except OSError:
                presence = Presence.AWAY
        self._here = presence is Presence.HERE
        if presence is Presence.AWAY:
            yield from self._once("away", Happening(What.AWAY, str(self.layout.folder)))
        elif self._here and "away" in self._told:
            self._told.discard("away")
            yield Happening(What.BACK, str(self.layout.folder))

    def _looked(self) -> Iterator[Happening]:
        try:
            self._files.look()
        except FileNotFoundError:
            make_folder(self.layout.returns, [self.layout.mark])
            yield Happening(What.REMADE, self.layout.returns.name)
            self._files.look()
        if self._first is None:
            self._first = set(self._files.lying)

    def _noticed(self) -> Iterator[Happening]:
        """Say what lies there that is not to be worked on: what is open, what is stray."""
        for name, original in self._place.conflicted():
            yield from self._once(f"stray {name}", Happening(What.STRAY, name, other=original))
        for name in sorted(self._files.others):
            yield from self._once(f"other {name}", Happening(What.NO_WORKBOOK, name))
        for path, one in self._files.waiting_for():
            yield from one.once("open", Happening(What.OPEN, path.name))
        self._crowd = self._crowd + 1 if self._files.arriving else 0

    def _worked(self) -> Iterator[Happening]:
        if self._before is None:
            self._before = len(self._remembered().arrivals)
        crowded = self._crowd > CROWD
        if self._files.arriving and not crowded:
            return
        fresh: list[tuple[Path, Lying]] = []
        yield from self._sorted_out(fresh)
        if fresh:
            self._crowd = 0
            yield from self._taken_in(fresh)
        if (not fresh or crowded) and not self._stopped:
            yield from self._followed()

    def _sorted_out(self, fresh: list[tuple[Path, Lying]]) -> Iterator[Happening]:
        """Find the files whose content never came; say of the others what they are."""
        ready = []
        for path, one in self._files.ready():
            try:
                one.digest = one.digest or digest_of(path)
            except OSError:  # where it was only moved, the next look tells
                if os.path.lexists(path):
                    yield from one.once("locked", Happening(What.LOCKED, path.name))
                continue
            ready.append((path, one))
        if not ready:
            return
        known = self._remembered().by_digest()
        for path, one in ready:
            arrival = known.get(one.digest)
            if arrival is None:
                fresh.append((path, one))
                continue
            one.done = True
            if arrival.number > (self._before or 0) and one.digest not in self._ours:
                self._ours.add(one.digest)
                yield Happening(What.ELSEWHERE, path.name, other=arrival.came.state)
            elif path not in (self._first or ()) and (other := self._other(path, one)):
                yield Happening(What.SAME, path.name, other=other.name)

    def _other(self, path: Path, one: Lying) -> Path | None:
        """Return another file of the same content that lies there; without one, it was renamed."""
        same = (p for p, other in self._files.lying.items()
                if p != path and other.done and other.digest == one.digest)  # fmt: skip
        return next(same, None)

    def _taken_in(self, fresh: Sequence[tuple[Path, Lying]]) -> Iterator[Happening]:
        for path, one in fresh:
            if one.opened:
                yield from one.once("taken", Happening(What.TAKEN_OPEN, path.name))
        files = [path for path, _ in fresh]
        hold = [path for path, one in fresh if not one.last_time]
        happened = self._apart(partial(_take_in, *self._campaign, files, hold))
        yield from self._without_repeating(happened)
        known = self._remembered().by_digest()
        came = {one.came.digest for one in happened if one.came is not None}
        for path, one in fresh:
            one.done = one.digest in known or one.last_time
            one.held = not one.done
            if one.digest in known.keys() - came:  # another was faster
                yield Happening(What.ELSEWHERE, path.name, came=known[one.digest].came)
            self._ours |= {one.digest} & known.keys()

    def _followed(self) -> Iterator[Happening]:
        """Let the copies and the plan follow what was received."""
        if self._owing.copies_possible():
            yield from self._without_repeating(self._apart(partial(_hand_back, *self._campaign)))
            self._remembered()
        if not self._owing.round or self._stopped:
            return
        if is_open(self.layout.plan):
            yield from self._once("plan", Happening(What.PLAN_OPEN, self.layout.plan.name))
            return
        happened = self._apart(partial(_bring_up_to_date, *self._campaign))
        self._told.discard("plan")
        self._owing.tried(happened)
        yield from happened
        self._remembered()

    def _apart(self, work: Callable[[], list[Happening]]) -> list[Happening]:
        """Do a piece of work in a process of its own, when nobody is at work. Raises: PstError."""
        with at_work(self.layout, 0):
            pass
        self.eager = True
        try:
            return in_a_process(work)
        except Interrupted as stop:
            self._stopped = True
            return stop.outcome or []

    def _remembered(self) -> Memory:
        with asked(self.layout) as register:
            memory = register.memory
        self._owing.remember(memory)
        return memory

    def _without_repeating(self, happened: Sequence[Happening]) -> Iterator[Happening]:
        for one in happened:
            key = f"later {one.file}"
            if one.what is What.COPY_LATER:
                yield from self._once(key, one)
            else:
                self._told -= {key} if one.what is What.HANDED_BACK else set()
                yield one

    def _once(self, key: str, happening: Happening) -> Iterator[Happening]:
        if key not in self._told:
            self._told.add(key)
            yield happening


def watched(
    layout: Layout,
    options: Options = Options(),
    interval: float = INTERVAL,
    once: bool = False,
    cached: bool = False,
    sleep: Callable[[float], object] = time.sleep,
) -> Iterator[Happening]:
    """Watch a campaign and give what happens, for ever, or `once` until there is nothing to do.

    Raises: UsageError as `Watch.step`; once, also OutputError for what keeps it from working.
    """
    watch = Watch(layout, options, interval, cached)
    while True:
        yield from watch.step()
        if once and watch.trouble:
            raise OutputError(watch.trouble)
        if once and not watch.pending:
            return
        if not watch.eager:
            sleep(interval)


# Who watches does not load what the work needs: the processes that do it end.


def _take_in(
    layout: Layout, options: Options, cached: bool, files: Sequence[Path], hold: Sequence[Path]
) -> list[Happening]:
    from pst_excel.rounds.watching.work import take_in

    return take_in(layout, _kept(options, cached), files, hold)


def _hand_back(layout: Layout, options: Options, cached: bool) -> list[Happening]:
    from pst_excel.rounds.watching.work import hand_back

    return hand_back(layout, _kept(options, cached))


def _bring_up_to_date(layout: Layout, options: Options, cached: bool) -> list[Happening]:
    from pst_excel.rounds.watching.work import bring_up_to_date

    return bring_up_to_date(layout, _kept(options, cached))


def _kept(options: Options, cached: bool) -> Options:
    from pst_excel.returns.cache import own_cache

    return replace(options, cache=own_cache()) if cached else options
