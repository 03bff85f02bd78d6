"""How the rules of a plan are run on a batch: each at its places, for the sources it may judge."""

from __future__ import annotations

from collections.abc import Container, Hashable, Iterator, Mapping
from functools import cache, partial
from typing import Any

from pst_excel.checking.cells import CellMark
from pst_excel.model.plan import Plan
from pst_excel.model.rules import (
    EXERCICES,
    LABEL,
    LEGISLATURE,
    VALUE,
    MarkedRows,
    Rule,
    RuleView,
)
from pst_excel.model.schema import Sheet
from pst_excel.model.words.keys import CODE
from pst_excel.model.words.wording import BLANK, say
from pst_excel.returns.frames import Batch
from pst_excel.returns.shared_rows import shared_out


class RuleRunner:
    """The rules of a batch being run; what they share is made once."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self._memory: dict[Hashable, Any] = {}
        self._earlier = batch.before.frames if batch.before else {}
        self._shared_out = {n for n, returned in enumerate(batch.returns) if shared_out(returned)}

    def marks(self, rule: Rule, sheets: Container[str]) -> Iterator[CellMark]:
        """Give what a rule marks at each of its places in some sheets, where it may judge."""
        silent = self._unjudged(rule)
        returns = self.batch.returns
        if len(silent) == len(returns) or (rule.needs_previous and not self._earlier):
            return
        batch, plan = self.batch, self.batch.plan
        for sheet, key in rule.places(plan):
            if sheet not in sheets:
                continue
            view = RuleView(
                batch.frames, batch.parameters, sheet, key, self._earlier, self._memory,
                plan.waivable, rule.thresholds, _told_by_us(rule, plan),
            )  # fmt: skip
            yield from self._said(rule, sheet, key, rule.marked(view), silent)

    def _unjudged(self, rule: Rule) -> frozenset[int]:
        """Return the sources of which a rule has nothing to say: too early, or only a part."""
        return frozenset(
            source
            for source, returned in enumerate(self.batch.returns)
            if not rule.stage.reached(self.batch.stages[source])
            or (rule.whole_plan_only and returned.partial)
            or (rule.needs and source in self._shared_out)
            or any(needed not in returned.tables for needed in rule.needs)
        )

    def _said(
        self, rule: Rule, sheet: str, key: str, marked: MarkedRows, silent: frozenset[int]
    ) -> Iterator[CellMark]:
        plan = self.batch.plan
        declared: Sheet = plan[sheet]
        years = {
            LEGISLATURE: f"{plan.first_year}-{plan.last_year}",
            EXERCICES: f"{plan.years[0]}-{plan.years[-1]}",
        }
        ours = cache(partial(self._ours, rule))
        kinds = {name: declared[name].kind if name in declared else None for name in marked.values}
        for at, (source, row) in enumerate(marked.index):
            if source in silent:
                continue
            words = {name: say(values[at], kinds[name]) for name, values in marked.values.items()}
            words |= years | {LABEL: declared[key].label, VALUE: words[key]}
            words |= ours(source)
            if words.get(CODE) == BLANK:
                words[CODE] = f"(ligne {row})"
            yield CellMark(
                rule.message, (source, sheet, row, key), words, words[key],
                claims=rule.replaces_blank_message, after=rule.after,
            )  # fmt: skip

    def _ours(self, rule: Rule, source: int) -> Mapping[str, str]:
        """Return what the sentences of a rule say of the institution of a source."""
        values = self.batch.parameters
        numbers = {t.key: say(float(values[t.key][source]), t.kind) for t in rule.thresholds}
        known = self.batch.terms[source] | numbers
        return {name: known[name] for name in rule.holes & known.keys()}


def _told_by_us(rule: Rule, plan: Plan) -> frozenset[str]:
    return frozenset(plan.terms_of()) | {threshold.key for threshold in rule.thresholds}
