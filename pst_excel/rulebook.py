"""How a coherence rule is declared and run: a small function over frames that marks rows.

A rule never builds a cell, a sentence or a finding: it returns the marked rows of the sheet it
points at, and says in its declaration how they are told to a person.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from pst_excel.expressions import Expression, Scope
from pst_excel.findings import Severity
from pst_excel.joins import Frames
from pst_excel.schema import Plan
from pst_excel.stages import Stage

Check = Callable[["Book"], "pd.Series[Any] | pd.DataFrame"]
Condition = Callable[[str], Expression]
"""What a row that is marked verifies, given the column that the rule points at."""


@dataclass(frozen=True)
class Book:
    """What a rule reads: the frames of a batch, the parameters, the columns it points at.

    `earlier` holds the frames of the state of each source before, where it is known; `memory` what
    the rules of one batch share.
    """

    frames: Frames
    parameters: Mapping[str, Any]
    sheet: str
    column: str
    earlier: Frames = field(default_factory=dict)
    memory: dict[Hashable, Any] = field(default_factory=dict)

    def once(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """Return what several rules of a batch ask, made for the first of them."""
        if key not in self.memory:
            self.memory[key] = make()
        return self.memory[key]

    def __getitem__(self, sheet: str) -> pd.DataFrame:
        return self.frames[sheet]

    @property
    def here(self) -> pd.DataFrame:
        """The frame of the sheet that the rule points at."""
        return self.frames[self.sheet]

    @property
    def cells(self) -> pd.Series[Any]:
        """The column that the rule points at."""
        return self.here[self.column]

    @property
    def before(self) -> pd.DataFrame:
        """The frame of the sheet that the rule points at, as it was before."""
        return self.earlier[self.sheet]


@dataclass(frozen=True)
class Rule:
    """A coherence rule.

    `at` is the (sheet, column) whose cell is shown; a rule pointing at several runs once for each,
    and a column ending in `*` stands for all those of the sheet that begin so.
    `check` returns a boolean Series over the sheet's frame, or the marked rows as a DataFrame with
    further columns for the sentence. A rule that looks at a row and its links has a `condition`
    instead, which the workbook shows as well while it is filled; `says` are then the further words
    of its sentence. `whole` rules judge a whole plan, not the return of a service.
    `needs` names the sheets without the whole of which the rule has nothing to say of a return.
    `stage` is the one from which a plan is blamed; `since` the version of the template with which
    the rule came; what a rule on `trial` finds blames nobody. A rule is silent on a row where one
    of those of `after` spoke. A rule that `compares` looks at the state before as well.
    A `firm` rule cannot be waived.
    `blank` rules speak of an empty cell instead of the structural message. `good` and `bad` are
    small tables of text: the first gives no finding of this rule, the second exactly one.
    """

    code: str
    severity: Severity
    title: str
    sentence: str
    expected: str
    remedy: str
    source: str
    at: tuple[tuple[str, str], ...]
    good: str
    bad: str
    stage: Stage
    since: str
    check: Check | None = None
    condition: Condition | None = None
    says: Mapping[str, Expression] = field(default_factory=dict)
    whole: bool = False
    blank: bool = False
    needs: tuple[str, ...] = ()
    trial: bool = False
    after: tuple[str, ...] = ()
    compares: bool = False
    firm: bool = False

    @property
    def scope(self) -> str:
        """Which workbooks the rule judges, in words."""
        return "PST complet" if self.whole else "tout classeur"

    @property
    def told(self) -> Severity:
        """The severity of what the rule finds."""
        return Severity.TRIAL if self.trial else self.severity

    def places(self, plan: Plan) -> list[tuple[str, str]]:
        """Return the (sheet, column) of a plan at which the rule points.

        Raises: ValueError when there is none such.
        """
        found = [
            (sheet, column.key)
            for sheet, key in self.at
            for column in (plan[sheet].inputs if sheet in plan else ())
            if column.key == key or (key[-1] == "*" and column.key.startswith(key[:-1]))
        ]
        if not found:
            raise ValueError(f"{self.code} points at {self.at}, of which nothing is declared")
        return found

    def marks(self, book: Book) -> pd.DataFrame:
        """Return the marked rows of the sheet.

        Raises: whatever the check raises; an exception in a rule is a bug, never a finding.
        """
        if self.condition is not None:
            return self._verified(self.condition(book.column), book)
        if self.check is None:
            raise ValueError(f"{self.code}: neither a check nor a condition")
        result = self.check(book)
        if isinstance(result, pd.DataFrame):
            return result
        if not result.index.equals(book.here.index):
            raise ValueError(f"{self.code}: the marks do not follow the rows of {book.sheet}")
        return book.here[result.to_numpy(dtype=bool, na_value=False)]

    def _verified(self, condition: Expression, book: Book) -> pd.DataFrame:
        scope = Scope(book.frames, book.sheet, book.parameters)
        marked = book.here[condition.evaluate(scope).to_numpy(dtype=bool)]
        words = {name: said.evaluate(scope)[marked.index] for name, said in self.says.items()}
        return marked.assign(**words)


@dataclass
class RuleBook:
    """The rules, in the order of their declaration."""

    rules: list[Rule] = field(default_factory=list)

    def rule(
        self, code: str, severity: Severity, title: str, *, at: str | Iterable[str], **words: Any
    ) -> Callable[[Check], Check]:
        """Declare the decorated function as a rule; `at` is « sheet.column », one or several.

        Raises: ValueError when the code is already taken.
        """
        places = self._places(code, at)

        def declare(check: Check) -> Check:
            self._add(Rule(code, severity, title, at=places, check=check, **words))
            return check

        return declare

    def live(
        self, code: str, severity: Severity, title: str, *, at: str | Iterable[str], **words: Any
    ) -> Callable[[Condition], Condition]:
        """Declare the decorated function as the condition of a rule, as `rule` does a check."""
        places = self._places(code, at)

        def declare(condition: Condition) -> Condition:
            self._add(Rule(code, severity, title, at=places, condition=condition, **words))
            return condition

        return declare

    def _add(self, rule: Rule) -> None:
        known = {one.code for one in self.rules}
        if not known.issuperset(rule.after):
            raise ValueError(f"{rule.code}: it comes after rules that are not declared before it")
        self.rules.append(rule)

    def _places(self, code: str, at: str | Iterable[str]) -> tuple[tuple[str, str], ...]:
        if any(rule.code == code for rule in self.rules):
            raise ValueError(f"{code}: two rules have this code")
        places = (at,) if isinstance(at, str) else tuple(at)
        return tuple((place.split(".")[0], place.split(".")[1]) for place in places)
