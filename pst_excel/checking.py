"""What is found wrong in a batch: structure by pandera from the declaration, coherence by rules.

A cell is blamed once: what could not be read is not also blank, a blank obligatory cell is not also
incoherent; a lent row is not blamed, since who received it cannot mend it. Checks run on the
concatenated frames of a batch: the price of a check is per call.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Mapping, Sequence
from functools import cache
from typing import Any

import pandas as pd

from pst_excel.batch import Batch, Return
from pst_excel.findings import CATALOGUE, Finding, in_order
from pst_excel.lending import lent, shared_out
from pst_excel.rulebook import Book, Rule
from pst_excel.schema import SEPARATOR, Column, Layout, Plan, Sheet
from pst_excel.spelling import nearest
from pst_excel.structure import failures
from pst_excel.telling import as_read, facts, holes, message_of
from pst_excel.wording import BLANK, plural, say

Place = tuple[int, str, int, str]
"""Source, sheet, row, column key: one cell of a batch."""


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
        self.memory: dict[Hashable, Any] = {}
        self.spoken: dict[str, set[tuple[int, str, int]]] = {
            code: set() for rule in batch.plan.rules for code in rule.after
        }
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
                if not code or (code == "V09" and not self._asked(column, source)):
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
        if code == "V01" and not self._asked(column, source):
            return
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

    def _asked(self, column: Column, source: int) -> bool:
        """Tell whether a blank is blamed at the stage of a source."""
        return column.stage.reached(self.batch.stages[source])

    def rule(self, rule: Rule) -> None:
        """Run a rule at each of its places, for the sources that it may judge."""
        silent = self._unjudged(rule)
        earlier = self.batch.before.frames if self.batch.before else {}
        if len(silent) == len(self.returns) or (rule.compares and not earlier):
            return
        for sheet, key in rule.places(self.batch.plan):
            book = Book(
                self.batch.frames, self.batch.parameters, sheet, key, earlier, self.memory
            )  # fmt: skip
            marked = rule.marks(book)
            if silent:
                marked = marked[~marked.index.get_level_values("source").isin(silent)]
            self._marked(rule, self.batch.plan[sheet], key, marked)

    def _unjudged(self, rule: Rule) -> list[int]:
        """Return the sources of which a rule has nothing to say: too early, or only a part."""
        return [
            source
            for source, one in enumerate(self.returns)
            if not rule.stage.reached(self.batch.stages[source])
            or (rule.whole and one.partial)
            or (rule.needs and source in self.shared_out)
            or any(needed not in one.tables for needed in rule.needs)
        ]

    def _marked(self, rule: Rule, sheet: Sheet, key: str, marked: pd.DataFrame) -> None:
        if marked.empty:
            return
        said = holes(rule.sentence) | holes(rule.expected) | holes(rule.remedy) | {key}
        years = f"{self.batch.plan.first_year}-{self.batch.plan.last_year}"
        kinds = {name: sheet[name].kind if name in sheet else None for name in said}
        columns = {name: marked[name].tolist() for name in said - _COMMON}
        for position, (source, row) in enumerate(marked.index):
            place = (int(source), sheet.key, int(row), key)
            if place in self.taken or any(place[:3] in self.spoken[code] for code in rule.after):
                continue
            if rule.blank:
                self.taken.add(place)
            if rule.code in self.spoken:
                self.spoken[rule.code].add(place[:3])
            words = {n: say(values[position], kinds[n]) for n, values in columns.items()}
            words |= {"label": sheet[key].label, "valeur": words[key], "legislature": years}
            if words.get("code") == BLANK:
                words["code"] = f"(ligne {place[2]})"
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
        severity = message.told if isinstance(message, Rule) else message.severity
        self.findings.append(
            Finding(
                message.code, severity, message.title, message.sentence.format_map(words),
                one.file, title, cell, None if form else row,
                self._value(source, sheet, row, "id"), read,
                message.expected.format_map(words), message.remedy.format_map(words),
                one.service or self._value(source, sheet, row, sheet.owner),
                sheet[key].label if key else about,
                self.order[sheet.key],
                self._value(source, sheet, row, "code"),
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
