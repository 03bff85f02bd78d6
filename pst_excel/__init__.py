"""Run a Walloon Programme Stratégique Transversal in Excel: read, check, consolidate, compare.

The public names, and what each gives::

    PST           the declaration: sheets, lists, rules, figures, boards; PST.schema("actions")
    read_files    workbooks, or folders of them → Loaded (returns, refusals)
    check         returns → Report (findings, rows, rows without remark)
    validate      tables → Report, as the command checks the workbooks that hold the same
    annotate      returns and their report → copies of the files, marked and explained
    consolidate   returns of the services → Consolidation (merged plan, conflicts, report)
    compare       consolidated plans → Comparison (figures by institution)
    compare_versions  two workbooks of a plan → Versions (what changed, in words)
    trace         a cell of a consolidated workbook → Trace (where it was read, what was set aside)
    difference    two returns → Difference (changes by identity and field)
    merge         what was sent, what came back, the plan now → Merge (plan, conflicts)
    write         a consolidation or a comparison → a file, whole or not at all
    prepare       the workbook of a whole plan → one prefilled workbook for each service
    modernise     a filled workbook of an older template → one of the current template
    Campaign      the folder of a campaign: send, receive, consolidate, and what it remembers
    template      the blank workbook → a file

What these give, each with a short repr, and a small table in a notebook::

    Loaded        found["actions"], found.frames(), found.sources(): the rows of every return
    Return        one workbook as read: typed tables, readings, findings of its structure
    Report        report.findings, report.journal, report.to_frame()
    Consolidation plan["actions"], plan.frames(), plan.figures, plan.conflicts, plan.sources()
    Comparison    comparison.to_frame(): institution × figure, value, n, completeness
    Plan          what PST is: sheets by key, schemas, figures
    Finding       one thing found at one cell
    Severity      erreur, avertissement, conseil, à l’essai
    Stage         brouillon, adoption, suivi, evaluation: what is asked of a plan

How workbooks are read, and what stops a run, as one French sentence that says what to do::

    Options       strict or not, within which Limits
    Limits        what a workbook may weigh and hold, and what reading it may cost
    PstError      any of these, with the file, sheet and cell that it is about
    UsageError    what was given cannot be used
    UnknownName   a sheet, a column, a list that does not exist: a KeyError too
    OutputError   the result cannot be written where it was asked
    UnreadableFile  one file cannot be read; read_files refuses it and goes on

Everything the command does is one or two of these; a path may stand for what is read from it::

    plan = consolidate("retours")
    write(plan, "PST_consolide.xlsx")
    plan["actions"].groupby("statut", observed=True).size()

Names are imported when first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from pst_excel.text.version import VERSION

if TYPE_CHECKING:
    from pst_excel.api.annotating import annotate
    from pst_excel.api.checking import check
    from pst_excel.api.comparing import compare
    from pst_excel.api.consolidating import consolidate
    from pst_excel.api.distributing import prepare
    from pst_excel.api.merging import difference, merge
    from pst_excel.api.origins import trace
    from pst_excel.api.reading import read_files
    from pst_excel.api.templates import template
    from pst_excel.api.upgrading import modernise
    from pst_excel.api.validating import validate
    from pst_excel.api.versions import compare_versions
    from pst_excel.api.writing import write
    from pst_excel.checking.report import Report
    from pst_excel.comparing.compare import Comparison
    from pst_excel.consolidating.consolidation import Consolidation
    from pst_excel.model.findings import Finding, Severity
    from pst_excel.model.plan import Plan
    from pst_excel.model.words.stages import Stage
    from pst_excel.pst import PST
    from pst_excel.reading.limits import Limits, Options
    from pst_excel.returns.tables import Return
    from pst_excel.rounds.campaign import Campaign
    from pst_excel.text.errors import (
        OutputError,
        PstError,
        UnknownName,
        UnreadableFile,
        UsageError,
    )
    from pst_excel.workers.loading import Loaded

__version__ = VERSION

_HOMES = {
    "PST": "pst_excel.pst",
    "read_files": "pst_excel.api.reading",
    "check": "pst_excel.api.checking",
    "validate": "pst_excel.api.validating",
    "annotate": "pst_excel.api.annotating",
    "consolidate": "pst_excel.api.consolidating",
    "compare": "pst_excel.api.comparing",
    "compare_versions": "pst_excel.api.versions",
    "trace": "pst_excel.api.origins",
    "difference": "pst_excel.api.merging",
    "merge": "pst_excel.api.merging",
    "write": "pst_excel.api.writing",
    "prepare": "pst_excel.api.distributing",
    "modernise": "pst_excel.api.upgrading",
    "template": "pst_excel.api.templates",
    "Campaign": "pst_excel.rounds.campaign",
    "Options": "pst_excel.reading.limits",
    "Limits": "pst_excel.reading.limits",
    "Finding": "pst_excel.model.findings",
    "Severity": "pst_excel.model.findings",
    "Stage": "pst_excel.model.words.stages",
    "Loaded": "pst_excel.workers.loading",
    "Return": "pst_excel.returns.tables",
    "Report": "pst_excel.checking.report",
    "Consolidation": "pst_excel.consolidating.consolidation",
    "Comparison": "pst_excel.comparing.compare",
    "Plan": "pst_excel.model.plan",
    "PstError": "pst_excel.text.errors",
    "UsageError": "pst_excel.text.errors",
    "UnknownName": "pst_excel.text.errors",
    "OutputError": "pst_excel.text.errors",
    "UnreadableFile": "pst_excel.text.errors",
}

__all__ = [
    "PST", "Campaign", "Comparison", "Consolidation", "Finding", "Limits", "Loaded", "Options",
    "OutputError", "Plan", "PstError", "Report", "Return", "Severity", "Stage", "UnknownName",
    "UnreadableFile", "UsageError", "annotate", "check", "compare", "compare_versions",
    "consolidate", "difference", "merge", "modernise", "prepare", "read_files", "template", "trace",
    "validate", "write",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
