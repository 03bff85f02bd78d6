"""Who an institution is: what it says of itself, and what a list of institutions says of that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class Claim:
    """What a plan says of its institution, and the years of its legislature; blanks are empty."""

    name: str
    type: str
    number: str
    first_year: int
    last_year: int


@dataclass(frozen=True)
class Recognition:
    """Which institution it is, by a key that no other has, and what is to be confirmed, in words.

    The key is empty where there is a doubt: each doubt is a sentence without its capital and dot.
    """

    key: str = ""
    doubts: tuple[str, ...] = ()


Registry: TypeAlias = Callable[[Claim], Recognition]
"""What tells whether the name, the type and the number of an institution agree."""
