"""Plans compared and merged for the library: what programs ask, free of Excel."""

from __future__ import annotations

from typing import TypeAlias

from pst_excel.api.arguments import PathLike
from pst_excel.api.reading import return_of
from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.merging import merge as merging
from pst_excel.merging.merge import Difference, Merge
from pst_excel.returns.tables import Return
from pst_excel.workers.loading import Loaded

OneReturn: TypeAlias = Return | Consolidation | Loaded | PathLike
"""A return, the plan of a consolidation, the only one that was read, or its path."""


def merge(base: OneReturn | None, theirs: OneReturn, ours: OneReturn) -> Merge:
    """Merge a return with the plan as it has become: by identity, field by field.

    `base` is what the return was sent, None where that is not known; `theirs` what came back,
    `ours` the plan now. Equal and disjoint changes pass; of two that contradict each other that of
    `ours` stands and the conflict is listed; a row that is gone from `theirs` stays, to be decided.
    The inputs are left alone. Raises: UsageError; UnreadableFile.
    """
    sent = return_of(base, "base") if base is not None else None
    return merging.merge(sent, return_of(theirs, "theirs"), return_of(ours, "ours"))


def difference(before: OneReturn, after: OneReturn) -> Difference:
    """Compare two states of a plan by identity and by field.

    What was added, dropped, moved, given another code, changed: one `Change` each. Rows without an
    id are recognised by code and name. Raises: UsageError; UnreadableFile.
    """
    return merging.difference(return_of(before, "before"), return_of(after, "after"))
