"""A campaign, as a program drives it: each of its commands is one method."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from pst_excel.api.arguments import (
    Day,
    PathLike,
    Paths,
    date_of,
    names_of,
    options_of,
    path_of,
    paths_of,
    stage_of,
    whole_of,
    wrong,
)
from pst_excel.campaign.history import History, history
from pst_excel.campaign.layout import campaign_at
from pst_excel.campaign.lock import PATIENCE
from pst_excel.campaign.memory import Memory
from pst_excel.campaign.register import asked
from pst_excel.campaign.standing import Standing, standing
from pst_excel.model.words.stages import Stage
from pst_excel.reading.limits import Options
from pst_excel.rounds.watching.pace import INTERVAL
from pst_excel.text.brief import brief

if TYPE_CHECKING:
    from pst_excel.campaign.entries import Verdict
    from pst_excel.rounds.creating import Creation
    from pst_excel.rounds.deciding import Ruling
    from pst_excel.rounds.receiving import Reception
    from pst_excel.rounds.reissuing import Reissue
    from pst_excel.rounds.reminding import Reminding
    from pst_excel.rounds.repairing import Repair
    from pst_excel.rounds.sending import Sending
    from pst_excel.rounds.uniting import United
    from pst_excel.rounds.watching.happenings import Happening


class Campaign:
    """The campaign of a folder, or of one above it; each method opens it, works, and lets it go.

    `patience` is how many seconds it waits for another run to end. Raises: UsageError where there
    is none; each method also Busy, OutputError, and what it says.
    """

    def __init__(
        self, folder: PathLike = ".", options: Options = Options(), patience: float = PATIENCE
    ) -> None:
        self.layout = campaign_at(path_of(folder, "folder"))
        if not isinstance(patience, int | float):
            raise wrong("patience", patience, "un nombre de secondes")
        self.options, self.patience = options_of(options), patience

    def __repr__(self) -> str:
        return brief(self, self.layout.folder)

    @classmethod
    def create(
        cls,
        folder: PathLike,
        sources: Paths = (),
        due: Day | None = None,
        options: Options = Options(),
    ) -> tuple[Campaign, Creation]:
        """Make a campaign from a plan, from returns, or from nothing, as `creating.create`."""
        from pst_excel.rounds.creating import create

        where, given = path_of(folder, "folder"), paths_of(sources, "sources")
        made = create(where, given, date_of(due, "due"), options_of(options))
        return cls(where, options), made

    @property
    def memory(self) -> Memory:
        """All that is remembered, in order."""
        with asked(self.layout) as register:
            return register.memory

    def standing(self, today: Day | None = None) -> Standing:
        """Tell who was asked, who answered and who is late, on a day, by default today."""
        return standing(self.memory, date_of(today, "today") or dt.date.today())

    def history(self, last: int = 0, code: str = "") -> History:
        """Tell what each consolidation gave, how each row stood at it, and what changed last.

        It is faster where rows are told at so many `last` ones only, or those of a `code` only.
        """
        whole_of(last, "last", "un nombre de consolidations", "donnez par exemple last=2")
        if not isinstance(code, str):
            raise wrong("code", code, "le code d’une action", "écrivez par exemple « 1.2.3 »")
        with asked(self.layout) as register:
            rows = register.followed(last, code)
            found = history(register.memory, rows or register.followed())
        return replace(found, made_from=(self.layout.mark,))

    def send(self, services: str | Iterable[str] = (), due: Day | None = None) -> Sending:
        """Write the prefilled workbooks of the services, as `sending.send`."""
        from pst_excel.rounds.sending import send
        from pst_excel.rounds.workplace import working

        chosen, day = names_of(services, "services", "Travaux"), date_of(due, "due")
        with working(self.layout, self.patience) as work:
            return send(work, chosen, day, self.options)

    def receive(self, files: Paths = ()) -> Reception:
        """Take in files or folders of them, and what lies among the returns, as `receiving`."""
        from pst_excel.rounds.receiving import bring, receive
        from pst_excel.rounds.workplace import working

        given = paths_of(files, "files")
        with working(self.layout, self.patience) as work:
            unread = bring(work, given, self.options)
            reception = receive(work, self.options)
            return replace(reception, waiting=(*unread, *reception.waiting))

    def consolidate(
        self,
        observed: Day | None = None,
        stage: Stage | str | None = None,
        waivers: PathLike | None = None,
    ) -> tuple[Reception, United]:
        """Take in what lies there, then bring the plan up to date, as `uniting.unite`."""
        from pst_excel.rounds.receiving import receive
        from pst_excel.rounds.uniting import unite
        from pst_excel.rounds.workplace import working

        day, at = date_of(observed), stage_of(stage)
        common = path_of(waivers, "waivers") if waivers is not None else None
        with working(self.layout, self.patience) as work:
            reception = receive(work, self.options)
            return reception, unite(work, day, self.options, at, common)

    def remind(self, before: int | None = None, today: Day | None = None) -> Reminding:
        """Make messages ready to the services that are late or have errors, `reminding.remind`."""
        from pst_excel.rounds.reminding import remind
        from pst_excel.rounds.workplace import working

        if before is not None:
            whole_of(before, "before", "un nombre de jours", "donnez par exemple before=7")
        day = date_of(today, "today")
        with working(self.layout, self.patience) as work:
            return remind(work, before, day, self.options)

    def set_aside(self, named: str, reason: str) -> Ruling:
        """Leave a return out from now on, as `deciding.decide`."""
        from pst_excel.campaign.entries import Verdict

        return self._decide(named, Verdict.ASIDE, reason)

    def take_back(self, named: str, reason: str = "") -> Ruling:
        """Let a return that was set aside count again."""
        from pst_excel.campaign.entries import Verdict

        return self._decide(named, Verdict.BACK, reason)

    def _decide(self, named: str, verdict: Verdict, reason: str) -> Ruling:
        from pst_excel.rounds.deciding import decide
        from pst_excel.rounds.workplace import working

        for name, given in (("named", named), ("reason", reason)):
            if not isinstance(given, str):
                raise wrong(name, given, "un texte")
        with working(self.layout, self.patience) as work:
            return decide(work, named, verdict, reason)

    def watch(
        self, interval: float = INTERVAL, once: bool = False, cached: bool = False
    ) -> Iterator[Happening]:
        """Receive and consolidate what is dropped among the returns, as `watching.watched`."""
        from pst_excel.rounds.watching.watch import watched

        if not isinstance(interval, int | float) or interval < 0:
            raise wrong("interval", interval, "un nombre de secondes")
        return watched(self.layout, self.options, interval, once, cached)

    def reissue(self, which: int | Day, target: PathLike | None = None) -> Reissue:
        """Write an earlier consolidation again, byte for byte, as `reissuing.reissue`."""
        from pst_excel.rounds.reissuing import reissue

        one = which if type(which) is int else date_of(which, "which")
        if one is None:
            raise wrong("which", which, "le numéro d’une consolidation ou une date")
        path = path_of(target, "target") if target is not None else None
        return reissue(self.layout, one, path, self.options)

    def repair(self) -> Repair:
        """Make the register anew from the archive, and look through it, as `repairing.repair`."""
        from pst_excel.rounds.repairing import repair

        return repair(self.layout, self.patience, self.options)
