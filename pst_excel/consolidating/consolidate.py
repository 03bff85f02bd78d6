"""How the returns of the services become one plan: united on the stable id, every conflict listed.

Where two returns disagree on a cell, the service that answers for the row wins, else the first in
the order of services; a blank never wins over a value. Two new rows with one code and plainly
different names are two rows, and a conflict. The order in which returns are given changes nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from pst_excel.cells.readings import Reading
from pst_excel.cells.values import Value, as_text
from pst_excel.checking.checker import check_batch, file_findings
from pst_excel.checking.report import Report, report, waiver_findings
from pst_excel.checking.waivers import limited, waived, waivers_of
from pst_excel.consolidating.conflicts import Conflict, origin_of
from pst_excel.consolidating.merging import Merger
from pst_excel.model.findings import Finding, in_order
from pst_excel.model.plan import Plan
from pst_excel.model.words.roles import Role
from pst_excel.model.words.stages import Stage
from pst_excel.model.words.wording import listed
from pst_excel.returns.frames import Batch
from pst_excel.returns.journal import journal
from pst_excel.returns.tables import Refusal, Return, Table
from pst_excel.text.errors import UsageError
from pst_excel.text.spelling import fold


@dataclass
class Consolidation:
    """One plan made of many returns.

    `merged` is the plan as a return of its own, each row at its place in the workbook to be
    written; `origins` gives, by sheet, the source and row of each of its rows: a position in
    `returns`, or just after it for what was written in the previous consolidation. `forgotten`
    says why a previous consolidation was not taken up. `stage` is that of the checks, where it is
    not the plan's own; `campaign` the workbook whose waivers hold beside those of the plan. `base`
    is the workbook that this plan replaces, as it was read, where it is to be written in place.
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
    previous: Return | None = None
    forgotten: str = ""
    stage: Stage | None = None
    campaign: Return | None = None
    base: Return | None = None

    @cached_property
    def batch(self) -> Batch:
        """The merged plan as frames, its computed columns filled."""
        return Batch([self.merged], self.plan, self.observed, stage=self.stage)

    @cached_property
    def report(self) -> Report:
        """What is found wrong in the merged plan, and in the structure of the returns."""
        found = [self._attributed(finding) for finding in check_batch(self.batch)]
        sources = [self.merged, *([self.campaign] if self.campaign else [])]
        waivers = [w for source in sources for w in waivers_of(source, self.observed)]
        found, accepted = waived(found, waivers)
        found += file_findings(self.returns, self.plan)
        if self.campaign is not None:
            found += waiver_findings(self.campaign, [self.merged], self.plan, self.observed)
        return report(self.batch, in_order(found), accepted, self.refusals)

    @cached_property
    def journal(self) -> list[Reading]:
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
        place = self._places.get(sheet, {}).get(row)
        if place is None:
            return ""
        source, original = place
        sources = [*self.returns, *([self.previous] if self.previous else [])]
        return origin_of(sources[source], sheet, original)

    def source_of(self, finding: Finding) -> int | None:
        """Return the return from which a finding comes: its row, or the file it speaks of."""
        if finding.file != self.merged.file:
            files = [returned.file for returned in self.returns]
            return files.index(finding.file) if finding.file in files else None
        by_title = {t.title: t.sheet for t in self.merged.tables.values()}
        places = self._places.get(by_title.get(finding.sheet, ""), {})
        place = places.get(finding.row or 0)
        return None if place is None else place[0]

    @cached_property
    def _places(self) -> dict[str, dict[int, tuple[int, int]]]:
        """The source and row from which each row of the merged plan comes, by sheet and row."""
        tables = self.merged.tables
        return {
            sheet: dict(zip(tables[sheet].rows, rows, strict=True))
            for sheet, rows in self.origins.items()
            if sheet in tables
        }


def consolidate(
    returns: Sequence[Return],
    plan: Plan,
    observed: dt.date,
    refusals: Sequence[Refusal] = (),
    previous: Return | Refusal | None = None,
    stage: Stage | None = None,
    campaign: Return | None = None,
) -> Consolidation:
    """Unite returns of one institution and one legislature.

    What people wrote in the sheets of the program in the `previous` consolidation of the same
    institution, such as the evaluation, is taken up again, its waivers too, and the plan is
    compared with it. Raises: UsageError when there is no return, or when they belong to several
    institutions.
    """
    if not returns:
        raise UsageError("aucun classeur lisible à consolider")
    _same_institution(returns)
    ordered = sorted(returns, key=lambda r: (fold(r.service), r.file, r.digest))
    plan = ordered[0].plan
    kept, copies = _without_copies(ordered)
    memory, forgotten = _memory(previous, kept[0])
    batch = Batch([*map(limited, kept), *([memory] if memory else [])], plan, observed)
    merger = Merger(batch)
    tables = _tables(merger, plan, observed)
    lists = _united_lists(kept, plan)
    absent = _absent(kept, plan, lists)
    before = previous if isinstance(previous, Return) and not forgotten else None
    merged = Return(
        f"{plan.short} consolidé", "", plan, tables, lists, merger.readings,
        incomplete=bool(absent or refusals), before=before,
    )  # fmt: skip
    return Consolidation(
        plan, observed, kept, sorted(refusals, key=lambda r: r.file), copies, merged,
        merger.origins, merger.conflicts, absent, memory,
        forgotten, stage, campaign,
    )  # fmt: skip


