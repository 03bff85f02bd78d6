"""What a consolidation gives: one plan, where each of its rows comes from, what it keeps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from pst_excel.cells.readings import Readings
from pst_excel.checking.checker import check_batch, file_findings
from pst_excel.checking.report import Report, report, waiver_findings
from pst_excel.checking.waivers import waived, waivers_of
from pst_excel.consolidating.echoes import Echoes, alone, echoes
from pst_excel.consolidating.ledgers import Heard, HistoryLine
from pst_excel.consolidating.origins import Provenance, origin_of
from pst_excel.consolidating.rounds import Rounds
from pst_excel.consolidating.since import Since
from pst_excel.consolidating.source_cells import sources_frame
from pst_excel.merging.conflicts import Conflicts
from pst_excel.merging.contents import LOCAL
from pst_excel.model.figures.tables import known
from pst_excel.model.findings import Finding, in_order
from pst_excel.model.plan import Plan
from pst_excel.model.series import Frame
from pst_excel.model.words.stages import Stage
from pst_excel.model.words.wording import plural
from pst_excel.reading.limits import Limits
from pst_excel.returns.figures import Figures
from pst_excel.returns.frames import Batch
from pst_excel.returns.identity import derived
from pst_excel.returns.journal import journal
from pst_excel.returns.tables import Refusal, Return
from pst_excel.returns.tidy import tables_of, tidy
from pst_excel.text.brief import brief


@dataclass(frozen=True)
class Account:
    """What a run did, counted: what it took, what people had corrected and decided, what is new.

    `remarks` are sentences on files that were not taken as they came.
    """

    taken: int = 0
    added: int = 0
    corrected: int = 0
    decided: int = 0
    new_conflicts: int = 0
    remarks: tuple[str, ...] = ()


_FRAMES = ("batch", "figures")


@dataclass
class Consolidation:
    """One plan made of many returns.

    `merged` is the plan as a return of its own, each row at its place in the workbook to be
    written; `origins` gives, by sheet, the source and row of each of its rows: a position in
    `returns`, or just after it for what comes from the `base`, the plan that was brought up to
    date. `forgotten` says why a previous consolidation was not taken up. `stage` is that of the
    checks, where it is not the plan's own; `campaign` the workbook whose waivers hold beside those
    of the plan. `heard`, `history` and `provenance` are what the plan keeps for the next run.
    `fresh` are the digests of the returns that are heard for the first time. `files` and
    `base_file` tell
    where the returns and the base are, `made_from` all the files that were read for it, within
    which `limits`.
    """

    plan: Plan
    observed: dt.date
    returns: list[Return]
    refusals: list[Refusal]
    copies: list[tuple[str, str]]
    merged: Return
    origins: dict[str, list[tuple[int, int]]]
    conflicts: Conflicts
    absent: list[str] = field(default_factory=list)
    base: Return | None = None
    forgotten: str = ""
    stage: Stage | None = None
    campaign: Return | None = None
    heard: list[Heard] = field(default_factory=list)
    history: list[HistoryLine] = field(default_factory=list)
    provenance: Provenance | None = None
    account: Account = field(default_factory=Account)
    files: dict[str, Path] = field(default_factory=dict)
    base_file: Path | None = None
    fresh: frozenset[str] = frozenset()
    made_from: tuple[Path, ...] = ()
    limits: Limits = field(default_factory=Limits)
    rounds: Rounds = field(default_factory=Rounds)
    since: Since | None = None

    def __repr__(self) -> str:
        counts = plural(len(self.returns), "retour"), plural(len(self.conflicts), "conflit")
        absent = plural(len(self.absent), "service sans retour", "services sans retour")
        return brief(self, self.merged.institution, *counts, absent)

    def _repr_html_(self) -> str:
        from pst_excel.consolidating.notebook import page

        title = f"{self.plan.short} de {self.merged.institution}"
        figures = [(one, self.headline[one.key]) for one in self.plan.biggest]
        counts = len(self.returns), len(self.refusals), self.absent
        return page(title, self.observed, *counts, self.conflicts, figures)

    def __getstate__(self) -> dict[str, object]:
        """Return what goes from one process to another: frames are made again where needed."""
        return {name: value for name, value in vars(self).items() if name not in _FRAMES}

    @cached_property
    def run(self) -> str:
        """The id of this consolidation, whatever the order of its rows."""
        held: list[object] = [self.merged.lists, self.observed, self.heard, self.history]
        for table in self.merged.tables.values():
            cells: dict[str, Sequence[object]] = {
                **table.columns,
                **{f"{LOCAL}{n}": v for n, v in table.locals.items()},
            }
            names = sorted(cells)
            rows = zip(*([repr(cell) for cell in cells[name]] for name in names), strict=True)
            held += [names, sorted(rows)]
        return derived(*map(repr, held), *(conflict.number for conflict in self.conflicts))

    @cached_property
    def batch(self) -> Batch:
        """The merged plan as frames, its computed columns filled."""
        return Batch([self.merged], self.plan, self.observed, stage=self.stage, absent=self.absent)

    @cached_property
    def headline(self) -> dict[str, float | None]:
        """The headline figures by key, as the boards show them; None for one that is unknown."""
        return headline_of(self.batch)

    @cached_property
    def figures(self) -> Figures:
        """Every figure of the plan by key, a share in per cent; `to_frame()` says all of them."""
        return Figures(self.batch)

    def __getitem__(self, key: str) -> Frame:
        return self.frame(key)

    def __iter__(self) -> Iterator[str]:
        return iter(self.keys())

    def keys(self) -> list[str]:
        """Return the keys of the sheets."""
        return [sheet.key for sheet in self.plan]

    def frame(self, key: str, *, labels: bool = False, places: bool = False) -> Frame:
        """Return a sheet of the plan as a table for analysts: id as index, columns by key.

        With `labels` under French headings; with `places` each row as the workbook has it.
        """
        return tidy(self.batch, key, labels=labels, places=places)

    def frames(self, *, labels: bool = False) -> dict[str, Frame]:
        """Return the tables of all the sheets, by key."""
        return tables_of(self.plan, lambda key: self.frame(key, labels=labels))

    def sources(self, key: str = "") -> Frame:
        """Return where each value comes from, of one sheet or of all: file, sheet, cell, author."""
        return sources_frame(self.merged, self.provenance, key)

    @cached_property
    def report(self) -> Report:
        """What is found wrong in the merged plan, and in the structure of the returns."""
        found, accepted = self._found
        return report(self.batch, in_order(found), accepted, self.refusals)

    @cached_property
    def echoes(self) -> Echoes:
        """How what is found in the merged plan relates to what each return gives alone."""
        if not self.returns:
            return Echoes()
        found, _ = self._found
        heard = alone(self.returns, self.plan, self.observed, self.stage, self.campaign, found)
        return echoes(found, heard, self._origin)

    @cached_property
    def _found(self) -> tuple[list[Finding], list[Finding]]:
        """What is found, each cell by itself, and what of it is accepted."""
        found = [self._attributed(finding) for finding in check_batch(self.batch)]
        sources = [self.merged, *([self.campaign] if self.campaign else [])]
        waivers = [w for source in sources for w in waivers_of(source, self.observed)]
        found, accepted = waived(found, waivers)
        found += file_findings(self.returns, self.plan)
        if self.campaign is not None:
            found += waiver_findings(self.campaign, [self.merged], self.plan, self.observed)
        return found, accepted

    @cached_property
    def journal(self) -> Readings:
        """Every reading of the returns that was not literal."""
        return journal(self.returns)

    def _attributed(self, finding: Finding) -> Finding:
        """Return a finding under the service whose return it comes from."""
        source = self.source_of(finding)
        if source is None or source >= len(self.returns) or not self.returns[source].service:
            return finding
        owned = replace(finding.subject, owner=self.returns[source].service)
        return replace(finding, subject=owned)

    def origin(self, sheet: str, row: int) -> str:
        """Say where a row of the merged plan comes from."""
        place = self._place(sheet, row)
        sources = [*self.returns, *([self.base] if self.base else [])]
        if place is None or place[0] >= len(sources) or not place[1]:
            return ""
        return origin_of(sources[place[0]], sheet, place[1])

    def _origin(self, finding: Finding) -> tuple[str, int]:
        """Return the file and the row from which a finding comes; no file where none gave it."""
        row = finding.subject.row
        if finding.file != self.merged.file:
            return finding.file, row
        source, there = self._place(finding.subject.sheet, row) or (len(self.returns), row)
        return (self.returns[source].file, there) if source < len(self.returns) else ("", row)

    def source_of(self, finding: Finding) -> int | None:
        """Return the return from which a finding comes: its row, or the file it speaks of."""
        if finding.file != self.merged.file:
            files = [returned.file for returned in self.returns]
            return files.index(finding.file) if finding.file in files else None
        by_title = {t.title: t.sheet for t in self.merged.tables.values()}
        place = self._place(by_title.get(finding.sheet, ""), finding.row or 0)
        return place[0] if place is not None else None

    def _place(self, sheet: str, row: int) -> tuple[int, int] | None:
        at = self._positions.get(sheet, {}).get(row)
        return self.origins[sheet][at] if at is not None and sheet in self.origins else None

    @cached_property
    def _positions(self) -> dict[str, dict[int, int]]:
        return {key: {row: at for at, row in enumerate(table.rows)}
                for key, table in self.merged.tables.items()}  # fmt: skip


def headline_of(batch: Batch) -> dict[str, float | None]:
    """Return the headline figures of a plan by key, as its boards show them.

    Those in `%` are fractions, those in `% de 100` are not; None for one that is unknown.
    """
    return {
        figure.key: known(figure.quantity.evaluate(batch.counted)) for figure in batch.plan.headline
    }
