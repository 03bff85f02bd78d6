"""What is found wrong in a batch: structure by pandera from the declaration, coherence by rules.

A cell is blamed once: what could not be read is not also blank, a blank obligatory cell is not also
incoherent; a lent row is not blamed, since who received it cannot mend it: what they changed in it
is told. Checks run on the concatenated frames of a batch: the price of a check is per call.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace
from itertools import chain

from pst_excel.checking.cells import CellMark, RowKey, unread_cells
from pst_excel.checking.lent_rows import CHANGED, proposals
from pst_excel.checking.messages import as_read
from pst_excel.checking.rule_runner import RuleRunner
from pst_excel.checking.structure import structural_marks
from pst_excel.model.findings import Finding, in_order
from pst_excel.model.plan import Plan
from pst_excel.returns.frames import Batch
from pst_excel.returns.subjects import Subjects
from pst_excel.returns.tables import Return


def check_batch(batch: Batch, like: Iterable[Finding] | None = None) -> list[Finding]:
    """Return every finding of a batch, the worst first.

    With some of another batch, only those that are `like` one of them, of one code in one sheet,
    for less than the price of all.
    """
    run = RuleRunner(batch)
    asked = None if like is None else {(f.code, f.subject.sheet) for f in like}
    codes, sheets = _needed(batch.plan, asked)
    rules = [rule for rule in batch.plan.rules if rule.code in codes]
    first = [rule for rule in rules if rule.replaces_blank_message]
    then = [rule for rule in rules if not rule.replaces_blank_message]
    marks = chain(
        unread_cells(batch),
        chain.from_iterable(run.marks(rule, sheets) for rule in first),
        structural_marks(batch, sheets),
        chain.from_iterable(run.marks(rule, sheets) for rule in then),
    )
    found = chain(
        file_findings(batch.returns, batch.plan),
        _blamed_once(batch, marks),
        proposals(batch) if asked is None or CHANGED in codes else (),
    )
    return in_order(f for f in found if asked is None or (f.code, f.subject.sheet) in asked)


def _needed(plan: Plan, asked: set[tuple[str, str]] | None) -> tuple[Set[str], Set[str]]:
    """Return the codes of the rules to be run, and the sheets to be looked at.

    A rule that is not asked is run where it may silence one that is: it speaks instead of the blank
    message, or before it.
    """
    if asked is None:
        return {rule.code for rule in plan.rules}, {sheet.key for sheet in plan}
    codes = {code for code, _ in asked}
    codes |= {rule.code for rule in plan.rules if rule.replaces_blank_message}
    for rule in reversed(plan.rules):  # those after which it comes are declared before it
        if rule.code in codes:
            codes |= set(rule.after)
    return codes, {sheet for _, sheet in asked}


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
