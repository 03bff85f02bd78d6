"""A consolidation that was stopped after its files and before its record: undone by the next one.

What it was to begin from is written down before it begins. What it had written stands in the
archive, so that it can be taken away; the next one then begins as it did.
"""

from __future__ import annotations

import json

from pst_excel.campaign.archive import Kept, kept_in, plan_file, short
from pst_excel.reading.guard.opening import bytes_of
from pst_excel.reading.limits import Options
from pst_excel.rounds.workplace import Workplace, digest_of, without_known
from pst_excel.workers.writing import make_folder, save


def announce(work: Workplace, base: bytes) -> None:
    """Write down from which plan a consolidation begins. Raises: OutputError."""
    rounds = len(work.register.memory.rounds)
    form = {"base": digest_of(base) if base else "", "rounds": rounds}
    make_folder(work.layout.archive, [work.layout.mark])
    settled(work)
    save(work.layout.pending, json.dumps(form).encode(), [work.layout.mark])


def settled(work: Workplace) -> None:
    """Take away what was announced: it is recorded, or nothing came of it."""
    work.layout.pending.unlink(missing_ok=True)


def undo_unfinished(work: Workplace, options: Options = Options()) -> None:
    """Put the plan back that a consolidation without a record had begun from. Raises: OutputError.

    Nothing is done where people have changed what it wrote.
    """
    layout, memory = work.layout, work.register.memory
    try:
        form = json.loads(layout.pending.read_bytes())
        base, rounds = str(form["base"]), int(form["rounds"])
    except (OSError, ValueError, KeyError, TypeError):
        return
    if rounds != len(memory.rounds):
        if base and plan_file(work.archives, base, options):
            without_known(layout.folder, {base})
        settled(work)
        return
    written = bytes_of(layout.plan, options.limits) if layout.plan.is_file() else b""
    digest = digest_of(written)
    kept = kept_in(layout.archive, Kept.CONSOLIDATED, options)
    known = {one.gave.digest for one in memory.rounds}
    if not written or digest in (base, *known) or short(digest) not in kept:
        return
    before = plan_file(work.archives, base, options) if base else None
    if before is not None:
        save(layout.plan, bytes_of(before, options.limits), [before])
        without_known(layout.folder, {base, digest})
    elif not base:
        layout.plan.unlink()
    settled(work)
