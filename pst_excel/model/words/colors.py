"""The colours that a plan may give, by name: the palette of the workbooks says how they look."""

from __future__ import annotations

from enum import Enum, auto


class Color(Enum):
    """The colours of choices and of the series of charts: apart from each other for every sight."""

    GREEN = auto()
    BLUE = auto()
    YELLOW = auto()
    RED = auto()
    PALE = auto()
    NIGHT = auto()
    GREY = auto()


class Shade(Enum):
    """The colours of sheets: of their tab, and of the band of their title."""

    STONE = auto()
    NAVY = auto()
    SKY = auto()
    PETROL = auto()
    MINT = auto()
    SAND = auto()
    BRICK = auto()
