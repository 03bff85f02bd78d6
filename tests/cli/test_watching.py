"""The command that watches a campaign, as people start it, look on and stop it."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import SimpleQueue
from threading import Thread, Timer

import pytest
from conftest import Run
from support.commands import ENGLISH
from support.watched import answer, begun

from pst_excel import Campaign
from pst_excel.campaign.layout import Layout
from pst_excel.cli.messages.campaign.watching import happened
from pst_excel.rounds.watching.happenings import Happening, What

FOREVER = 600.0
"""Seconds after which a process that says nothing is ended, however busy the machine is."""


@pytest.mark.parametrize("what", [what for what in What if what is not What.CAME])
def test_whatever_happens_is_one_sentence_with_its_hour(what: What) -> None:
    one = Happening(what, "a.xlsx", "le disque est plein", "b.xlsx", number=2, rows="3 actions")
    (line,) = happened(one, dt.datetime(2026, 12, 1, 8, 5))
    assert line.startswith("08:05:00 ")
    assert line.endswith(".")
    assert "{" not in line
    assert not ENGLISH.search(line)


@pytest.mark.parametrize("seconds", ["0", "-1", "vite", "nan", "1e9"])
def test_an_interval_that_is_none_is_told_in_french(run: Run, tmp_path: Path, seconds: str) -> None:
    result = run("surveiller", tmp_path, "--intervalle", seconds)
    assert result.exit_code == 2
    assert "n’est pas un nombre de secondes" in result.stderr


def test_a_folder_that_is_no_campaign_is_told(run: Run, tmp_path: Path) -> None:
    result = run("surveiller", tmp_path)
    assert result.exit_code == 2
    assert "n’est pas le dossier d’une campagne" in result.stderr


def test_what_waits_is_taken_once(run: Run, tmp_path: Path) -> None:
    layout = Layout(begun(tmp_path))
    (layout.returns / "Travaux.xlsx").write_bytes(answer())
    result = run("surveiller", layout.folder, "--une-fois", "--intervalle", "0,2")
    assert result.exit_code == 0
    assert "Travaux.xlsx : reçu, Travaux, 1\N{NO-BREAK SPACE}action" in result.stdout
    assert "PST_consolide.xlsx est à jour : consolidation n° 2" in result.stdout


@pytest.mark.skipif(os.name == "nt", reason="no signal is sent to one process alone there")
def test_a_file_dropped_is_received_within_the_process_and_an_interrupt_ends_it(
    tmp_path: Path,
) -> None:
    layout = Layout(begun(tmp_path))
    with _watching(layout.folder) as process:
        lines = _lines(process)
        assert "Surveillance de" in next(lines)
        next(lines)
        (layout.returns / "Travaux.xlsx").write_bytes(answer())
        assert "Travaux.xlsx : reçu" in next(lines)
        assert "consolidation n° 2" in next(lines)
        process.send_signal(signal.SIGINT)
        assert next(lines).startswith("Surveillance arrêtée")
        assert process.wait() == 0


@pytest.mark.skipif(os.name == "nt", reason="no signal is sent to one process alone there")
def test_two_processes_that_watch_one_folder_do_nothing_twice(tmp_path: Path) -> None:
    layout = Layout(begun(tmp_path))
    with _watching(layout.folder) as one, _watching(layout.folder) as other:
        heard: SimpleQueue[str] = SimpleQueue()
        for process in (one, other):
            Thread(target=_heard, args=(process, heard), daemon=True).start()
        said = _until(heard, lambda said: sum("Un retour déposé" in one for one in said) == 2)
        (layout.returns / "Travaux.xlsx").write_bytes(answer())
        said += _until(heard, lambda said: any("consolidation n° 2" in one for one in said))
        for process in (one, other):
            process.send_signal(signal.SIGINT)
        said += _until(heard, lambda said: sum("arrêtée" in one for one in said) == 2)
        assert (one.wait(), other.wait()) == (0, 0)
    assert sum("Travaux.xlsx : reçu" in line for line in said) == 1
    assert sum("consolidation n° 2" in line for line in said) == 1
    memory = Campaign(layout.folder).memory
    assert (len(memory.arrivals), len(memory.rounds)) == (1, 2)


def test_who_watches_loads_nothing_of_what_the_work_needs(tmp_path: Path) -> None:
    layout = Layout(begun(tmp_path))
    (layout.returns / "Travaux.xlsx").write_bytes(answer())
    code = (
        "import sys\n"
        "from pst_excel.cli.commands import cli\n"
        "try: cli.main(['surveiller', sys.argv[1], '--une-fois', '--intervalle', '0.2'])\n"
        "except SystemExit: pass\n"
        "heavy = {'pandas', 'numpy', 'openpyxl', 'xlsxwriter', 'lxml', 'pst_excel.pst'}\n"
        "print('loaded:', sorted(heavy & sys.modules.keys()))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(layout.folder)], capture_output=True, encoding="utf-8",
        check=True, env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert "consolidation n° 2" in done.stdout
    assert done.stdout.splitlines()[-1] == "loaded: []"


def _watching(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "pst_excel", "surveiller", str(folder), "--intervalle", "0,2"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip


def _lines(process: subprocess.Popen[str]) -> Iterator[str]:
    """Give what a process says, line by line; it is ended where it says nothing for ever."""
    assert process.stdout is not None
    ended = Timer(FOREVER, process.kill)
    ended.daemon = True
    ended.start()
    try:
        yield from iter(process.stdout.readline, "")
    finally:
        ended.cancel()


def _heard(process: subprocess.Popen[str], heard: SimpleQueue[str]) -> None:
    for line in _lines(process):
        heard.put(line)


def _until(heard: SimpleQueue[str], enough: Callable[[list[str]], bool]) -> list[str]:
    """Return what was said until it is enough."""
    said: list[str] = []
    while not enough(said):
        said.append(heard.get(timeout=FOREVER))
    return said
