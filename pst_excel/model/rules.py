"""How a coherence rule is declared and run: a small function over frames that marks rows.

A rule never builds a cell, a sentence or a finding: it returns the marked rows of the sheet it
points at, and says in its declaration how they are told to a person.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from string import Formatter
from typing import Any, Protocol

import numpy as np
import pandas as pd

from pst_excel.model.findings import Message, Severity
from pst_excel.model.formulas import Expression, Scope
from pst_excel.model.schema import Sheet
from pst_excel.model.series import Frame, Frames, Index, Parameters, Series
from pst_excel.model.thresholds import on_rows
from pst_excel.model.words.stages import Stage
from pst_excel.model.words.thresholds import Threshold
from pst_excel.text.brief import brief


class Declared(Protocol):
    """A plan, as far as rules know it: its sheets by key, and what people call it."""

    @property
    def short(self) -> str:
        """What people call it."""

    def __contains__(self, key: object) -> bool: ...

    def __getitem__(self, key: str) -> Sheet: ...


LABEL, VALUE, LEGISLATURE, EXERCICES = "label", "valeur", "legislature", "exercices"
COMMON_WORDS = frozenset({LABEL, VALUE, LEGISLATURE, EXERCICES})
"""What the sentence of any rule may say: the heading and the value of the cell, the legislature and
its exercices."""


@dataclass(frozen=True)
class Marks:
    """The rows that break a rule: a boolean for each row of its sheet, or the labels of some.

    `words` are further words of its sentence: one for all, or by the label of the row.
    """

    rows: Series | Index
    words: Mapping[str, Series | str] = field(default_factory=dict)


@dataclass(frozen=True)
class RuleView:
    """What a rule sees: the frames of a batch, the parameters, the column that it points at.

    `earlier` holds the frames of the state of each source before, where it is known; `memory` what
    the rules of one batch share; `waivable` the codes of the rules that can be waived;
    `thresholds` are those that the rule declares; `told` are the holes of its sentences that who
    tells the finding fills.
    """

    frames: Frames
    parameters: Parameters
    sheet: str
    column: str
    earlier: Frames = field(default_factory=dict)
    memory: dict[Hashable, Any] = field(default_factory=dict)
    waivable: frozenset[str] = frozenset()
    thresholds: tuple[Threshold, ...] = ()
    told: frozenset[str] = frozenset()

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
    def cells(self) -> Series:
        """The column that the rule points at."""
        return self.here[self.column]

    def threshold(self, threshold: Threshold, rows: Frame | Series | None = None) -> Series:
        """Return a threshold as the institution of each row has it; of those of `here` unless said.

        Raises: ValueError for one that the rule does not declare.
        """
        if threshold not in self.thresholds:
            raise ValueError(f"{threshold.key}: the rule does not declare this threshold")
        return on_rows(threshold, self.here if rows is None else rows, self.parameters)

    @property
    def before(self) -> pd.DataFrame:
        """The frame of the sheet that the rule points at, as it was before."""
        return self.earlier[self.sheet]


@dataclass(frozen=True)
class MarkedRows:
    """The rows that a rule marked: their (source, row), and the values of columns and words."""

    index: Sequence[tuple[int, int]]
    values: Mapping[str, Sequence[Any]]

    def __len__(self) -> int:
        return len(self.index)


Check = Callable[[RuleView], "Series | Marks"]
Condition = Callable[[str], Expression]
"""What a row that is marked verifies, given the column that the rule points at."""


@dataclass(frozen=True)
class Rule:
    """A coherence rule.

    `at` is the (sheet, column) whose cell is shown; a rule pointing at several runs once for each,
    and a column ending in `*` stands for all those of the sheet that begin so.
    `check` returns a boolean Series over the sheet's frame, or Marks with further words for the
    sentence. A rule that looks at a row and its links has a `condition`
    instead, which the workbook shows as well while it is filled; `extra_words` are then the further
    words of its sentence. `whole_plan_only` rules judge a whole plan, not the return of a service.
    `needs` names the sheets without the whole of which the rule has nothing to say of a return.
    `stage` is the one from which a plan is blamed; `since` the version of the template with which
    the rule came; what a rule on `trial` finds blames nobody. A rule is silent on a row where one
    of those of `after` spoke. A rule that `needs_previous` looks at the state before as well.
    A `not_waivable` rule cannot be waived. `thresholds` are the numbers of the institution that its
    check asks for; their keys are holes of its sentences too. What a hint finds in one column of a
    file is said once beyond the number that it says is `gathered`, in the words of `together`.
    `replaces_blank_message` rules speak of an empty cell instead of the structural message. `good`
    and `bad` are small tables of text: the first gives no finding of this rule, the second one.
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
    extra_words: Mapping[str, Expression] = field(default_factory=dict)
    whole_plan_only: bool = False
    replaces_blank_message: bool = False
    needs: tuple[str, ...] = ()
    trial: bool = False
    after: tuple[str, ...] = ()
    needs_previous: bool = False
    not_waivable: bool = False
    gathered: int | None = None
    together: str = ""
    thresholds: tuple[Threshold, ...] = ()

    def __repr__(self) -> str:
        return brief(self, self.code, self.effective_severity, self.title)

    def scope(self, plan: Declared) -> str:
        """Say which workbooks the rule judges."""
        return f"{plan.short} complet" if self.whole_plan_only else "tout classeur"

    @property
    def effective_severity(self) -> Severity:
        """The severity of what the rule finds."""
        return Severity.TRIAL if self.trial else self.severity

    def places(self, plan: Declared) -> list[tuple[str, str]]:
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

    @cached_property
    def holes(self) -> frozenset[str]:
        """The names of the holes of its sentences."""
        texts = (self.sentence, self.expected, self.remedy)
        return frozenset(
            name for text in texts for _, name, _, _ in Formatter().parse(text) if name
        )

    @cached_property
    def message(self) -> Message:
        """How what the rule finds is said."""
        message = Message(
            self.code, self.effective_severity, self.title, self.sentence, self.expected,
            self.remedy, self.gathered,
        )  # fmt: skip
        return replace(message, together=self.together) if self.together else message

    def marked(self, view: RuleView) -> MarkedRows:
        """Return the marked rows of the sheet, with the columns and words that its sentences say.

        No other column is read. Raises: whatever the check raises; an exception in a rule is a bug,
        never a finding.
        """
        index = view.here.index
        if not len(index):
            return MarkedRows([], {})
        marks = self._marks(view)
        if isinstance(marks.rows, pd.Index):
            positions = np.sort(index.get_indexer(marks.rows))
        elif marks.rows.index.equals(index):
            positions = np.flatnonzero(marks.rows.to_numpy(dtype=bool, na_value=False))
        else:
            raise ValueError(f"{self.code}: the marks do not follow the rows of {view.sheet}")
        if not len(positions):
            return MarkedRows([], {})
        labels = index.take(positions)
        values = {}
        for name in (self.holes - COMMON_WORDS - view.told) | {view.column}:
            word = marks.words.get(name)
            if isinstance(word, str):
                values[name] = [word] * len(positions)
            elif word is not None:
                values[name] = word.reindex(labels).tolist()
            else:
                values[name] = view.here[name].take(positions).tolist()
        return MarkedRows(labels.tolist(), values)

    def _marks(self, view: RuleView) -> Marks:
        if self.condition is not None:
            scope = Scope(view.frames, view.sheet, view.parameters)
            rows = self.condition(view.column).evaluate(scope)
            words = {name: word.evaluate(scope) for name, word in self.extra_words.items()}
            return Marks(rows, words)
        if self.check is None:
            raise ValueError(f"{self.code}: neither a check nor a condition")
        result = self.check(view)
        return result if isinstance(result, Marks) else Marks(result)


