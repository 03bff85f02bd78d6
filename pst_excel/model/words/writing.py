"""What people write in a column in other words, or in another form, than it asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from pst_excel.text.spelling import fold


@dataclass(frozen=True)
class Elsewhere:
    """Words that people write in a column and that another says: the choice `label` of `key`.

    Where that other says so, they mean `value` here; else they mean nothing, and `question` asks.
    """

    words: tuple[str, ...]
    key: str
    label: str
    question: str
    value: str | float | None = None

    @cached_property
    def spellings(self) -> frozenset[str]:
        """The comparison keys of the words."""
        return frozenset(map(fold, self.words))


@dataclass(frozen=True)
class Writing:
    """How the texts of a column are written, for those that people write otherwise.

    `normal` returns what a text is in the form that the column asks, None where it is no such
    thing; `rule` says it in the journal, and `examples` pair texts with what they are.
    """

    rule: str
    normal: Callable[[str], str | None]
    examples: tuple[tuple[str, str], ...]
