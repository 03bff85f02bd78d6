"""What a program that uses the library may write: `mypy` checks it in `.ci/run`, nothing runs it."""

from __future__ import annotations

from typing import assert_type

from pst_excel import (
    PST,
    Finding,
    Severity,
    Stage,
    __version__,
    check,
    compare,
    consolidate,
    read_files,
    write,
)


def brought_up_to_date(folder: str, plan: str) -> list[Finding]:
    """Consolidate the returns of a folder into a plan; return their errors."""
    found = read_files(folder)
    consolidation = consolidate(found, previous=plan)
    write(consolidation, plan)
    assert_type(__version__, str)
    assert_type(PST.first_year, int)
    return [one for one in check(found).findings if one.severity is Severity.ERROR]


def names(plans: list[str]) -> list[str]:
    """Return the names of the institutions of some plans."""
    assert_type(Stage("suivi").label, str)
    return [institution.name for institution in compare(read_files(plans)).institutions]
