"""The journal of corrections on the screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from pst_excel.cells.readings import Reading
from pst_excel.model.words.wording import say
from pst_excel.returns.journal import counted

if TYPE_CHECKING:
    pass


def said_journal(entries: Sequence[Reading]) -> Iterator[str]:
    """Say the journal of corrections: file by file, each reading on a line."""
    if not entries:
        yield "Journal des corrections : tout a été lu tel quel."
        return
    yield f"Journal des corrections : {counted(entries)}"
    for file, inside in groupby(entries, key=lambda entry: entry.file):
        yield f"  {file}"
        for entry in inside:
            where = "!".join(part for part in (entry.sheet, entry.cell) if part)
            about = f" « {entry.column} »" if entry.column else ""
            what = f"{say(entry.read)} → {say(entry.understood)}"
            yield f"    {where}{about} : {what} ({entry.confidence} ; {entry.rule})"
