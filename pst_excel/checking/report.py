"""What a check says of returns: findings, what is accepted, how complete, at which stage.

Hints and rules on trial do not make a row unclean; a lent row is not counted.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pst_excel.cells.readings import Readings
from pst_excel.cells.values import Value
from pst_excel.checking.checker import check_batch
from pst_excel.checking.completeness import Completeness, completeness
from pst_excel.checking.grouping import said_once
from pst_excel.checking.waivers import Waiver, waived, waivers_of
from pst_excel.model.findings import Finding, Findings, Severity, in_order
from pst_excel.model.plan import Plan
from pst_excel.model.schema import Sheet
from pst_excel.model.series import Frame
from pst_excel.model.words.keys import CODE
from pst_excel.model.words.stages import Stage
from pst_excel.model.words.wording import number, plural
from pst_excel.returns.frames import Batch
from pst_excel.returns.journal import journal
from pst_excel.returns.shared_rows import lent
from pst_excel.returns.tables import Refusal, Return, Table
from pst_excel.text.brief import brief


@dataclass(frozen=True)
class Report:
    """What a check says: findings, files refused, rows and rows without remark by sheet.

    `waived` holds the findings that somebody accepted; `journal` every reading that was not
    literal; `stages` the stage at which each file was checked; `complete` how full each sheet is;
    `made_from` the files that served the check beside the returns; `observed` is the day of the
    state that was checked.
    """

    findings: Findings
    refusals: list[Refusal]
    rows: Mapping[str, int]
    clean: Mapping[str, int]
    journal: Readings = field(default_factory=Readings)
    waived: Findings = field(default_factory=Findings)
    stages: Mapping[str, Stage] = field(default_factory=dict)
    complete: Sequence[Completeness] = ()
    made_from: tuple[Path, ...] = ()
    observed: dt.date | None = None

    def __repr__(self) -> str:
        counts = [
            plural(count, *severity.names) for severity, count in self.counts.items() if count
        ]
        rows, clean = sum(self.rows.values()), sum(self.clean.values())
        words = f"{plural(rows, 'ligne')} dont {number(clean)} sans remarque"
        return brief(self, *(counts or ["rien à signaler"]), words)

    def _repr_html_(self) -> str:
        from pst_excel.checking.notebook import page

        counts = self.rows, self.clean, len(self.waived), len(self.stages)
        return page(self.findings, self.refusals, *counts)

    @property
    def counts(self) -> dict[Severity, int]:
        """How many findings there are of each severity, the worst first."""
        found = Counter(finding.severity for finding in self.findings)
        return {severity: found[severity] for severity in Severity}

    @property
    def errors(self) -> int:
        """The number of findings that are errors."""
        return sum(finding.severity is Severity.ERROR for finding in self.findings)

    def to_frame(self, *, waived: bool = False) -> Frame:
        """Return one row a finding under French names, its severity in order; the `waived` too.

        `table` and `champ` are the keys of the plan, `id` leads to the row of a table.
        """
        return (in_order([*self.findings, *self.waived]) if waived else self.findings).to_frame()


def check(
    returns: Sequence[Return],
    plan: Plan,
    observed: dt.date,
    refusals: Sequence[Refusal] = (),
    *,
    stage: Stage | None = None,
    campaign: Return | None = None,
) -> Report:
    """Check returns of one legislature together; each finding points at a cell of its own file.

    All at one `stage`, else each at its own. The waivers of the `campaign`, a workbook of the
    central cell, hold for every return, and what is wrong with them is said.
    """
    batch = Batch(returns, plan, observed, stage=stage)
    common = waivers_of(campaign, observed) if campaign else []
    found, accepted = waived_in_each(batch, check_batch(batch), common, observed)
    if campaign is not None:
        found = in_order([*found, *waiver_findings(campaign, returns, plan, observed)])
    return report(batch, found, accepted, refusals)


def waived_in_each(
    batch: Batch, findings: Sequence[Finding], common: Sequence[Waiver], observed: dt.date
) -> tuple[list[Finding], list[Finding]]:
    """Part the findings of each file by its own waivers and the common ones."""
    own = {returned.file: waivers_of(returned, observed) for returned in batch.returns}
    if not common and not any(own.values()):
        return list(findings), []
    by_file: dict[str, list[Finding]] = {}
    for finding in findings:
        by_file.setdefault(finding.file, []).append(finding)
    parts = [waived(found, [*own[file], *common]) for file, found in by_file.items()]
    return (
        in_order(f for counting, _ in parts for f in counting),
        in_order(f for _, accepted in parts for f in accepted),
    )


def waiver_findings(
    campaign: Return, returns: Sequence[Return], plan: Plan, observed: dt.date
) -> list[Finding]:
    """Return what is wrong with the waivers that hold for returns: their rows are those of all."""
    waivers = campaign.tables.get(plan.waivers)
    if waivers is None:
        return []
    tables = {sheet.key: _codes(sheet, returns) for sheet in plan.tables if not sheet.program}
    own = {key: campaign.tables.get(key) for key in (plan.form.key, plan.waivers)}
    tables |= {key: table for key, table in own.items() if table is not None}
    lists = {key: tuple({v: 0 for other in returns for v in other.lists.get(key, ())})
             for returned in returns for key in returned.lists}  # fmt: skip
    readings = [reading for reading in campaign.readings if reading.subject.sheet == plan.waivers]
    combined = replace(campaign, tables=tables, lists=lists, readings=readings, findings=[])
    found = check_batch(Batch([combined], plan, observed, stage=Stage.DRAFT))
    return [finding for finding in found if finding.sheet == waivers.title]


def _codes(sheet: Sheet, returns: Sequence[Return]) -> Table:
    """Return a table that holds nothing but the codes of returns."""
    codes: list[Value] = [
        code
        for returned in returns
        if sheet.key in returned.tables
        for code in returned.tables[sheet.key].columns.get(CODE, ())
    ]
    blank: dict[str, list[Value]] = {c.key: [None] * len(codes) for c in sheet.inputs}
    return Table(sheet.key, "", blank | {CODE: codes}, list(range(len(codes))), {})


def report(
    batch: Batch,
    findings: list[Finding],
    accepted: Sequence[Finding] = (),
    refusals: Sequence[Refusal] = (),
) -> Report:
    """Count the rows of a checked batch beside its findings, then say as one what asks to be."""
    rows, clean = counted_rows(batch.returns, batch.plan, findings)
    stages = {
        returned.file: stage for returned, stage in zip(batch.returns, batch.stages, strict=True)
    }
    return Report(
        said_once(findings), list(refusals), rows, clean, journal(batch.returns),
        Findings(accepted), stages,
        completeness(batch),
        observed=batch.observed if isinstance(batch.observed, dt.date) else None,
    )  # fmt: skip


def merge_reports(reports: Sequence[Report], refusals: Sequence[Refusal]) -> Report:
    """Return as one the reports of returns of several legislatures."""
    if not reports:
        return Report(Findings(), list(refusals), {}, {})
    sheets = reports[0].rows
    return Report(
        in_order(f for part in reports for f in part.findings),
        list(refusals),
        {title: sum(part.rows.get(title, 0) for part in reports) for title in sheets},
        {title: sum(part.clean.get(title, 0) for part in reports) for title in sheets},
        Readings(entry for part in reports for entry in part.journal),
        in_order(f for part in reports for f in part.waived),
        {file: stage for part in reports for file, stage in part.stages.items()},
        Completeness.together(c for part in reports for c in part.complete),
        observed=reports[0].observed,
    )


def counted_rows(
    returns: Sequence[Return], plan: Plan, findings: Iterable[Finding]
) -> tuple[dict[str, int], dict[str, int]]:
    """Return by sheet the own rows, those lent left out, and those of them without remark."""
    rows: dict[str, int] = {}
    clean: dict[str, int] = {}
    remarked = {(f.file, f.sheet, f.row) for f in findings if f.severity.blames and f.row}
    for sheet in plan.tables:
        own = [
            (returned.file, table.title, row)
            for returned in returns
            if (table := returned.tables.get(sheet.key))
            for row, is_lent in zip(table.rows, lent(table), strict=True)
            if not is_lent
        ]
        rows[sheet.title] = len(own)
        clean[sheet.title] = sum(place not in remarked for place in own)
    return rows, clean
