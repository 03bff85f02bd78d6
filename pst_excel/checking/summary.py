"""What a report comes to, in French: how many findings by severity, and the good news."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pst_excel.checking.report import Report
from pst_excel.model.findings import Severity
from pst_excel.model.plan import Plan
from pst_excel.model.schema import Sheet as Declared
from pst_excel.model.words.points import points
from pst_excel.model.words.wording import number, plural

NOTHING_FILLED = "Aucune ligne remplie pour le moment."


def encouraging(report: Report, sheet: Declared) -> str:
    """Say how many records of a sheet have no error and no warning."""
    rows, clean = report.rows.get(sheet.title, 0), report.clean.get(sheet.title, 0)
    singular, many = sheet.records
    return f"{plural(clean, singular, many)} sur {number(rows)}"


def clean_sheets(report: Report, plan: Plan) -> list[str]:
    """Say, for each sheet that is filled, how many of its records have no error and no warning."""
    return [encouraging(report, sheet) for sheet in plan.tables if report.rows.get(sheet.title)]


def counts(report: Report) -> str:
    """Say how many points there are to be looked at, by severity, and how many are on trial."""
    return counted(finding.severity for finding in report.findings)


def counted(severities: Iterable[Severity]) -> str:
    """Say how many points findings of some severities make; those on trial are none of them."""
    every = list(severities)
    seen = [severity for severity in every if severity is not Severity.TRIAL]
    tried = len(every) - len(seen)
    words = f"{points(len(seen))}, soit {by_severity(seen)}" if seen else points(0)
    return f"{words} (et {plural(tried, *Severity.TRIAL.names)})" if tried else words


def by_severity(severities: Iterable[Severity]) -> str:
    """Say how many there are of each severity; of what is on trial only where there is some."""
    by = Counter(severities)
    shown = [severity for severity in Severity if severity is not Severity.TRIAL or by[severity]]
    return " · ".join(plural(by[severity], *severity.names) for severity in shown)
