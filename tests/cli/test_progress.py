"""Long works show how far they are on a terminal, and nothing in a pipe."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Run
from support import saved
from support.sharing import PLAN, book

pty = pytest.importorskip("pty", reason="there are no pseudo-terminals here")


def on_a_terminal(*arguments: object) -> str:
    """Return what a command says where errors are said, a terminal being there."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "pst_excel", *map(str, arguments)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=theirs)
    os.close(theirs)
    said = b""
    try:
        while piece := os.read(ours, 4096):
            said += piece
    except OSError:  # how Linux says that the other end is closed
        pass
    os.close(ours)
    assert process.wait() == 0
    return said.decode()


def test_workbooks_that_are_written_are_counted_on_a_terminal(tmp_path: Path) -> None:
    source = saved(tmp_path / "PST.xlsx", book(PLAN))
    said = on_a_terminal("preparer", source, "-o", tmp_path / "envois")
    assert "Écriture" in said
    assert "100%" in said


def test_one_workbook_has_no_bar(tmp_path: Path) -> None:
    source = saved(tmp_path / "PST.xlsx", book(PLAN))
    assert on_a_terminal("preparer", source, "-o", tmp_path / "e", "--service", "Travaux") == ""


def test_nothing_is_counted_in_a_pipe(run: Run, tmp_path: Path) -> None:
    source = saved(tmp_path / "PST.xlsx", book(PLAN))
    assert run("preparer", source, "-o", tmp_path / "envois").stderr == ""
