"""The invariants, in the order in which their modules declare them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

Look = Callable[[Any], Iterator[str]]
INVARIANTS: list[tuple[type, Look]] = []
"""What an invariant is about, and the function that says where it does not hold."""


def about(subject: type) -> Callable[[Look], Look]:
    """Register an invariant of each subject of one type; its name says what must hold."""

    def register(look: Look) -> Look:
        INVARIANTS.append((subject, look))
        return look

    return register
