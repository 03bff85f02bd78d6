"""Findings that say the same of many cells, said once: a list that people can read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from pst_excel.model.findings import Finding
from pst_excel.model.words.wording import listed, plural, ranges

MANY = 25
"""The findings of one rule, one column and one service beyond which they are said as one."""

TOGETHER = "*"
"""The id of a finding that stands for many."""

_CELLS, _READ = 60, 3


def gathered(
    findings: Iterable[Finding],
    most: int = MANY,
    wanted: Callable[[Finding], bool] = lambda finding: False,
) -> list[Finding]:
    """Return the findings, those of one rule, column and service as one where they are many.

    Also where the one that would stand for them is `wanted`. The order is kept.
    """
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for f in findings:
        groups.setdefault((f.file, f.code, f.sheet, f.column, f.service), []).append(f)
    grouped: list[Finding] = []
    for same in groups.values():
        summary = _as_one(same)
        grouped += [summary] if len(same) > 1 and (len(same) > most or wanted(summary)) else same
    return grouped


def _as_one(same: list[Finding]) -> Finding:
    """Return a finding that stands for many: it leads to the first, and names their cells."""
    first = same[0]
    cells = ranges((f.cell for f in same), _CELLS)
    read = list(dict.fromkeys(f.read for f in same if f.read))
    more = [plural(len(read) - _READ, "autre")] if len(read) > _READ else []
    return Finding(
        replace(first.template, sentence="{title} : {count}, {cells}."),
        replace(first.subject, row=0, id=TOGETHER, code="", record=""),
        {
            **first.words,
            "title": first.title,
            "count": plural(len(same), "cellule"),
            "cells": cells,
        },
        listed([*read[:_READ], *more]) if read else "",
        first.waived,
    )
