"""How the returns of the services become one plan: united on the stable id, every conflict listed.

Where two returns disagree on a cell, the service that answers for the row wins, else the first in
the order of services; a blank never wins over a value. Two new rows with one code and plainly
different names are two rows, and a conflict. The order in which returns are given changes nothing.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from pst_excel.batch import Batch, CellNote, Refusal, Return, Table, geometry
from pst_excel.checking import Report, check_batch, report
from pst_excel.errors import UsageError
from pst_excel.findings import Finding
from pst_excel.identity import derived
from pst_excel.parsing import Value, as_text
from pst_excel.schema import HEADING_ROW, Layout, Plan, Sheet
from pst_excel.spelling import fold
from pst_excel.wording import listed, say

SAME_NAME = 0.7  # below this likeness, two names under one code are two records
_FORM_VARIES = ("version", "service", "date_observation", "contact")


@dataclass(frozen=True)
class Conflict:
    """Two values for one cell, or two records under one code: the one kept, the one set aside."""

    sheet: str
    id: str
    name: str
    column: str
    kept: str
    kept_from: str
    other: str
    other_from: str


@dataclass
class Consolidation:
    """One plan made of many returns.

    `merged` is the plan as a return of its own, each row at its place in the workbook to be
    written; `origins` gives, by sheet, the source and row in `returns` of each of its rows.
    """

    plan: Plan
    observed: dt.date
    returns: list[Return]
    refusals: list[Refusal]
    copies: list[tuple[str, str]]
    merged: Return
    origins: dict[str, list[tuple[int, int]]]
    conflicts: list[Conflict]
    absent: list[str] = field(default_factory=list)

    @cached_property
    def batch(self) -> Batch:
        """The merged plan as frames, its computed columns filled."""
        return Batch([self.merged], self.plan, self.observed)

    @cached_property
    def report(self) -> Report:
        """What is found wrong in the merged plan, and in the structure of the returns."""
        found = check_batch(self.batch)
        structure = [f for f in self._structure() if f.code.startswith("S")]
        return report(self.batch, [*found, *structure], self.refusals)

    def _structure(self) -> list[Finding]:
        bare = [
            Return(r.file, r.digest, self.plan, {}, {}, [], r.troubles, ()) for r in self.returns
        ]
        return check_batch(Batch(bare, self.plan, self.observed)) if bare else []

    def origin(self, sheet: str, row: int) -> str:
        """Say where a row of the merged plan comes from."""
        rows = self.origins.get(sheet, [])
        position = row - HEADING_ROW - 1
        if not 0 <= position < len(rows):
            return ""
        source, original = rows[position]
        return origin_of(self.returns[source], sheet, original)

    def source_of(self, finding: Finding) -> int | None:
        """Return the return from which the row of a finding comes."""
        by_title = {t.title: t.sheet for t in self.merged.tables.values()}
        rows = self.origins.get(by_title.get(finding.sheet, ""), [])
        position = (finding.row or 0) - HEADING_ROW - 1
        return rows[position][0] if 0 <= position < len(rows) else None


def origin_of(one: Return, sheet: str, row: int) -> str:
    """Say the file, the sheet and the row where something was read."""
    return f"{one.file} · {one.tables[sheet].title} · ligne {row}"


def consolidate(
    returns: Sequence[Return],
    plan: Plan,
    observed: dt.date,
    refusals: Sequence[Refusal] = (),
) -> Consolidation:
    """Unite returns of one institution and one legislature.

    Raises: UsageError when there is none, or when they belong to several.
    """
    if not returns:
        raise UsageError("aucun classeur lisible à consolider")
    _same_institution(returns)
    plan = returns[0].plan
    ordered = sorted(returns, key=lambda r: (fold(r.service), r.file, r.digest))
    kept, copies = _without_copies(ordered)
    batch = Batch(kept, plan, observed)
    merger = _Merger(batch)
    tables = {}
    for sheet in plan:
        if sheet.layout is Layout.TABLE:
            tables[sheet.key] = merger.table(sheet)
    form = merger.form(plan.form)
    tables = {form.sheet: form} | tables
    lists = _united_lists(kept, plan)
    merged = Return("PST consolidé", "", plan, tables, lists, merger.notes)
    return Consolidation(
        plan, observed, kept, sorted(refusals, key=lambda r: r.file), copies, merged,
        merger.origins, merger.conflicts, _absent(kept, lists),
    )  # fmt: skip


def _same_institution(returns: Sequence[Return]) -> None:
    owners: dict[tuple[str, ...], list[Return]] = {}
    for one in returns:
        key = tuple(as_text(one.identity(k) or "") for k in ("type", "ins", "annee_debut"))
        if any(key):
            owners.setdefault(key, []).append(one)
    if len(owners) > 1:
        said = [
            f"{group[0].institution} ({', '.join(sorted(r.file for r in group)[:3])}"
            f"{' …' if len(group) > 3 else ''})"
            for group in sorted(owners.values(), key=lambda g: (-len(g), g[0].file))
        ]
        raise UsageError(
            f"les classeurs viennent de plusieurs institutions ou législatures : {listed(said)}."
            " Mettez de côté ceux qui n’appartiennent pas à ce PST, ou corrigez leur feuille"
            " « Identification »"
        )


def _without_copies(returns: Iterable[Return]) -> tuple[list[Return], list[tuple[str, str]]]:
    first: dict[str, Return] = {}
    copies = []
    for one in returns:
        if one.digest in first:
            copies.append((one.file, first[one.digest].file))
        else:
            first[one.digest] = one
    return list(first.values()), copies


def _united_lists(returns: Sequence[Return], plan: Plan) -> dict[str, tuple[str, ...]]:
    united: dict[str, tuple[str, ...]] = {}
    for vocabulary in plan.vocabularies:
        if not vocabulary.local:
            continue
        by_key: dict[str, str] = {}
        for one in returns:
            for label in one.lists.get(vocabulary.key, ()):
                by_key.setdefault(fold(label), label)
        united[vocabulary.key] = tuple(by_key.values()) or vocabulary.labels
    return united


def _absent(returns: Sequence[Return], lists: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return the services of the list without a return; none when no return names its service."""
    sent = {fold(one.service) for one in returns}
    if sent == {""}:
        return []
    return [label for label in lists.get("services", ()) if fold(label) not in sent]


