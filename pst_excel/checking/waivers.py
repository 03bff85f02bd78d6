"""Waivers: findings that somebody accepts, for a reason and for a time; rows of data, never code.

A waiver names a rule, the codes of rows or all of them, perhaps a service. It holds up to its last
day included, at the date of observation; one that lacks a cell holds for nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pst_excel.cells.values import Value
from pst_excel.model.findings import Finding
from pst_excel.model.plan import Plan
from pst_excel.model.schema import ALL, SEPARATOR
from pst_excel.model.words.roles import Role
from pst_excel.model.words.wording import date
from pst_excel.returns.shared_rows import untouched
from pst_excel.returns.tables import Return, Table
from pst_excel.text.spelling import as_code, fold


@dataclass(frozen=True)
class Waiver:
    """What is accepted: the rule, the rows by their codes as compared, the service.

    No code, or no service, is all of them.
    """

    rule: str
    codes: frozenset[str]
    service: str
    reason: str
    author: str
    until: dt.date

    @property
    def words(self) -> str:
        """Why, by whom and until when."""
        return f"{self.reason} ({self.author}, jusqu’au {date(self.until)})"


def waivers_of(returned: Return, observed: dt.date) -> list[Waiver]:
    """Return the waivers that a workbook holds and that hold at a date."""
    table = returned.tables.get(returned.plan.waivers)
    if table is None:
        return []
    known = {fold(code) for code in returned.plan.waivable}
    rows = zip(*(_cells(table, returned.plan, role) for role in _SAID), strict=True)
    return [
        Waiver(str(rule), _codes(str(scope)), str(service or ""), str(reason), str(author), until)
        for rule, scope, service, reason, author, until in rows
        if rule and scope and reason and author and isinstance(until, dt.date)
        if until >= observed and fold(str(rule)) in known
    ]


_SAID = (Role.RULE, Role.SCOPE, Role.SERVICE, Role.REASON, Role.AUTHOR, Role.UNTIL)


def _cells(table: Table, plan: Plan, role: Role) -> list[Value]:
    """Return what waivers say under a role; nothing where their sheet has no such column."""
    column = plan[plan.waivers].by_role.get(role)
    return table.columns[column.key] if column is not None else [None] * len(table)


def _codes(scope: str) -> frozenset[str]:
    pieces = [piece.strip() for piece in scope.split(SEPARATOR.strip())]
    return frozenset() if fold(ALL) in map(fold, pieces) else frozenset(map(as_code, pieces))


def waived(
    findings: Iterable[Finding], waivers: Sequence[Waiver]
) -> tuple[list[Finding], list[Finding]]:
    """Part what still counts from what is accepted, which says by which waiver."""
    first: dict[_Named, int] = {}
    for at, waiver in enumerate(waivers):
        service = fold(waiver.service) if waiver.service else None
        for code in waiver.codes or (None,):
            first.setdefault((fold(waiver.rule), code, service), at)
    counting, accepted = [], []
    for finding in findings:
        found = [first[key] for key in _covering(finding) if key in first]
        if found:
            accepted.append(replace(finding, waived=waivers[min(found)].words))
        else:
            counting.append(finding)
    return counting, accepted


_Named = tuple[str, str | None, str | None]
"""What a waiver names: its rule, the code of a row or all of them, a service or all."""


def _covering(finding: Finding) -> Iterator[_Named]:
    """Give what a waiver may name to accept a finding."""
    for code in (as_code(finding.element), None):
        for service in (fold(finding.service), None):
            yield fold(finding.code), code, service


def limited(returned: Return) -> Return:
    """Return a return of a service with its waivers limited to it, before it joins the others.

    One that the service was sent and left as it was is not its own: it holds as far as it says.
    """
    table = returned.tables.get(returned.plan.waivers)
    if table is None or not returned.service:
        return returned
    sheet = returned.plan[returned.plan.waivers]
    services: list[Value] = [
        value or (None if was_sent else returned.service)
        for value, was_sent in zip(
            _cells(table, returned.plan, Role.SERVICE),
            untouched(returned, table, sheet),
            strict=True,
        )
    ]
    signed = sheet.keyed({Role.SERVICE: services})
    table = replace(table, columns=table.columns | signed)
    return replace(returned, tables=returned.tables | {table.sheet: table})
