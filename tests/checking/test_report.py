"""The report counts rows, remarks and errors, and keeps the refusals."""

from __future__ import annotations

from collections import Counter

import pytest
from support import CLEAN, OBSERVED, RETURN, verdict
from support.faults import actions

from pst_excel.checking.report import check
from pst_excel.model.findings import Severity
from pst_excel.pst import PST
from pst_excel.reading.examples import return_of
from pst_excel.returns.tables import Refusal
from pst_excel.text.errors import UnreadableFile


def test_the_report_counts_rows_and_rows_without_remark() -> None:
    text = RETURN + "\nConstat\ncode | volet | domaine | type_constat | intitule | liens\n" + (
        "C1 | Externe | Mobilité | Force | Un bus par heure | 1\n"
        "C2 |         | Mobilité | Force | Une gare         | 1\n"
        "C3 | Externe | Mobilité | Bof   |                  | 1\n"
    )  # fmt: skip
    report = verdict(text + "\nOS\ncode\n1")
    assert report.rows["Constat"] == 3
    assert report.clean["Constat"] == 1
    assert report.rows["Actions"] == report.clean["Actions"] == 0


def test_a_hint_does_not_make_a_row_unclean() -> None:
    report = verdict(actions(etp=""))
    hints = [f for f in report.findings if f.cell]
    if any(f.severity is not Severity.HINT for f in hints):
        pytest.fail(str(hints))
    assert report.clean["Actions"] == report.rows["Actions"] == 1


def test_the_report_counts_errors_only() -> None:
    report = verdict(actions(intitule="", echeance=""))
    assert Counter(f.severity for f in report.findings) == {Severity.ERROR: 1, Severity.WARNING: 1}
    assert report.errors == 1


def test_the_report_keeps_the_refusals() -> None:
    refusal = Refusal("a.xlsx", "le fichier est vide")
    assert check([return_of(CLEAN, PST)], PST, OBSERVED, [refusal]).refusals == [refusal]


def test_a_file_that_is_refused_is_not_checked() -> None:
    with pytest.raises(UnreadableFile):
        verdict(b"")
