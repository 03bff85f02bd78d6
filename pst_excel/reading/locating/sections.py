"""The records of one sheet written as titles between the rows of another: « OO 1.1 : … »."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from pst_excel.cells.grid import filled, is_text
from pst_excel.cells.values import RawCell, as_text
from pst_excel.model.plan import Plan
from pst_excel.model.schema import Column, Sheet
from pst_excel.model.words.kinds import Kind
from pst_excel.reading.locating.tolerances import words_of
from pst_excel.text.spelling import tidy

GridRow = Sequence[RawCell]
FilledCells = list[tuple[int, RawCell]]
"""The filled cells of a row, each with its position."""

_SECTION = re.compile(
    r"(?P<word>[^0-9]*?)[\s.:–—-]*(?:n\s*[°o]\s*)?(?P<number>[0-9]{1,3}(?:\.[0-9]{1,3})*)"
    r"(?P<gap>[\s.):;–—|·-]*)(?P<title>(?:[^\W\d_]|[«“\"'(]).*)?",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST = 300  # a longer text is no title


@dataclass(frozen=True)
class Section:
    """A record written as a title: of which sheet, its code, its name, and where they stand.

    `named` tells that a word says what it is; `sure` that no other row need confirm it; `above` is
    the code of the section over it.
    """

    sheet: Sheet
    code: str
    title: str
    row: int
    cells: FilledCells
    title_at: int
    named: bool
    sure: bool
    above: str = ""


def parent_of(sheet: Sheet, plan: Plan) -> Column | None:
    """Return the column that says of which record of one other sheet a row is a part."""
    for column in sheet.inputs:
        if len(column.refers) == 1 and column.refers[0] in plan and column.refers[0] != sheet.key:
            return column
    return None


class Sections:
    """What may be a section of a sheet, and which of its columns hold its codes, from 0."""

    def __init__(
        self, sheet: Sheet, plan: Plan, own: int | None, parent: int | None, codes: Collection[int]
    ) -> None:
        self.own, self.parent, self.codes = own, parent, codes
        self.levels: list[Sheet] = []  # of which the rows are parts, the nearest first
        column = parent_of(sheet, plan)
        while column is not None and plan[column.refers[0]] not in self.levels:
            self.levels.append(plan[column.refers[0]])
            column = parent_of(self.levels[-1], plan)
        self._words = {
            "".join(words_of(name)): level
            for level in self.levels
            for name in (*level.names, *level.records)
        }

    def section(self, row: int, here: FilledCells) -> Section | None:
        """Return the section that a row may be: its code first, then its title at most.

        More cells are accepted where a word says what it is, and where the row has no other code.
        """
        first, cell = here[0]
        text = tidy(as_text(cell)) if self.levels else ""
        parts = _SECTION.fullmatch(text) if len(text) <= _LONGEST else None
        sheet = self._sheet(parts) if parts is not None else None
        if parts is None or sheet is None or any(p in self.codes for p, _ in here[1:]):
            return None
        title, title_at, rest = tidy(parts["title"] or ""), first, here[1:]
        if not title and rest and is_text(rest[0][1]):
            title_at, title, rest = rest[0][0], tidy(rest[0][1]), rest[1:]
        named = bool(parts["word"])
        if not (named or title) or (rest and (not named or first == self.parent)):
            return None
        sure = named and not rest and (len(here) == 1 or first != self.parent)
        return Section(sheet, parts["number"], title, row, here, title_at, named, sure)

    def _sheet(self, parts: re.Match[str]) -> Sheet | None:
        """Return the sheet of which a text names a record: by its word, or by its code alone."""
        if parts["title"] and not parts["gap"]:
            return None
        word = "".join(words_of(parts["word"]))
        if word or parts["word"]:
            return self._words.get(word)
        depth = parts["number"].count(".") + 1
        if depth > len(self.levels) or (depth == 1 and parts["title"] and not parts["gap"].strip()):
            return None
        return self.levels[-depth]

    def confirmed(self, section: Section, following: GridRow | None) -> bool:
        """Tell whether the next record waits for what a section says: it has no parent."""
        if section.sure:
            return True
        if following is None:
            return False
        alone = section.named or len(section.cells) == 1
        if self.parent is not None and filled(following[self.parent]):
            return alone and tidy(as_text(following[self.parent])) == section.code
        code = as_text(following[self.own]) if self.own is not None else ""
        return alone or code.startswith(f"{section.code}.")

    def hand_down(
        self, rows: Sequence[tuple[int, GridRow, Section | None]]
    ) -> tuple[list[Section], list[str]]:
        """Return the sections, each under its own, and the code that each record has from one.

        It is empty where the record has a code of its own.
        """
        over: dict[str, Section] = {}
        sections: list[Section] = []
        given: list[str] = []
        for _, row, section in rows:
            if section is None:
                last = over.get(self.levels[0].key) if self.levels else None
                bare = self.parent is None or not filled(row[self.parent])
                given.append(last.code if last is not None and bare else "")
                continue
            at = self.levels.index(section.sheet)
            above = [over[s.key].code for s in self.levels[at + 1 :] if s.key in over]
            for sheet in self.levels[:at]:
                over.pop(sheet.key, None)
            over[section.sheet.key] = replace(section, above=above[0] if above else "")
            sections.append(over[section.sheet.key])
        return sections, given


def columns_of(
    sheet: Sheet, plan: Plan, sections: Sequence[Section]
) -> Iterator[tuple[Column, list[str], int]]:
    """Give the columns that sections fill in their own sheet: code, name, code of what is above.

    Each comes with its cells and with the place, from 0, where the first of them was read.
    """
    own = next(c for c in sheet.inputs if c.kind is Kind.CODE and not c.refers)
    code_at = sections[0].cells[0][0]
    yield own, [section.code for section in sections], code_at
    yield sheet[sheet.named_by], [section.title for section in sections], sections[0].title_at
    parent = parent_of(sheet, plan)
    if parent is not None and any(section.above for section in sections):
        yield parent, [section.above for section in sections], code_at