@dataclass
class RuleBook:
    """The rules of one subject, in the order of their declaration."""

    rules: list[Rule] = field(default_factory=list)

    def rule(
        self, code: str, severity: Severity, title: str, *, at: str | Iterable[str], **words: Any
    ) -> Callable[[Check], Check]:
        """Declare the decorated function as a rule; `at` is « sheet.column », one or several."""

        def declare(check: Check) -> Check:
            self.rules.append(Rule(code, severity, title, at=_places(at), check=check, **words))
            return check

        return declare

    def live(
        self, code: str, severity: Severity, title: str, *, at: str | Iterable[str], **words: Any
    ) -> Callable[[Condition], Condition]:
        """Declare the decorated function as the condition of a rule, as `rule` does a check."""

        def declare(condition: Condition) -> Condition:
            self.rules.append(
                Rule(code, severity, title, at=_places(at), condition=condition, **words)
            )
            return condition

        return declare


def _places(at: str | Iterable[str]) -> tuple[tuple[str, str], ...]:
    places = (at,) if isinstance(at, str) else tuple(at)
    return tuple((place.split(".")[0], place.split(".")[1]) for place in places)


def joined(books: Iterable[RuleBook]) -> tuple[Rule, ...]:
    """Return the rules of all books, in the order of the books.

    Raises: ValueError when two rules have one code, or one comes after a rule that is not before.
    """
    rules: dict[str, Rule] = {}
    for rule in (rule for book in books for rule in book.rules):
        if rule.code in rules:
            raise ValueError(f"{rule.code}: two rules have this code")
        if not rules.keys() >= set(rule.after):
            raise ValueError(f"{rule.code}: it comes after rules that are not declared before it")
        rules[rule.code] = rule
    return tuple(rules.values())
