"""The examples of rules, checked when they are asked for: as they are written, and in a real plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

import pytest

from pst_excel.api.outputs import as_bytes
from pst_excel.checking.report import check
from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.model.findings import Finding
from pst_excel.model.rules import Rule
from pst_excel.model.words.stages import Stage
from pst_excel.pst import PST
from pst_excel.reading.examples import parted, return_of
from pst_excel.reference.samples.selftest import dressed, text_of
from pst_excel.returns.tables import Return, geometry
from support import OBSERVED, read
from support.plain import plain

TOGETHER = 40
"""Rules checked in one batch, which costs little more than one of them: few batches for all."""


@dataclass
class Examples:
    """The findings of the examples of some rules, made for those beside the one that is asked."""

    rules: list[Rule]
    made: Callable[[Rule, str], Return]
    known: dict[tuple[str, str], list[Finding]] = field(default_factory=dict)

    def found(self, rule: Rule, side: str) -> list[Finding]:
        """Return what is found where the good or the bad example of a rule stands."""
        if (rule.code, side) not in self.known:
            at = self.rules.index(rule) // TOGETHER * TOGETHER
            batch = self.rules[at : at + TOGETHER]
            made = [self.made(one, side) for one in batch]
            findings = check(made, PST, OBSERVED, stage=Stage.EVALUATION).findings
            for one in batch:
                self.known[one.code, side] = [f for f in findings if f.file == one.code]
        return self.known[rule.code, side]


def asked(items: Iterable[pytest.Item], fixture: str) -> list[Rule]:
    """Return the rules for which the tests of a session ask a fixture, in their order.

    Other tests may have a fixture of this name, and parameters of theirs.
    """
    asking = (
        item.callspec.params.get("rule")
        for item in items
        if fixture in getattr(item, "fixturenames", ()) and hasattr(item, "callspec")
    )
    return list({rule.code: rule for rule in asking if isinstance(rule, Rule)}.values())


def as_written(rule: Rule, side: str) -> Return:
    """Return an example as it is written, in frames."""
    return return_of(getattr(rule, side), PST, rule.code)


def in_a_workbook(rule: Rule, side: str) -> Return:
    """Return a plan, dressed around an example, read from its workbook.

    The sheets of the program stand in a consolidated one, the others in one that people write.
    """
    parts = parted(getattr(rule, side))
    now, was = (text_of(dressed(part)) if part else "" for part in parts)
    program = any(PST[sheet].program for sheet, _ in rule.at)
    one = read(_consolidated(now) if program else plain(now), rule.code)
    return replace(one, before=read(plain(was))) if was else one


def _consolidated(text: str) -> bytes:
    made = return_of(text, PST)
    for key, table in made.tables.items():
        table.letters.update(geometry(PST[key]))
    return as_bytes(Consolidation(PST, OBSERVED, [made], [], [], made, {}, []), ".xlsx")
