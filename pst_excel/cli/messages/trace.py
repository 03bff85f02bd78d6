"""What is said of a cell: whose it is, where it was read, what was set aside."""

from __future__ import annotations

from collections.abc import Iterator

from pst_excel.merging.conflicts import Conflict
from pst_excel.merging.docket import ENTIRE
from pst_excel.model.words.titles import CONFLITS, HISTORIQUE
from pst_excel.model.words.wording import BLANK
from pst_excel.tracing.trace import Done, Trace


def told(trace: Trace) -> Iterator[str]:
    """Say what is known of a cell."""
    yield " · ".join(part for part in (trace.place, trace.record) if part)
    if trace.label:
        yield f"{trace.label} : {trace.held or BLANK}" if trace.held else trace.label
    for note in trace.notes:
        yield f"{note[0].upper()}{note[1:]}."
    source = trace.source
    if source is not None:
        day = f", situation au {source.date}" if source.date else ""
        author = f", auteur : {source.author}" if source.author else ""
        read = "Ce qui y était : lu dans" if trace.edited else "Lu dans"
        yield f"{read} {source.words}{day}{author}."
    for conflict in trace.conflicts:
        yield from _open(conflict)
    for done in trace.history:
        yield _said(done)


def _open(conflict: Conflict) -> Iterator[str]:
    """Say what is to be decided about it."""
    yield f"À décider (« {CONFLITS} »), {conflict.kind} : {conflict.why}"
    for side in conflict.others:
        where = f" ({side.place})" if side.place else ""
        yield f"  {side.author or 'un retour'} dit : {side.said}{where}"


def _said(done: Done) -> str:
    """Say what became of it in a round."""
    entry = done.entry
    what = entry.what
    if entry.column != ENTIRE:
        what += f", {entry.before or BLANK} → {entry.after or BLANK}"
    elif entry.after not in ("", entry.name):
        what += f", {entry.after}"
    who = " · ".join(part for part in (entry.author, entry.place) if part)
    said = f"« {HISTORIQUE} », tour {done.round}, {done.day} : {what}"
    return said + (f" ({who})" if who else "") + (f" ; {entry.reason}" if entry.reason else "")
