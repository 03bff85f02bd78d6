"""The command as a process of its own: exit codes, pipes, consoles, what it imports."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from support import CLEAN, listing, saved
from support.commands import sentences


def shell(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pst_excel", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


def test_the_real_command_refuses_a_file_and_exits_with_three(tmp_path: Path) -> None:
    done = shell("verifier", saved(tmp_path / "a.xlsx", b"%PDF-1.7"))
    assert done.returncode == 3
    assert sentences(done.stdout) == [
        "✖ a.xlsx : ce n’est pas un classeur Excel : c’est un document PDF ; demandez le classeur"
        " dont il vient."
    ]
    assert done.stderr == ""


def test_the_real_command_says_a_wrong_usage_and_exits_with_two(tmp_path: Path) -> None:
    done = shell("verifier", tmp_path / "absent.xlsx")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("Erreur : « ")


ON_A_SMALL_DISK = """
import resource
from pst_excel.cli.commands import main
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
main()
"""


def test_on_a_full_disk_the_previous_result_stays_where_it_is(tmp_path: Path) -> None:
    pytest.importorskip("resource", reason="no limit on the size of files here")
    saved(tmp_path / "modele.xlsx", b"ancien")
    before = listing(tmp_path)
    command = [sys.executable, "-c", ON_A_SMALL_DISK, "modele", str(tmp_path / "modele.xlsx")]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 2
    (sentence,) = sentences(done.stderr)
    assert "le disque est plein" in sentence
    assert "celui qui y était n’a pas changé" in sentence
    assert listing(tmp_path) == before


def test_there_is_no_progress_bar_in_a_pipe(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        saved(tmp_path / name, CLEAN)
    assert shell("verifier", tmp_path).stderr == ""


def test_the_help_imports_no_heavy_library() -> None:
    command = [sys.executable, "-X", "importtime", "-m", "pst_excel", "--help"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "click" in imported
    assert not imported & {
        "pandas",
        "pandera",
        "openpyxl",
        "xlsxwriter",
        "numpy",
        "python_calamine",
    }


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_a_console_that_lacks_a_sign_does_not_stop_the_command(
    tmp_path: Path, encoding: str
) -> None:
    path = saved(tmp_path / "a.xlsx", b"")
    done = subprocess.run(
        [sys.executable, "-m", "pst_excel", "verifier", str(path)],
        capture_output=True, env=os.environ | {"PYTHONIOENCODING": encoding}, check=False,
    )  # fmt: skip
    assert done.returncode == 3
    assert b"Traceback" not in done.stderr