class _Merger:
    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self.notes: list[CellNote] = []
        self.origins: dict[str, list[tuple[int, int]]] = {}
        self.conflicts: list[Conflict] = []

    def table(self, sheet: Sheet) -> Table:
        """Unite one sheet: one row an id, in the natural order of codes."""
        keys = [column.key for column in sheet.inputs]
        frame = self.batch.frames[sheet.key][keys]
        if "id" not in keys:
            frame = frame.assign(id=_joined(frame, sheet.identity))
        frame = self._two_of_one_code(sheet, self._owner_first(sheet, frame))
        first = frame.groupby("id", sort=False).first()
        self._differences(sheet, frame, first)
        places = frame.index[~frame["id"].duplicated()].tolist()
        order = _natural_order(first, sheet)
        first = first.iloc[order]
        origins = [(int(places[at][0]), int(places[at][1])) for at in order]
        self.origins[sheet.key] = origins
        rows = list(range(HEADING_ROW + 1, HEADING_ROW + 1 + len(first)))
        local = self._local(sheet, frame, first.index)
        table = Table(
            sheet.key, sheet.title, {}, rows, geometry(sheet, local), locals=local
        )  # fmt: skip
        first = first.reset_index()
        for column in sheet.inputs:
            table.columns[column.key] = values_of(first[column.key])
        if "origine" in sheet:
            table.columns["origine"] = [
                origin_of(self.batch.returns[s], sheet.key, r) for s, r in origins
            ]
        self._carry_notes(sheet, table, origins)
        return table

    def _owner_first(self, sheet: Sheet, frame: pd.DataFrame) -> pd.DataFrame:
        if not sheet.owner:
            return frame
        services = pd.Series([fold(r.service) for r in self.batch.returns])
        sources = frame.index.get_level_values("source")
        owners = frame[sheet.owner].fillna("").map(fold).to_numpy()
        own = services.to_numpy()[sources] == owners
        return pd.concat([frame[own], frame[~own]])

    def _two_of_one_code(self, sheet: Sheet, frame: pd.DataFrame) -> pd.DataFrame:
        """Give an id of its own to a new row whose name is not that of the record it collides with."""
        if sheet.named_by not in frame or "code" not in sheet or "id" not in sheet:
            return frame
        again = frame["id"].duplicated()
        if not again.any():
            return frame
        names = frame[sheet.named_by].fillna("").map(fold)
        kept = names[~again]
        kept.index = pd.Index(frame.loc[~again, "id"])
        collides = again & (names != kept.reindex(frame["id"]).to_numpy()) & (names != "")
        frame = frame.copy()
        where = {i: at for at, i in enumerate(frame["id"]) if not again.iloc[at]}
        for at in [at for at, hit in enumerate(collides) if hit]:
            source, row = frame.index[at]
            table = self.batch.returns[source].tables[sheet.key]
            ident = frame["id"].iat[at]
            mine, theirs = names.iat[at], kept[ident]
            alike = difflib.SequenceMatcher(None, mine, theirs).ratio()
            if row not in table.new_rows or not theirs or alike >= SAME_NAME:
                continue
            made = derived(ident, mine)
            frame.iloc[at, frame.columns.get_loc("id")] = made
            if made not in where:
                where[made] = at
                self._conflict(sheet, frame, where[ident], at, "code", sheet.named_by)
        return frame

    def _differences(self, sheet: Sheet, frame: pd.DataFrame, first: pd.DataFrame) -> None:
        again = frame[frame["id"].duplicated(keep=False)]
        if again.empty:
            return
        kept = first.reindex(again["id"])
        position = pd.Series(range(len(frame)), index=frame.index)
        for column in sheet.inputs:
            if column.key == "id" or column.program:
                continue
            mine, theirs = again[column.key], kept[column.key].to_numpy()
            differs = mine.notna().to_numpy() & (mine.to_numpy() != theirs)
            if not differs.any():
                continue
            filled = again[mine.notna()].drop_duplicates("id")
            holder = dict(zip(filled["id"], position[filled.index], strict=True))
            others = again[differs].drop_duplicates(["id", column.key])
            for ident, at in zip(others["id"], position[others.index], strict=True):
                self._conflict(sheet, frame, holder[ident], at, column.key, column.key)

    def _conflict(
        self, sheet: Sheet, frame: pd.DataFrame, kept: int, other: int, key: str, shown: str
    ) -> None:
        kind = sheet[shown].kind
        code = frame["code"].iat[kept] if "code" in frame else ""
        name = frame[sheet.named_by].iat[kept] if sheet.named_by in frame else ""
        self.conflicts.append(
            Conflict(
                sheet.title,
                str(frame["id"].iat[kept]),
                " · ".join(str(part) for part in (code, name) if isinstance(part, str) and part),
                "Code utilisé deux fois" if key != shown else sheet[key].label,
                say(frame[shown].iat[kept], kind),
                self._where(sheet, frame.index[kept], key),
                say(frame[shown].iat[other], kind),
                self._where(sheet, frame.index[other], key),
            )
        )

    def _where(self, sheet: Sheet, index: tuple[int, int], key: str) -> str:
        one = self.batch.returns[index[0]]
        table = one.tables[sheet.key]
        return f"{one.file} · {table.title}!{table.cell(key, index[1])}"

    def _local(self, sheet: Sheet, frame: pd.DataFrame, ids: pd.Index[Any]) -> dict[str, list[Any]]:
        """Return the columns that institutions added, the first value met for each record."""
        by_place = dict(zip(frame.index, frame["id"], strict=True))
        found: dict[str, dict[str, Any]] = {}
        for source, one in enumerate(self.batch.returns):
            table = one.tables.get(sheet.key)
            for name, values in (table.locals if table else {}).items():
                column = found.setdefault(name, {})
                for row, value in zip(table.rows if table else (), values, strict=True):
                    if value != "" and (ident := by_place.get((source, row))) is not None:
                        column.setdefault(ident, value)
        return {
            name: [found[name].get(ident, "") for ident in ids]
            for name in sorted(found)
            if name not in sheet and found[name]
        }

    def _carry_notes(self, sheet: Sheet, table: Table, origins: Sequence[tuple[int, int]]) -> None:
        """Keep what was not understood with the row to which it belongs."""
        target = dict(zip(origins, table.rows, strict=True))
        for source, one in enumerate(self.batch.returns):
            for note in one.notes:
                row = target.get((source, note.row)) if note.sheet == sheet.key else None
                if row is None or note.note.understood:
                    continue
                if table.columns[note.key][row - HEADING_ROW - 1] is None:
                    self.notes.append(CellNote(sheet.key, row, note.key, note.note))

    def form(self, sheet: Sheet) -> Table:
        """Unite the identification: the first value of each field, what varies by service left out."""
        frame = self.batch.frames[sheet.key]
        table = Table(sheet.key, sheet.title, {}, [1], {})
        for position, column in enumerate(sheet.inputs):
            table.places[column.key] = f"C{HEADING_ROW + 1 + position}"
            known = frame[column.key].dropna()
            table.columns[column.key] = values_of(known.iloc[:1]) or [None]
            if column.key not in _FORM_VARIES and known.nunique() > 1:
                other = known[known != known.iloc[0]].index[0]
                at = frame.index.get_indexer([known.index[0], other])
                named = frame.assign(id="", code="")
                self._conflict(sheet, named, int(at[0]), int(at[1]), column.key, column.key)
        table.columns["version"] = [self.batch.plan.version]
        table.columns["date_observation"] = [self.batch.observed]
        table.columns["service"] = [None]
        return table


