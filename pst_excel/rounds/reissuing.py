"""An earlier consolidation issued again, byte for byte, from the archive."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from pst_excel.campaign.archive import plan_file
from pst_excel.campaign.layout import Layout
from pst_excel.campaign.memory import Memory, Round
from pst_excel.campaign.register import asked
from pst_excel.model.words.wording import date, plural
from pst_excel.reading.guard.opening import bytes_of
from pst_excel.reading.limits import Options
from pst_excel.rounds.workplace import digest_of
from pst_excel.text.brief import brief
from pst_excel.text.errors import UnreadableFile, UsageError
from pst_excel.workers.writing import check_target, save


@dataclass(frozen=True)
class Reissue:
    """A consolidation that was issued again: which, where, and where a previous file is kept."""

    round: Round
    file: Path
    previous: Path | None

    def __repr__(self) -> str:
        return brief(self, f"consolidation n° {self.round.number}", self.file.name)


def reissue(
    layout: Layout,
    which: int | dt.date,
    target: str | Path | None = None,
    options: Options = Options(),
) -> Reissue:
    """Write an earlier consolidation again: that of a number, or the last one up to a day.

    By default beside the plan, its number and day in its name. Raises: UsageError, OutputError.
    """
    with asked(layout) as register:
        one = _meant(register.memory, which)
    file = plan_file([layout.archive], one.gave.digest, options)
    data = _whole(file, options)
    if data is None or digest_of(data) != one.gave.digest:
        raise UsageError(
            f"la consolidation n° {one.number} n’est plus entière dans l’archive ; remettez-y la"
            " copie de sauvegarde du dossier de la campagne"
        )
    name = f"{layout.plan.stem}_n{one.number}_{one.at:%Y-%m-%d}{layout.plan.suffix}"
    path = Path(target) if target is not None else layout.folder / name
    check_target(path, [layout.plan] if layout.plan.exists() else [])
    previous = save(path, data, [file] if file is not None else [])
    return Reissue(one, path, previous)


def _meant(memory: Memory, which: int | dt.date) -> Round:
    if not memory.rounds:
        raise UsageError("il n’y a encore aucune consolidation dans cette campagne")
    if isinstance(which, dt.date):
        before = [one for one in memory.rounds if one.at.date() <= which]
        if not before:
            first = memory.rounds[0]
            raise UsageError(
                f"aucune consolidation n’existait le {date(which)} ; la première est du"
                f" {date(first.at)}"
            )
        return before[-1]
    if not 1 <= which <= len(memory.rounds):
        count = plural(len(memory.rounds), "consolidation")
        raise UsageError(f"il n’y a pas de consolidation n° {which} ; il y a {count}")
    return memory.rounds[which - 1]


def _whole(file: Path | None, options: Options) -> bytes | None:
    try:
        return bytes_of(file, options.limits) if file is not None else None
    except UnreadableFile:
        return None
