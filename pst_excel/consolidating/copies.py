"""How the copies of a row that was sent to several services become one row again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from pst_excel.cells.values import as_text
from pst_excel.model.schema import Sheet
from pst_excel.model.words.keys import ID, ROW_ROLE, STAMP
from pst_excel.model.words.wording import say
from pst_excel.returns.shared_rows import (
    _LOCAL,
    RowContents,
    fingerprint,
    lent,
    named,
    row_contents,
)
from pst_excel.returns.tables import Return
from pst_excel.text.spelling import fold

WHOLE = 32_767  # what a cell can hold: a value set aside is kept whole


_ROW = "Ligne entière"


@dataclass(frozen=True)
class CopyDifference:
    """What a copy of a lent row says otherwise than the record: it is set aside, never lost."""

    id: str
    column: str
    kept: tuple[str, str]
    other: tuple[str, str]


@dataclass(frozen=True)
class _Copy:
    """One of the rows that came for a record: its place in the frame, whether and how it was sent.

    `sent` is the stamp of what it held then, empty for a row that was not sent; `stamp` is that of
    what it holds now.
    """

    at: int
    source: int
    row: int
    lent: bool
    sent: str
    fingerprint: str
    contents: RowContents


@dataclass
class CopyResolver:
    """Which of the copies of each record count, and what the others say otherwise."""

    returns: Sequence[Return]
    sheet: Sheet
    frame: pd.DataFrame
    kept: list[int] = field(default_factory=list)
    changes: list[CopyDifference] = field(default_factory=list)

    def settle(self) -> pd.DataFrame:
        """Return the rows that count, in their order and no longer lent; fill `changes`."""
        if STAMP not in self.frame or not self.frame[[ROW_ROLE, STAMP]].notna().any(axis=None):
            return self.frame
        for ident, group in self._records().items():
            counting, aside = _counting(group)
            self.kept += [copy.at for copy in counting]
            if counting[0].lent:
                self._without_owner(ident, counting[0])
            for copy in aside:
                self._changed(ident, counting[0], copy, group)
        blank = pd.array([None] * len(self.kept), dtype="str")
        return self.frame.iloc[sorted(self.kept)].assign(**{ROW_ROLE: blank, STAMP: blank})

    def _records(self) -> dict[str, list[_Copy]]:
        known: dict[tuple[int, int], tuple[bool, str, str, RowContents]] = {}
        for source, returned in enumerate(self.returns):
            table = returned.tables.get(self.sheet.key)
            if table is None:
                continue
            sent = table.columns.get(STAMP) or [None] * len(table)
            holding = row_contents(returned, table, self.sheet)
            for row, is_lent, was, holds in zip(
                table.rows, lent(table), sent, holding, strict=True
            ):
                known[(source, row)] = is_lent, as_text(was or ""), fingerprint(holds), holds
        records: dict[str, list[_Copy]] = {}
        places = zip(self.frame.index, self.frame[ID], strict=True)
        for at, ((source, row), ident) in enumerate(places):
            copy = _Copy(at, source, row, *known[(source, row)])
            records.setdefault(ident, []).append(copy)
        return records

    def _without_owner(self, ident: str, kept: _Copy) -> None:
        """Say of a record that only lent copies hold what its owner, or its origin, would say."""
        if kept.fingerprint != kept.sent:
            words = ("modifiée par un service qui n’en répond pas", self._place(kept))
            self.changes.append(CopyDifference(ident, _ROW, words, ("aucune autre copie", "")))
            return
        owners = named(kept.contents.get(self.sheet.owner))
        for returned in self.returns:
            if fold(returned.service) in owners and self.sheet.key in returned.tables:
                other = ("absente du classeur du service", returned.file)
                kept_from = ("gardée telle qu’elle a été envoyée", self._place(kept))
                self.changes.append(CopyDifference(ident, _ROW, kept_from, other))

    def _changed(self, ident: str, kept: _Copy, copy: _Copy, group: list[_Copy]) -> None:
        """List what was changed in a lent row; where what was sent is known, nothing but that."""
        sent = next((other.contents for other in group if other.fingerprint == copy.sent), None)
        absent = self.returns[copy.source].tables[self.sheet.key].missing
        for key in dict.fromkeys([*copy.contents, *kept.contents]):
            text = copy.contents.get(key)
            if (
                key in absent
                or text == kept.contents.get(key)
                or (sent is not None and text == sent.get(key))
            ):
                continue
            label = self.sheet[key].label if key in self.sheet else key.removeprefix(_LOCAL)
            self.changes.append(
                CopyDifference(ident, label, self._said(kept, key), self._said(copy, key))
            )  # fmt: skip

    def _said(self, copy: _Copy, key: str) -> tuple[str, str]:
        """Say a cell of a copy as a conflict does, and its place."""
        text = copy.contents.get(key)
        if key not in self.sheet:
            return say(text, None, WHOLE), self._place(copy)
        (value,) = self.frame[key].iloc[[copy.at]].tolist()
        typed = text if pd.isna(value) else value
        return say(typed, self.sheet[key].kind, WHOLE), self._place(copy, key)

    def _place(self, copy: _Copy, key: str = "") -> str:
        returned = self.returns[copy.source]
        table = returned.tables[self.sheet.key]
        cell = table.cell(key, copy.row) if key else ""
        where = f"{table.title}!{cell}" if cell else f"{table.title} · ligne {copy.row}"
        return f"{returned.file} · {where}"


def _counting(copies: Sequence[_Copy]) -> tuple[list[_Copy], list[_Copy]]:
    """Return the copies of one record that count, and the lent ones that were changed and do not.

    A copy as it was sent gives way to one that its service changed; a lent one counts only where
    the record came from nobody else, and then once.
    """
    sent = {copy.sent for copy in copies if copy.sent}

    def idle(copy: _Copy) -> bool:
        return copy.fingerprint == copy.sent if copy.sent else copy.fingerprint in sent

    own = [copy for copy in copies if not copy.lent]
    if any(copy.sent and not idle(copy) for copy in own):
        own = [copy for copy in own if not idle(copy)]
    changed = [copy for copy in copies if copy.lent and not idle(copy)]
    counting = own or [copy for copy in copies if copy.lent and idle(copy)][:1] or changed[:1]
    return counting, [copy for copy in changed if copy not in counting]
