"""Whether the folder of a campaign is still there: away with its share for a while, or gone."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum, auto
from pathlib import Path

from pst_excel.campaign.layout import Layout
from pst_excel.rounds.pace import SURE
from pst_excel.text.conflict_copies import original_of


class Presence(Enum):
    """How the folder of a campaign is found."""

    HERE = auto()
    MISSED = auto()
    AWAY = auto()
    GONE = auto()


class Place:
    """Where a campaign was found, and whether it is still there."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._devices = self._seen_devices()
        self._missed = 0

    def look(self) -> Presence:
        """Look whether the campaign is there.

        It is away where its share is: what is above it cannot be reached, or is another disk. It is
        gone where it was missed several times, for programs that synchronise may replace a folder.
        """
        try:
            here = self._layout.is_campaign
        except OSError:
            return Presence.AWAY
        if here:
            self._missed = 0
            return Presence.HERE
        if self._seen_devices()[0] != self._devices[0] or self._unmounted():
            return Presence.AWAY
        self._missed += 1
        return Presence.GONE if self._missed >= SURE else Presence.MISSED

    def _unmounted(self) -> bool:
        own = self._seen_devices()[1]
        return own is not None and own != self._devices[1]

    def _seen_devices(self) -> tuple[int | None, int | None]:
        folder = self._layout.folder
        return _device(folder.parent), _device(folder)

    def conflicted(self) -> Iterator[tuple[str, str]]:
        """Give the conflicted copies of the files of the program, and of which each is."""
        ours = {one.name for one in (self._layout.plan, self._layout.register, self._layout.lock)}
        try:
            names = sorted(one.name for one in self._layout.folder.iterdir())
        except OSError:
            return  # it has just gone: the next look tells
        for name in names:
            if (original := original_of(name, ours)) in ours:
                yield name, original


def _device(path: Path) -> int | None:
    try:
        return path.stat().st_dev
    except OSError:
        return None
