"""What is found wrong in a batch: structure by pandera from the declaration, coherence by rules.

A cell is blamed once: what could not be read is not also blank, a blank obligatory cell is not also
incoherent; a lent row is not blamed, since who received it cannot mend it: what they changed in it
is told. Checks run on the concatenated frames of a batch: the price of a check is per call.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from pst_excel.checking.cells import CellMark, RowKey, unread_cells
from pst_excel.checking.lent_rows import proposals
from pst_excel.checking.messages import as_read
from pst_excel.checking.rule_runner import RuleRunner
from pst_excel.checking.structure import structural_marks
from pst_excel.model.findings import Finding, in_order
from pst_excel.model.plan import Plan
from pst_excel.returns.frames import Batch
from pst_excel.returns.subjects import Subjects
from pst_excel.returns.tables import Return


def check_batch(batch: Batch) -> list[Finding]:
    """Return every finding of a batch, the worst first."""
    run = RuleRunner(batch)
    first = [rule for rule in batch.plan.rules if rule.replaces_blank_message]
    then = [rule for rule in batch.plan.rules if not rule.replaces_blank_message]
    marks = chain(
        unread_cells(batch),
        chain.from_iterable(map(run.marks, first)),
        structural_marks(batch),
        chain.from_iterable(map(run.marks, then)),
    )
    return in_order(
        [*file_findings(batch.returns, batch.plan), *_blamed_once(batch, marks), *proposals(batch)]
    )


def file_findings(returns: Sequence[Return], plan: Plan) -> list[Finding]:
    """Return what is wrong in the structure of files, sheets and headings, the worst first."""
    subjects = Subjects(returns, plan)
    return in_order(
        replace(finding, subject=subjects.of_file(source, finding.subject))
        for source, returned in enumerate(returns)
        for finding in returned.findings
    )


def _blamed_once(batch: Batch, marks: Iterator[CellMark]) -> Iterator[Finding]:
    """Give the finding of each mark: the first of its cell, and not where another rule spoke."""
    subjects = Subjects(batch.returns, batch.plan)
    readings = {
        (source, *reading.place): reading
        for source, returned in enumerate(batch.returns)
        for reading in returned.readings
        if reading.understood
    }
    blamed = set()
    followed = {code for rule in batch.plan.rules for code in rule.after}
    spoken: set[tuple[str, RowKey]] = set()
    for mark in marks:
        source, sheet, row, key = mark.cell
        here = (source, sheet, row)
        if mark.cell in blamed or any((code, here) in spoken for code in mark.after):
            continue
        if mark.claims:
            blamed.add(mark.cell)
        if mark.message.code in followed:
            spoken.add((mark.message.code, here))
        if row in subjects.lent(source, sheet):
            continue
        subject = subjects.of_cell(source, batch.plan[sheet], row, key)
        read = as_read(readings.get(mark.cell), mark.read)
        yield Finding(mark.message, subject, mark.words, read)