def _tables(merger: Merger, plan: Plan, observed: dt.date) -> dict[str, Table]:
    """Return the merged identification, observed at a date, and the merged tables."""
    tables = {sheet.key: merger.table(sheet) for sheet in plan.tables}
    form = merger.form(plan.form)
    fields: dict[Role, list[Value]] = {Role.OBSERVED: [observed]}
    return {form.sheet: replace(form, columns=form.columns | plan.form.keyed(fields))} | tables


def _memory(previous: Return | Refusal | None, returned: Return) -> tuple[Return | None, str]:
    """Return what people wrote in the sheets of the program last time, or why it is left."""
    if previous is None:
        return None, ""
    if isinstance(previous, Refusal):
        return None, previous.reason
    if _owner(previous) != _owner(returned):
        return None, f"c’est celui d’une autre institution ou législature : {previous.institution}"
    tables = {
        sheet.key: previous.tables[sheet.key]
        for sheet in previous.plan.tables
        if sheet.program or sheet.key == previous.plan.waivers
        if sheet.key in previous.tables and previous.tables[sheet.key].rows
    }
    kept = Return(previous.file, previous.digest, returned.plan, tables, {}) if tables else None
    return kept, ""


def _owner(returned: Return) -> tuple[str, ...]:
    years = (returned.identity(role) for role in (Role.FIRST_YEAR, Role.LAST_YEAR))
    return (*returned.owner, *(as_text(year or "") for year in years))


def _same_institution(returns: Sequence[Return]) -> None:
    owners: dict[tuple[str, ...], list[Return]] = {}
    for returned in returns:
        key = _owner(returned)
        if any(key):
            owners.setdefault(key, []).append(returned)
    if len(owners) > 1:
        names = [
            f"{group[0].institution} ({', '.join(sorted(r.file for r in group)[:3])}"
            f"{' …' if len(group) > 3 else ''})"
            for group in sorted(owners.values(), key=lambda g: (-len(g), g[0].file))
        ]
        raise UsageError(
            f"les classeurs viennent de plusieurs institutions ou législatures : {listed(names)}."
            f" Mettez de côté ceux qui n’appartiennent pas à ce {returns[0].plan.short}, ou"
            f" corrigez leur feuille « {returns[0].plan.form.title} »"
        )


def _without_copies(returns: Iterable[Return]) -> tuple[list[Return], list[tuple[str, str]]]:
    """Return each content once, under its shortest name, and the copies with what they copy."""
    ordered = list(returns)
    kept: dict[str, Return] = {}
    for returned in sorted(ordered, key=lambda r: (len(r.file), r.file)):
        kept.setdefault(returned.digest, returned)
    copies = [(r.file, kept[r.digest].file) for r in ordered if kept[r.digest] is not r]
    return [returned for returned in ordered if kept[returned.digest] is returned], copies


def _united_lists(returns: Sequence[Return], plan: Plan) -> dict[str, tuple[str, ...]]:
    united: dict[str, tuple[str, ...]] = {}
    for vocabulary in plan.vocabularies:
        if not vocabulary.local:
            continue
        by_key: dict[str, str] = {}
        for returned in returns:
            for label in returned.lists.get(vocabulary.key, ()):
                by_key.setdefault(fold(label), label)
        united[vocabulary.key] = tuple(by_key.values()) or vocabulary.labels
    return united


def doubtful(returns: Sequence[Return]) -> list[tuple[list[str], str]]:
    """Return the files that repeat others or whose service is unknown, and what to say of them."""
    by_service: dict[str, list[Return]] = {}
    for returned in returns:
        by_service.setdefault(fold(returned.service), []).append(returned)
    whole = by_service.pop("", []) if len(by_service) > 1 else []
    doubts = [
        (
            [returned.file for returned in same],
            f"{listed(returned.file for returned in same)} viennent du même service"
            f" ({same[0].service}) : gardez le bon et recommencez",
        )
        for same in by_service.values()
        if len(same) > 1 and same[0].service
    ]
    doubts += [
        (
            [returned.file],
            f"{returned.file} est un {returned.plan.short} complet parmi des retours de services :"
            " ses anciennes lignes sont reprises ; retirez-le si ce n’est pas voulu",
        )
        for returned in whole
    ]
    doubts += [
        (
            [returned.file],
            f"{returned.file} dit venir du service « {returned.service} », qui n’est pas dans la"
            f" liste des services ; corrigez « {returned.plan.form.by_role[Role.SERVICE].label} »"
            f" dans sa feuille « {returned.plan.form.title} »",
        )
        for returned in returns
        if returned.service
        and (known := _services(returned.plan, returned.lists))
        and fold(returned.service) not in map(fold, known)
    ]
    return doubts


def _services(plan: Plan, lists: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return lists.get(plan.services.key, ()) if plan.services is not None else ()


def _absent(
    returns: Sequence[Return], plan: Plan, lists: Mapping[str, tuple[str, ...]]
) -> list[str]:
    """Return the services of the list without a return; none when no return names its service."""
    sent = {fold(returned.service) for returned in returns}
    if sent == {""}:
        return []
    return [label for label in _services(plan, lists) if fold(label) not in sent]