def values_of(series: pd.Series[Any]) -> list[Value]:
    """Return a column of a frame as plain values: str, float, date or None."""
    if series.dtype.kind == "M":
        return [None if pd.isna(value) else value.date() for value in series]
    return [None if pd.isna(value) else value for value in series.tolist()]


def _joined(frame: pd.DataFrame, keys: Sequence[str]) -> pd.Series[Any]:
    joined = frame[keys[0]].fillna("").astype("str")
    for key in keys[1:]:
        joined = joined + "|" + frame[key].fillna("").astype("str")
    return joined


_DIGITS = re.compile(r"(\d+)")


def natural(text: str) -> tuple[Any, ...]:
    """Return the sort key of a code: its numbers as numbers, so that 1.10 comes after 1.9."""
    parts = _DIGITS.split(text)
    return tuple(int(p) if p.isdigit() else fold(p) for p in parts)


def _natural_order(first: pd.DataFrame, sheet: Sheet) -> list[int]:
    columns = [
        first[key].tolist() if key in first else first.index.tolist() for key in sheet.identity
    ]
    keys = [
        tuple((pd.isna(v), natural(as_text("" if pd.isna(v) else v))) for v in values)
        for values in zip(*columns, strict=True)
    ]
    ids = first.index.tolist()
    return sorted(range(len(first)), key=lambda at: (keys[at], ids[at]))
