"""What an output is: a result of one kind, the suffix of its file, and how it becomes bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

Result = TypeVar("Result")


@dataclass(frozen=True)
class Output(Generic[Result]):
    """One form in which results of a kind are written; the same result gives the same bytes."""

    name: str
    suffix: str
    help: str
    takes: type[Result]
    write: Callable[[Result], bytes]
