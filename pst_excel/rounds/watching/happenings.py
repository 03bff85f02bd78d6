"""What happens while a campaign is watched, as plain values: who looks on puts them in words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, auto

from pst_excel.campaign.entries import Came
from pst_excel.text.brief import brief


class What(StrEnum):
    """The kinds of happenings."""

    CAME = auto()
    SAME = auto()
    ELSEWHERE = auto()
    HANDED_BACK = auto()
    NOT_ANNOTATED = auto()
    COPY_LATER = auto()
    OPEN = auto()
    TAKEN_OPEN = auto()
    LOCKED = auto()
    NOT_YET = auto()
    LEFT = auto()
    UNITED = auto()
    NOT_UNITED = auto()
    PLAN_OPEN = auto()
    REMARK = auto()
    STRAY = auto()
    NO_WORKBOOK = auto()
    REMADE = auto()
    BUSY = auto()
    TROUBLE = auto()
    AWAY = auto()
    BACK = auto()


@dataclass(frozen=True)
class Happening:
    """One thing that happened: of which file, and why, where there is something to be said.

    A file that came has what was written down of it; `other` is the other file where two are
    meant; a consolidation has its number and the points `to_decide`. `rows` says in the words of
    the plan how many rows there are of what matters most in it.
    """

    what: What
    file: str = ""
    reason: str = ""
    other: str = ""
    came: Came | None = None
    number: int = 0
    rows: str = ""
    to_decide: int = 0

    def __repr__(self) -> str:
        return brief(self, self.what, self.file, self.reason)
