"""A real campaign in a folder, watched step by step: nothing sleeps, and no clock is asked."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pst_excel.campaign.memory import Memory
from pst_excel.reading.limits import Options
from pst_excel.rounds.campaign import Campaign
from pst_excel.rounds.watching.happenings import Happening, What
from pst_excel.rounds.watching.watch import Watch
from support import CLEAN, saved, workbook

ENOUGH = 60
"""Steps after which nothing moves any more: more than any patience but that with open files."""


def answer(progress: int = 50, service: str = "Travaux") -> bytes:
    """Return what a service sends back: its action has progressed."""
    text = CLEAN.replace("nom               |", f"service | {service}\nnom |", 1)
    return workbook(text.replace("| 40         |", f"| {progress}         |"))


def begun(folder: Path) -> Path:
    """Make a campaign that begins with a plan, for tests that copy it; return where it is."""
    Campaign.create(folder / "campagne", saved(folder / "PST.xlsx", CLEAN))
    return folder / "campagne"


@dataclass
class Watched:
    """A campaign and who watches it."""

    campaign: Campaign
    watch: Watch = field(init=False)

    def __post_init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Watch from now on, as after a restart; what lies there has been looked at."""
        self.watch = Watch(self.campaign.layout, Options(), interval=60.0)

    @property
    def memory(self) -> Memory:
        """All that is remembered."""
        return self.campaign.memory

    def drop(self, name: str, data: bytes) -> Path:
        """Put a file among the returns."""
        return saved(self.campaign.layout.returns / name, data)

    def steps(self, count: int = 1) -> list[Happening]:
        """Look so many times, and return what happened."""
        return [one for _ in range(count) for one in self.watch.step()]

    def rest(self, *without: What) -> list[Happening]:
        """Look until nothing is left to be done, and return what happened but for some kinds."""
        happened = self.steps(2)
        for _ in range(ENOUGH):
            if not self.watch.pending:
                break
            happened += self.steps()
        return [one for one in happened if one.what not in without]


def watched(made: Path, folder: Path, plan_is_open: bool) -> Watched:
    """Return a copy of a campaign, watched; its plan is open where nothing is to be united."""
    shutil.copytree(made, folder)
    copy = Watched(Campaign(folder))
    if plan_is_open:
        lock_of(copy.campaign.layout.plan).touch()
    return copy


def lock_of(file: Path) -> Path:
    """Return the file that Excel puts beside one that is open."""
    return file.with_name(f"~${file.name}")


def kinds(happened: list[Happening]) -> list[What]:
    """Return what happened, without any detail."""
    return [one.what for one in happened]


@contextlib.contextmanager
def full_disk() -> Iterator[None]:
    """Let no file become longer than a thousand bytes, as on a disk that has no more room."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
