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


def next_free(code: str, taken: Iterable[str]) -> str:
    """Return the next code after those like one: 1.1.4 after 1.1.3, AC-08 after AC-07.

    A code without a number gets one.
    """
    known = {as_code(other) for other in taken} | {as_code(code)}
    found = _LAST_NUMBER.fullmatch(code)
    if found is None:
        numbers = (f"{code}{number}" for number in range(2, len(known) + 3))
        return next(proposed for proposed in numbers if as_code(proposed) not in known)
    before, digits, after = found.groups()
    like = re.compile(rf"{re.escape(as_code(before))}([0-9]{{1,9}}){re.escape(as_code(after))}")
    last = max(int(match[1]) for other in known if (match := like.fullmatch(other)))
    return f"{before}{last + 1:0{len(digits)}d}{after}"


def part_codes(settlement: Settlement) -> None:
    """Propose a free code to each row whose new code another author took, or the plan has."""
    for sheet in settlement.draft.plan.tables:
        if sheet.identity != (CODE,):
            continue
        rows = settlement.draft.records[sheet.key].values()
        taken = {as_code(str(record.get(CODE))) for record in rows}
        for ident, keeper in _contested(settlement, sheet):
            taken.add(as_code(_recode(settlement, sheet, ident, keeper, taken)))


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


def _recode(settlement: Settlement, sheet: Sheet, ident: str, keeper: str, taken: set[str]) -> str:
    draft, record = settlement.draft, settlement.draft.records[sheet.key][ident]
    wanted, name = str(record[CODE]), draft.called(sheet.key, record)
    code = _before(settlement, sheet.key, ident)
    proposed = code if code and as_code(code) not in taken else next_free(wanted, taken)
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
