"""A command loads what it needs: who only checks does not wait for what writes workbooks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from support import CLEAN, saved
from support.remembered import BEGUN, campaign, consolidated, row, sent

WRITERS = ("xlsxwriter", "lxml", "openpyxl")
RUN = """
from pst_excel.cli.commands import cli
try:
    cli({words}, standalone_mode=False)
except SystemExit:
    pass
"""


def loaded(code: str, *names: str) -> list[str]:
    """Return which of some modules another Python has loaded once it ran a code."""
    told = (
        f"{code}\nimport sys\nprint('loaded', *[name for name in {names} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    word, *found = done.stdout.splitlines()[-1].split()
    assert word == "loaded"
    return found


def test_a_report_in_words_needs_neither_what_writes_nor_what_reads_workbooks() -> None:
    assert loaded("import pst_excel.cli.check_report", *WRITERS, "python_calamine") == []


@pytest.mark.parametrize("more", [[], ["--format", "json"]], ids=["in words", "for programs"])
def test_checking_loads_nothing_that_writes_workbooks(more: list[str], tmp_path: Path) -> None:
    path = saved(tmp_path / "retour.xlsx", CLEAN)
    assert loaded(RUN.format(words=["verifier", str(path), *more]), *WRITERS) == []


@pytest.mark.parametrize("words", [["regles"], ["regles", "R10a"]], ids=["all", "one"])
def test_the_rules_are_listed_without_any_library_of_workbooks(words: list[str]) -> None:
    assert loaded(RUN.format(words=words), *WRITERS, "python_calamine") == []


@pytest.mark.parametrize("command", ["etat", "historique", "rappels"])
def test_a_campaign_is_told_without_reading_any_workbook(command: str, tmp_path: Path) -> None:
    rows = [row("1.1", "En cours", "10", "2027-06-30")]
    campaign(tmp_path, BEGUN, sent("Culture"), consolidated(1, rows), consolidated(2, rows))
    words = ["campagne", command, str(tmp_path)]
    assert loaded(RUN.format(words=words), *WRITERS, "pandas", "python_calamine") == []
