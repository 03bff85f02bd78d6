"""What is said of two states of a plan."""

from __future__ import annotations

from collections.abc import Iterator

from pst_excel.model.words.wording import number
from pst_excel.tracing.phrases import counted, grouped, phrase
from pst_excel.tracing.versions import Versions

LIMIT = 60  # characters of a value on the screen


def compared_versions(versions: Versions) -> Iterator[str]:
    """Say what changed: the counts, then each change under its sheet."""
    if versions.changes:
        yield f"{versions.before.file} → {versions.after.file}, {versions.after.institution}"
    yield counted(versions)
    for remark in versions.remarks:
        yield f"⚠ {remark}."
    lists = versions.after.plan.lists.key
    for title, changes in grouped(versions.changes).items():
        yield ""
        yield f"{title} ({number(len(changes))})"
        for change in changes:
            yield f"  {phrase(change, lists, LIMIT)}"
