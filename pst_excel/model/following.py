"""Words for declaring what is told of records from one state of a plan to the next."""

from __future__ import annotations

from dataclasses import dataclass

from pst_excel.model.formulas import Expression


@dataclass(frozen=True)
class Turn:
    """What a record of the main sheet may become, told by a condition on its own row.

    `words` are what one and several of those that became it are called, `undone` those that are it
    no more, where that is worth a word. `shown` are the columns that tell it, before and after;
    `unsaid` is what is told of one that became it though nobody wrote anything.
    """

    title: str
    words: tuple[str, str]
    where: Expression
    shown: tuple[str, ...]
    undone: tuple[str, str] | None = None
    unsaid: str = ""


@dataclass(frozen=True)
class Shift:
    """A column of the main sheet, a date or a number, whose value may go up or down.

    `up` and `down` are what one and several of those whose value did are called.
    """

    title: str
    column: str
    up: tuple[str, str]
    down: tuple[str, str]


Told = Turn | Shift
