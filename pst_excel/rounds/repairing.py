"""A campaign put in order again: its register made anew, its archive looked through."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pst_excel.campaign.archive import Kept, kept_in
from pst_excel.campaign.entries import Created
from pst_excel.campaign.layout import Layout
from pst_excel.campaign.lock import PATIENCE, at_work
from pst_excel.campaign.records import names_in, number_of, read_record
from pst_excel.campaign.register import opened
from pst_excel.campaign.salvage import Health, former, put_aside, put_back
from pst_excel.model.words.wording import plural
from pst_excel.reading.limits import Options
from pst_excel.rounds.restoring import Restored, restore
from pst_excel.rounds.workplace import Workplace, digest_of, furnish, say_what_it_is, without_known
from pst_excel.text.brief import brief
from pst_excel.workers.replacing import remove_stale

_STALE = 600  # seconds after which nobody writes any more in a campaign that is locked


@dataclass(frozen=True)
class Repair:
    """What was found, and what was done.

    `health` is how the register was found and `aside` where a damaged one is now; `taken_over`
    tells that a run had ended without giving up the lock. Of the records: `records` is how many
    there are, `rewritten` those that only the register still had, `damaged` those that are lost,
    `gaps` the numbers that none has, `twice` those that two machines took. `restored` is what
    became of the copies, `removed` the names of previous plans that stand in the archive, and of
    what runs that were stopped had left.
    """

    health: Health
    aside: Path | None
    taken_over: bool
    records: int
    rewritten: tuple[str, ...]
    damaged: tuple[str, ...]
    gaps: tuple[int, ...]
    twice: tuple[int, ...]
    restored: Restored
    removed: tuple[str, ...]

    def __repr__(self) -> str:
        return brief(
            self, self.health, plural(self.records, "fiche"), f"{len(self.damaged)} perdues"
        )

    @property
    def lost(self) -> bool:
        """Whether something is lost for good."""
        return bool(self.damaged or self.gaps or self.restored.lost or self.blank)

    @property
    def blank(self) -> bool:
        """Whether a register that cannot be read was all that there was."""
        return not self.records and self.health is Health.DAMAGED


def repair(layout: Layout, patience: float = PATIENCE, options: Options = Options()) -> Repair:
    """Make the register anew, a damaged one put aside; compare the archive with what it remembers.

    Nothing is removed that does not stand elsewhere, byte for byte, but for the files that the
    program itself had not finished. Raises: Busy; UsageError where a newer program kept the
    campaign; OutputError.
    """
    locked = layout.lock.exists()
    with at_work(layout, patience):
        found = former(layout)
        furnish(layout)
        rewritten, damaged = put_back(layout, found)
        aside = put_aside(layout, found.health)
        with opened(layout) as register:
            work = Workplace(layout, register)
            names = names_in(layout)
            restored = restore(work, _carried(layout, names), options)
            removed = _tidied(work, options)
            say_what_it_is(layout, register)
    numbers = Counter(map(number_of, names))
    named = {number_of(name) for name in (*names, *damaged)}
    gaps = sorted({*range(1, max(numbers, default=0))} - named)
    twice = sorted(number for number, times in numbers.items() if times > 1)
    return Repair(
        found.health, aside, locked, len({*names}.difference(damaged)), tuple(rewritten),
        tuple(damaged), tuple(gaps), tuple(twice), restored, tuple(removed),
    )  # fmt: skip


def _carried(layout: Layout, names: Iterable[str]) -> set[str]:
    """Return the hashes of the copies that came along when the campaign began."""
    records = (read_record(layout, name) for name in names)
    entries = [record.entry for record in records if record is not None]
    return {digest for one in entries if isinstance(one, Created) for digest in one.carried}


def _tidied(work: Workplace, options: Options) -> list[str]:
    """Remove the previous plans that the archive holds, and what stopped runs have left."""
    folder = work.layout.folder
    before = {file.name for file in folder.glob("*.precedent-*")}
    kept = [kept_in(work.layout.archive, kind, options) for kind in (Kept.PLANS, Kept.CONSOLIDATED)]
    digests = {digest_of(file.read_bytes()) for found in kept for file in found.values()}
    left = {file.name for file in without_known(folder, digests)}
    folders = [folder, *sorted(one for one in folder.rglob("*") if one.is_dir())]
    stale = [name for one in folders for name in remove_stale(one, _STALE)]
    return [*sorted(before - left), *stale]
