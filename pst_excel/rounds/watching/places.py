"""Whether the folder of a campaign is still there: away with its share for a while, or gone."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum, auto
from pathlib import Path

from pst_excel.campaign.layout import Layout
from pst_excel.rounds.watching.pace import SURE
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
        self._disk = self._seen_disk()
        self._missed = 0

    def look(self) -> Presence:
        """Look whether the campaign is there.

        It is away where its disk is, so that another is seen at its place or none at all. It is
        gone where it was missed several times, for programs that synchronise may replace a folder.
        """
        try:
            here = self._layout.is_campaign
        except OSError:
            return Presence.AWAY
        if here:
            self._missed = 0
            return Presence.HERE
        if self._seen_disk() != self._disk:
            return Presence.AWAY
        self._missed += 1
        return Presence.GONE if self._missed >= SURE else Presence.MISSED

    def _seen_disk(self) -> int | None:
        """Return on which disk the folder is, or would be: that of the first one above it."""
        folder = self._layout.folder
        disks = (_disk(path) for path in (folder, *folder.parents))
        return next((disk for disk in disks if disk is not None), None)

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


def _disk(path: Path) -> int | None:
    try:
        return path.stat().st_dev
    except OSError:
        return None
