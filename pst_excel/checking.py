"""What is found wrong in a batch: structure by pandera from the declaration, coherence by rules.

A cell is blamed once: what could not be read is not also blank, a blank obligatory cell is not also
incoherent; a lent row is not blamed, since who received it cannot mend it. Checks run on the
concatenated frames of a batch: the price of a check is per call.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd

from pst_excel.batch import Batch, Refusal, Return
from pst_excel.findings import CATALOGUE, Finding, Severity, in_order
from pst_excel.journal import Entry, journal
from pst_excel.lending import lent, shared_out
from pst_excel.rulebook import Book, Rule
from pst_excel.schema import SEPARATOR, Column, Layout, Plan, Sheet
from pst_excel.spelling import nearest
from pst_excel.structure import failures
from pst_excel.telling import as_read, facts, holes, message_of
from pst_excel.wording import plural, say

Place = tuple[int, str, int, str]
"""Source, sheet, row, column key: one cell of a batch."""


@dataclass(frozen=True)
class Report:
    """What a check says: findings, files refused, rows and rows without remark by sheet.

    `journal` holds every reading that was not literal.
    """

    findings: list[Finding]
    refusals: list[Refusal]
    rows: Mapping[str, int]
    clean: Mapping[str, int]
    journal: Sequence[Entry] = ()

    @property
    def errors(self) -> int:
        """The number of findings that are errors."""
        return sum(finding.severity is Severity.ERROR for finding in self.findings)


def check(
    returns: Sequence[Return],
    plan: Plan,
    observed: dt.date,
    refusals: Sequence[Refusal] = (),
) -> Report:
    """Check returns of one legislature together; each finding points at a cell of its own file."""
    batch = Batch(returns, plan, observed)
    return report(batch, check_batch(batch), refusals)


def report(batch: Batch, findings: list[Finding], refusals: Sequence[Refusal] = ()) -> Report:
    """Count the rows of a checked batch beside its findings."""
    rows, clean = counted_rows(batch.returns, batch.plan, findings)
    return Report(findings, list(refusals), rows, clean, journal(batch.returns))


def counted_rows(
    returns: Sequence[Return], plan: Plan, findings: Sequence[Finding]
) -> tuple[dict[str, int], dict[str, int]]:
    """Return by sheet the own rows, those lent left out, and those of them without remark.

    Hints do not make a row unclean.
    """
    rows: dict[str, int] = {}
    clean: dict[str, int] = {}
    remarked = {
        (f.file, f.sheet, f.row) for f in findings if f.severity is not Severity.HINT and f.row
    }
    for sheet in plan.tables:
        own = [
            (one.file, table.title, row)
            for one in returns
            if (table := one.tables.get(sheet.key))
            for row, is_lent in zip(table.rows, lent(table), strict=True)
            if not is_lent
        ]
        rows[sheet.title] = len(own)
        clean[sheet.title] = sum(place not in remarked for place in own)
    return rows, clean


def check_batch(batch: Batch) -> list[Finding]:
    """Return every finding of a batch, the worst first."""
    checker = _Checker(batch)
    checker.troubles()
    checker.unread()
    rules: tuple[Rule, ...] = batch.plan.rules
    for rule in rules:
        if rule.blank:
            checker.rule(rule)
    checker.structure()
    for rule in rules:
        if not rule.blank:
            checker.rule(rule)
    return in_order(checker.findings)


def troubles(returns: Sequence[Return], plan: Plan) -> list[Finding]:
    """Return what is wrong in the structure of files: sheets and headings."""
    checker = _Checker(Batch([], plan, dt.date.min), returns)
    checker.troubles()
    return in_order(checker.findings)


class _Checker:
    def __init__(self, batch: Batch, returns: Sequence[Return] | None = None) -> None:
        self.batch = batch
        self.returns = batch.returns if returns is None else returns
        self.findings: list[Finding] = []
        self.taken: set[Place] = set()
        self.noted = {
            (source, note.sheet, note.row, note.key): note.note
            for source, one in enumerate(self.returns)
            for note in one.notes
            if note.note.understood
        }
        self.shared_out = {n for n, one in enumerate(self.returns) if shared_out(one)}
        order = {sheet.key: number for number, sheet in enumerate(batch.plan)}
        self.order = order

    def troubles(self) -> None:
        """Say what is wrong in the structure of the files."""
        for source, one in enumerate(self.returns):
            for trouble in one.troubles:
                sheet = self.batch.plan[trouble.sheet]
                table = one.tables.get(trouble.sheet)
                message = CATALOGUE[trouble.code]
                self._say(
                    message, source, sheet, dict(trouble.words) | {"cell": trouble.cell},
                    title=table.title if table else sheet.title,
                    about=trouble.words.get("label", ""),
                    cell=trouble.cell, read=trouble.words.get("read", ""),
                )  # fmt: skip

    def unread(self) -> None:
        """Say the cells that were not understood, and those to be confirmed."""
        for source, one in enumerate(self.returns):
            for note in one.notes:
                column = self.batch.plan[note.sheet][note.key]
                code = message_of(note.note, column)
                if not code:
                    continue
                words = {"read": say(note.note.read), "understood": note.note.understood}
                self._cell(code, (source, note.sheet, note.row, note.key), column, words)

    def structure(self) -> None:
        """Check the structure of each sheet, every failure at once."""
        for sheet in self.batch.plan:
            if sheet.layout is Layout.LISTS:
                continue
            frame = self.batch.frames[sheet.key]
            for code, position, key in failures(sheet, frame):
                source, row = (int(part) for part in frame.index[position])
                self._structural(code, (source, sheet.key, row, key), frame[key].iat[position])

    def _structural(self, code: str, place: Place, value: Any) -> None:
        source, sheet, _, key = place
        table = self.returns[source].tables[sheet]
        if place in self.taken or key in table.missing:
            return
        column = self.batch.plan[sheet][key]
        words = {"read": say(value, column.kind)}
        if code == "V03" and column.vocabulary is not None:
            labels = column.vocabulary.labels
            wrong = [v for v in str(value).split(SEPARATOR) if v not in labels]
            words["read"] = say(SEPARATOR.join(wrong))
            near = nearest(wrong[0], labels)
            words["guess"] = f" Est-ce « {near} » ?" if near else ""
        if code == "V05":
            words["read"] = plural(len(str(value)), "caractère")
        self._cell(code, place, column, words)

    def rule(self, rule: Rule) -> None:
        """Run a rule at each of its places."""
        for sheet, key in rule.at:
            if sheet not in self.batch.plan or key not in self.batch.plan[sheet]:
                raise ValueError(f"{rule.code} points at {sheet}.{key}, which is not declared")
            book = Book(self.batch.frames, self.batch.parameters, sheet, key)
            marked = rule.marks(book)
            if rule.whole:
                partial = pd.Index(self.batch.parameters["partial"], dtype=bool)
                marked = marked[~partial.to_numpy()[marked.index.get_level_values("source")]]
            if rule.needs:
                lacking = [
                    source
                    for source, one in enumerate(self.returns)
                    if source in self.shared_out
                    or any(needed not in one.tables for needed in rule.needs)
                ]
                marked = marked[~marked.index.get_level_values("source").isin(lacking)]
            self._marked(rule, self.batch.plan[sheet], key, marked)

    def _marked(self, rule: Rule, sheet: Sheet, key: str, marked: pd.DataFrame) -> None:
        if marked.empty:
            return
        said = holes(rule.sentence) | holes(rule.expected) | holes(rule.remedy) | {key}
        years = f"{self.batch.plan.first_year}-{self.batch.plan.last_year}"
        kinds = {name: sheet[name].kind if name in sheet else None for name in said}
        columns = {name: marked[name].tolist() for name in said - _COMMON}
        for position, (source, row) in enumerate(marked.index):
            place = (int(source), sheet.key, int(row), key)
            if place in self.taken:
                continue
            if rule.blank:
                self.taken.add(place)
            words = {n: say(values[position], kinds[n]) for n, values in columns.items()}
            words |= {"label": sheet[key].label, "valeur": words[key], "legislature": years}
            self._say(rule, place[0], sheet, words, row=place[2], key=key, read=words[key])

    def _cell(self, code: str, place: Place, column: Column, words: dict[str, str]) -> None:
        source, sheet, row, key = place
        if code != "V06":
            self.taken.add(place)
        words = facts(column) | words
        self._say(
            CATALOGUE[code], source, self.batch.plan[sheet], words,
            row=row, key=key, read=words["read"],
        )  # fmt: skip

    def _say(
        self, message: Any, source: int, sheet: Sheet, words: Mapping[str, str],
        *, row: int | None = None, key: str = "", title: str = "", cell: str = "", read: str = "",
        about: str = "",
    ) -> None:  # fmt: skip
        one = self.returns[source]
        table = one.tables.get(sheet.key)
        if row is not None and row in self._lent(source, sheet.key):
            return
        if row is not None and table is not None:
            title, cell = table.title, table.cell(key, row)
            read = as_read(self.noted.get((source, sheet.key, row, key)), read)
        form = sheet.layout is Layout.FORM
        self.findings.append(
            Finding(
                message.code, message.severity, message.title, message.sentence.format_map(words),
                one.file, title, cell, None if form else row,
                self._value(source, sheet, row, "id"), read,
                message.expected.format_map(words), message.remedy.format_map(words),
                one.service or self._value(source, sheet, row, sheet.owner),
                sheet[key].label if key else about,
                self.order[sheet.key],
            )
        )  # fmt: skip

    def _value(self, source: int, sheet: Sheet, row: int | None, key: str) -> str:
        if row is None or key not in sheet:
            return ""
        table = self.returns[source].tables[sheet.key]
        value = self._positions(source, sheet.key).get(row)
        found = table.columns[key][value] if value is not None else None
        return str(found) if found is not None else ""

    @cache  # noqa: B019 - a checker lives for one check
    def _lent(self, source: int, sheet: str) -> frozenset[int]:
        table = self.returns[source].tables.get(sheet)
        rows = zip(table.rows, lent(table), strict=True) if table else ()
        return frozenset(row for row, is_lent in rows if is_lent)

    @cache  # noqa: B019 - a checker lives for one check
    def _positions(self, source: int, sheet: str) -> dict[int, int]:
        return {row: at for at, row in enumerate(self.returns[source].tables[sheet].rows)}


_COMMON = frozenset({"label", "valeur", "legislature"})
"""What the sentence of any rule may say: the heading and the value of the cell, the legislature."""
