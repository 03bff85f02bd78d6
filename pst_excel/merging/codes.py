"""Codes that two senders chose alike: one keeps it, the next free one is proposed to the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pst_excel.merging.conflicts import ConflictKind, Side
from pst_excel.merging.contents import plain
from pst_excel.merging.differences import ROW, Change, ChangeKind
from pst_excel.merging.docket import Word
from pst_excel.merging.settlement import Settlement
from pst_excel.model.schema import Sheet
from pst_excel.model.words.keys import CODE
from pst_excel.text.spelling import as_code

_LAST_NUMBER = re.compile(r"(.*?)([0-9]{1,9})([^0-9]*)", re.DOTALL)


class Taken:
    """The codes that rows have, as they are compared, and the last number of those alike."""

    def __init__(self, codes: Iterable[str]) -> None:
        self._codes: set[str] = set()
        self._last: dict[tuple[str, str], int] = {}
        self._next: dict[str, int] = {}  # below, every number after a code without one is taken
        for code in codes:
            self.add(code)

    def __contains__(self, code: str) -> bool:
        return as_code(code) in self._codes

    def add(self, code: str) -> None:
        """Take a code."""
        code = as_code(code)
        self._codes.add(code)
        if found := _LAST_NUMBER.fullmatch(code):
            alike = found[1], found[3]
            self._last[alike] = max(self._last.get(alike, 0), int(found[2]))

    def next_free(self, code: str) -> str:
        """Return the next code after those like one: 1.1.4 after 1.1.3, AC-08 after AC-07.

        A code without a number gets one.
        """
        found = _LAST_NUMBER.fullmatch(code)
        before, digits, after = found.groups() if found else (code, "", "")
        last = self._last.get((as_code(before), as_code(after)), 0)
        number = max(last, int(digits)) + 1 if found else self._next.get(as_code(code), 2)
        while (proposed := f"{before}{str(number).zfill(len(digits))}{after}") in self:
            number += 1
        if not found:
            self._next[as_code(code)] = number
        return proposed


def part_codes(settlement: Settlement) -> None:
    """Propose a free code to each row whose new code another author took, or the plan has."""
    for sheet in settlement.draft.plan.tables:
        if sheet.identity != (CODE,):
            continue
        rows = settlement.draft.records[sheet.key].values()
        taken = Taken(str(record.get(CODE)) for record in rows)
        for ident, keeper in _contested(settlement, sheet):
            taken.add(_recode(settlement, sheet, ident, keeper, taken))


def _contested(settlement: Settlement, sheet: Sheet) -> Iterator[tuple[str, str]]:
    """Give each row that must leave its code, and the one that keeps it: the plan's own first."""
    by_code: dict[str, list[str]] = {}
    for ident, record in settlement.draft.records[sheet.key].items():
        if record.get(CODE):
            by_code.setdefault(as_code(str(plain(record[CODE]))), []).append(ident)
    for idents in by_code.values():
        if len(idents) > 1:
            by_author = {ident: _author(settlement, sheet.key, ident) for ident in idents}
            keeper = min(idents, key=lambda ident: (by_author[ident], ident))
            for ident in idents:
                if by_author[ident] != by_author[keeper]:
                    yield ident, keeper


def _author(settlement: Settlement, sheet: str, ident: str) -> int:
    """Return the place of the answer that gave a row its code; -1 where the plan had it."""
    if (sheet, ident) in settlement.added:
        return settlement.added[sheet, ident]
    return settlement.origins.get((sheet, ident, CODE), (-1, 0))[0]


def _recode(settlement: Settlement, sheet: Sheet, ident: str, keeper: str, taken: Taken) -> str:
    draft, record = settlement.draft, settlement.draft.records[sheet.key][ident]
    wanted, name = str(record[CODE]), draft.called(sheet.key, record)
    code = _before(settlement, sheet.key, ident)
    proposed = code if code and code not in taken else taken.next_free(wanted)
    place = (sheet.key, ident, CODE)
    source, row = settlement.origins.get(place) or settlement.origins[sheet.key, ident, ROW]
    answer = settlement.answers[source]
    change = Change(ChangeKind.RECODED, sheet.key, ident, CODE, wanted, proposed, row)
    record[CODE] = proposed
    other = draft.called(sheet.key, draft.records[sheet.key][keeper])
    settlement.docket.enter(Word.RECODED, answer, change, wanted, proposed)
    settlement.docket.open(
        ConflictKind.CODE, change, (Side(answer.author, name, answer.place(change), wanted),),
        f"Un code pour deux lignes : « {other} » le garde, celle-ci reçoit {proposed}.",
        ours=Side("", other, _where(settlement, sheet.key, keeper), proposed),
    )  # fmt: skip
    return proposed


def _where(settlement: Settlement, sheet: str, ident: str) -> str:
    """Say where the row that keeps its code was read; empty where it is the plan's own."""
    found = settlement.origins.get((sheet, ident, ROW))
    if found is None:
        return ""
    source, row = found
    change = Change(ChangeKind.ADDED, sheet, ident, CODE, row=row)
    return settlement.answers[source].place(change)


def _before(settlement: Settlement, sheet: str, ident: str) -> str:
    """Return the code that a row had in the plan before the answers; empty for a new row."""
    records = settlement.draft.start.sheets.get(sheet)
    at = records.position.get(ident) if records is not None else None
    return str(records.column(CODE)[at] or "") if records is not None and at is not None else ""
