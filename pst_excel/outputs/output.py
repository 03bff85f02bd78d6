"""What an output is: a name, a file suffix, a sentence, and how a consolidation becomes bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pst_excel.consolidating import Consolidation


@dataclass(frozen=True)
class Output:
    """One form in which a consolidation can be written."""

    name: str
    suffix: str
    help: str
    write: Callable[[Consolidation], bytes]
