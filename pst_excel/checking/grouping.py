"""Findings that say the same of many cells, said once: a list that people can read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from pst_excel.model.findings import Finding, Findings, in_order
from pst_excel.model.words.wording import listed, plural, ranges

MANY = 25
"""The findings of one rule, one column and one service beyond which they are said as one."""

TOGETHER = "*"
"""The id of a finding that stands for many."""

EVERYBODY = ""
"""The service under which a rule gathers what it finds in a whole sheet."""

SERVICES = "owners"
"""The word of a finding that stands for many which names their services."""

_CELLS, _READ = 60, 3


def gathered(
    findings: Iterable[Finding],
    most: int = MANY,
    wanted: Callable[[Finding], bool] = lambda finding: False,
) -> list[Finding]:
    """Return the findings, those of one rule, column and service as one where they are many.

    A rule may say how many are many, in a whole column. Also where the one that would stand for
    them is `wanted`. The order is kept.
    """
    return [said for said, _ in parted(findings, most, wanted)]


def parted(
    findings: Iterable[Finding],
    most: int = MANY,
    wanted: Callable[[Finding], bool] = lambda finding: False,
) -> Iterator[tuple[Finding, list[Finding]]]:
    """Give the findings as `gathered` does, each with those for which it stands."""
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for f in findings:
        groups.setdefault((f.file, f.code, f.sheet, f.column, service_of(f)), []).append(f)
    for same in groups.values():
        asked = same[0].template.gathered
        many = len(same) > (most if asked is None else min(asked, most))
        summary = _as_one(same)
        if len(same) > 1 and (many or wanted(summary)):
            yield summary, same
        else:
            yield from ((finding, [finding]) for finding in same)


def service_of(finding: Finding) -> str:
    """Return the service with whose findings one is gathered."""
    return finding.service if finding.template.gathered is None else EVERYBODY


def said_once(findings: Iterable[Finding]) -> Findings:
    """Return the findings, those of the rules that ask it as one beyond the number that they say.

    They are counted and followed as one: what deserves one question is asked once.
    """
    found = Findings(findings)
    if all(finding.template.gathered is None for finding in found):
        return found
    return in_order(said for said, _ in once(found))


def once(findings: Iterable[Finding]) -> Iterator[tuple[Finding, list[Finding]]]:
    """Give the findings as `said_once` does, in no order, each with those for which it stands."""
    asked: list[Finding] = []
    for finding in findings:
        if finding.template.gathered is None:
            yield finding, [finding]
        else:
            asked.append(finding)
    yield from parted(asked)


def _as_one(same: Sequence[Finding]) -> Finding:
    """Return a finding that stands for many: it leads to the first, and names their cells."""
    first = same[0]
    cells = ranges((f.cell for f in same), _CELLS)
    read = list(dict.fromkeys(f.read for f in same if f.read))
    more = [plural(len(read) - _READ, "autre")] if len(read) > _READ else []
    services = list(dict.fromkeys(f.service for f in same))
    owner = services[0] if len(services) == 1 else EVERYBODY
    return Finding(
        replace(first.template, sentence=first.template.together),
        replace(first.subject, row=0, id=TOGETHER, code="", record=_named(same), owner=owner),
        {
            **first.words,
            "title": first.title,
            "count": plural(len(same), "cellule"),
            "cells": cells,
            SERVICES: "; ".join(filter(None, services)),
        },
        listed([*read[:_READ], *more]) if read else "",
        first.waived,
    )


def _named(same: Sequence[Finding]) -> str:
    """Name the rows of findings: by their codes, else in words."""
    names = list(dict.fromkeys(filter(None, (f.element or f.record for f in same))))
    more = [f"… et {plural(len(names) - _CELLS, 'autre')}"] if len(names) > _CELLS else []
    return ", ".join([*names[:_CELLS], *more])
