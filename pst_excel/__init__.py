"""Run a Walloon Programme Stratégique Transversal in Excel: read, check, consolidate, compare.

The public names, and what each gives::

    PST           the declaration: sheets, lists, rules, figures, boards
    read_files    workbooks, or folders of them → Loaded (returns, refusals)
    check         returns → Report (findings, rows, rows without remark)
    annotate      returns and their report → copies of the files, marked and explained
    consolidate   returns of the services → Consolidation (merged plan, conflicts, report)
    compare       consolidated plans → Comparison (figures by institution)
    write         a consolidation or a comparison → a file, whole or not at all
    prepare       a whole plan → one prefilled workbook for each service
    modernise     a filled workbook of an older template → one of the current template
    template      the blank workbook → a file
    Options       how workbooks are read: strict or not, within which Limits
    Limits        what a workbook may weigh and hold, and what reading it may cost
    Finding       one thing found at one cell
    Severity      erreur, avertissement, conseil, à l’essai
    Stage         brouillon, adoption, suivi, evaluation: what is asked of a plan
    PstError      what stops a run, as one French sentence

Everything the command does is one or two of these, for instance::

    found = read_files(["retours"])
    write(consolidate(found), "PST_consolide.xlsx")

Names are imported when first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pst_excel.api import (
        annotate,
        check,
        compare,
        consolidate,
        modernise,
        prepare,
        read_files,
        template,
        write,
    )
    from pst_excel.errors import PstError
    from pst_excel.findings import Finding, Severity
    from pst_excel.limits import Limits, Options
    from pst_excel.pst import PST
    from pst_excel.stages import Stage

__version__ = "0.1.0"

_HOMES = {
    "PST": "pst_excel.pst",
    "read_files": "pst_excel.api",
    "check": "pst_excel.api",
    "annotate": "pst_excel.api",
    "consolidate": "pst_excel.api",
    "compare": "pst_excel.api",
    "write": "pst_excel.api",
    "prepare": "pst_excel.api",
    "modernise": "pst_excel.api",
    "template": "pst_excel.api",
    "Options": "pst_excel.limits",
    "Limits": "pst_excel.limits",
    "Finding": "pst_excel.findings",
    "Severity": "pst_excel.findings",
    "Stage": "pst_excel.stages",
    "PstError": "pst_excel.errors",
}

__all__ = [
    "PST", "Finding", "Limits", "Options", "PstError", "Severity", "Stage", "annotate", "check",
    "compare", "consolidate", "modernise", "prepare", "read_files", "template", "write",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
